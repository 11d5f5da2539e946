"""How often an outlet is looked at: pure arithmetic over its habit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from warehouse.habits import Habit

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=24)
FIRST = timedelta(hours=1)  # until something is known of an outlet
# Media Cloud's rule (rss-fetcher): longer where more than two thirds of a feed were known, shorter under one third.
MOSTLY_KNOWN, MOSTLY_NEW = 2 / 3, 1 / 3
STEP = 1.5
# What a failure says of the outlet: gone or no feed, something odd, or something that passes.
HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
WEIGHTS = {
    "bad_url": HARD, "refused_address": HARD, "feed_is_html": HARD, "not_a_feed": HARD, "not_a_sitemap": HARD,
    "robots": HARD, "not_cdx": HARD,
    "timeout": TEMPORARY, "connect": TEMPORARY, "dns": TEMPORARY, "truncated": TEMPORARY, "rate_limited": TEMPORARY,
    "robots_unavailable": TEMPORARY,
}  # fmt: skip
TIRED = 10.0  # trouble after which an outlet is looked at once a day only, until it answers
SLACK = timedelta(minutes=1)  # a schedule that ticks a second early must not skip a turn


@dataclass(frozen=True, slots=True)
class Look:
    """How one look at an outlet's sources went."""

    named: int = 0  # addresses
    known: int = 0  # of those, known before
    reason: str | None = None  # why no source answered; None: one did
    status: int | None = None  # of the answer that failed


def weight_of(reason: str, status: int | None) -> float:
    """Return how much a failed look weighs: 1 for a hard failure, 0.5 for a soft one, 0.25 for a temporary one."""
    if reason == "http_status":
        return TEMPORARY if status == 429 or (status or 0) >= 500 else HARD
    return WEIGHTS.get(reason, SOFT)


def adapted(pause: timedelta, look: Look) -> timedelta:
    """Return the pause after a look that succeeded; addresses that nobody named count as known."""
    share = look.known / look.named if look.named else 1.0
    if share > MOSTLY_KNOWN:
        pause *= STEP
    elif share < MOSTLY_NEW:
        pause /= STEP
    return min(max(pause, SHORTEST), LONGEST)


def after_look(before: Habit | None, outlet: str, every: timedelta | None, look: Look, now: datetime) -> Habit:
    """Return an outlet's habit after a look. `every` is the pause that the user set, if one is set."""
    pause = every or (before.pause if before else FIRST)
    if look.reason is None:
        # All is new at the first look, which tells nothing of how fast news comes.
        pause = every or (adapted(pause, look) if before and before.known_share is not None else pause)
        share = look.known / look.named if look.named else 1.0
        return Habit(outlet, now, _minutes(pause), now + pause, share)
    failed, trouble = (before.failed_looks, before.trouble) if before else (0, 0.0)
    trouble += weight_of(look.reason, look.status)
    resting = (before.resting_since if before else None) or (now if trouble >= TIRED else None)
    # The longer it fails, the rarer it is asked, and never less than once a day: feeds come back to life.
    wait = max(pause, LONGEST) if resting else pause if every else min(pause * (1 + trouble), LONGEST)
    return Habit(outlet, now, _minutes(pause), now + wait, None, failed + 1, trouble, resting, look.reason)


def due_at(habit: Habit, every: timedelta | None) -> datetime:
    """Return when an outlet is to be looked at again; what the user set since then counts at once."""
    if every is None or habit.resting_since:
        return habit.next_look_at
    return habit.looked_at + every


def is_due(habit: Habit | None, every: timedelta | None, now: datetime) -> bool:
    """Return whether an outlet is to be looked at; after a look in the future too: the clock ran ahead then."""
    return habit is None or habit.looked_at > now or due_at(habit, every) - SLACK <= now


def _minutes(pause: timedelta) -> int:
    return max(1, round(pause.total_seconds() / 60))
