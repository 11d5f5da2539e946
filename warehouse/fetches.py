"""Write the requests of a run, what they say of each address, and the run's counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import key64
from warehouse.arrow import TIME, registered, stored_time, table_of
from warehouse.batch import GOOD_OUTCOMES, Batch, Fetch, OutletCounts

GONE = frozenset({404, 410})
FETCHES = pa.schema(
    {
        "fetch_id": pa.int64(), "run_id": pa.int64(), "outlet": pa.string(), "url": pa.string(), "kind": pa.string(),
        "fetched_at": TIME, "elapsed_ms": pa.int32(), "status": pa.int32(), "outcome": pa.string(),
        "reason": pa.string(), "detail": pa.string(), "bytes": pa.int64(), "etag": pa.string(),
        "last_modified": pa.string(), "body_hash": pa.int64(), "article_id": pa.int64(), "warc_file": pa.string(),
        "warc_offset": pa.int64(), "dropped": pa.list_(pa.string()),
    }
)  # fmt: skip
ADDRESSES = pa.schema(
    {
        "address_id": pa.int64(), "url": pa.string(), "outlet": pa.string(), "kind": pa.string(),
        "article_id": pa.int64(), "first_fetched_at": TIME, "last_fetched_at": TIME, "last_good_at": TIME,
        "last_outcome": pa.string(), "etag": pa.string(), "last_modified": pa.string(), "body_hash": pa.int64(),
        "fresh": pa.bool_(), "gone": pa.bool_(),
    }
)  # fmt: skip
RUNS = pa.schema(
    {
        "run_id": pa.int64(), "outlet": pa.string(), "kind": pa.string(), "started_at": TIME, "loaded_at": TIME,
        "found": pa.int32(), "fetched": pa.int32(), "new": pa.int32(), "revised": pa.int32(),
        "unchanged": pa.int32(), "figures": pa.int32(), "mentions": pa.int32(), "alerts": pa.int32(),
        "failed": pa.int32(), "failures": pa.map_(pa.string(), pa.int32()),
    }
)  # fmt: skip


def store_fetches(connection: duckdb.DuckDBPyConnection, fetches: Sequence[Fetch]) -> None:
    """Write requests not yet written, and bring the addresses they went to up to date."""
    if not fetches:
        return
    rows = {row["fetch_id"]: row for row in map(_fetch_row, fetches)}
    by_address: dict[int, list[Fetch]] = defaultdict(list)
    for fetch in sorted(fetches, key=lambda f: f.fetched_at):
        by_address[key64("address", fetch.url)].append(fetch)
    addresses = [_address_row(address_id, of_one) for address_id, of_one in by_address.items()]
    with registered(connection, incoming=table_of(rows.values(), FETCHES)):
        connection.execute(INSERT_FETCHES)
    with registered(connection, incoming=table_of(addresses, ADDRESSES)):
        connection.execute(MERGE_ADDRESSES)
        connection.execute(MARK_CHECKED)
        connection.execute(MARK_GONE)


def store_run(
    connection: duckdb.DuckDBPyConnection, batch: Batch, outlets: Iterable[OutletCounts], now: datetime
) -> None:
    """Write the counts of a run, one row an outlet; those of a batch loaded before stay as they were."""
    rows = [
        {
            "run_id": batch.run_id,
            "outlet": c.outlet,
            "kind": batch.kind,
            "started_at": stored_time(batch.started_at),
            "loaded_at": stored_time(now),
            "found": c.found,
            "fetched": c.fetched,
            "new": c.new,
            "revised": c.revised,
            "unchanged": c.unchanged,
            "figures": c.figures,
            "mentions": c.mentions,
            "alerts": c.alerts,
            "failed": sum(count for _, count in c.failures),
            "failures": list(c.failures),
        }
        for c in outlets
    ]
    with registered(connection, incoming=table_of(rows, RUNS)):
        connection.execute(INSERT_RUNS)


def count_failures(fetches: Iterable[Fetch]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return for each outlet how many requests failed for which reason, most frequent first."""
    counters: dict[str, Counter[str]] = defaultdict(Counter)
    for fetch in fetches:
        if fetch.outcome not in GOOD_OUTCOMES:
            counters[fetch.outlet][fetch.reason or fetch.outcome] += 1
    return {outlet: tuple(counter.most_common()) for outlet, counter in counters.items()}


def _fetch_row(fetch: Fetch) -> dict[str, Any]:
    return {
        "fetch_id": key64("fetch", fetch.run_id, fetch.kind, fetch.url, fetch.fetched_at.isoformat()),
        "run_id": fetch.run_id,
        "outlet": fetch.outlet,
        "url": fetch.url,
        "kind": fetch.kind,
        "fetched_at": stored_time(fetch.fetched_at),
        "elapsed_ms": fetch.elapsed_ms,
        "status": fetch.status,
        "outcome": fetch.outcome,
        "reason": fetch.reason,
        "detail": fetch.detail,
        "bytes": fetch.bytes,
        "etag": fetch.etag,
        "last_modified": fetch.last_modified,
        "body_hash": fetch.body_hash,
        "article_id": fetch.article_id,
        "warc_file": fetch.location.warc_file if fetch.location else None,
        "warc_offset": fetch.location.warc_offset if fetch.location else None,
        "dropped": list(fetch.dropped) or None,
    }


def _address_row(address_id: int, fetches: Sequence[Fetch]) -> dict[str, Any]:
    """Return what the requests of a batch to one address say of it; `fetches` are in order of time."""
    last = fetches[-1]
    good = [f for f in fetches if f.outcome in GOOD_OUTCOMES]
    whole = [f for f in fetches if f.outcome == "ok"]
    # A 304 may leave its validators out: those of the last whole answer then stay.
    carriers = good[good.index(whole[-1]) :] if whole else good
    return {
        "address_id": address_id,
        "url": last.url,
        "outlet": last.outlet,
        "kind": last.kind,
        "article_id": next((f.article_id for f in reversed(fetches) if f.article_id is not None), None),
        "first_fetched_at": stored_time(fetches[0].fetched_at),
        "last_fetched_at": stored_time(last.fetched_at),
        "last_good_at": stored_time(good[-1].fetched_at) if good else None,
        "last_outcome": last.outcome,
        "etag": next((f.etag for f in reversed(carriers) if f.etag), None),
        "last_modified": next((f.last_modified for f in reversed(carriers) if f.last_modified), None),
        "body_hash": next((f.body_hash for f in reversed(carriers) if f.body_hash is not None), None),
        "fresh": bool(whole),
        "gone": last.status in GONE,
    }


INSERT_FETCHES = (
    "INSERT INTO fetches BY NAME SELECT i.* FROM incoming i ANTI JOIN fetches f ON f.fetch_id = i.fetch_id"
)
MERGE_ADDRESSES = """
MERGE INTO addresses a USING incoming i ON a.address_id = i.address_id
WHEN MATCHED AND i.last_fetched_at > a.last_fetched_at THEN UPDATE SET
    outlet = i.outlet, kind = i.kind, article_id = coalesce(i.article_id, a.article_id),
    first_fetched_at = least(a.first_fetched_at, i.first_fetched_at), last_fetched_at = i.last_fetched_at,
    last_good_at = coalesce(i.last_good_at, a.last_good_at), last_outcome = i.last_outcome,
    etag = CASE WHEN i.fresh THEN i.etag ELSE coalesce(i.etag, a.etag) END,
    last_modified = CASE WHEN i.fresh THEN i.last_modified ELSE coalesce(i.last_modified, a.last_modified) END,
    body_hash = CASE WHEN i.fresh THEN i.body_hash ELSE coalesce(i.body_hash, a.body_hash) END
WHEN NOT MATCHED THEN INSERT
    (address_id, url, outlet, kind, article_id, first_fetched_at, last_fetched_at, last_good_at, last_outcome, etag,
     last_modified, body_hash)
    VALUES (i.address_id, i.url, i.outlet, i.kind, i.article_id, i.first_fetched_at, i.last_fetched_at,
            i.last_good_at, i.last_outcome, i.etag, i.last_modified, i.body_hash)
"""
# A page that answers 304 is not read again, and is there all the same.
MARK_CHECKED = """
UPDATE articles SET last_checked_at = g.last_good_at, status = 'live'
FROM (SELECT article_id, max(last_good_at) AS last_good_at FROM incoming
      WHERE article_id IS NOT NULL AND NOT gone GROUP BY article_id) g
WHERE articles.article_id = g.article_id AND articles.last_checked_at < g.last_good_at
"""
MARK_GONE = """
UPDATE articles SET status = 'gone', last_checked_at = greatest(articles.last_checked_at, g.last_fetched_at)
FROM (SELECT coalesce(i.article_id, a.article_id) AS article_id, max(i.last_fetched_at) AS last_fetched_at
      FROM incoming i JOIN addresses a ON a.address_id = i.address_id WHERE i.gone GROUP BY 1) g
WHERE articles.article_id = g.article_id AND articles.last_checked_at <= g.last_fetched_at
"""
INSERT_RUNS = """
INSERT INTO runs BY NAME
SELECT i.* FROM incoming i ANTI JOIN runs r ON r.run_id = i.run_id AND r.outlet = i.outlet
"""
