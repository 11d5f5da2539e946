"""The days of a backfill in the warehouse: due, partly done, done, and where the next call goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from warehouse.units import Plan, UnitPage, UnitTried, count_units, store_plan, units_left

DAY = timedelta(days=1)
PLAN = Plan("herald", "sitemap", date(2021, 11, 1), date(2021, 11, 30), "")


def page(desk, slug, title=None):
    return UnitPage(f"https://herald.test/{slug}", hash(slug) >> 1, title, desk.start - DAY)


@pytest.fixture
def planned(desk):
    """A desk with a plan of two days, and the plan's units."""
    units = [("2021-11-30", (page(desk, "a", "A title"), page(desk, "b"))), ("2021-11-29", (page(desk, "c"),))]
    store_plan(desk.connection, PLAN, units, desk.start, whole=True)
    return desk, units


def tried(desk, unit, *left):
    """Load a run of a unit that brought one article and left these pages."""
    urls = tuple(f"https://herald.test/{slug}" for slug in left)
    batch = desk.batch(desk.start, desk.article("herald", unit, desk.start), kind="backfill")
    desk.load(replace(batch, unit=UnitTried(PLAN.plan_id, unit, urls)))


def left(desk, plan=PLAN, since=None):
    return units_left(desk.connection, plan, since or desk.start - DAY)


def test_what_was_planned_is_left_as_it_was_named(planned):
    desk, units = planned
    assert left(desk) == units
    assert count_units(desk.connection, PLAN) == (0, 2)


def test_day_that_was_loaded_is_done_and_the_rest_is_left(planned):
    desk, units = planned
    tried(desk, "2021-11-30")
    assert left(desk) == units[1:]
    assert count_units(desk.connection, PLAN) == (1, 2)
    assert desk.rows('SELECT state, "left", run_id IS NULL FROM backfill_units ORDER BY place') == [
        ("done", 0, False), ("due", 1, True),
    ]  # fmt: skip


def test_plan_that_cannot_be_written_leaves_the_one_before_and_no_open_transaction(planned):
    desk, units = planned
    nameless = ("2021-11-28", (page(desk, "d"),)), (None, (page(desk, "e"),))
    with pytest.raises(duckdb.ConstraintException):
        store_plan(desk.connection, PLAN, nameless, desk.start, whole=True)
    assert left(desk) == units
    tried(desk, "2021-11-30")
    assert left(desk) == units[1:]


def test_pages_that_failed_are_tried_with_the_days_left(planned):
    desk, units = planned
    tried(desk, "2021-11-30", "b")
    assert left(desk) == [("2021-11-30", (units[0][1][1],)), units[1]]


def test_source_is_asked_again_when_every_day_was_tried(planned):
    desk, _ = planned
    tried(desk, "2021-11-30", "b")
    tried(desk, "2021-11-29")
    assert left(desk) == []
    assert desk.rows("SELECT state FROM backfill_units ORDER BY place") == [("partly",), ("done",)]


def test_source_is_asked_again_when_it_did_not_name_all(desk):
    store_plan(desk.connection, PLAN, [("2021-11-30", (page(desk, "a"),))], desk.start, whole=False)
    assert left(desk) == []
    tried(desk, "2021-11-30")
    assert count_units(desk.connection, PLAN) == (1, 1)


@pytest.mark.parametrize("change", [{"source": "feed"}, {"last": date(2021, 11, 29)}, {"rules": "x"}])
def test_another_backfill_is_not_taken_for_it(planned, change):
    assert left(planned[0], replace(PLAN, **change)) == []


def test_plan_of_long_ago_is_made_anew(planned):
    desk, _ = planned
    assert left(desk, since=desk.start + DAY) == []
    later = [("2021-11-29", (page(desk, "c"), page(desk, "d")))]
    store_plan(desk.connection, PLAN, later, desk.start + DAY, whole=True)
    assert left(desk) == later
    assert count_units(desk.connection, PLAN) == (1, 2)  # of the 30th nothing is missing any more


def test_day_stays_due_where_its_load_breaks_off(planned):
    desk, units = planned
    batch = desk.batch(desk.start, desk.article("herald", "one", desk.start), kind="backfill")
    too_many = replace(batch, unit=UnitTried(PLAN.plan_id, "2021-11-30", ()), found=(("herald", 2**40),))
    with pytest.raises(ValueError, match="too large"):
        desk.load(too_many)
    assert left(desk) == units
