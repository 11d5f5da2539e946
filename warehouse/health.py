"""How the outlets and channels fare: what `muster doctor` and the schedule ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.door import query
from warehouse.habits import Habit, habit_of


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """What is known of one outlet."""

    last_success_at: datetime | None = None  # a source of it answered
    last_reason: str | None = None  # why its last request for addresses failed, None if it did not
    last_new_at: datetime | None = None  # when an article of it was first read
    articles: int = 0
    lately: int = 0  # articles published in the last 14 days
    pages: int = 0  # requests for pages in the last 14 days that were answered
    not_articles: int = 0  # of those, how many held no article
    last_refusal: str | None = None
    refusals: tuple[tuple[str, int], ...] = ()  # why requests failed in the last 14 days, most frequent first


OUTLETS = """
WITH late AS (SELECT max(fetched_at) - INTERVAL 14 DAY AS since FROM fetches), sources AS (
    SELECT outlet, max(fetched_at) FILTER (outcome IN ('ok', 'not_modified')) AS last_success_at,
           arg_max(coalesce(reason, ''), fetched_at) AS last_reason
    FROM fetches WHERE kind IN ('feed', 'sitemap', 'list') GROUP BY outlet
), pages AS (
    SELECT outlet, count(*) AS pages, count(*) FILTER (outcome = 'not_article') AS not_articles,
           arg_max(reason, fetched_at) FILTER (outcome = 'not_article') AS last_refusal
    FROM fetches
    WHERE kind = 'page' AND outcome IN ('ok', 'not_article') AND fetched_at > (SELECT since FROM late)
    GROUP BY outlet
), reasons AS (
    SELECT outlet, reason || coalesce(' ' || status, '') AS reason, count(*) AS times FROM fetches
    WHERE outcome = 'failed' AND kind <> 'robots' AND fetched_at > (SELECT since FROM late) GROUP BY ALL
), refused AS (
    SELECT outlet, list({'reason': reason, 'times': times} ORDER BY times DESC, reason) AS refusals
    FROM reasons GROUP BY outlet
), held AS (
    SELECT outlet, count(*) AS articles, max(first_seen_at) AS last_new_at,
           count(*) FILTER (published_at > (SELECT since FROM late)) AS lately
    FROM articles GROUP BY outlet
)
SELECT outlet, last_success_at, nullif(last_reason, '') AS last_reason, last_new_at,
       coalesce(articles, 0) AS articles, coalesce(lately, 0) AS lately, coalesce(pages, 0) AS pages,
       coalesce(not_articles, 0) AS not_articles, last_refusal, refusals
FROM sources FULL JOIN held USING (outlet) FULL JOIN pages USING (outlet) FULL JOIN refused USING (outlet)
"""
HABITS = "FROM habits"
WAITING = """
SELECT channel, count(*) AS waiting, arg_max(error, last_attempt_at) AS error
FROM deliveries WHERE state <> 'delivered' AND attempts > 0 GROUP BY channel ORDER BY channel
"""


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def outlet_health(published: Path) -> dict[str, OutletHealth]:
    """Return the health of every outlet that was ever looked at, by id."""
    rows = query(published, OUTLETS).to_pylist()
    return {row.pop("outlet"): _health(row) for row in rows}


def _health(row: dict[str, Any]) -> OutletHealth:
    times = {name: _aware(row[name]) for name in ("last_success_at", "last_new_at")}
    refusals = tuple((one["reason"], one["times"]) for one in row["refusals"] or ())
    return OutletHealth(**row | times | {"refusals": refusals})


def outlet_habits(published: Path) -> dict[str, Habit]:
    """Return the habit of every outlet that was looked at, by id; none where an older program published."""
    try:
        rows = query(published, HABITS).to_pylist()
    except duckdb.CatalogException:
        return {}
    return {row["outlet"]: habit_of(row) for row in rows}


def undelivered_by_channel(published: Path) -> dict[str, tuple[int, str]]:
    """Return channel → how many alerts it refused and did not get since, and the last error."""
    rows = query(published, WAITING).to_pylist()
    return {row["channel"]: (row["waiting"], row["error"] or "not tried yet") for row in rows}
