"""An outlet gone silent, or far from its habit."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from warehouse.alerts import AlertPolicy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def bring_a_month(desk, outlet, each_day, until):
    """Load `each_day` articles on each of the 28 days before a time, in one load."""
    articles = [
        desk.article(outlet, f"d{day}-{n}", until - day * DAY, published_at=until - day * DAY - n * HOUR)
        for day in range(1, 29)
        for n in range(each_day)
    ]
    desk.bring(until - HOUR, *articles)


@pytest.mark.parametrize(
    "each_day, today, title",
    [
        (5, 0, "herald has gone silent: no article in 24 hours, usually 5.0"), (5, 4, None), (5, 9, None),
        (5, 20, "herald: 20 articles in 24 hours, usually 5.0"), (1, 0, None), (0, 0, None),
    ],
)  # fmt: skip
def test_volume_far_from_habit_alerts_when_asked_for(desk, each_day, today, title):
    at = desk.start
    bring_a_month(desk, "herald", each_day, at)
    desk.policy = AlertPolicy(on=frozenset({"volume"}))
    fresh = [desk.article("herald", f"t{n}", at, published_at=at - HOUR) for n in range(today)]
    batch = replace(desk.batch(at, *fresh), outlets=("herald",))
    assert len(desk.load(batch).alert_ids) == (title is not None)
    assert desk.rows("SELECT title FROM alerts") == ([(title,)] if title else [])
    later = replace(desk.batch(at + HOUR), outlets=("herald",))
    assert desk.load(later).alert_ids == ()  # a silence is told once


def test_volume_is_silent_unless_asked_for(desk):
    at = desk.start
    bring_a_month(desk, "herald", 5, at)
    assert desk.load(replace(desk.batch(at), outlets=("herald",))).alert_ids == ()
