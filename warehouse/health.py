"""How the outlets and channels fare: what `muster doctor` and the schedule ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.arrow import stored_time
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
    pages_dropping: int = 0  # of the pages, how many show military numbers that the text lacks
    last_dropped: str | None = None
    watched_since: datetime | None = None  # it was first asked for addresses
    articles_in_a_day: int = 0  # published in the day before that last success
    shortest_text: int | None = None  # characters, of the articles first read in the last 14 days
    shortest_url: str | None = None
    dates_in_doubt: int = 0  # of those articles


@dataclass(frozen=True, slots=True)
class Day:
    """What an outlet published in the last 24 hours."""

    articles: int
    whole: bool  # it was watched for all of them


OUTLETS = """
WITH late AS (SELECT max(fetched_at) - INTERVAL 14 DAY AS since FROM fetches), sources AS (
    SELECT outlet, max(fetched_at) FILTER (outcome IN ('ok', 'not_modified')) AS last_success_at,
           min(fetched_at) AS watched_since,
           arg_max(coalesce(reason, ''), fetched_at) AS last_reason
    FROM fetches WHERE kind IN ('feed', 'sitemap', 'list') GROUP BY outlet
), pages AS (
    SELECT outlet, count(*) AS pages, count(*) FILTER (outcome = 'not_article') AS not_articles,
           arg_max(reason, fetched_at) FILTER (outcome = 'not_article') AS last_refusal,
           count(*) FILTER (len(dropped) > 0) AS pages_dropping,
           arg_max(dropped[1], fetched_at) FILTER (len(dropped) > 0) AS last_dropped
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
), recent AS (
    SELECT outlet, min(length(text)) AS shortest_text, arg_min(url, length(text)) AS shortest_url,
           count(date_doubt) AS dates_in_doubt
    FROM articles WHERE first_seen_at > (SELECT since FROM late) GROUP BY outlet
), days AS (
    SELECT a.outlet, count(*) AS articles_in_a_day
    FROM articles a JOIN sources s ON s.outlet = a.outlet
    WHERE coalesce(a.published_at, a.first_seen_at) > s.last_success_at - INTERVAL 24 HOUR
    GROUP BY a.outlet
)
SELECT outlet, last_success_at, nullif(last_reason, '') AS last_reason, last_new_at,
       coalesce(articles, 0) AS articles, coalesce(lately, 0) AS lately, coalesce(pages, 0) AS pages,
       coalesce(not_articles, 0) AS not_articles, last_refusal, refusals,
       coalesce(pages_dropping, 0) AS pages_dropping, last_dropped, watched_since,
       coalesce(articles_in_a_day, 0) AS articles_in_a_day, shortest_text, shortest_url,
       coalesce(dates_in_doubt, 0) AS dates_in_doubt
FROM sources FULL JOIN held USING (outlet) FULL JOIN pages USING (outlet) FULL JOIN refused USING (outlet)
LEFT JOIN recent USING (outlet) LEFT JOIN days USING (outlet)
"""
LAST_DAY = """
SELECT w.outlet, (SELECT count(*) FROM articles a
                  WHERE a.outlet = w.outlet AND coalesce(a.published_at, a.first_seen_at) > $now - INTERVAL 24 HOUR),
       w.since <= $now - INTERVAL 24 HOUR
FROM (SELECT outlet, min(first_fetched_at) AS since FROM addresses
      WHERE kind IN ('feed', 'sitemap', 'list') AND list_contains($outlets, outlet) GROUP BY outlet) w
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
    times = {name: _aware(row[name]) for name in ("last_success_at", "last_new_at", "watched_since")}
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


def last_day(connection: duckdb.DuckDBPyConnection, outlets: Sequence[str], now: datetime) -> dict[str, Day]:
    """Return what each outlet published in the 24 hours before `now`; outlets never looked at are left out."""
    if not outlets:
        return {}
    rows = connection.execute(LAST_DAY, {"outlets": list(outlets), "now": stored_time(now)}).fetchall()
    return {outlet: Day(articles, whole) for outlet, articles, whole in rows}
