"""Load what one run brought: one transaction, alerts and all; the same batch again changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import duckdb
import pyarrow as pa

from extractors.records import Extraction
from warehouse.alerts import AlertPolicy, Raised, raise_alerts
from warehouse.arrow import registered, table_of
from warehouse.articles import store_articles
from warehouse.batch import Batch, LoadOutcome, OutletCounts
from warehouse.brought import lay_out
from warehouse.brought_article import Brought
from warehouse.contents import Contents, store_contents
from warehouse.fetches import count_failures, store_fetches, store_run
from warehouse.habits import store_habits
from warehouse.units import store_tried

NAMES = pa.schema({"outlet": pa.string()})
KNOWN_OUTLETS = """
SELECT DISTINCT i.outlet FROM incoming i WHERE EXISTS (FROM articles a WHERE a.outlet = i.outlet)
"""


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    policy: AlertPolicy,
    channels: Sequence[str],
    now: datetime,
) -> LoadOutcome:
    """Write everything a run brought, and the alerts that follow, in one transaction; return what changed.

    Cost grows with the batch, not with the ledger. On any error nothing is written and the error is raised.
    """
    connection.execute("BEGIN")
    try:
        outcome = _load(connection, batch, policy, channels, now)
        connection.execute("COMMIT")
    except BaseException:
        # After a disk error DuckDB has ended the transaction itself; the first error is the one to tell.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
    return outcome


def _load(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    policy: AlertPolicy,
    channels: Sequence[str],
    now: datetime,
) -> LoadOutcome:
    first_runs = _outlets_without_articles(connection, batch)
    contents = Contents()
    brought: list[Brought] = []
    for wave in waves(batch.extractions):
        changed = store_articles(connection, wave, batch.run_id, reread=False)
        store_contents(connection, changed, contents)
        brought += changed
    store_fetches(connection, batch.fetches)
    store_habits(connection, batch.habits)
    if batch.unit:
        store_tried(connection, batch.unit, batch.run_id, now)
    raised: list[Raised] = []
    if brought or policy.on:
        lay_out(connection, batch, brought, contents, policy, first_runs)
        raised = raise_alerts(connection, policy, channels, now)
    counts = _count(batch, brought, contents, raised)
    store_run(connection, batch, counts, now)
    return LoadOutcome(counts, tuple(one.finding.key_id for one in raised))


def waves(extractions: Sequence[Extraction]) -> Iterator[list[Extraction]]:
    """Yield the extractions so that each article is in a wave once, its captures in order of time."""
    by_article: dict[int, list[Extraction]] = defaultdict(list)
    for extraction in sorted(extractions, key=lambda e: e.seen_at):
        by_article[extraction.article_id].append(extraction)
    for number in range(max(map(len, by_article.values()), default=0)):
        yield [captures[number] for captures in by_article.values() if number < len(captures)]


def _outlets_without_articles(connection: duckdb.DuckDBPyConnection, batch: Batch) -> frozenset[str]:
    outlets = {e.outlet for e in batch.extractions}
    with registered(connection, incoming=table_of(({"outlet": o} for o in sorted(outlets)), NAMES)):
        known = {row[0] for row in connection.execute(KNOWN_OUTLETS).fetchall()}
    return frozenset(outlets - known)


def _count(
    batch: Batch, brought: Sequence[Brought], contents: Contents, raised: Sequence[Raised]
) -> tuple[OutletCounts, ...]:
    changes = Counter((one.extraction.outlet, one.change) for one in brought)
    extracted = Counter(e.outlet for e in batch.extractions)
    fetched = Counter(f.outlet for f in batch.fetches)
    figures = Counter(row["outlet"] for row in contents.figures)
    mentions = Counter(row["outlet"] for row in contents.mentions)
    alerts = Counter(one.finding.outlet for one in raised)
    failures = count_failures(batch.fetches)
    found = dict(batch.found)
    outlets = dict.fromkeys([*batch.outlets, *extracted, *fetched])
    return tuple(
        OutletCounts(
            outlet=outlet,
            found=found.get(outlet, 0),
            fetched=fetched[outlet],
            new=changes[outlet, "new"],
            revised=changes[outlet, "revised"],
            figures=figures[outlet],
            mentions=mentions[outlet],
            alerts=alerts[outlet],
            failures=failures.get(outlet, ()),
            unchanged=extracted[outlet] - changes[outlet, "new"] - changes[outlet, "revised"],
        )
        for outlet in outlets
    )
