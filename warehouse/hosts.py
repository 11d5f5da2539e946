"""What hosts have told us that holds from one run to the next: to wait, and what their robots.txt says."""

from __future__ import annotations

from datetime import datetime

import duckdb

from extractors.records import PageLocation
from warehouse.arrow import aware, stored_time


def keep_rest(connection: duckdb.DuckDBPyConnection, host: str, until: datetime, now: datetime) -> None:
    """Write down that a host is not to be asked before a time; a later time known already stays."""
    connection.execute(KEEP, {"host": host, "until": stored_time(until), "now": stored_time(now)})


def resting_hosts(connection: duckdb.DuckDBPyConnection, now: datetime) -> dict[str, datetime]:
    """Return the hosts that are not to be asked yet, each with the time from which they are.

    What was asked for in the future was written by a clock that ran ahead, and holds no more.
    """
    rows = connection.execute(RESTING, {"now": stored_time(now)}).fetchall()
    return {host: aware(until) for host, until in rows}


def robots_asked(
    connection: duckdb.DuckDBPyConnection, since: datetime, now: datetime
) -> list[tuple[str, PageLocation]]:
    """Return the address of each robots.txt that answered since then, with where its last answer is archived."""
    rows = connection.execute(ROBOTS, {"since": stored_time(since), "now": stored_time(now)}).fetchall()
    return [(url, PageLocation(file, offset)) for url, file, offset in rows]


KEEP = """
MERGE INTO rests r USING (SELECT $host AS host, $until AS until, $now AS asked_at) i ON r.host = i.host
WHEN MATCHED AND (i.until > r.until OR r.asked_at > i.asked_at) THEN UPDATE SET until = i.until, asked_at = i.asked_at
WHEN NOT MATCHED THEN INSERT (host, until, asked_at) VALUES (i.host, i.until, i.asked_at)
"""
RESTING = "SELECT host, until FROM rests WHERE until > $now AND asked_at <= $now"
ROBOTS = """
SELECT url, arg_max(warc_file, fetched_at), arg_max(warc_offset, fetched_at) FROM fetches
WHERE kind = 'robots' AND outcome = 'ok' AND warc_file IS NOT NULL AND fetched_at > $since
      AND fetched_at <= $now GROUP BY url
"""
