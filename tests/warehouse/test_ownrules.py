"""Rules of the user's own: they run on what the load brought, once, and can do no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from warehouse.ownrules import OwnAlerts, RuleBroken, own_rules, raise_own_alerts, run_own_rule
from warehouse.publish import publish

HOUR = timedelta(hours=1)
TANKS = (
    "SELECT figure_id AS key, words AS title, sentence AS body, url, outlet FROM latest_figures WHERE item = 'tank'"
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "rules"
    made.mkdir()
    return made


@pytest.fixture
def publish_desk(desk, tmp_path):
    def publish_now():
        publish(desk.connection, desk.path, tmp_path / "published.duckdb")
        return tmp_path / "published.duckdb"

    return publish_now


def test_rule_alerts_on_what_the_load_brought_and_once(desk, folder, publish_desk):
    at = desk.start
    (folder / "tanks.sql").write_text(TANKS)
    desk.bring(at, desk.article("herald", "old", at, desk.figure(5, item="tank")))
    desk.bring(
        at + HOUR, desk.article("herald", "new", at + HOUR, desk.figure(31, item="tank", sentence="31\u202e."))
    )
    published = publish_desk()
    first = raise_own_alerts(desk.connection, published, folder, ("mail", "slack"), at)
    assert len(first.alert_ids) == 1
    assert first.broken == ()
    assert raise_own_alerts(desk.connection, published, folder, ("mail",), at) == OwnAlerts((), ())
    assert desk.rows("SELECT title, body, url, outlet FROM alerts WHERE rule = 'tanks'") == [
        ("31 tanks of RUS in UKR (strength)", "31.", "https://herald.test/new", "herald")
    ]
    assert desk.value("SELECT count(*) FROM deliveries d JOIN alerts a USING (alert_id) WHERE rule = 'tanks'") == 2


def test_revised_article_counts_as_brought(desk, folder, publish_desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(5, item="tank")))
    again = desk.article("herald", "one", at + HOUR, desk.figure(6, item="tank"), text="Rewritten.", published_at=at)
    desk.bring(at + HOUR, again)
    (folder / "tanks.sql").write_text(TANKS)
    assert [f.title for f in run_own_rule(publish_desk(), folder / "tanks.sql")] == [
        "6 tanks of RUS in UKR (strength)"
    ]


def test_run_that_brought_nothing_leaves_nothing_to_alert_on(desk, folder, publish_desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(5, item="tank")))
    desk.bring(at + HOUR, desk.article("herald", "one", at + HOUR, desk.figure(5, item="tank")))
    (folder / "tanks.sql").write_text(TANKS)
    assert run_own_rule(publish_desk(), folder / "tanks.sql") == []


@pytest.mark.parametrize(
    "name, sql, why",
    [
        ("typo", "SELEC 1", "syntax error"), ("none", "", "one statement"),
        ("lost", "SELECT 1 AS key FROM nosuch", "nosuch does not exist"),
        ("columns", "SELECT 1 AS key, 'x' AS title", "no column body, url"),
        ("many", "SELECT range AS key, 't' AS title, 'b' AS body, 'u' AS url FROM range(101)", "more than 100 rows"),
        ("writes", "DELETE FROM figures", "only questions"),
        ("reads", "FROM read_text('pyproject.toml')", "disabled by configuration"),
        ("new_figure", TANKS, "one of Muster's own rules"), ("volume", TANKS, "one of Muster's own rules"),
    ],
)  # fmt: skip
def test_broken_rule_is_named_and_harms_no_other(desk, folder, publish_desk, name, sql, why):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(5, item="tank")))
    (folder / f"{name}.sql").write_text(sql)
    (folder / "tanks.sql").write_text(TANKS)
    outcome = raise_own_alerts(desk.connection, publish_desk(), folder, ("mail",), at)
    assert len(outcome.alert_ids) == 1
    [(file, told)] = outcome.broken
    assert file == f"{name}.sql"
    assert why in told


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS key FROM n",
        "SELECT 1 AS key, repeat('x', 4000000000) AS title",
    ],
)
def test_rule_that_takes_all_time_or_memory_is_broken_and_ended(folder, publish_desk, sql):
    (folder / "hog.sql").write_text(sql)
    with pytest.raises(RuleBroken, match=r"longer than 2 seconds|more memory|Out of Memory|[Ff]ailed to allocate"):
        run_own_rule(publish_desk(), folder / "hog.sql", seconds=2)


def test_rule_that_is_no_text_is_broken(folder, publish_desk):
    (folder / "bytes.sql").write_bytes(b"\xff\xfe")
    with pytest.raises(RuleBroken):
        run_own_rule(publish_desk(), folder / "bytes.sql")


def test_folder_that_is_not_there_has_no_rules(tmp_path):
    assert own_rules(tmp_path / "nowhere") == []


def test_words_of_a_rule_are_made_plain_and_nulls_left_out(desk, folder, publish_desk):
    (folder / "odd.sql").write_text(
        "SELECT unnest([NULL, 7]) AS key, NULL AS title, NULL AS body, NULL AS url"
    )  # fmt: skip
    [finding] = run_own_rule(publish_desk(), folder / "odd.sql")
    assert (finding.key, finding.title, finding.body, finding.url, finding.outlet) == ("7", "odd", "", None, None)
