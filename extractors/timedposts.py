"""The posts of a live blog whose times are only words: paragraphs that begin "14:35 –", boxes with "2:10 p.m. ET".

Timetables, scores and the chronology of a day gone by look much alike. So the times have to be in order, most of the
text has to stand under them, and they have to fit when the page was published and last changed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice, pairwise

from lxml.html import HtmlElement

from extractors.liveblog import SIGNS, line_starts, signs_of, start_of
from extractors.moments import CHANGING, ZONES, zone_minutes
from extractors.records import DateSaid, Section
from extractors.wording import count_tokens

FEWEST, MOST = 4, 1_000  # posts
LEAST_WORDS = 12  # of the median post: a timetable's entries are shorter
LEAST_SHARE = 0.5  # of the text that stands in posts
EARLY, LATE = timedelta(hours=1), timedelta(minutes=30)  # before publication, after the last change
NIGHT = timedelta(hours=12)  # a page that is begun anew each day keeps what was posted the evening before
# Kyiv's clock by the season; in the last days of March and of October an hour may be wrong.
PLACES = {"kyiv": ("EET", "EEST"), "moscow": ("MSK", "MSK"), "eastern": ("ET", "ET")}
SUMMER_MONTHS = range(4, 11)
ZONE = rf"(?:\s*\(?(?P<zone>(?:Kyiv|Moscow|Eastern|local) time|{'|'.join([*ZONES, *CHANGING])})\b\)?)?"
CLOCK = r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?"
# After the time a dash or the like, the end of the line, or the capital letter of a sentence.
ENDING = r"(?:\s*Uhr)?[\])]?\s*(?:[-–—:|•·]\s*|$|(?=(?-i:[“\"«„]?[^\W\d_a-zа-яёіїєґ])))"
HEAD = re.compile(rf"^\s*(?:[-•*]\s*)?[\[(]?{CLOCK}{ZONE}{ENDING}", re.IGNORECASE)
ALONE = re.compile(rf"\s*[\[(]?{CLOCK}{ZONE}(?:\s*Uhr)?[\])]?\s*", re.IGNORECASE)
LONGEST_CLOCK, MOST_CLOCKS = 24, 400  # characters of a time that stands alone; of those on a page
WORDS_OF_A_POST, MOST_LEVELS = (
    40,
    4,
)  # letters beside its time; how far above that the post's own element is looked for
LIVE = re.compile(
    r"\b(?:live|liveblog|(?:live-?)?ticker|updates?|as it happened|minute by minute|en direct|en vivo|diretta)\b"
    r"|онлайн|наживо|в прямом эфире",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a page tells of itself that its posts have to fit."""

    title: str | None
    published_at: datetime
    day_only: bool
    modified_at: datetime | None
    zone_minutes: int  # of its own clock, from UTC


@dataclass(frozen=True, slots=True)
class TimedLine:
    """Where a post begins in a text, and its time."""

    start: int
    clock: timedelta  # since midnight
    zone: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A time on the page, and the folded beginnings of what stands under it."""

    clock: timedelta
    zone: str | None
    signs: tuple[str, ...]


def zone_of(dates: Sequence[DateSaid]) -> int:
    """Return the zone that a page writes its times in, in minutes from UTC; 0 where it tells none."""
    return next((said.zone_minutes for said in dates if said.zone_minutes is not None), 0)


def timed_posts(text: str, lines: Sequence[TimedLine], told: Told, now: datetime | None) -> tuple[Section, ...]:
    """Return the posts of a text as sections, in its order; none where it is not clearly made of timed posts."""
    if not FEWEST <= len(lines) <= MOST or len(text) - lines[0].start < LEAST_SHARE * len(text):
        return ()
    ends = [line.start - 1 for line in lines[1:]] + [len(text)]
    lengths = sorted(count_tokens(text[line.start : end]) for line, end in zip(lines, ends, strict=True))
    steps = [after.clock - before.clock for before, after in pairwise(lines)]
    falls, rises = sum(step < timedelta() for step in steps), sum(step > timedelta() for step in steps)
    if lengths[len(lengths) // 2] < LEAST_WORDS or min(falls, rises) > 1 or falls == rises:
        return ()
    newest_first = falls > rises
    posted = _posted(lines, told, now, newest_first=newest_first)
    if not _fit(sorted(posted), told, now, newest_first=newest_first):
        return ()
    return tuple(Section(line.start, end, at) for line, end, at in zip(lines, ends, posted, strict=True))


def timed_lines(text: str) -> list[TimedLine]:
    """Return the lines of a text that begin with a time."""
    found, offset = [], 0
    for line in text.split("\n"):
        if match := HEAD.match(line):
            found.append(TimedLine(offset, _clock(match), match["zone"]))
        offset += len(line) + 1
    return found


def clock_marks(tree: HtmlElement) -> list[Mark]:
    """Return the times that stand alone in an element of the page, with the beginnings of what is posted there."""
    clocks = {}
    for element in tree.iter("span", "div", "p", "strong", "b", "h2", "h3", "h4", "dt", "em", "i", "small"):
        text = element.text
        if text and len(text) <= LONGEST_CLOCK and not len(element) and (match := ALONE.fullmatch(text)):
            clocks[element] = match
        if len(clocks) > MOST_CLOCKS:
            return []
    if len(clocks) < FEWEST:
        return []
    marks = ((match, tuple(_posted_at(element, clocks))) for element, match in clocks.items())
    return [Mark(_clock(match), match["zone"], signs) for match, signs in marks if signs]


def _posted_at(element: HtmlElement, clocks: Container[HtmlElement]) -> Iterator[str]:
    """Yield the signs of the post of a time: of the element around both, else of what follows the time."""
    inner = element
    for around in islice(element.iterancestors(), MOST_LEVELS):
        if len(list(islice((one for one in around.iter() if one in clocks), 2))) > 1:
            break
        inner = around
    if len(inner.text_content()) - len(element.text or "") >= WORDS_OF_A_POST:
        yield from islice(signs_of(inner), SIGNS)
    elif (following := inner.getnext()) is not None:
        yield from islice(signs_of(following), SIGNS)


def marked_lines(text: str, marks: Sequence[Mark]) -> list[TimedLine]:
    """Return the lines of a text that begin what is posted at these times."""
    starts = line_starts(text) if marks else {}
    found = {start: mark for mark in marks if (start := start_of(mark.signs, starts)) is not None}
    return [TimedLine(start, found[start].clock, found[start].zone) for start in sorted(found)]


def _clock(match: re.Match[str]) -> timedelta:
    hour = int(match["hour"])
    if half := match["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return timedelta(hours=hour, minutes=int(match["minute"]))


def _posted(lines: Sequence[TimedLine], told: Told, now: datetime | None, *, newest_first: bool) -> list[datetime]:
    """Return when each post was posted, from the end that the page dates; the clock passing midnight is a new day."""
    in_order = list(reversed(lines)) if newest_first else list(lines)
    zones = {line.zone for line in lines if line.zone}
    zone = timezone(timedelta(minutes=_minutes(zones.pop() if len(zones) == 1 else None, told)))
    days, day = [], 0
    for number, line in enumerate(in_order):
        day += number > 0 and line.clock < in_order[number - 1].clock
        days.append(day)
    # A page that grows at its top may have lost what was below: it is dated by its last change.
    anchor, anchored = told.published_at, 0
    if newest_first and told.modified_at:
        anchor, anchored = told.modified_at, days[-1]
    midnight = anchor.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    posted = [midnight + timedelta(days=d - anchored) + line.clock for d, line in zip(days, in_order, strict=True)]
    if posted[-1] > _latest(told, now) and not told.day_only:
        posted = [at - timedelta(days=1) for at in posted]
    return list(reversed(posted)) if newest_first else posted


def _minutes(zone: str | None, told: Told) -> int:
    """Return the minutes from UTC of a zone by its name; without a name those of the page's own clock."""
    name, day = (zone or "").split(" ")[0], told.published_at.date()
    if name.lower() in PLACES:
        name = PLACES[name.lower()][day.month in SUMMER_MONTHS]
    minutes = zone_minutes(name, day)
    return told.zone_minutes if minutes is None else minutes


def _latest(told: Told, now: datetime | None) -> datetime:
    """Return the time that no post can be after."""
    known = [at for at in (told.modified_at, now) if at is not None]
    return min(known, default=told.published_at + timedelta(days=1)) + LATE


def _fit(posted: Sequence[datetime], told: Told, now: datetime | None, *, newest_first: bool) -> bool:
    """Tell whether times of posts, the oldest first, are of a page that was written as they went by."""
    oldest, newest = posted[0], posted[-1]
    if newest > _latest(told, now):
        return False
    named_live = bool(LIVE.search(told.title or ""))
    if told.day_only:
        return named_live or newest_first
    grew = told.modified_at is not None and oldest >= told.published_at - EARLY and newest > told.published_at
    return grew or ((newest_first or named_live) and oldest >= told.published_at - NIGHT)
