"""The calendar under resolve_when: days, months, seasons and years as first and last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
MONTH_NAMES = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
WEEKDAYS = {
    name: i for i, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}  # fmt: skip
SEASON_NAMES = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month it begins in
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a few": 3, "several": 3, "a couple of": 2,
}  # fmt: skip
AHEAD_AT_MOST = 45 * DAY  # "March 31" without a year, read three weeks before it, is that day


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day, and how they were named."""

    first: date
    last: date
    kind: str


def counted(words: str) -> int:
    """Return the number that "two", "a few" or "24" say."""
    return COUNTS.get(words.lower()) or int(words)


def add_months(start: date, months: int) -> date:
    """Return the same day so many months on, or the month's last if it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    at_year, at_month = divmod(index, 12)
    return date(at_year, at_month + 1, min(start.day, calendar.monthrange(at_year, at_month + 1)[1]))


def day(in_year: int, in_month: int, number: int) -> Period:
    """Return one day; ValueError where the calendar has none."""
    found = date(in_year, in_month, number)
    return Period(found, found, "day")


def nearest_day(published: date, in_month: int, number: int, ahead: bool) -> Period:
    """Return a day named without its year: the last one, or a near one to come."""
    found = date(published.year, in_month, number)
    limit = published + (330 * DAY if ahead else AHEAD_AT_MOST)
    if found > limit:
        found = found.replace(year=published.year - 1)
    elif found < published - (60 if ahead else 330) * DAY and found.replace(year=published.year + 1) <= limit:
        found = found.replace(year=published.year + 1)
    return Period(found, found, "day")


def _thirds(first: date, last: date, part: str | None) -> tuple[date, date]:
    """Return the beginning, middle or end of a period, a third each."""
    word = (part or "").lower()
    third = (last - first) // 3
    if word in {"early", "the beginning of", "the start of"}:
        return first, first + third
    if word in {"late", "the end of"}:
        return last - third, last
    return (first + third, last - third) if word in {"mid", "the middle of"} else (first, last)


def month(in_year: int, number: int, part: str | None = None) -> Period:
    """Return a month, or the third of it that `part` says."""
    first, last = date(in_year, number, 1), date(in_year, number, calendar.monthrange(in_year, number)[1])
    return Period(*_thirds(first, last, part), "month")


def year(number: int, part: str | None = None) -> Period:
    """Return a year, or the third of it that `part` says."""
    return Period(*_thirds(date(number, 1, 1), date(number, 12, 31), part), "year")


def season(begins: int, in_year: int | None, published: date, turn: str) -> Period:
    """Return a season of a year; without a year the latest begun, the one before it for "last", or the next."""
    if in_year is None:
        in_year = published.year
        if date(in_year, begins, 1) > published and turn != "this":
            in_year -= 1
        running = add_months(date(in_year, begins, 1), 3) > published
        in_year += 1 if turn == "next" else -1 if turn == "last" and running else 0
    first = date(in_year, begins, 1)
    return Period(first, add_months(first, 3) - DAY, "season")


def unit_ago(published: date, amount: int, unit: str) -> Period:
    """Return the day, week, month or year so long before."""
    if unit in {"hour", "day"}:
        found = published - (amount if unit == "day" else amount // 24) * DAY
        return Period(found, found, "relative")
    if unit == "decade":
        unit, amount = "year", amount * 10
    return unit_at(published, unit, -amount, None)


def unit_at(published: date, unit: str, shift: int, part: str | None) -> Period:
    """Return the week, weekend, month, quarter or year of publication, shifted by so many."""
    if unit in {"week", "weekend"}:
        monday = published - published.weekday() * DAY + 7 * shift * DAY
        return Period(monday + (5 * DAY if unit == "weekend" else 0 * DAY), monday + 6 * DAY, "relative")
    if unit == "quarter":
        begin = add_months(date(published.year, (published.month - 1) // 3 * 3 + 1, 1), 3 * shift)
        return Period(begin, add_months(begin, 3) - DAY, "relative")
    if unit == "month":
        begin = add_months(published.replace(day=1), shift)
        return Period(*_thirds(begin, add_months(begin, 1) - DAY, part), "relative")
    whole = year(published.year + shift, part)
    return Period(whole.first, whole.last, "relative")
