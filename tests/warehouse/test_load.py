"""Loading: once is once, rewrites are revisions, one bad record does not cost the batch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from extractors.records import DateSaid

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_same_batch_twice_changes_nothing(desk):
    at = desk.start
    batch = desk.batch(
        at,
        desk.article("herald", "one", at, desk.figure(115_000), desk.mention("RUS", "USA")),
        desk.article("courier", "two", at, desk.figure(40, measure="killed", item="civilians")),
    )
    first = desk.load(batch)
    before = desk.ledger()
    again = desk.load(batch, at + HOUR)
    assert first.alert_ids and again.alert_ids == ()
    assert desk.ledger() == before
    assert [c.unchanged for c in again.outlets] == [1, 1]


def test_batch_loaded_again_after_a_later_one_changes_nothing(desk):
    at = desk.start
    early = desk.batch(at, desk.article("herald", "one", at, desk.figure(100)))
    late = desk.batch(
        at + HOUR, desk.article("herald", "one", at + HOUR, desk.figure(200), text="Rewritten.", published_at=at)
    )
    desk.load(early)
    desk.load(late)
    before = desk.ledger()
    desk.load(early)
    desk.load(late)
    assert desk.ledger() == before


def test_counts_are_told_for_every_outlet_of_the_run(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at, desk.figure(), desk.mention("RUS", "USA")))
    failed = desk.fetch(
        batch.run_id, batch.extractions[0], url="https://courier.test/x", outlet="courier", outcome="failed",
        status=500, reason="server_error", article_id=None,
    )  # fmt: skip
    outcome = desk.load(replace(batch, fetches=(*batch.fetches, failed), outlets=("herald", "courier", "gazette")))
    herald, courier, gazette = outcome.outlets
    assert (herald.found, herald.fetched, herald.new, herald.figures, herald.mentions, herald.alerts) == (
        3,
        1,
        1,
        1,
        1,
        2,
    )
    assert courier.failures == (("server_error", 1),)
    assert (gazette.fetched, gazette.new) == (0, 0)
    assert desk.rows(f"SELECT outlet, failed, failures FROM runs WHERE run_id = {batch.run_id} ORDER BY outlet") == [
        ("courier", 1, {"server_error": 1}), ("gazette", 0, {}), ("herald", 0, {}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text, revisions",
    [
        ("There were 1,500 troops.  He said so!", 1),  # white space and punctuation
        ("There were\n1,500 troops: “He said so”", 1),
        ("There were 15.00 troops. He said so.", 2),  # inside a number a mark is not nothing
        ("There were 2,500 troops. He said so.", 2),
        ("", 2),
    ],
)
def test_a_revision_is_another_text(desk, text, revisions):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, text="There were 1,500 troops. He said so."))
    article = desk.article("herald", "one", at + HOUR, text=text or " ")
    desk.bring(at + HOUR, article)
    assert desk.value(f"SELECT revision FROM articles WHERE article_id = {article.article_id}") == revisions
    assert desk.value(f"SELECT count(*) FROM revisions WHERE article_id = {article.article_id}") == revisions


def test_unchanged_text_only_moves_the_last_look(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100)))
    before = desk.ledger()
    desk.bring(at + HOUR, desk.article("herald", "one", at + HOUR, desk.figure(999), title="Another headline"))
    after = desk.ledger()
    for table in ("figures", "claims", "sightings", "alerts", "deliveries", "revisions"):
        assert after[table] == before[table]
    assert desk.value("SELECT max(last_checked_at) FROM articles") == (at + HOUR).replace(tzinfo=None)


def test_a_revision_replaces_figures_and_keeps_sightings(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100), desk.mention("RUS", "USA")))
    desk.bring(
        at + HOUR, desk.article("herald", "one", at + HOUR, desk.figure(200), text="Rewritten.", published_at=at)
    )
    assert desk.rows("SELECT low, revision FROM figures") == [(200, 2)]
    assert desk.rows("FROM diplomacy") == []
    assert desk.rows("SELECT number, sightings FROM claims ORDER BY number") == [(100, 1), (200, 1)]


def test_text_changed_and_changed_back_is_a_third_revision(desk):
    at = desk.start
    for hours, text in enumerate(("First text.", "Second text.", "First text.")):
        seen = at + hours * HOUR
        desk.bring(seen, desk.article("herald", "one", seen, text=text, published_at=at))
    assert desk.rows("SELECT revision, text FROM articles WHERE url LIKE '%/one'") == [(3, "First text.")]


def test_captures_of_one_article_in_one_batch_become_its_revisions(desk):
    at = desk.start
    captures = [
        desk.article("herald", "one", at + n * HOUR, desk.figure(n * 1000), text=f"Text {n}.", published_at=at)
        for n in (3, 1, 2)
    ]
    desk.bring(at + DAY, *captures, kind="backfill")
    assert desk.rows("SELECT revision, text FROM revisions WHERE text LIKE 'Text%' ORDER BY 1") == [
        (1, "Text 1."), (2, "Text 2."), (3, "Text 3."),
    ]  # fmt: skip
    assert desk.rows("SELECT low FROM figures") == [(3000,)]


def test_older_capture_does_not_become_the_latest(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, text="Today's text."))
    desk.bring(at + HOUR, desk.article("herald", "one", at - 5 * DAY, text="Last week's."), kind="backfill")
    assert desk.rows("SELECT revision, text FROM articles WHERE url LIKE '%/one'") == [(1, "Today's text.")]


def test_unknown_date_stays_null(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100), published_at=None))
    assert desk.rows("SELECT published_at FROM articles WHERE url LIKE '%/one'") == [(None,)]


def test_date_once_known_stays_when_a_revision_has_none(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at))
    desk.bring(at + HOUR, desk.article("herald", "one", at + HOUR, text="Rewritten.", published_at=None))
    assert desk.value("SELECT published_at FROM articles WHERE url LIKE '%/one'") == at.replace(tzinfo=None)


def test_page_gone_marks_its_article_and_loses_nothing(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at, desk.figure(100)))
    desk.load(batch)
    gone = desk.fetch(
        99, batch.extractions[0], fetched_at=at + HOUR, status=410, outcome="failed", reason="gone", article_id=None
    )
    desk.load(replace(desk.batch(at + HOUR), fetches=(gone,), outlets=("herald",)))
    assert desk.rows("SELECT status FROM articles WHERE url LIKE '%/one'") == [("gone",)]
    assert desk.value("SELECT count(*) FROM figures") == 1
    back = at + 2 * HOUR
    desk.bring(back, desk.article("herald", "one", back, desk.figure(100)))
    assert desk.rows("SELECT status FROM articles WHERE url LIKE '%/one'") == [("live",)]


def test_batch_of_articles_alone_has_no_requests(desk):
    at = desk.start
    desk.load(replace(desk.batch(at, desk.article("herald", "one", at)), fetches=()))
    assert desk.value("SELECT count(*) FROM articles WHERE url LIKE '%/one'") == 1
    assert desk.value("SELECT count(*) FROM fetches WHERE url LIKE '%/one'") == 0


def test_who_meets_whom_is_kept_for_contacts_alone(desk):
    at = desk.start
    accused = desk.mention("UKR", event="ACCUSE", targets=["RUS"])
    agreed = desk.mention("TUR", "UKR", event="AGREE", targets=["UKR", "RUS"], start=9, end=12)
    desk.load(desk.batch(at, desk.article("herald", "one", at, accused, agreed)))
    assert desk.rows("SELECT event, party, other_party FROM meetings ORDER BY ALL") == [
        ("AGREE", "RUS", "TUR"), ("AGREE", "RUS", "UKR"), ("AGREE", "TUR", "UKR"),
    ]  # fmt: skip


def test_sentence_that_older_extractors_passed_over_is_no_news_in_a_rewrite(desk):
    at = desk.start
    old = desk.article("herald", "one", at, text="They massed 9,000 men.")
    desk.load(desk.batch(at, replace(old, extractor_version="0")))
    found = desk.figure(9_000, sentence="They massed 9,000 men.")
    text = "They massed 9,000 men. It was denied."
    later = desk.article("herald", "one", at + HOUR, found, text=text, published_at=at)
    assert desk.rules(at + HOUR, later) == []


def test_failure_in_the_middle_writes_nothing(desk):
    at = desk.start
    before = desk.ledger()
    bad = replace(desk.fetch(5, desk.article("herald", "one", at)), fetched_at=datetime(2021, 12, 1))  # noqa: DTZ001 - the fault
    batch = desk.batch(at, desk.article("herald", "one", at, desk.figure(100)))
    with pytest.raises(ValueError, match="without a zone"):
        desk.load(replace(batch, fetches=(bad,)))
    assert desk.ledger() == before
    desk.load(batch)
    assert desk.value("SELECT count(*) FROM figures") == 1


def test_closed_connection_tells_its_own_error(desk):
    batch = desk.batch(desk.start)
    desk.connection.close()
    with pytest.raises(duckdb.Error):
        desk.load(batch)


def test_half_a_surrogate_pair_does_not_cost_the_batch(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100, sentence="100 \ud83d there"), title="T\ud83d"))
    assert desk.rows("SELECT sentence FROM figures") == [("100 ? there",)]


def test_number_that_fits_no_column_is_left_out(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(10**20), desk.figure(7, start=9)))
    assert desk.rows("SELECT low FROM figures") == [(7,)]


def test_same_span_measure_and_item_is_one_figure(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(7), desk.figure(7)))
    assert desk.value("SELECT count(*) FROM figures") == 1


def test_every_column_has_a_comment(desk):
    bare = desk.rows(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND database_name <> 'temp'"
        " AND comment IS NULL"
    )
    assert bare == []


def test_what_each_source_says_of_a_date_is_kept(desk):
    at = desk.start
    said = (
        DateSaid("jsonld", datetime(2021, 11, 1, 15, 5, tzinfo=UTC), "minute", 180),
        DateSaid("url", datetime(2021, 12, 1, tzinfo=UTC), "day", None),
    )
    desk.bring(at, desk.article("herald", "a", at, dates=said, date_doubt="address", modified_source="jsonld"))
    desk.bring(at, desk.article("herald", "b", at))
    assert desk.rows("SELECT date_doubt, modified_source FROM articles WHERE len(dates) > 0") == [
        ("address", "jsonld")
    ]
    kept = """SELECT d.source, d."at"::VARCHAR, d."precision", d.zone_minutes
              FROM (SELECT unnest(dates) AS d FROM articles)"""
    assert desk.rows(kept) == [
        ("jsonld", "2021-11-01 15:05:00", "minute", 180),
        ("url", "2021-12-01 00:00:00", "day", None),
    ]
