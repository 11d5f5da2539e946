from datetime import UTC, datetime

import pytest

from extractors.records import Candidate
from flows.backfillrun import units_of
from flows.collect import MOST_PAGES, WantedPage
from flows.outlets import Outlet

OUTLET = Outlet("gazette", "The Gazette", feeds=("https://www.gazette.test/rss",))


def page(path, published=None, host="https://www.gazette.test"):
    candidate = Candidate("gazette", host + path, None, published, "sitemap")
    return WantedPage(candidate.url, hash(path), candidate)


def named(*pages):
    return [(unit.name, [p.url.rsplit("/", 1)[1] for p in unit.pages]) for unit in units_of(OUTLET, pages)]


def test_units_are_days_the_newest_first_and_each_keeps_its_order():
    pages = [page("/2021/12/01/b"), page("/2021/12/31/c"), page("/2021/12/01/a"), page("/2022/01/01/d")]
    assert named(*pages) == [("2022-01-01", ["d"]), ("2021-12-31", ["c"]), ("2021-12-01", ["b", "a"])]


def test_pages_without_a_day_come_last():
    assert named(page("/lake"), page("/2021/12/01/a")) == [("2021-12-01", ["a"]), ("undated", ["lake"])]


@pytest.mark.parametrize(
    "one",
    [
        page("/a", datetime(2021, 12, 1, 23, tzinfo=UTC)),
        page("/2021/12/01/a", datetime(2026, 1, 1, tzinfo=UTC)),  # the address is nearer to the truth
        page("/2021/12/01/a", host="https://archive.test/web/20220105000000id_/https://www.gazette.test"),
    ],
)
def test_the_day_is_that_of_the_address_else_of_the_source(one):
    assert named(one) == [("2021-12-01", ["a"])]


def test_a_day_with_very_many_pages_is_several_units():
    units = units_of(OUTLET, [page(f"/2021/12/01/{n}") for n in range(2 * MOST_PAGES + 1)])
    assert [(unit.name, len(unit.pages)) for unit in units] == [
        ("2021-12-01", MOST_PAGES),
        ("2021-12-01 (2)", MOST_PAGES),
        ("2021-12-01 (3)", 1),
    ]


def test_nothing_missing_is_no_unit():
    assert units_of(OUTLET, []) == []
