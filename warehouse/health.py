"""How the outlets and channels fare: what `muster doctor` and the schedule ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.door import query


@dataclass(frozen=True, slots=True)
class OutletHealth:
    """What is known of one outlet."""

    last_success_at: datetime | None = None  # a feed of it answered
    last_reason: str | None = None  # why its last feed request failed, None if it did not
    newest_article_at: datetime | None = None
    articles: int = 0
    pages: int = 0  # requests for pages in the last 14 days that were answered
    not_articles: int = 0  # of those, how many held no article
    last_refusal: str | None = None


OUTLETS = """
WITH feeds AS (
    SELECT outlet, max(fetched_at) FILTER (outcome IN ('ok', 'not_modified')) AS last_success_at,
           arg_max(coalesce(reason, ''), fetched_at) AS last_reason
    FROM fetches WHERE kind = 'feed' GROUP BY outlet
), pages AS (
    SELECT outlet, count(*) AS pages, count(*) FILTER (outcome = 'not_article') AS not_articles,
           arg_max(reason, fetched_at) FILTER (outcome = 'not_article') AS last_refusal
    FROM fetches
    WHERE kind = 'page' AND outcome IN ('ok', 'not_article')
          AND fetched_at > (SELECT max(fetched_at) FROM fetches) - INTERVAL 14 DAY
    GROUP BY outlet
), held AS (
    SELECT outlet, count(*) AS articles, max(published_at) AS newest_article_at FROM articles GROUP BY outlet
)
SELECT outlet, last_success_at, nullif(last_reason, '') AS last_reason, newest_article_at,
       coalesce(articles, 0) AS articles, coalesce(pages, 0) AS pages, coalesce(not_articles, 0) AS not_articles,
       last_refusal
FROM feeds FULL JOIN held USING (outlet) FULL JOIN pages USING (outlet)
"""
WAITING = """
SELECT channel, count(*) AS waiting, arg_max(error, last_attempt_at) AS error
FROM deliveries WHERE state <> 'delivered' AND attempts > 0 GROUP BY channel ORDER BY channel
"""
LOOKED = """
SELECT outlet, max(last_fetched_at) FROM addresses
WHERE kind = 'feed' AND list_contains($outlets, outlet) GROUP BY outlet
"""


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def outlet_health(published: Path) -> dict[str, OutletHealth]:
    """Return the health of every outlet that was ever looked at, by id."""
    rows = query(published, OUTLETS).to_pylist()
    times = ("last_success_at", "newest_article_at")
    return {row.pop("outlet"): OutletHealth(**row | {t: _aware(row[t]) for t in times}) for row in rows}


def undelivered_by_channel(published: Path) -> dict[str, tuple[int, str]]:
    """Return channel → how many alerts it refused and did not get since, and the last error."""
    rows = query(published, WAITING).to_pylist()
    return {row["channel"]: (row["waiting"], row["error"] or "not tried yet") for row in rows}


def last_looked(connection: duckdb.DuckDBPyConnection, outlets: Sequence[str]) -> dict[str, datetime]:
    """Return when each outlet's feeds were last asked, whatever came of it."""
    rows = connection.execute(LOOKED, {"outlets": list(outlets)}).fetchall()
    return {outlet: moment.replace(tzinfo=UTC) for outlet, moment in rows}
