"""What a backfill asks of the ledger: which pages are missing, what was archived and not loaded; and its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import key64
from warehouse.alerts import AlertPolicy, Raised, run_rule, write_alerts
from warehouse.arrow import TIME, registered, rows_of, table_of
from warehouse.claims import Number
from warehouse.pages import pairs_table

RULE = "summary"
WARC_PAGE = "warc_page"  # kind: a page out of somebody else's archive
OLD_PAGE = "old_page"  # kind: a page of long ago that the monitor need not look at again
PAGE_KINDS = frozenset({"page", WARC_PAGE, OLD_PAGE})
GONE = (404, 410)
IDS = pa.schema({"run_id": pa.int64()})
FIGURES = pa.schema(
    {
        "figure_id": pa.int64(), "article_id": pa.int64(), "outlet": pa.string(), "claim_id": pa.int64(),
        "qualifier": pa.string(), "start": pa.int32(), "at": TIME, "words": pa.string(), "says": pa.string(),
        "first_report": pa.bool_(), "grouped": pa.bool_(), "alone": pa.bool_(),
    }
)  # fmt: skip


def missing_pages(connection: duckdb.DuckDBPyConnection, pages: Sequence[tuple[str, int]]) -> list[str]:
    """Return which of these addresses, each with its article_id, were never read, in the order given.

    One that failed is still missing, unless it was gone (404, 410). One that was read is not, whatever it held; nor
    is an article known under another address.
    """
    if not pages:
        return []
    with registered(connection, incoming=pairs_table(pages)):
        return [row[0] for row in connection.execute(MISSING, {"gone": GONE}).fetchall()]


def loaded_until(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return for each archive file the offset of the last record that was loaded."""
    return dict(connection.execute(LOADED_UNTIL).fetchall())


def article_hosts(connection: duckdb.DuckDBPyConnection, outlet: str) -> tuple[str, ...]:
    """Return the hosts of an outlet's articles, the most frequent first."""
    return tuple(row[0] for row in connection.execute(HOSTS, {"outlet": outlet}).fetchall())


def raise_backfill_summary(
    connection: duckdb.DuckDBPyConnection,
    outlet: str,
    run_id: int,
    policy: AlertPolicy,
    channels: Sequence[str],
    now: datetime,
) -> list[Raised]:
    """Raise one alert for all that backfills of an outlet loaded and no summary told yet; none if that is no news.

    It stands for every run it tells, so a backfill that was killed is told by the next, and never twice.
    """
    if RULE in policy.off or not policy.wants_outlet(outlet):
        return []
    connection.execute("BEGIN")
    try:
        raised = _summary(connection, outlet, run_id, policy)
        if raised:
            write_alerts(connection, raised, channels, now)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return raised


def _summary(connection: duckdb.DuckDBPyConnection, outlet: str, run_id: int, policy: AlertPolicy) -> list[Raised]:
    told = {row[0] for row in connection.execute(TOLD, {"rule": RULE}).fetchall()}
    runs = [row[0] for row in connection.execute(RUNS, {"outlet": outlet}).fetchall()]
    untold = [run for run in runs if key64(RULE, run_key(run, outlet)) not in told]
    if not untold:
        return []
    name = policy.outlet_names.get(outlet, outlet)
    with registered(connection, incoming=table_of(({"run_id": run} for run in untold), IDS)):
        connection.execute(ARTICLES, {"outlet": outlet, "name": name, "run_id": run_id})
    connection.execute(MEETINGS)
    figures = [_judged(row, policy) for row in rows_of(connection, TOLD_FIGURES)]
    with registered(connection, incoming=table_of(figures, FIGURES)):
        connection.execute("CREATE OR REPLACE TEMP TABLE brought_figures AS FROM incoming")
    keys = [run_key(run, outlet) for run in untold]
    return [
        Raised(finding, tuple(replace(finding, key=key) for key in dict.fromkeys([finding.key, *keys])))
        for finding in run_rule(connection, RULE)
    ]


def run_key(run_id: int, outlet: str) -> str:
    """Return the key by which a summary stands for a backfill."""
    return f"{run_id}:{outlet}"


def _judged(row: Mapping[str, Any], policy: AlertPolicy) -> dict[str, Any]:
    number = Number(row["low"], row["high"], row["qualifier"]).named
    grouped = row["valid"] and policy.wants_figure({**row, "number": number})
    return {**{name: row.get(name) for name in FIGURES.names}, "grouped": grouped, "alone": False}


MISSING = """
SELECT i.url FROM incoming i
WHERE NOT EXISTS (FROM addresses a WHERE a.address_id = i.address_id AND a.last_outcome <> 'failed')
  AND NOT EXISTS (FROM articles p WHERE p.article_id = i.article_id)
  AND NOT EXISTS (FROM fetches f WHERE f.url = i.url AND list_contains($gone, f.status))
ORDER BY i.place
"""
LOADED_UNTIL = "SELECT warc_file, max(warc_offset) FROM fetches WHERE warc_file IS NOT NULL GROUP BY warc_file"
HOSTS = r"""
SELECT regexp_extract(url, '^https?://([^/?#]+)', 1) AS host
FROM articles WHERE outlet = $outlet AND url LIKE 'http%' GROUP BY host ORDER BY count(*) DESC, host LIMIT 5
"""
TOLD = "SELECT key_id FROM alert_keys WHERE rule = $rule"
RUNS = "SELECT run_id FROM runs WHERE kind = 'backfill' AND outlet = $outlet AND new > 0 ORDER BY started_at"
ARTICLES = """
CREATE OR REPLACE TEMP TABLE brought_articles AS
SELECT a.article_id, a.outlet, $name AS outlet_name, $run_id AS run_id, a.url,
       coalesce(a.published_at, a.first_seen_at) AS "at", true AS grouped
FROM articles a
WHERE a.outlet = $outlet AND a.article_id IN (
    SELECT f.article_id FROM fetches f SEMI JOIN incoming i ON f.run_id = i.run_id
    WHERE f.outlet = $outlet AND f.kind IN ('page', 'old_page', 'warc_page') AND f.outcome = 'ok')
"""
MEETINGS = """
CREATE OR REPLACE TEMP TABLE brought_meetings AS
SELECT m.mention_id, m.outlet, m.valid AS grouped
FROM meetings m SEMI JOIN brought_articles a ON m.article_id = a.article_id
"""
# A claim is new by these articles if the first valid report of it is one of theirs.
TOLD_FIGURES = """
SELECT f.*, a.outlet, a."at",
       figure_words(f.low, f.high, f.qualifier, f.measure, f.item, f.subject, f.location, f.status) AS words,
       claimant_words(f.claimant, f.claimant_text, a.outlet) AS says,
       coalesce(s.valid, false) AS valid,
       coalesce(bool_or(s.first) OVER (PARTITION BY f.claim_id), false) AS first_report
FROM figures f JOIN brought_articles a ON a.article_id = f.article_id
LEFT JOIN (
    SELECT s.claim_id, s.article_id, bool_or(s.valid) AS valid,
           bool_or(s.valid AND s.seen_at = c.reported_at) AS first
    FROM sightings s
    SEMI JOIN brought_articles a ON a.article_id = s.article_id
    JOIN claims c ON c.claim_id = s.claim_id
    GROUP BY s.claim_id, s.article_id
) s ON s.claim_id = f.claim_id AND s.article_id = f.article_id
"""
