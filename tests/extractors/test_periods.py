"""The calendar: short months, seasons over the new year, days without a year."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.periods import add_months, month, nearest_day, season, unit_at


def test_months_end_where_they_end() -> None:
    assert add_months(date(2022, 1, 31), 1) == date(2022, 2, 28)
    assert month(2024, 2).last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("turn", "year"), [("in the", 2021), ("last", 2021), ("next", 2022), ("this", 2022)]
)  # "last winter" in January is the one before only when none runs
def test_winter_is_named_by_the_year_it_begins_in(turn: str, year: int) -> None:
    assert season(12, None, date(2022, 4, 10), turn).first.year == year


def test_a_day_without_its_year_is_the_last_one_or_a_near_one() -> None:
    assert nearest_day(date(2022, 1, 5), 12, 24, ahead=False).first == date(2021, 12, 24)
    assert nearest_day(date(2022, 3, 5), 3, 31, ahead=False).first == date(2022, 3, 31)
    assert nearest_day(date(2021, 12, 20), 1, 15, ahead=True).first == date(2022, 1, 15)


def test_a_quarter_is_three_months() -> None:
    assert (unit_at(date(2022, 2, 3), "quarter", -1, None).first) == date(2021, 10, 1)
