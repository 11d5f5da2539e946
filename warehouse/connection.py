"""Open the writer's warehouse: made whole before it has its name, migrated before anything else is done with it."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.migrate import WarehouseNewer, migrate

__all__ = ["WarehouseBusy", "WarehouseDamaged", "WarehouseNewer", "open_warehouse"]

# Nothing is ever fetched or loaded behind the user's back: the SQL here needs only what is built in.
WRITER_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
LOCKED = re.compile(r"Could not set lock on file.*?(?:\(PID (?P<pid>\d+)\)|$)", re.S)
NEWER_FILE = re.compile(
    r"(?:created with|written by|serialized with) a newer|newer (?:version|storage)|version number", re.I
)


class WarehouseBusy(Exception):
    """Another process holds the warehouse."""


class WarehouseDamaged(Exception):
    """The file is there and is no warehouse that can be read."""


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Return the one writing connection, at the newest schema.

    Raises WarehouseBusy if another process holds the file, WarehouseNewer if a newer program wrote it (the file is
    then not touched), WarehouseDamaged if it cannot be read.
    """
    if not path.exists():
        _create(path)
    connection = _connect(path)
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(path: Path) -> None:
    """Build the file beside its name and rename it: a kill while DuckDB creates a file leaves it unreadable."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.new")
    with _alone_in(path.parent):
        if path.exists():
            return
        for stale in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            stale.unlink(missing_ok=True)
        connection = _connect(unfinished)
        try:
            migrate(connection)
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        unfinished.replace(path)
        sync_folder(path.parent)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        connection = duckdb.connect(str(path), config=WRITER_CONFIG)
        connection.execute("SET TimeZone = 'UTC'")
        return connection
    except duckdb.IOException as error:
        message = str(error)
        if locked := LOCKED.search(message):
            holder = f"process {locked['pid']}" if locked["pid"] else "another process"
            raise WarehouseBusy(f"{path} is in use by {holder}") from error
        if NEWER_FILE.search(message):
            raise WarehouseNewer(
                f"{path} was written by a newer DuckDB than {duckdb.__version__}: {message}"
            ) from error
        raise WarehouseDamaged(f"{path} cannot be read: {message}") from error
    except (duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException) as error:
        raise WarehouseDamaged(f"{path} cannot be read: {error}") from error


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; it dies with its process and leaves no file behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder last over a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
