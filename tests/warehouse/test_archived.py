"""Archived pages: those that the ledger stands on, by date and outlet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from extractors.records import PageLocation
from warehouse.archived import Scope, count_unread, unread_pages

DAY = timedelta(days=1)


@pytest.fixture
def filled(fresh_desk):
    """Three articles: 1 and 3 December at herald, 2 December at courier without a date of its own."""
    at = fresh_desk.start
    for number, (outlet, published) in enumerate((("herald", at), ("courier", None), ("herald", at + 2 * DAY))):
        made = fresh_desk.article(outlet, f"n{number}", at + number * DAY, published_at=published)
        fresh_desk.bring(at + number * DAY, replace(made, location=PageLocation("pages/x.warc.gz", 100 - number)))
    return fresh_desk


@pytest.mark.parametrize(
    ("first", "last", "outlet", "slugs"),
    [
        (None, None, None, ["n1", "n2", "n0"]),
        (date(2021, 12, 1), date(2021, 12, 1), None, ["n0"]),
        (date(2021, 12, 2), None, None, ["n1", "n2"]),
        (None, date(2021, 12, 2), "herald", ["n0"]),
        (None, None, "gazette", []),
    ],
)
def test_dates_are_inclusive_and_what_has_none_counts_by_the_day_it_was_seen(filled, first, last, outlet, slugs):
    pages = unread_pages(filled.connection, Scope(first, last, outlet), 9)
    assert [p.url.rpartition("/")[2] for p in pages] == slugs
    assert count_unread(filled.connection, Scope(first, last, outlet)) == len(slugs)


def test_no_more_are_given_than_wanted_and_none_that_has_a_reading(filled):
    assert len(unread_pages(filled.connection, Scope(), 2)) == 2
    filled.beside(filled.start, filled.article("herald", "n0", filled.start))
    assert [p.url.rpartition("/")[2] for p in unread_pages(filled.connection, Scope(), 9)] == ["n1", "n2"]


def test_a_rewritten_article_is_read_from_its_latest_page(filled):
    again = filled.start + 5 * DAY
    made = filled.article("herald", "n0", again, text="Rewritten.")
    filled.bring(again, replace(made, location=PageLocation("pages/y.warc.gz", 3)))
    pages = unread_pages(filled.connection, Scope(date(2021, 12, 6), date(2021, 12, 6), "herald"), 9)
    assert [(p.location, p.seen_at) for p in pages] == [(PageLocation("pages/y.warc.gz", 3), again)]


def test_a_date_that_only_the_source_knew_goes_along(fresh_desk):
    at = fresh_desk.start
    made = fresh_desk.article("herald", "one", at)
    fresh_desk.bring(at, replace(made, article=replace(made.article, published_source="feed")))
    assert [p.source_date for p in unread_pages(fresh_desk.connection, Scope(), 9)] == [at]
    assert [p.source_date for p in unread_pages(fresh_desk.connection, Scope(outlet="courier"), 9)] == []
