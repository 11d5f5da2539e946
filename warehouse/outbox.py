"""The outbox: what is still to be told, to which channel, and what came of telling it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from warehouse.arrow import aware, rows_of, stored_time

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert to one channel. `channel` is a label, never an address: addresses are secrets."""

    alert_id: int
    channel: str
    rule: str
    raised_at: datetime
    title: str
    body: str
    url: str | None
    attempts: int
    state: str = "due"  # due, delivered, dead
    error: str | None = None  # of the last try


def due_deliveries(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[Delivery]:
    """Return what is to be sent now, oldest alert first."""
    at = stored_time(now)
    # No pause is longer than that: what waits for a later time was put off by a clock that ran ahead.
    waits = "d.next_attempt_at > $now AND d.next_attempt_at <= $latest"
    times = {"now": at, "latest": at + LONGEST_PAUSE}
    return _deliveries(connection, f"d.state = 'due' AND NOT ({waits})", times)


def undelivered(connection: duckdb.DuckDBPyConnection) -> list[Delivery]:
    """Return what has not reached its channel, dead letters included, oldest alert first."""
    return _deliveries(connection, "d.state <> 'delivered'", {})


def record_attempt(
    connection: duckdb.DuckDBPyConnection,
    alert_id: int,
    channel: str,
    delivered: bool,
    error: str | None,
    now: datetime,
) -> None:
    """Write what came of one try: after a failure the pause doubles to an hour; after seven days it is given up."""
    at = stored_time(now)
    known = {"alert": alert_id, "channel": channel}
    rows = rows_of(connection, ATTEMPTS, known)
    if not rows or rows[0]["state"] == "delivered":
        return
    attempts = rows[0]["attempts"] + 1
    state = "delivered" if delivered else "dead" if at - rows[0]["raised_at"] >= GIVEN_UP_AFTER else "due"
    connection.execute(
        RECORD,
        {
            **known,
            "state": state,
            "attempts": attempts,
            "next": at if delivered else at + pause_after(attempts),
            "now": at,
            "delivered": at if delivered else None,
            "error": None if delivered else error,
        },
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failures: 1, 2, 4 … minutes, an hour at most."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


def _deliveries(connection: duckdb.DuckDBPyConnection, where: str, parameters: dict[str, datetime]) -> list[Delivery]:
    # `where` is one of this module's own conditions.
    sql = f"{DELIVERIES} WHERE {where} ORDER BY a.raised_at, a.alert_id, d.channel"
    return [
        Delivery(
            r["alert_id"], r["channel"], r["rule"], aware(r["raised_at"]), r["title"], r["body"], r["url"],
            r["attempts"], r["state"], r["error"],
        )
        for r in rows_of(connection, sql, parameters)
    ]  # fmt: skip


DELIVERIES = """
SELECT d.alert_id, d.channel, a.rule, a.raised_at, a.title, a.body, a.url, d.attempts, d.state, d.error
FROM deliveries d JOIN alerts a ON a.alert_id = d.alert_id
"""
ATTEMPTS = "SELECT attempts, state, raised_at FROM deliveries WHERE alert_id = $alert AND channel = $channel"
RECORD = """
UPDATE deliveries
SET state = $state, attempts = $attempts, next_attempt_at = $next, last_attempt_at = $now, delivered_at = $delivered,
    error = $error
WHERE alert_id = $alert AND channel = $channel
"""
