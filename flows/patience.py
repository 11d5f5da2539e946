"""Wait for the warehouse while another run of ours is loading."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import duckdb

from warehouse.connection import WarehouseBusy, open_warehouse

LONGEST_WAIT = 60  # seconds: a load takes a few, and what holds it longer is a reader to be named


def open_patiently(path: Path, longest: float = LONGEST_WAIT) -> duckdb.DuckDBPyConnection:
    """Return the writing connection, waiting while another process has it; raises WarehouseBusy after so long."""
    end = time.monotonic() + longest
    while True:
        try:
            return open_warehouse(path)
        except WarehouseBusy:
            if time.monotonic() > end:
                raise
            # Nothing tells when another process lets go of a lock; jitter keeps two that wait from meeting again.
            threading.Event().wait(random.uniform(0.05, 0.5))  # noqa: S311  # no secret
