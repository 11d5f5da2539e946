"""How often each outlet is looked at, and how that went: what the schedule and `muster doctor` ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.arrow import TIME, aware, registered, rows_of, stored, table_of

SCHEMA = pa.schema(
    {
        "outlet": pa.string(), "looked_at": TIME, "pause_minutes": pa.int32(), "next_look_at": TIME,
        "known_share": pa.float64(), "failed_looks": pa.int32(), "trouble": pa.float64(), "resting_since": TIME,
        "reason": pa.string(),
    }
)  # fmt: skip
TIMES = ("looked_at", "next_look_at", "resting_since")


@dataclass(frozen=True, slots=True)
class Habit:
    """How the looks at an outlet went, the last one included. Times are aware."""

    outlet: str
    looked_at: datetime
    pause_minutes: int  # between two looks that succeed
    next_look_at: datetime
    known_share: float | None  # of the addresses named last; None: the look failed
    failed_looks: int = 0  # one after the other
    trouble: float = 0.0  # their weight
    resting_since: datetime | None = None
    reason: str | None = None  # why the last look failed

    @property
    def pause(self) -> timedelta:
        """The pause between two looks that succeed."""
        return timedelta(minutes=self.pause_minutes)


def habit_of(row: dict[str, Any]) -> Habit:
    """Return a row of the table as the habit it is."""
    return Habit(**row | {name: row[name] and aware(row[name]) for name in TIMES})


def read_habits(connection: duckdb.DuckDBPyConnection) -> dict[str, Habit]:
    """Return the habit of every outlet that was looked at, by its id."""
    return {row["outlet"]: habit_of(row) for row in rows_of(connection, "FROM habits")}


def store_habits(connection: duckdb.DuckDBPyConnection, habits: Sequence[Habit]) -> None:
    """Write the habits of the outlets that were looked at, in place of those known; a later look stays."""
    if not habits:
        return
    rows = ({**asdict(habit), **{n: stored(getattr(habit, n)) for n in TIMES}} for habit in habits)
    with registered(connection, incoming=table_of(rows, SCHEMA)):
        connection.execute(MERGE)


MERGE = """
MERGE INTO habits h USING incoming i ON h.outlet = i.outlet
WHEN MATCHED AND i.looked_at >= h.looked_at THEN UPDATE SET
    looked_at = i.looked_at, pause_minutes = i.pause_minutes, next_look_at = i.next_look_at,
    known_share = i.known_share, failed_looks = i.failed_looks, trouble = i.trouble,
    resting_since = i.resting_since, reason = i.reason
WHEN NOT MATCHED THEN INSERT BY NAME *
"""
