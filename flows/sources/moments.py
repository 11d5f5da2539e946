"""Dates as sitemaps and archives write them, and the spans of days that file names speak of."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

YEARS = range(1990, 2100)
YEAR, SEPARATOR = r"(?<!\d)(?P<year>(?:19|20)\d\d)", r"[-_/.]"
# Finest first. A day needs two-digit parts: in 2021/12/3.xml the 3 is as likely the third part of a month.
SHAPES = (
    re.compile(
        rf"{YEAR}(?P<between>{SEPARATOR}?)(?P<month>0[1-9]|1[0-2])(?P=between)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(rf"{YEAR}(?:{SEPARATOR}(?P<month>0?[1-9]|1[0-2])|(?P<packed>0[1-9]|1[0-2]))(?!\d)"),
    re.compile(r"[?&](?:yyyy|year)=(?P<year>\d{4})&(?:mm|month)=(?P<month>0?[1-9]|1[0-2])(?!\d)"),
    re.compile(rf"{YEAR}(?!\d)"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


def written_moment(text: str | None) -> date | datetime | None:
    """Return a W3C or RFC 822 date: a day, or a time in UTC; None where it is neither or outside 1990 to 2099.

    A time without a zone is taken as UTC. A year or a month alone says too little of a page, and is None.
    """
    text = (text or "").strip()
    if not text or len(text) > 40:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            day = date.fromisoformat(text)
            return day if day.year in YEARS else None
        moment = (
            datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\d[T ]", text) else parsedate_to_datetime(text)
        )
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def day_of(moment: date | datetime | None) -> date | None:
    """Return the day (UTC) of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def spans_of_names(addresses: Sequence[str]) -> dict[str, Span]:
    """Return the days that the names of files speak of, for those that do: 2021-12.xml, 2022-1.xml, sitemap_2021.xml.

    Names of one make are read together: "part-2001.xml" is a year only where every number in its place is one, and
    "2022-1.xml" is January only where no "2022-13.xml" stands beside it. In doubt a name says nothing.
    """
    makes: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        makes[re.sub(r"\d+", "#", _name(address))].append(address)
    spans: dict[str, Span] = {}
    for alike in makes.values():
        for shape in SHAPES:
            found = [_span(shape.finditer(_name(address))) for address in alike]
            if all(found):
                spans.update({a: s for a, s in zip(alike, found, strict=True) if s})
                break
    return spans


def _name(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _span(matches: Iterable[re.Match[str]]) -> Span | None:
    """Return the days from the first to the last date in a name."""
    spans = [span for match in matches if (span := _one_span(match.groupdict()))]
    return Span(min(s.first for s in spans), max(s.last for s in spans)) if spans else None


def _one_span(parts: dict[str, str | None]) -> Span | None:
    year, month, day = int(parts["year"] or 0), parts.get("month") or parts.get("packed"), parts.get("day")
    try:
        if day and month:
            only = date(year, int(month), int(day))
            return Span(only, only)
        if month:
            return Span(date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1]))
        return Span(date(year, 1, 1), date(year, 12, 31))
    except ValueError:
        return None
