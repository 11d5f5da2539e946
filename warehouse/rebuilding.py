"""Make a warehouse beside the old one, with what only the old one knows, and put it in its place when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.records import key64
from warehouse.alerts import KEYS
from warehouse.arrow import aware, registered, table_of
from warehouse.backfill import RULE, run_key
from warehouse.connection import (
    WarehouseDamaged,
    alone_in,
    connect_to_new,
    log_of,
    open_warehouse,
    put_rebuilt_in_place,
    rebuilt_beside,
)
from warehouse.migrate import migrate


@dataclass(frozen=True, slots=True)
class OldWarehouse:
    """What a rebuild can ask of the warehouse before."""

    path: Path | None  # the warehouse itself, else the published copy; None: neither can be read
    why: str = ""  # what is the matter with the warehouse itself


@contextmanager
def rebuilding(path: Path, old: OldWarehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty warehouse beside `path`, with the old one attached; after the block it takes the name `path`.

    After an error, or a kill at any moment, the warehouse under the name is the old one, or the new one whole.
    """
    unfinished = path.with_name(f".{path.name}.rebuild")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect_to_new(unfinished)
    try:
        migrate(connection)
        if old.path:
            connection.execute(_attach(old.path))
        yield connection
        connection.execute("CHECKPOINT")
        connection.close()
        _sync(unfinished)
        with alone_in(path.parent):
            unfinished.replace(rebuilt_beside(path))
            put_rebuilt_in_place(path)
    finally:
        connection.close()
        for left in (unfinished, log_of(unfinished)):
            left.unlink(missing_ok=True)


def find_old(path: Path, published: Path) -> OldWarehouse:
    """Return the old warehouse, brought to today's schema, or the published copy where it cannot be read.

    Raises WarehouseBusy and WarehouseNewer: a rebuild must not take the place of what is only in use, or newer.
    """
    why = f"{path} is not there"
    if path.exists() or rebuilt_beside(path).exists():
        try:
            open_warehouse(path).close()  # the log is then in the file, where attaching it for reading finds all
            return OldWarehouse(path)
        except WarehouseDamaged as error:
            why = error.what
    with suppress(duckdb.Error), duckdb.connect() as asked:
        asked.execute(_attach(published))
        asked.execute("FROM old.alerts").fetchone()
        return OldWarehouse(published, why)
    return OldWarehouse(None, why)


def keep_alerts(connection: duckdb.DuckDBPyConnection) -> int:
    """Take over the alerts raised, what they stand for and their deliveries; return how many alerts."""
    for table in ("alerts", "alert_keys", "deliveries"):
        _keep(connection, table)
    return int(connection.execute("SELECT count(*) FROM alerts").fetchall()[0][0])


def loaded_runs(connection: duckdb.DuckDBPyConnection) -> dict[int, datetime]:
    """Return when each run was loaded, by the old warehouse."""
    rows = connection.execute("SELECT run_id, max(loaded_at) FROM old.runs GROUP BY run_id").fetchall()
    return {run_id: aware(at) for run_id, at in rows}


def keep_requests(connection: duckdb.DuckDBPyConnection) -> None:
    """Take over what no note tells: counts of runs, which know their alerts, hosts' wishes, backfills, requests."""
    connection.execute("DELETE FROM runs WHERE run_id IN (SELECT run_id FROM old.runs)")
    for table in ("runs", "rests", "backfill_units"):
        _keep(connection, table)
    for table, key in (("fetches", "fetch_id"), ("addresses", "address_id"), ("habits", "outlet")):
        _keep(connection, table, key)


def _keep(connection: duckdb.DuckDBPyConnection, table: str, key: str | None = None) -> None:
    """Take over the rows of a table, of those with a key only what is not there; an older copy may lack the table."""
    known = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'old' AND table_name = ?"
    if connection.execute(known, [table]).fetchall()[0][0]:
        but = f"ANTI JOIN {table} n ON n.{key} = o.{key}" if key else ""
        connection.execute(f"INSERT INTO {table} BY NAME FROM old.{table} o {but}")


def count_lost_articles(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many articles of the old warehouse the new one does not have."""
    return int(connection.execute(COUNT_LOST).fetchall()[0][0])


def call_backfills_told(connection: duckdb.DuckDBPyConnection) -> None:
    """Note every backfill as told: where no alert is known any more, the next one must not tell them all again."""
    rows = (
        {"key_id": key64(RULE, run_key(*run)), "alert_id": 0, "rule": RULE, "key": run_key(*run)}
        for run in connection.execute(BACKFILLS).fetchall()
    )
    with registered(connection, incoming=table_of(rows, KEYS)):
        connection.execute("INSERT INTO alert_keys BY NAME FROM incoming")


def _attach(path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"ATTACH '{quoted}' AS old (READ_ONLY)"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


COUNT_LOST = "SELECT count(*) FROM old.articles o ANTI JOIN articles a ON a.article_id = o.article_id"
BACKFILLS = "SELECT run_id, outlet FROM runs WHERE kind = 'backfill' AND new > 0 ORDER BY run_id, outlet"
