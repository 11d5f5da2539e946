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


MEND = "`muster rebuild` makes it again from the archive"


class WarehouseBusy(Exception):
    """Another process holds the warehouse."""


class WarehouseDamaged(Exception):
    """The file is there and is no warehouse that can be read. `what` says so without the mend, if known."""

    def __init__(self, what: str, mend: str | None = None) -> None:
        super().__init__(f"{what}; {mend}" if mend else what)
        self.what = what


def open_warehouse(path: Path) -> duckdb.DuckDBPyConnection:
    """Return the one writing connection, at the newest schema.

    Raises WarehouseBusy if another process holds the file, WarehouseNewer if a newer program wrote it (the file is
    then not touched), WarehouseDamaged if it cannot be read.
    """
    if not path.exists() or rebuilt_beside(path).exists():
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
    with alone_in(path.parent):
        put_rebuilt_in_place(path)
        if path.exists():
            return
        unfinished = path.with_name(f".{path.name}.new")
        connection = connect_to_new(unfinished)
        try:
            migrate(connection)
            connection.execute("CHECKPOINT")
        finally:
            connection.close()
        # DuckDB reads the log of a file that was here before into this one, without a question.
        _set_aside(log_of(path))
        unfinished.replace(path)
        sync_folder(path.parent)


def connect_to_new(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection to a new file in place of what a killed process left under the name."""
    for stale in (path, log_of(path)):
        stale.unlink(missing_ok=True)
    return _connect(path)


def rebuilt_beside(path: Path) -> Path:
    """Return the name of a finished warehouse that waits beside a warehouse to be put in its place."""
    return path.with_name(f".{path.name}.rebuilt")


def old_beside(path: Path) -> Path:
    """Return the name under which a warehouse is kept that another took the place of."""
    return path.with_name(f"{path.name}.old")


def log_of(path: Path) -> Path:
    """Return DuckDB's log of what is committed and not yet in the file."""
    return path.with_name(f"{path.name}.wal")


def put_rebuilt_in_place(path: Path) -> None:
    """Give a finished rebuilt warehouse its name; the one before is kept as the old one, with its log.

    Whoever opens the warehouse does this first, under the folder's lock: killed at any step, it is done again.
    """
    if not rebuilt_beside(path).exists():
        return
    for part in (path, log_of(path)):
        _set_aside(part)
    rebuilt_beside(path).replace(path)
    sync_folder(path.parent)


def _set_aside(path: Path) -> None:
    if path.exists():
        path.replace(old_beside(path))


def try_reading(path: Path) -> None:
    """Raise WarehouseDamaged or WarehouseNewer where a warehouse cannot be read, WarehouseBusy while it is in use."""
    with errors_of(path, MEND):
        duckdb.connect(str(path), read_only=True).close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    with errors_of(path, MEND):
        connection = duckdb.connect(str(path), config=WRITER_CONFIG)
        connection.execute("SET TimeZone = 'UTC'")
        return connection


@contextmanager
def errors_of(path: Path, mend: str) -> Iterator[None]:
    """Tell what DuckDB says while it opens a file as WarehouseBusy, WarehouseNewer or WarehouseDamaged."""
    try:
        yield
    except duckdb.IOException as error:
        message = str(error)
        if locked := LOCKED.search(message):
            holder = f"process {locked['pid']}" if locked["pid"] else "another process"
            raise WarehouseBusy(f"{path} is in use by {holder}") from error
        if NEWER_FILE.search(message):
            raise WarehouseNewer(
                f"{path} was written by a newer DuckDB than {duckdb.__version__}: {message}"
            ) from error
        raise _damaged(path, message, mend) from error
    except (duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException) as error:
        raise _damaged(path, str(error), mend) from error


def _damaged(path: Path, message: str, mend: str) -> WarehouseDamaged:
    first_line = message.strip().partition("\n")[0]
    return WarehouseDamaged(f"{path} cannot be read ({first_line})", mend)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
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
