"""Rewrites: what a later text of the same article added, changed and dropped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Figure, Section
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


def figure(number, item="troops", start=0, post=None):
    return Figure(
        start, start + 5, "S.", number, number, "exact", "strength", item, "RUS", ("UKR",), "UKR", None,
        "actual", "test", section=post,
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
    (rewrite,) = compared(published, 2, before, after)
    assert (rewrite.added, rewrite.changed, rewrite.dropped) == (added, changed, dropped)


def test_figures_of_a_live_blog_are_compared_post_by_post(published):
    morning, evening = Section(0, 50, AT), Section(50, 99, AT + timedelta(hours=9))
    moved = replace(morning, start=300, end=350)
    before = [figure(7, post=morning), figure(9)]
    after = [figure(7, post=evening), figure(8, post=moved), figure(9)]
    told = [(r.posted_at, r.added, r.changed, r.dropped) for r in compared(published, 2, before, after)]
    assert told == [
        (morning.posted_at, (), ((words(7), words(8)),), ()),
        (evening.posted_at, (words(7),), (), ()),
    ]


def test_posts_are_read_as_they_are_kept_and_as_one_text_where_one_revision_has_none(published):
    said = "Russia has massed {} troops near the border of the Kharkiv region, Ukraine's general staff said."
    one, two = said.format("38,000"), said.format("41,000")
    posts = (Section(0, len(one), AT), Section(len(one) + 1, len(one) + 1 + len(two), AT + timedelta(hours=9)))
    first = revision(1, f"{one}\n{two}", posts)
    second = revision(2, f"{two}\n{one}", posts)
    page = Page(1, "post", "https://post.test/a", None, AT, "meta", "en", None, None, (first, second))
    assert [(r.posted_at, len(r.changed)) for r in rewrites_of(published, page)] == [(p.posted_at, 1) for p in posts]
    unknown = replace(page, revisions=(replace(first, sections=()), second))
    (told,) = rewrites_of(published, unknown)
    assert (told.posted_at, told.added, told.changed, told.dropped) == (None, (), (), ())


def test_article_read_once_has_no_rewrites(published):
    page = Page(1, "post", "https://post.test/a", None, AT, "meta", "en", None, None, (revision(1, "One text."),))
    assert rewrites_of(published, page) == []


def revision(number, text, sections=()):
    return Revision(number, AT, None, text, None, None, sections)
