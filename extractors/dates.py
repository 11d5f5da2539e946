"""When an article was published and changed: what each source says, and which of them is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from extractors.addresses import AddressDay
from extractors.moments import Moment, parse_moment, precision_of
from extractors.records import DateDoubt, DateSaid, PublishedSource

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
APART = 2  # days
MOVED_ARCHIVE = 62  # days
MOST_SAID = 8  # of what the sources say is kept


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a time, as written."""

    source: PublishedSource
    text: str


@dataclass(frozen=True, slots=True)
class Publication:
    """The time that is believed, and from where; why it should be looked at."""

    at: datetime | None = None
    source: PublishedSource | None = None
    day_only: bool = False
    doubt: DateDoubt | None = None


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
    found, doubt = believed_time(claims, now), _impossible(claims, now)
    if address and not is_possible(_midnight(address.day), now):
        address = None
    if found:
        moment, source = found
        apart = (address.day - moment.day).days if address else 0
        doubt = "address" if abs(apart) > APART else doubt
        if doubt == "address" and address and address.firm and (moment.day_only or APART < apart <= MOVED_ARCHIVE):
            return Publication(_midnight(address.day), "url", day_only=True, doubt=doubt)
        return Publication(moment.at, source, moment.day_only, doubt)
    feed_time = feed_published_at if feed_published_at and is_possible(feed_published_at, now) else None
    if address:
        if feed_time and abs((feed_time.date() - address.day).days) <= 1:
            return Publication(feed_time.astimezone(UTC), "feed", doubt=doubt)  # the same day, and to the minute
        return Publication(_midnight(address.day), "url", day_only=True, doubt=doubt)
    if feed_time:
        return Publication(feed_time.astimezone(UTC), "feed", doubt=doubt)
    return Publication(doubt=doubt)


def dates_said(
    claims: Sequence[Claim], address: AddressDay | None, feed_published_at: datetime | None = None
) -> tuple[DateSaid, ...]:
    """Return what each source says of the publication, possible or not, in the order in which they are believed."""
    said = [
        DateSaid(claim.source, moment.at, precision_of(claim.text, moment), _zone_minutes(moment))
        for claim in claims
        if (moment := parse_moment(claim.text))
    ]
    if address:
        said.append(DateSaid("url", _midnight(address.day), "day", None))
    if feed_published_at:
        said.append(DateSaid("feed", feed_published_at.astimezone(UTC), "second", None))
    return tuple(dict.fromkeys(said))[:MOST_SAID]


def modification(claims: Sequence[Claim], published: datetime | None, now: datetime | None = None) -> Publication:
    """Return when an article was last changed; without a time when unknown or not after its publication."""
    found = believed_time(claims, now)
    if not found or (published and found[0].at < published):
        return Publication()
    return Publication(found[0].at, found[1], found[0].day_only)


def _impossible(claims: Sequence[Claim], now: datetime | None) -> DateDoubt | None:
    """Return what is wrong with the first time that the page names, if it cannot be one of publication."""
    first = next((moment.at for claim in claims if (moment := parse_moment(claim.text))), None)
    if first is None or is_possible(first, now):
        return None
    return "early" if first < EARLIEST else "ahead"


def _zone_minutes(moment: Moment) -> int | None:
    return None if moment.offset is None else round(moment.offset.total_seconds() / 60)


def _zoned_like(moment: Moment, others: Sequence[Moment]) -> Moment:
    """Return a moment read as UTC moved into the zone that another claim states, best one of the same wall clock."""
    zoned = [m for m in others if m.offset is not None]
    same = [m for m in zoned if m.offset is not None and abs(m.at + m.offset - moment.at) < timedelta(minutes=1)]
    offset = next((m.offset for m in same + zoned), None)
    return moment if offset is None else replace(moment, at=moment.at - offset, zoned=True, offset=offset)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
