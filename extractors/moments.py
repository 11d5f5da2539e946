"""Read a point in time from a string as pages, feeds and JSON-LD write it, with its precision and its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from extractors.records import Precision

ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "SAST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180, "JST": 540, "KST": 540, "EST": -300, "EDT": -240,
    "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660,
}  # fmt: skip
# American zones by the clock on the wall, without saying whether it is summer: in winter.
CHANGING = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar januari janvier janeiro enero gennaio ocak stycznia январь января січня يناير",
            "feb february februar februari février fevereiro febrero febbraio şubat lutego февраль февраля лютого",
            "mar march märz mars maart março marzo mart marca март марта березня مارس",
            "apr april avril abril aprile nisan kwietnia апрель апреля квітня أبريل ابريل",
            "may mai maj mei mayo maio maggio mayıs maja май мая травня مايو",
            "jun june juni juin junio junho giugno haziran czerwca июнь июня червня يونيو",
            "jul july juli juillet julio julho luglio temmuz lipca июль июля липня يوليو",
            "aug august augusti augustus août agosto ağustos sierpnia август августа серпня أغسطس اغسطس",
            "sep sept september septembre septiembre setembro settembre eylül września сентябрь сентября вересня",
            "oct october okt oktober octobre octubre outubro ottobre ekim października октябрь октября жовтня",
            "nov november novembre noviembre novembro kasım listopada ноябрь ноября листопада نوفمبر",
            "dec december dez dezember décembre diciembre dezembro dicembre aralık grudnia декабрь декабря грудня",
        ),
        start=1,
    )
    for name in names.split()
} | {"فبراير": 2, "سبتمبر": 9, "أكتوبر": 10, "اكتوبر": 10, "ديسمبر": 12}
CLOCK = r"(?P<hour>\d{1,2})[:.h時시](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
OFFSET = r"(?P<offset>[+-]\d\d:?\d\d|[A-Z]{1,4}\b)?"
TIME_PART = rf"(?:\D{{0,12}}?{CLOCK}\s*{OFFSET})?"
DAY_SHAPES = (
    r"(?<!\d)(?P<year>\d{4})[-/.年년]\s?(?P<month>\d{1,2})[-/.月월]\s?(?P<day>\d{1,2})(?!\d)[日일]?",
    r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?(?:\s+de)?\s+(?P<name>[^\W\d_]{3,12})\.?,?(?:\s+de)?\s+(?P<year>\d{4})(?!\d)",
    r"\b(?P<name>[^\W\d_]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)",
    # Day or month first: only where no month can be meant by the other. "04/05/2026" names no day.
    r"(?<!\d)(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{1,2})/(?P<year>\d{4})(?!\d)",
    r"(?<!\d)(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])/(?P<year>\d{4})(?!\d)",
)
SHAPES = tuple(re.compile(shape + TIME_PART, re.IGNORECASE) for shape in DAY_SHAPES)
# "Fri Apr 28 19:20:36 CEST 2023", as Java prints a date
JAVA_DATE = re.compile(
    rf"^[A-Z][a-z]{{2}}\s+(?P<name>[A-Z][a-z]{{2}})\s+(?P<day>\d{{1,2}})\s+{CLOCK}\s+(?P<offset>[A-Z]{{1,4}})\s+(?P<year>\d{{4}})$"
)
EPOCH = re.compile(r"^(\d{10})(?:\.\d+)?$|^(\d{13})$")
WITH_SECONDS = re.compile(r"\d[:.]\d\d[:.]\d\d|T\d{6}")
LONGEST = 80  # characters of anything that is a date


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a source wrote it: `at` in UTC; `day_only` without a time; `zoned` with its offset."""

    at: datetime
    day_only: bool = False
    zoned: bool = False
    offset: timedelta | None = None  # as written, None when there was none

    @property
    def day(self) -> date:
        """Return the calendar day in the zone it was written in."""
        return (self.at + (self.offset or timedelta())).date()


def parse_moment(text: str | None) -> Moment | None:
    """Return the point in time that a string names, or None.

    A time without an offset is given as if UTC, with `zoned` false, so that the caller may learn the zone elsewhere.
    """
    text = " ".join((text or "").split())[:LONGEST]
    if not text:
        return None
    if found := _epoch(text) or _iso(text) or _java(text):
        return found
    mailed = _rfc2822(text)
    # RFC 2822 knows few zones by name: "Fri 28 Apr 2023 19.20 BST" is read again.
    return mailed if mailed and mailed.zoned else _written_out(text) or mailed


def precision_of(text: str, moment: Moment) -> Precision:
    """Return how exactly a string names its moment."""
    if moment.day_only:
        return "day"
    return "second" if EPOCH.match(text.strip()) or WITH_SECONDS.search(text) else "minute"


def _epoch(text: str) -> Moment | None:
    match = EPOCH.match(text)
    if not match:
        return None
    seconds = int(match.group(1)) if match.group(1) else int(match.group(2)) / 1000
    return Moment(datetime.fromtimestamp(seconds, UTC), zoned=True, offset=timedelta())


def _iso(text: str) -> Moment | None:
    if not re.match(r"\d{4}-\d\d|\d{8}", text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return Moment(datetime.combine(day, time(), UTC), day_only=True)
    text = re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text)
    try:
        return _moment(datetime.fromisoformat(text))
    except ValueError:
        return None


def _rfc2822(text: str) -> Moment | None:
    if not re.match(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +\d", text):
        return None
    try:
        return _moment(parsedate_to_datetime(text))
    except (ValueError, IndexError, TypeError):
        return None


def _java(text: str) -> Moment | None:
    match = JAVA_DATE.match(text)
    return _built(match) if match else None


def _written_out(text: str) -> Moment | None:
    return next(filter(None, (_built(m) for shape in SHAPES if (m := shape.search(text)))), None)


def _built(match: re.Match[str]) -> Moment | None:
    """Return the moment of a match with named parts; None when they make no date."""
    parts = match.groupdict()
    name = parts.get("name")
    month = MONTHS.get(name.lower()) if name else int(parts["month"])
    if not month:
        return None
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
        if parts.get("hour") is None:
            return Moment(datetime.combine(day, time(), UTC), day_only=True)
        hour = int(parts["hour"])
        if half := parts.get("half"):
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        clock = time(hour, int(parts["minute"]), int(parts.get("second") or 0))
    except ValueError:
        return None
    return _moment(datetime.combine(day, clock, _zone(parts.get("offset"), day)))


def _zone(offset: str | None, day: date) -> timezone | None:
    if not offset:
        return None
    if offset[0] in "+-":
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)) if minutes < 15 * 60 else None
    named = zone_minutes(offset, day)
    return None if named is None else timezone(timedelta(minutes=named))


def zone_minutes(name: str, day: date) -> int | None:
    """Return the minutes from UTC that a zone's name stands for on a day; None for a name that is not known."""
    name = name.upper()
    if name in CHANGING:
        return CHANGING[name] + 60 * (_sunday(day.year, 3, 2) <= day < _sunday(day.year, 11, 1))
    return ZONES.get(name)


def _sunday(year: int, month: int, number: int) -> date:
    """Return the first, second … Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))


def _moment(when: datetime) -> Moment | None:
    try:
        if when.tzinfo is None:
            return Moment(when.replace(tzinfo=UTC))
        return Moment(when.astimezone(UTC), zoned=True, offset=when.utcoffset())
    except OverflowError:
        return None
