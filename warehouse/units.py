"""The state of backfills, day by day: which are done, and which pages are left of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import key64
from warehouse.arrow import TIME, aware, registered, rows_of, stored, stored_time, table_of

PAGES = pa.list_(
    pa.struct({"url": pa.string(), "article_id": pa.int64(), "title": pa.string(), "published_at": TIME})
)
UNITS = pa.schema(
    {
        "plan_id": pa.int64(), "outlet": pa.string(), "source": pa.string(), "first_day": pa.date32(),
        "last_day": pa.date32(), "place": pa.int32(), "unit": pa.string(), "state": pa.string(),
        "missing": pa.int32(), "left": pa.int32(), "planned_at": TIME, "pages": PAGES,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Which backfill it is: the same outlet, source and days are the same one, whenever it is called."""

    outlet: str
    source: str
    first: date
    last: date
    rules: str  # what else tells which page is which article

    @property
    def plan_id(self) -> int:
        """Return its key."""
        return key64("plan", self.outlet, self.source, self.first, self.last, self.rules)


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A page that is missing, as the source named it."""

    url: str
    article_id: int
    title: str | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitTried:
    """What the run of a unit left of it; written in the transaction that loads what it brought."""

    plan_id: int
    unit: str
    left: tuple[str, ...]  # addresses of the pages that failed


def store_plan(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    units: Sequence[tuple[str, Sequence[UnitPage]]],
    now: datetime,
    *,
    whole: bool,
) -> None:
    """Write the units of a backfill as due; those of an earlier call that are not among them lack nothing any more.

    One transaction. Not `whole`, the source did not name all: the next call has to ask it again.
    """
    rows = [_row(plan, place, name, pages, now, whole) for place, (name, pages) in enumerate(units)]
    connection.execute("BEGIN")
    try:
        with registered(connection, incoming=table_of(rows, UNITS)):
            connection.execute(CLOSE, {"plan": plan.plan_id})
            connection.execute(MERGE)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def units_left(
    connection: duckdb.DuckDBPyConnection, plan: Plan, since: datetime
) -> list[tuple[str, tuple[UnitPage, ...]]]:
    """Return the units that an earlier call did not finish, in order of work, as it planned them after `since`.

    None if it tried all of them: what failed then, the source may have by now under another address.
    """
    rows = rows_of(connection, LEFT, {"plan": plan.plan_id, "since": stored_time(since)})
    if not any(row["state"] == "due" for row in rows) or any(row["pages"] is None for row in rows):
        return []
    return [(row["unit"], tuple(_page(page) for page in row["pages"])) for row in rows]


def count_units(connection: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[int, int]:
    """Return how many units of a backfill are done, and how many it has."""
    done, all_units = connection.execute(COUNT, {"plan": plan.plan_id}).fetchall()[0]
    return int(done), int(all_units)


def store_tried(connection: duckdb.DuckDBPyConnection, tried: UnitTried, run_id: int, now: datetime) -> None:
    """Write what is left of a unit that a run has tried."""
    values = {"plan": tried.plan_id, "unit": tried.unit, "left": list(tried.left), "run": run_id}
    connection.execute(TRIED, values | {"now": stored_time(now)})


def _row(plan: Plan, place: int, name: str, pages: Sequence[UnitPage], now: datetime, whole: bool) -> dict[str, Any]:
    kept = [
        {"url": p.url, "article_id": p.article_id, "title": p.title, "published_at": stored(p.published_at)}
        for p in pages
    ]
    return {
        "plan_id": plan.plan_id,
        "outlet": plan.outlet,
        "source": plan.source,
        "first_day": plan.first,
        "last_day": plan.last,
        "place": place,
        "unit": name,
        "state": "due",
        "missing": len(pages),
        "left": len(pages),
        "planned_at": stored_time(now),
        "pages": kept if whole else None,
    }


def _page(row: dict[str, Any]) -> UnitPage:
    at = row["published_at"]
    return UnitPage(row["url"], row["article_id"], row["title"], aware(at) if at else None)


CLOSE = """
UPDATE backfill_units SET state = 'done', "left" = 0, pages = []
WHERE plan_id = $plan AND state <> 'done' AND unit NOT IN (SELECT unit FROM incoming)
"""
MERGE = """
MERGE INTO backfill_units u USING incoming i ON u.plan_id = i.plan_id AND u.unit = i.unit
WHEN MATCHED THEN UPDATE SET
    place = i.place, state = i.state, missing = i.missing, "left" = i."left", planned_at = i.planned_at,
    pages = i.pages
WHEN NOT MATCHED THEN INSERT BY NAME
"""
LEFT = """
SELECT unit, state, pages FROM backfill_units
WHERE plan_id = $plan AND state <> 'done' AND planned_at >= $since ORDER BY place
"""
COUNT = "SELECT count(*) FILTER (state = 'done'), count(*) FROM backfill_units WHERE plan_id = $plan"
TRIED = """
UPDATE backfill_units
SET state = if(len($left) = 0, 'done', 'partly'), "left" = len($left), tried_at = $now, run_id = $run,
    pages = list_filter(pages, lambda page: list_contains($left, page.url))
WHERE plan_id = $plan AND unit = $unit
"""
