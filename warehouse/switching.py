"""Switch to the readings beside the ledger: articles, figures, mentions, claims and contacts in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import duckdb

from warehouse.articles import store_articles
from warehouse.batch import Batch, OutletCounts
from warehouse.contents import Contents, store_contents
from warehouse.fetches import store_run
from warehouse.readings import read_content

CHUNK = 1_000  # articles written at a time, so that memory does not follow the archive


def switch_readings(connection: duckdb.DuckDBPyConnection, run_id: int, started_at: datetime, now: datetime) -> None:
    """Put the readings that `compare_readings` compared in force, and keep what that changes in `figure_changes`.

    One transaction: a kill at any moment leaves everything as it was. It alerts on nothing.
    """
    connection.execute("BEGIN")
    try:
        _switch(connection, run_id, started_at, now)
        connection.execute("COMMIT")
    except BaseException:
        # After a disk error DuckDB has ended the transaction itself; the first error is the one to tell.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise


def _switch(connection: duckdb.DuckDBPyConnection, run_id: int, started_at: datetime, now: datetime) -> None:
    pages = connection.execute("SELECT count(*) FROM compared WHERE reason IS NULL").fetchall()[0][0]
    for first in range(0, pages, CHUNK):
        rows = connection.execute(CONTENT, {"first": first, "end": first + CHUNK}).fetchall()
        extractions = [read_content(content) for (content,) in rows]
        brought = store_articles(connection, extractions, run_id, reread=True)
        store_contents(connection, brought, Contents())
    connection.execute(KEEP_CHANGES, {"run_id": run_id})
    counts = [_counts(*row) for row in connection.execute(BROUGHT).fetchall()]
    outlets = tuple(c.outlet for c in counts)
    store_run(connection, Batch(run_id, "reextract", started_at, (), (), outlets), counts, now)
    connection.execute("DELETE FROM readings WHERE article_id IN (SELECT article_id FROM compared)")


def _counts(outlet: str, pages: int, figures: int, mentions: int, reasons: Sequence[str]) -> OutletCounts:
    failures = tuple((reason, reasons.count(reason)) for reason in sorted(set(reasons)))
    return OutletCounts(outlet, 0, 0, 0, 0, figures, mentions, 0, failures, unchanged=pages)


CONTENT = """
SELECT r.content FROM readings r JOIN compared c ON c.article_id = r.article_id
WHERE c.reason IS NULL AND c.place >= $first AND c.place < $end ORDER BY c.place
"""
KEEP_CHANGES = """
INSERT INTO figure_changes BY NAME
SELECT $run_id AS run_id, outlet, article_id, url, kind, sentence, "before", "after"
FROM differences ORDER BY place, start, kind
"""
BROUGHT = """
SELECT c.outlet, count(*) FILTER (c.reason IS NULL) AS pages,
       coalesce(sum(f.figures) FILTER (c.reason IS NULL), 0)::INTEGER AS figures,
       coalesce(sum(m.mentions) FILTER (c.reason IS NULL), 0)::INTEGER AS mentions,
       coalesce(list(c.reason) FILTER (c.reason IS NOT NULL), []) AS reasons
FROM compared c
LEFT JOIN (SELECT article_id, count(*) AS figures FROM figures GROUP BY article_id) f USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS mentions FROM diplomacy GROUP BY article_id) m USING (article_id)
GROUP BY c.outlet ORDER BY c.outlet
"""
