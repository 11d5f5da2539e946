"""Answer one question in a process of its own (`python -m warehouse.doorkeeper`), under limits of the system's.

The question comes on standard input as JSON, the answer goes out as an Arrow stream, a refusal as JSON on standard
error. DuckDB's own limits are not enough: a single long string passes its memory limit, and some operators do not
hear an interrupt for half a minute.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer, errors_of

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
MOST_ADDRESS_SPACE = 4 * 2**30  # bytes; DuckDB with Arrow maps about one before it does anything
MOST_ANSWER = 2**29  # bytes
BATCH_ROWS = 10_000
REFUSED = 3  # exit code
READING = frozenset({duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN})
NAME = r'(?:"(?P<quoted>[^"]+)"|(?P<plain>\w+))'
DESCRIBE = re.compile(rf"\s*(?:DESCRIBE|DESC|SHOW)\s+(?:TABLE\s+)?{NAME}\s*;?\s*", re.I)
SHOW_TABLES = re.compile(r"\s*(?:SHOW\s+(?:ALL\s+)?TABLES|DESCRIBE)\s*;?\s*", re.I)
COLUMNS = """
SELECT column_name, data_type AS column_type, comment FROM duckdb_columns()
WHERE lower(table_name) = lower($name) AND NOT internal AND database_name = current_database() ORDER BY column_index
"""
TABLES = """
SELECT table_name AS name, comment FROM duckdb_tables() WHERE NOT internal AND database_name = current_database()
UNION ALL
SELECT view_name, comment FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
ORDER BY name
"""


class QueryRefused(Exception):
    """The question is not one statement that only reads, or asks for more than is given."""


# What a doorkeeper may end with beside DuckDB's own errors, by name.
REFUSALS: dict[str, type[Exception]] = {
    error.__name__: error for error in (QueryRefused, WarehouseBusy, WarehouseDamaged, WarehouseNewer)
}


@contextmanager
def open_published(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published copy so that SQL can read its tables and nothing else."""
    with errors_of(published, "the next `muster monitor` writes it again from the warehouse"):
        connection = duckdb.connect(str(published), read_only=True, config=HARDENED)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
        yield connection
    finally:
        connection.close()


def ask_table(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.RecordBatchReader:
    """Return the answer to one reading statement; DESCRIBE of a table with the comment on each column."""
    if SHOW_TABLES.fullmatch(sql):
        return read(connection, TABLES)
    if described := DESCRIBE.fullmatch(sql):
        name = {"name": described["quoted"] or described["plain"]}
        if connection.execute(COLUMNS, name).fetchone():
            return read(connection, COLUMNS, name)
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise QueryRefused(f"one statement at a time, please: this is {len(statements)}")
    if statements[0].type not in READING:
        raise QueryRefused(f"only questions are answered here (SELECT, DESCRIBE …), not {statements[0].type.name}")
    return read(connection, sql)


def read(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None
) -> pa.RecordBatchReader:
    """Run one statement and return its rows as they come."""
    if parameters:
        connection.execute(sql, dict(parameters))
    else:
        connection.execute(sql)
    return connection.to_arrow_reader(BATCH_ROWS)


def first_rows(
    reader: pa.RecordBatchReader, limit: int | None, most_bytes: int = MOST_ANSWER
) -> Iterator[pa.RecordBatch]:
    """Yield batches until there are `limit` rows, all of them for None. Raises QueryRefused past so many bytes."""
    rows = size = 0
    for batch in reader:
        part = batch if limit is None else batch.slice(0, limit - rows)
        rows, size = rows + part.num_rows, size + part.nbytes
        if size > most_bytes:
            raise QueryRefused(f"the answer is larger than {most_bytes // 2**20} MB: ask for fewer rows or columns")
        yield part
        if limit is not None and rows >= limit:
            return


def _confine(seconds: int) -> None:
    """Give up what this process will not need, for good: memory, time, writing files."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESS_SPACE, MOST_ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _refuse(kind: str, message: str) -> int:
    sys.stderr.write(json.dumps({"kind": kind, "message": message}))
    return REFUSED


def main() -> int:
    """Answer the question on standard input; return the exit code."""
    order = json.load(sys.stdin)
    _confine(order["cpu_seconds"])
    try:
        with open_published(Path(order["published"])) as connection:
            reader = ask_table(connection, order["sql"])
            with pa.ipc.new_stream(sys.stdout.buffer, reader.schema) as answer:
                for batch in first_rows(reader, order["limit"]):
                    answer.write_batch(batch)
    except tuple(REFUSALS.values()) as error:
        return _refuse(type(error).__name__, str(error))
    except (MemoryError, pa.ArrowMemoryError):
        return _refuse("QueryRefused", "the question needs more memory than it may have")
    except duckdb.Error as error:
        return _refuse(type(error).__name__, str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
