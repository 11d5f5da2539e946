from datetime import UTC, datetime, timedelta

import pytest

from flows.doctor import examine
from flows.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.habits import Habit, store_habits
from warehouse.publish import publish

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OUTLETS = '[harbour-post]\nname = "Harbour Post"\nfeeds = ["https://harbour.example/rss"]\n'
FETCH = """
INSERT INTO fetches (fetch_id, run_id, outlet, url, kind, fetched_at, elapsed_ms, status, outcome, reason, bytes)
VALUES ({n}, 1, 'harbour-post', 'https://harbour.example/{n}', '{kind}', TIMESTAMP '{at}', 5, 200, '{outcome}',
        {why}, 9)
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    (tmp_path / "outlets.toml").write_text(OUTLETS)
    return tmp_path


def settings(home, now=NOW):
    return Settings(home=home, outlets=home / "outlets.toml", now=now, contact="desk@example.org")


def found(home, *fetches, now=NOW, habit=None):
    with open_warehouse(home / "warehouse.duckdb") as connection:
        store_habits(connection, [habit] if habit else [])
        for n, (kind, outcome, why) in enumerate(fetches):
            reason = f"'{why}'" if why else "NULL"
            at = NOW.strftime("%Y-%m-%d %H:%M:%S")
            connection.execute(FETCH.format(n=n, kind=kind, at=at, outcome=outcome, why=reason))
        publish(connection, home / "warehouse.duckdb", home / "published.duckdb")
    return {f.what: f for f in examine(settings(home, now))}


def test_healthy_outlet_is_good(home):
    assert found(home, ("feed", "ok", None))["harbour-post"].state == "good"


def test_outlet_that_never_answered_is_wrong_with_its_reason(home):
    finding = found(home, ("feed", "failed", "timeout"))["harbour-post"]
    assert finding.state == "wrong"
    assert "never answered: timeout" in finding.says


def test_outlet_silent_for_a_day_is_wrong(home):
    finding = found(home, ("feed", "ok", None), now=NOW + timedelta(hours=30))["harbour-post"]
    assert "no answer since 2026-03-02 09:00" in finding.says


def test_outlet_behind_a_wall_is_wrong(home):
    walls = [("page", "not_article", "consent_wall")] * 5
    pages = [("page", "ok", None)] * 7
    finding = found(home, ("feed", "ok", None), *walls, *pages)["harbour-post"]
    assert finding.state == "wrong"
    assert "5 of the last 12 pages were no articles (consent_wall)" in finding.says


def test_outlet_tells_its_last_answer_its_habit_and_its_refusals(home):
    habit = Habit("harbour-post", NOW, 40, NOW + timedelta(minutes=40), 0.5)
    refused = [("page", "failed", "http_status")] * 2 + [("page", "failed", "robots")]
    finding = found(home, ("feed", "ok", None), *refused, habit=habit)["harbour-post"]
    assert finding.state == "good"
    assert finding.says == (
        "0 articles, last answer 2026-03-02 09:00 UTC, looked at every 40 min; refused in 14 days: "
        "http_status 200 ×2, robots 200 ×1"
    )


def test_outlet_that_rests_is_wrong_and_tells_when_it_is_asked_next(home):
    habit = Habit("harbour-post", NOW, 60, NOW + timedelta(days=1), None, 12, 10.5, NOW, "feed_is_html")
    finding = found(home, ("feed", "failed", "feed_is_html"), habit=habit)["harbour-post"]
    assert finding.state == "wrong"
    assert "rests since 2026-03-02 09:00 UTC: 12 looks failed in a row (feed_is_html)" in finding.says
    assert "next look 2026-03-03 09:00 UTC" in finding.says


def test_home_without_a_run_says_what_to_do(home):
    findings = {f.what: f for f in examine(settings(home))}
    assert findings["warehouse"].mend == "muster monitor"


def test_damaged_warehouse_is_wrong_although_its_copy_is_whole(home):
    assert "ledger" not in found(home)
    (home / "warehouse.duckdb").write_bytes(b"no warehouse")
    finding = {f.what: f for f in examine(settings(home))}["ledger"]
    assert (finding.state, finding.mend) == ("wrong", "muster rebuild")
    assert "cannot be read" in finding.says


def test_bad_configuration_is_one_finding_and_not_a_crash(home):
    (home / "outlets.toml").write_text(OUTLETS + "langauge = 'en'\n")
    assert "did you mean 'language'" in {f.what: f for f in examine(settings(home))}["configuration"].says


def test_address_that_no_channel_knows_is_wrong(home):
    asked = Settings(home=home, outlets=home / "outlets.toml", now=NOW, notify="nonsense://secret-token-here")
    wrong = [f for f in examine(asked) if f.what.startswith("channel nonsense")]
    assert [f.state for f in wrong] == ["wrong"]
    assert "secret" not in str(wrong)


@pytest.mark.parametrize("before_the_first_run", [False, True])
def test_rule_of_ones_own_is_tried_and_a_broken_one_named(home, before_the_first_run):
    rules = home / "rules"
    rules.mkdir()
    (rules / "busy.sql").write_text(
        "SELECT claim_id AS key, 't' AS title, sentence AS body, NULL AS url FROM latest_figures"
    )
    (rules / "typo.sql").write_text("SELEC 1")
    if not before_the_first_run:
        found(home)
    asked = Settings(home=home, outlets=home / "outlets.toml", now=NOW, rules=rules)
    states = {f.what: f.state for f in examine(asked)}
    assert (states["rule busy.sql"], states["rule typo.sql"]) == ("good", "wrong")
