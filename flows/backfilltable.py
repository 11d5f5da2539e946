"""What a backfill did: its report, and the report as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from flows.run import RunReport
from flows.runtable import COLUMNS
from flows.web.politeness import JITTER
from warehouse.batch import OutletCounts

MOST_ROWS = 400  # of the artifact; a longer one is slow to show


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What one unit brought."""

    name: str
    counts: OutletCounts


@dataclass(frozen=True, slots=True)
class BackfillReport:
    """How a backfill ended."""

    run: RunReport
    missing: int  # pages that the ledger did not have when it began
    left: int  # of those, not asked for: a dry run, or the outlet refused
    polite_seconds: float  # that the pages left will take at least
    dropped: tuple[tuple[str, int], ...]  # by the source, with the reason
    units: tuple[UnitReport, ...] = ()
    units_done: tuple[int, int] = (0, 0)  # of this backfill, by whichever call; of how many


def polite_seconds(pages: int, delay_seconds: float) -> float:
    """Return how long so many pages of one host take at least, with the pause between two and its jitter."""
    return pages * delay_seconds * (1 + JITTER / 2)


def summed(name: str, counts: Sequence[OutletCounts]) -> OutletCounts:
    """Return the counts of several units as one."""
    total = OutletCounts(name, 0, 0, 0, 0, 0, 0, 0, ())
    reasons: dict[str, int] = {}
    numbers = [f.name for f in fields(OutletCounts) if f.name not in ("outlet", "failures")]
    for one in counts:
        total = replace(total, **{n: getattr(total, n) + getattr(one, n) for n in numbers})
        for reason, times in one.failures:
            reasons[reason] = reasons.get(reason, 0) + times
    return replace(total, failures=tuple(sorted(reasons.items())))


def backfill_rows(report: BackfillReport) -> list[dict[str, Any]]:
    """Return one row for the whole and one a unit for Prefect's table artifact."""
    rows = [("all", report.run.counts[0]), *((u.name, u.counts) for u in report.units[:MOST_ROWS])]
    return [
        {"days": name, **{column: getattr(counts, column) for column in COLUMNS if column != "outlet"}}
        | {"failures": ", ".join(f"{reason} ×{times}" for reason, times in counts.failures)}
        for name, counts in rows
    ]


def told_left(report: BackfillReport) -> str:
    """Return in a sentence what was missing, what still is, and how long that takes."""
    if not report.missing:
        unsure = "no page was found to be missing; what failed may have named some"
        return unsure if report.run.failed else "nothing was missing"
    if not report.left:
        return f"all of the {report.missing:,} missing pages were asked for"
    duration = timedelta(seconds=round(report.polite_seconds))
    done, of = report.units_done
    days = f"; {done:,} of {of:,} days are done" if done else ""
    return f"{report.left:,} of {report.missing:,} missing pages left, at least {duration} at the polite rate{days}"
