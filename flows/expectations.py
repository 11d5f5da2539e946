"""What a user expects of an outlet, and what a run or the last two weeks brought instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from extractors.records import Extraction
from flows.outlets import Outlet
from warehouse.habits import Habit
from warehouse.health import Day, OutletHealth

LATE = timedelta(hours=24)  # the slowest an outlet is looked at
WALL_SHARE = 0.2  # of pages that are no articles: a wall, a consent page, a redesign
DROPPED_SHARE = 0.2  # of pages whose numbers are not all in the text
LATELY_DAYS, MOST_REASONS = 14, 4  # as warehouse/health.py counts; reasons that a line names
FEWEST_PAGES = 10  # that a share is told of
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    state: Literal["good", "note", "wrong"]
    what: str
    says: str
    mend: str = ""


def remarks(outlet: Outlet, extractions: Sequence[Extraction], day: Day | None) -> dict[str, int]:
    """Return what is odd about what a run brought of an outlet, in words for its table, and how often.

    Numbers that the cleaning left out are no failure, since most stand in teasers: `fetches` and doctor tell of them.
    """
    least = outlet.least_text or 0
    found = {f"texts under {least} characters": sum(len(e.article.text) < least for e in extractions)}
    if few := _too_few(outlet, day):
        found[few] = 1
    return {words: count for words, count in found.items() if count}


def outlet_findings(health: OutletHealth, habit: Habit | None, outlet: Outlet, now: datetime) -> Iterator[Finding]:
    """Yield how an outlet fares, what of it falls below what is expected, and what is worth a look."""
    fares = _outlet(health, habit, outlet, now)
    short = list(_shortfalls(health, outlet))
    if fares.state != "good" or not short:
        yield fares
    yield from short
    if health.pages >= FEWEST_PAGES and health.pages_dropping / health.pages > DROPPED_SHARE:
        says = f"{health.pages_dropping} of the last {health.pages} pages show military numbers that the text lacks, "
        yield Finding(
            "note", outlet.id, f'{says}last "{health.last_dropped}"', "look at `dropped` in fetches: text of its own?"
        )
    if health.dates_in_doubt:
        says = (
            f"{health.dates_in_doubt} articles of the last {LATELY_DAYS} days have dates that contradict each other"
        )
        yield Finding("note", outlet.id, says, "look at `date_doubt` and `dates` in articles")


def _outlet(health: OutletHealth, habit: Habit | None, outlet: Outlet, now: datetime) -> Finding:
    said = _history(health, habit)
    if habit and habit.resting_since:
        why = f"rests since {_time(habit.resting_since)}: {habit.failed_looks} looks failed in a row ({habit.reason})"
        return Finding(
            "wrong", outlet.id, f"{why}, next look {_time(habit.next_look_at)}; {said}",
            f"muster outlets check {outlet.id}; set enabled = false to leave it out",
        )  # fmt: skip
    if health.last_success_at is None:
        why = f"never answered: {health.last_reason}" if health.last_reason else "never looked at"
        return Finding("wrong", outlet.id, why, f"muster monitor --outlet {outlet.id}")
    pause = outlet.every or (habit.pause if habit else timedelta(0))
    if now - health.last_success_at > max(LATE, 4 * pause):
        why = f"no answer since {_time(health.last_success_at)}: {health.last_reason or 'not looked at'}; {said}"
        return Finding("wrong", outlet.id, why, "is the schedule running?")
    if health.pages >= FEWEST_PAGES and health.not_articles / health.pages > WALL_SHARE:
        share = f"{health.not_articles} of the last {health.pages} pages were no articles ({health.last_refusal})"
        return Finding(
            "wrong", outlet.id, f"{share}; {said}",
            "a wall or a redesign: look at the pages, set `article` or `prune`",
        )  # fmt: skip
    return Finding("good", outlet.id, said)


def _history(health: OutletHealth, habit: Habit | None) -> str:
    """Return in words when an outlet last answered, when it last had news, its habit and what it refused."""
    parts = [f"{health.articles} articles"]
    parts += [f"last answer {_time(health.last_success_at)}"] if health.last_success_at else []
    parts += [f"last new article {_time(health.last_new_at)}"] if health.last_new_at else []
    parts += [f"about {health.lately / LATELY_DAYS:.1f} a day"] if health.lately else []
    parts += [f"looked at every {_short(habit.pause)}"] if habit else []
    parts += [f"{habit.failed_looks} failed looks in a row"] if habit and habit.failed_looks else []
    refusals = ", ".join(f"{reason} ×{times}" for reason, times in health.refusals[:MOST_REASONS])
    return ", ".join(parts) + (f"; refused in {LATELY_DAYS} days: {refusals}" if refusals else "")


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _short(pause: timedelta) -> str:
    minutes = round(pause.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"


def _shortfalls(health: OutletHealth, outlet: Outlet) -> Iterator[Finding]:
    """Yield what falls below what outlets.toml expects."""
    since, until = health.watched_since, health.last_success_at
    day = Day(health.articles_in_a_day, whole=until - since >= DAY) if since and until else None
    if few := _too_few(outlet, day):
        yield Finding("wrong", outlet.id, few, "look at its feeds, at `failures` in runs; or lower `least_articles`")
    if outlet.least_text and health.shortest_text is not None and health.shortest_text < outlet.least_text:
        says = f"a text of {health.shortest_text} characters, {outlet.least_text} expected: {health.shortest_url}"
        yield Finding("wrong", outlet.id, says, "a wall or a redesign: look at the page, or lower `least_text`")


def _too_few(outlet: Outlet, day: Day | None) -> str | None:
    """Return that an outlet watched for a day brought fewer articles in it than expected; None if not."""
    if not outlet.least_articles or day is None or not day.whole or day.articles >= outlet.least_articles:
        return None
    number = f"{day.articles} article" + ("" if day.articles == 1 else "s")
    return f"{number} in 24 hours, {outlet.least_articles} expected"
