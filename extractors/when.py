"""When a text speaks of, as days, told from the day it was published.

Own, as the general library is a week off on weekdays and reads "may", "march" and "sat" as dates
(research/language.md, section 4). A weekday is the last such day on or before publication; a month or day without a
year is the last one too, unless the words before it look ahead.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.periods import (
    DAY,
    MONTH_NAMES,
    SEASON_NAMES,
    WEEKDAYS,
    Period,
    add_months,
    counted,
    day,
    month,
    nearest_day,
    season,
    unit_ago,
    unit_at,
    year,
)  # fmt: skip
from extractors.taken import Taken

MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|April|Apr\.|May|June|Jun\.|July|Jul\.|Aug(?:ust|\.)?|"
    r"Sept(?:ember|\.)?|Sep\.|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY_NUMBER = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
NOT_A_NUMBER = r"(?![\d,]*\d|\s?%)"
COUNTED = "an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several|a couple of"
COUNT = rf"(?P<count>\d{{1,3}}|{COUNTED})"
UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"
PARTS = "early|earlier|late|later|mid|the beginning of|the start of|the end of|the middle of"
PART = rf"(?:(?P<part>{PARTS})[\s-](?:in\s)?(?:the\s)?)?"
SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
LOOKS_AHEAD = re.compile(
    r"\b(?:will|is to|are to|scheduled|set to|due to|due|plans? to|planning to|planned for|expected|starting|"
    r"next|upcoming)\b(?![^.;]*\b(?:\w+ed|was|were|had|began|took|met|said|told|made)\b)[^.;:“”\"]{0,110}$"
    # "by Friday", not "hit by drones on Friday"
    r"|\b(?:by|until|before)\s(?:(?:the|early|late|mid|end|start|beginning|middle|of|next|this|in)[\s-]){0,4}\S{0,6}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that date something: where they stand, and the first and last day they cover.

    kind: day, month, season, year (named ones), relative ("last week", "two days ago"), recent, since, until.
    """

    start: int
    end: int
    first: date
    last: date
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern's match, the day of publication, and whether the words before it look ahead."""

    match: re.Match[str]
    published: date
    ahead: bool

    def word(self, name: str) -> str:
        """Return a named part in lower case, "" where the pattern or the text has none."""
        return (self.match.groupdict().get(name) or "").lower()

    def number(self, name: str) -> int | None:
        """Return a named part as a number, None where the text has none."""
        return int(self.word(name)) if self.word(name) else None


def _dated(found: Found) -> Period | None:
    """24 February 2022 · Feb. 24 · the 24th of May."""
    which, number, in_year = MONTH_NAMES[found.word("month")[:3]], int(found.word("day")), found.number("year")
    return day(in_year, which, number) if in_year else nearest_day(found.published, which, number, found.ahead)


def _month(found: Found) -> Period | None:
    """In May 2014 · since January · late March · by the end of March · last May."""
    which, in_year, published = MONTH_NAMES[found.word("month")[:3]], found.number("year"), found.published
    if in_year is None:
        in_year = published.year - (which > published.month and not found.ahead)
        in_year += found.ahead and which < published.month
        in_year -= found.word("turn") == "last" and which == published.month
    return month(in_year, which, found.word("part"))


def _season(found: Found) -> Period | None:
    """In the spring · last summer · the winter of 2014 · next autumn."""
    turn = found.word("turn")
    if found.ahead and turn != "last":
        turn = "next"
    return season(SEASON_NAMES[found.word("season")], found.number("year"), found.published, turn)


def _year(found: Found) -> Period | None:
    """In 2014 · since 2014 · early 2014 · the 1990s."""
    number = int(found.word("year"))
    if found.word("decade"):
        return Period(date(number, 1, 1), date(number + 9, 12, 31), "year")
    return year(number, found.word("part"))


def _weekday(found: Found) -> Period | None:
    """On Tuesday · last Tuesday · next Tuesday; equal to publication's weekday it is that day."""
    back, turn = (found.published.weekday() - WEEKDAYS[found.word("weekday")]) % 7, found.word("turn")
    if turn == "next" or (found.ahead and turn != "last"):
        back = back - 7 if back or turn == "next" else 0
    elif turn == "last" and back == 0:
        back = 7
    that = found.published - back * DAY
    return Period(that, that, "relative")


def _today(found: Found) -> Period | None:
    word = found.word("today")
    if word in {"overnight", "last night"}:
        return Period(found.published - DAY, found.published, "relative")
    that = found.published + {"yesterday": -1, "tomorrow": 1}.get(word, 0) * DAY
    return Period(that, that, "relative")


def _ago(found: Found) -> Period | None:
    """Two weeks ago · a year ago."""
    return unit_ago(found.published, counted(found.word("count")), found.word("unit"))


def _turned(found: Found) -> Period | None:
    """Last week · earlier this month · next year · the end of this year."""
    shift = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[found.word("turn")]
    whole = unit_at(found.published, found.word("unit"), shift, found.word("part"))
    if (
        shift == 0
        and whole.first <= found.published
        and not found.ahead
        and not found.word("part").endswith("end of")
    ):
        return Period(whole.first, min(whole.last, found.published), whole.kind)
    return whole


def _past_span(found: Found) -> Period | None:
    """In the past 24 hours · over the last three months · in recent days."""
    unit, amount = found.word("unit"), counted(found.word("count") or ("a few" if found.word("recent") else "one"))
    if unit == "hour":
        unit, amount = "day", max(1, round(amount / 24))
    if days := {"day": 1, "week": 7}.get(unit):
        return Period(found.published - amount * days * DAY, found.published, "recent")
    months = {"month": 1, "year": 12}.get(unit, 120)
    return Period(add_months(found.published, -amount * months), found.published, "recent")


def _numeric(found: Found) -> Period | None:
    """2022-02-24 · 24.02.2022."""
    return day(int(found.word("year")), int(found.word("number")), int(found.word("day")))


Resolver = Callable[[Found], "Period | None"]
BEFORE_MONTH = "(?i:in|since|by|until|from|during|before|after|till|of|to|between)"
BEFORE_SEASON = "(?P<turn>last|this|next|in the|in|over the|since the|by the|until the)"
BEFORE_YEAR = "(?:in|since|by|until|during|from|before|after|through|till|between|to)"
TURN = r"(?:(?P<turn>last|this|next)\s)?"
WEEKDAY = rf"(?P<weekday>{'|'.join(name.capitalize() for name in WEEKDAYS)})"
TODAY = "(?P<today>today|yesterday|tomorrow|tonight|overnight|last night|this (?:morning|afternoon|evening))"
LAST_SO_MANY = rf"(?:past|last|previous)\s(?:{COUNT}\s)?"
WHOLE_UNIT = "(?P<unit>week|weekend|month|year|quarter)"
# Longest and surest first: words taken by one pattern are not read by a later one.
PATTERNS: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (re.compile(rf"\b{pattern}"), resolver)
    for pattern, resolver in (
        (rf"{YEAR}-(?P<number>0\d|1[0-2])-(?P<day>[0-3]\d)\b", _numeric),
        (rf"(?P<day>[0-3]?\d)\.(?P<number>0\d|1[0-2])\.{YEAR}\b", _numeric),
        (rf"{DAY_NUMBER}\s(?:of\s)?{MONTH},?(?:\s{YEAR})?(?!\w)", _dated),
        (rf"{MONTH}\s{DAY_NUMBER}\b{NOT_A_NUMBER}(?:,?\s{YEAR}\b)?", _dated),
        (rf"(?i:{PART}){MONTH},?\s(?:of\s)?{YEAR}\b", _month),
        (rf"{BEFORE_MONTH}\s(?i:{PART}{TURN}){MONTH}(?!\w|\s\d|\s[A-Z])", _month),
        (rf"(?i:{PART}(?P<turn>last|this|next)\s){MONTH}(?!\w)", _month),
        (rf"(?i:(?P<part>early|late|mid)[\s-]){MONTH}(?!\w)", _month),
        (rf"(?i:{BEFORE_SEASON}\s(?:early\s|late\s|mid-)?{SEASON}(?:\s(?:of\s)?{YEAR})?)\b", _season),
        (rf"(?i:(?:the\s)?{SEASON}\s(?:of\s)?{YEAR})\b", _season),
        (rf"(?i:{BEFORE_YEAR}\s{PART}(?:the\s)?){YEAR}(?P<decade>s)?\b{NOT_A_NUMBER}", _year),
        (rf"(?i:(?P<part>early|late|mid)[\s-]){YEAR}(?P<decade>s)?\b", _year),
        (rf"(?i:{TURN}){WEEKDAY}\b", _weekday),
        (rf"(?i:{TODAY})\b", _today),
        (rf"(?i:{COUNT}\s{UNIT}\s(?:ago|earlier|before))\b", _ago),
        (rf"(?i:(?:in|over|during|within|for)\s(?:the\s{LAST_SO_MANY}|(?P<recent>recent)\s){UNIT})\b", _past_span),
        (rf"(?i:{PART}(?P<turn>last|this|next|previous|coming)\s{WHOLE_UNIT})\b", _turned),
    )
)
BEFORE_IT = re.compile(r"\b(?P<word>since|by|until|till|before)\s(?:about\s|around\s|the\s)?$", re.I)


def resolve_when(text: str, published: date | None) -> list[TimeMention]:
    """Return the words of a text that date something, in order; [] when the day of publication is unknown."""
    return list(_resolved(text, published)) if published is not None else []


@functools.lru_cache(maxsize=256)  # each figure of a sentence asks for the sentence's
def _resolved(text: str, published: date) -> tuple[TimeMention, ...]:
    return tuple(sorted(_mentions(text, published, Taken()), key=lambda mention: mention.start))


def _mentions(text: str, published: date, taken: Taken) -> Iterator[TimeMention]:
    for pattern, resolver in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.holds(start, end):
                continue
            try:
                period = resolver(
                    Found(match, published, bool(LOOKS_AHEAD.search(text[max(0, start - 140) : start + 6])))
                )
            except (ValueError, OverflowError):  # 31 February, the year 0
                continue
            if period is not None:
                taken.add(start, end)
                yield _mention(text, start, end, period, published)


def _mention(text: str, start: int, end: int, period: Period, published: date) -> TimeMention:
    inside = re.match(r"(since|by|until|till|before)\b", text[start:end], re.I)
    before = BEFORE_IT.search(text[max(0, start - 20) : start])
    word = (inside.group(1) if inside else before["word"] if before else "").lower()
    if word == "since" and period.first <= published:
        return TimeMention(start, end, period.first, published, "since")
    if word in {"by", "until", "till"} and period.last >= published:
        return TimeMention(start, end, published, period.last, "until")
    return TimeMention(start, end, period.first, period.last, period.kind)


def is_past_period(mention: TimeMention, published: date) -> bool:
    """Return whether what is dated so is history: last year or earlier, or a named earlier month or season.

    "Last week", "last month" and "since January" are not (RULINGS, Figures 12).
    """
    if mention.kind in {"since", "until", "recent"} or mention.last >= published:
        return False
    if mention.last.year < published.year:
        return mention.kind != "relative" or published - mention.first > timedelta(days=62)
    if mention.kind in {"month", "season"}:
        return (mention.last.year, mention.last.month) < (published.year, published.month)
    return mention.kind in {"day", "year"} and published - mention.last > timedelta(days=31)
