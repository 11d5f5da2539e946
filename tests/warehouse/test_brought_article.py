"""What is late, what can be dated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from extractors.records import Article, Extraction
from tests.warehouse.desk import START
from warehouse.brought_article import Brought

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def brought(published_at, day_only=False, change="new", desk=None):
    article = Article("u", None, "t", (), None, None, None, published_day_only=day_only)
    extraction = Extraction("herald", 1, article, (), (), START, None, "1")
    seen = START.replace(tzinfo=None)
    return Brought(
        extraction, change, 1, 0, None if published_at is None else seen + published_at, seen, None, "herald"
    )


@pytest.mark.parametrize(
    "published, dated, late",
    [
        (-HOUR, True, False), (-3 * DAY, True, False), (-3 * DAY - HOUR, True, True), (None, False, False),
        (DAY, True, False), (DAY + HOUR, False, False),
    ],
)  # fmt: skip
def test_dated_and_late(published, dated, late):
    one = brought(published)
    assert (one.dated, one.late, one.may_alert) == (dated, late, dated)


def test_known_article_is_never_late():
    assert not brought(-40 * DAY, change="revised").late


def test_undated_article_stands_at_the_time_it_was_read():
    assert brought(None).at == brought(9 * DAY).at == START.replace(tzinfo=None)
