"""The SQL door: one question to the published copy, read-only, that reaches no file and no network."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

HARDENED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "allow_unsigned_extensions": "false",
    "python_enable_replacements": "false",  # a Python variable is no table
    "memory_limit": "1GB",
    "threads": "2",
    "temp_directory": "",  # nothing is spilled to a disk
}
READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
DESCRIBE = re.compile(
    r'\s*(?:DESCRIBE|DESC|SHOW)\s+(?:TABLE\s+)?(?:"(?P<quoted>[^"]+)"|(?P<plain>\w+))\s*;?\s*', re.I
)
COMMENTS = """
SELECT column_name, data_type AS column_type, comment FROM duckdb_columns()
WHERE lower(table_name) = lower($name) AND NOT internal AND database_name = current_database() ORDER BY column_index
"""
TABLES = """
SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()
UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
ORDER BY name
"""
SHOW_TABLES = re.compile(r"\s*(?:SHOW\s+(?:ALL\s+)?TABLES|DESCRIBE)\s*;?\s*", re.I)


class QueryRefused(Exception):
    """The question is not one statement that only reads."""


class QueryTimeout(Exception):
    """The question took longer than it may."""


class NothingPublished(Exception):
    """There is no published warehouse yet."""


def query(published: Path, sql: str, *, limit: int | None = None, timeout_seconds: float = 30) -> pa.Table:
    """Return the answer to one reading statement, at most `limit` rows of it.

    DESCRIBE of a table shows the comment on each column. Raises QueryRefused, QueryTimeout, NothingPublished, or
    DuckDB's own error for what it cannot understand.
    """
    with open_published(published) as connection:
        if SHOW_TABLES.fullmatch(sql):
            return _answer(connection, TABLES, None, limit, timeout_seconds)
        if described := DESCRIBE.fullmatch(sql):
            name = {"name": described["quoted"] or described["plain"]}
            comments = _answer(connection, COMMENTS, name, limit, timeout_seconds)
            if comments.num_rows:
                return comments
        _refuse_writing(sql)
        return _answer(connection, sql, None, limit, timeout_seconds)


def ask(published: Path, sql: str, parameters: Mapping[str, Any], *, timeout_seconds: float = 30) -> pa.Table:
    """Return the answer to one of Muster's own questions, with values given apart from the SQL."""
    with open_published(published) as connection:
        return _answer(connection, sql, parameters, None, timeout_seconds)


@contextmanager
def open_published(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy so that SQL can read its tables and nothing else."""
    if not published.exists():
        raise NothingPublished(f"{published} is not there yet: run `muster monitor` first")
    connection = duckdb.connect(str(published), read_only=True, config=HARDENED)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def _refuse_writing(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise QueryRefused(f"one statement at a time, please: this is {len(statements)}")
    kind = statements[0].type
    if kind not in READING:
        raise QueryRefused(f"only questions are answered here (SELECT, DESCRIBE, EXPLAIN …), not {kind.name}")


def _answer(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Mapping[str, Any] | None,
    limit: int | None,
    timeout_seconds: float,
) -> pa.Table:
    timer = threading.Timer(timeout_seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        connection.execute(sql, dict(parameters)) if parameters else connection.execute(sql)
        reader = connection.to_arrow_reader(10_000)
        return _first_rows(reader, limit)
    except duckdb.InterruptException as error:
        raise QueryTimeout(f"the question took longer than {timeout_seconds:g} seconds") from error
    finally:
        timer.cancel()


def _first_rows(reader: pa.RecordBatchReader, limit: int | None) -> pa.Table:
    batches: list[pa.RecordBatch] = []
    rows = 0
    for batch in reader:
        batches.append(batch if limit is None else batch.slice(0, limit - rows))
        rows += batches[-1].num_rows
        if limit is not None and rows >= limit:
            break
    return pa.Table.from_batches(batches, schema=reader.schema)
