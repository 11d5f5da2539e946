"""Backfills: what is missing, and one summary however many units were loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import PageLocation
from warehouse.alerts import AlertPolicy
from warehouse.backfill import article_hosts, loaded_until, missing_pages, raise_backfill_summary

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
POLICY = AlertPolicy(outlet_names={"herald": "The Herald"})


def backfill(desk, at, *articles):
    """Load a unit of a backfill, which raises nothing."""
    desk.policy = replace(POLICY, off=frozenset({"summary"}))
    assert desk.rules(at, *articles, kind="backfill") == []


def summary(desk, at, policy=POLICY, run_id=99, outlet="herald"):
    """Return titles and bodies of what the end of a backfill raises."""
    raised = raise_backfill_summary(desk.connection, outlet, run_id, policy, ("atom",), at)
    return [(one.finding.title, one.finding.body.split("\n")) for one in raised]


def old(desk, slug, *found):
    return desk.article("herald", slug, desk.start, *found, published_at=desk.start - YEAR)


def test_units_end_in_one_summary_that_counts_all_of_them(desk):
    at = desk.start
    backfill(desk, at, old(desk, "one", desk.figure(90_000), desk.mention("RUS", "USA")))
    backfill(desk, at, old(desk, "two", desk.figure(40, measure="killed"), desk.figure(90_000, start=9)))
    ((title, lines),) = summary(desk, at)
    assert title == "The Herald: 2 articles, 2 figures, 1 talk"
    assert sorted(lines)[0].startswith("40 troops of RUS in UKR (killed), says UKR (1 December 2020)")
    assert desk.rows("SELECT rule, count(*) FROM alerts WHERE outlet = 'herald' GROUP BY rule")[-1] == ("summary", 1)
    assert desk.value("SELECT count(*) FROM deliveries WHERE state = 'due' AND channel = 'atom'") >= 1


def test_a_summary_is_raised_once_and_the_next_tells_only_what_came_since(desk):
    at = desk.start
    backfill(desk, at, old(desk, "one", desk.figure(90_000)))
    assert len(summary(desk, at)) == 1
    assert summary(desk, at) == [] and summary(desk, at, run_id=100) == []
    backfill(desk, at, old(desk, "two", desk.figure(70_000)))
    assert [title for title, _ in summary(desk, at, run_id=101)] == ["The Herald: 1 article, 1 figure, 0 talks"]


def test_a_backfill_that_brought_nothing_new_is_silent(desk):
    at = desk.start
    assert summary(desk, at) == []
    backfill(desk, at, old(desk, "one"))
    assert summary(desk, at) == []


def test_a_claim_that_was_known_is_not_told_as_new(desk):
    at = desk.start
    desk.policy = POLICY
    assert desk.rules(at, desk.article("courier", "now", at - YEAR, desk.figure(90_000))) == ["new_figure"]
    backfill(desk, at, old(desk, "one", desk.figure(90_000), desk.figure(400, measure="killed", start=9)))
    ((title, lines),) = summary(desk, at)
    assert "1 figure," in title and lines[0].startswith("400 ")


@pytest.mark.parametrize("status", ["historical", "hypothetical", "denied"])
def test_what_may_not_alert_is_not_in_a_summary(desk, status):
    backfill(desk, desk.start, old(desk, "one", desk.figure(status=status)))
    assert summary(desk, desk.start) == []


@pytest.mark.parametrize(
    "policy",
    [
        replace(POLICY, off=frozenset({"summary"})),
        replace(POLICY, outlets=frozenset({"courier"})),
        replace(POLICY, least_number=200_000),
        replace(POLICY, subjects=frozenset({"UKR"})),
    ],
)
def test_a_summary_follows_the_users_policy(desk, policy):
    backfill(desk, desk.start, old(desk, "one", desk.figure(90_000)))
    assert summary(desk, desk.start, policy) == []


def test_what_a_monitor_run_brought_is_no_part_of_it(desk):
    at = desk.start
    desk.policy = POLICY
    desk.bring(at, desk.article("herald", "now", at, desk.figure(1_000)))
    backfill(desk, at, desk.article("courier", "then", at, desk.figure(2_000)))
    assert summary(desk, at) == []
    assert len(summary(desk, at, outlet="courier")) == 1


def test_what_was_never_read_is_missing_in_the_order_given(desk):
    at = desk.start
    read, wall = desk.article("herald", "read", at), desk.article("herald", "wall", at)
    failed = desk.article("herald", "failed", at)
    batch = desk.batch(at, read)
    gone = desk.article("herald", "gone", at)
    more = [
        desk.fetch(desk.runs, gone, outcome="failed", reason="http_status", status=404),
        desk.fetch(desk.runs, failed, outcome="failed", reason="timeout", status=None),
        desk.fetch(desk.runs, wall, outcome="not_article", reason="consent_wall", article_id=None),
    ]
    desk.load(replace(batch, fetches=(*batch.fetches, *more)))
    new = desk.article("herald", "new", at)
    pages = [(e.article.url, e.article_id) for e in (new, wall, gone, failed, read)]
    moved = ("https://herald.test/elsewhere", read.article_id)
    assert missing_pages(desk.connection, [*pages, moved]) == [new.article.url, failed.article.url]
    assert missing_pages(desk.connection, []) == []


def test_each_archive_file_is_loaded_up_to_its_last_record(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at), desk.article("herald", "two", at))
    places = [PageLocation("pages/a.warc.gz", 700), PageLocation("pages/a.warc.gz", 90)]
    fetches = tuple(replace(f, location=p) for f, p in zip(batch.fetches, places, strict=True))
    desk.load(replace(batch, fetches=fetches))
    assert loaded_until(desk.connection)["pages/a.warc.gz"] == 700


def test_an_outlets_hosts_are_those_of_its_articles(desk):
    assert article_hosts(desk.connection, "herald") == ("herald.test",)
    assert article_hosts(desk.connection, "nobody") == ()
