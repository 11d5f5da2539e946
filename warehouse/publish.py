"""Give readers a copy of their own: whole, read-only, renamed into place, so that no reader ever meets the writer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from warehouse.connection import sync_folder

READ_ONLY = 0o444
# Copied by another process: closing a descriptor of the warehouse in this one would drop DuckDB's lock on it (POSIX
# locks belong to the process and the file), and a second writer could then come in.
COPY = """
import shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
except OSError as error:
    sys.exit(error.strerror)
"""


def publish(connection: duckdb.DuckDBPyConnection, warehouse: Path, published: Path) -> None:
    """Replace `published` by the warehouse as it stands. Readers that have the old file open keep the old file.

    No transaction may be open on `connection`. Raises OSError if the copy cannot be written; the old copy then stays.
    """
    connection.execute("CHECKPOINT")
    published.parent.mkdir(parents=True, exist_ok=True)
    unfinished = published.with_name(f".{published.name}.new")
    unfinished.unlink(missing_ok=True)
    try:
        _copy(warehouse, unfinished)
        unfinished.chmod(READ_ONLY)
        unfinished.replace(published)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(published.parent)


def _copy(source: Path, target: Path) -> None:
    command = [sys.executable, "-I", "-S", "-c", COPY, str(source), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed program, no shell
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        kept = "what was loaded stays, and the next run publishes it"
        raise OSError(f"{source} cannot be copied to {target}: {reason[0]}; {kept}")
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
