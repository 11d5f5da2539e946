"""Rewrites: what a later text of the same article added, changed and dropped."""

from datetime import UTC, datetime

import pytest

from extractors.records import Figure
from flows.rewrites import compared, rewrites_of
from warehouse.connection import open_warehouse
from warehouse.explain import Page, Revision
from warehouse.publish import publish

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def published(tmp_path):
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        publish(connection, tmp_path / "warehouse.duckdb", tmp_path / "published.duckdb")
    return tmp_path / "published.duckdb"


def figure(number, item="troops", start=0):
    return Figure(
        start, start + 5, "S.", number, number, "exact", "strength", item, "RUS", ("UKR",), "UKR", None,
        "actual", "test",
    )  # fmt: skip


def words(number, item="troops"):
    return f"{number} {item} of RUS in UKR (strength)"


@pytest.mark.parametrize(
    ("before", "after", "added", "changed", "dropped"),
    [
        ([figure(7)], [figure(7, start=90)], (), (), ()),
        ([figure(7)], [figure(9)], (), ((words(7), words(9)),), ()),
        ([figure(7)], [figure(7), figure(4, "tank")], (words(4, "tanks"),), (), ()),
        ([figure(7), figure(4, "tank")], [figure(7)], (), (), (words(4, "tanks"),)),
        ([figure(7)], [figure(4, "tank")], (words(4, "tanks"),), (), (words(7),)),
        ([], [], (), (), ()),
    ],
)
def test_only_another_number_of_the_same_thing_is_a_change(published, before, after, added, changed, dropped):
    rewrite = compared(published, 2, before, after)
    assert (rewrite.added, rewrite.changed, rewrite.dropped) == (added, changed, dropped)


def test_article_read_once_has_no_rewrites(published):
    page = Page(1, "post", "https://post.test/a", None, AT, "meta", "en", None, None, (revision(1, "One text."),))
    assert rewrites_of(published, page) == []


def revision(number, text):
    return Revision(number, AT, None, text, None, None)
