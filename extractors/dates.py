"""When an article was published and changed: what each source says, and which of them is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from extractors.addresses import AddressDay
from extractors.moments import Moment, parse_moment
from extractors.records import PublishedSource

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
APART = 2  # days
MOVED_ARCHIVE = 62  # days


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a time, as written."""

    source: PublishedSource
    text: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication time that is believed, and from where. `contradicted`: the address is days away from it."""

    at: datetime | None = None
    source: PublishedSource | None = None
    day_only: bool = False
    contradicted: bool = False


UNKNOWN = Publication()


def believed_time(claims: Sequence[Claim], now: datetime | None) -> tuple[Moment, PublishedSource] | None:
    """Return the first claim that names a possible time, made as precise as the others allow; None if none does.

    A claim of the day alone takes its time of day from a later claim of the same day, and a time without an offset
    takes the offset from one that has it. Where no source tells the offset, the time is read as UTC.
    """
    read = [(moment, claim.source) for claim in claims if (moment := parse_moment(claim.text))]
    read = [(moment, source) for moment, source in read if is_possible(moment.at, now)]
    if not read:
        return None
    (best, source), others = read[0], [moment for moment, _ in read[1:]]
    if best.day_only or best.at.time() == time():
        timed = (m for m in others if not m.day_only and m.day == best.day)
        best = next(timed, best)
    if not best.zoned and best.at.time() == time():
        best = replace(best, day_only=True)  # "2023-04-28 00:00:00" is a day in the form of a time
    elif not best.zoned:
        best = _zoned_like(best, others)
    return best, source


def is_possible(at: datetime, now: datetime | None) -> bool:
    """Tell whether a time can be one of publication: not before 1990, not more than a day after `now`."""
    return at >= EARLIEST and (now is None or at <= now + AHEAD)


def publication(
    claims: Sequence[Claim],
    address: AddressDay | None,
    feed_published_at: datetime | None = None,
    now: datetime | None = None,
) -> Publication:
    """Return when an article was published: from its page, else its address, else its feed; else unknown.

    Page and address more than two days apart contradict each other. The address wins only when it is laid out by
    day, and then in two cases: the page names a day without a time; or the page's time lies before the address by up
    to two months, since an address is made when a piece is first saved and nothing is published before that (one
    vendor dated a known article a month early). A page time after the address stands: drafts lie, long reads wait.
    So does one years before it: that is an archive moved to new addresses.
    """
    found = believed_time(claims, now)
    if address and not is_possible(_midnight(address.day), now):
        address = None
    if found:
        moment, source = found
        apart = (address.day - moment.day).days if address else 0
        contradicted = abs(apart) > APART
        if contradicted and address and address.firm and (moment.day_only or APART < apart <= MOVED_ARCHIVE):
            return Publication(_midnight(address.day), "url", day_only=True, contradicted=True)
        return Publication(moment.at, source, moment.day_only, contradicted)
    feed_time = feed_published_at if feed_published_at and is_possible(feed_published_at, now) else None
    if address:
        if feed_time and abs((feed_time.date() - address.day).days) <= 1:
            return Publication(feed_time.astimezone(UTC), "feed")  # the same day, and to the minute
        return Publication(_midnight(address.day), "url", day_only=True)
    if feed_time:
        return Publication(feed_time.astimezone(UTC), "feed")
    return UNKNOWN


def modification(claims: Sequence[Claim], published: datetime | None, now: datetime | None = None) -> datetime | None:
    """Return when an article was last changed; None when unknown or not after its publication."""
    found = believed_time(claims, now)
    if not found or (published and found[0].at < published):
        return None
    return found[0].at


def _zoned_like(moment: Moment, others: Sequence[Moment]) -> Moment:
    """Return a moment read as UTC moved into the zone that another claim states, best one of the same wall clock."""
    zoned = [m for m in others if m.offset is not None]
    same = [m for m in zoned if m.offset is not None and abs(m.at + m.offset - moment.at) < timedelta(minutes=1)]
    offset = next((m.offset for m in same + zoned), None)
    return moment if offset is None else replace(moment, at=moment.at - offset, zoned=True, offset=offset)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
