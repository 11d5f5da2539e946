"""What waiting can mend: a warehouse in which another run of ours is loading, and what else may have passed soon."""

from __future__ import annotations

import random
import re
import threading
import time
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer, open_warehouse

FULL = re.compile("No space left on device|Disk quota exceeded")  # as the system says it, also through DuckDB
LONGEST_WAIT = 60  # seconds: a load takes a few, and what holds it longer is a reader to be named


def open_patiently(path: Path, longest: float = LONGEST_WAIT) -> duckdb.DuckDBPyConnection:
    """Return the writing connection, waiting while another process has it; raises WarehouseBusy after so long."""
    end = time.monotonic() + longest
    while True:
        try:
            return open_warehouse(path)
        except WarehouseBusy as error:
            if time.monotonic() > end:
                waited = f"it did not let go within {longest:g} s; try again when that process has ended"
                raise WarehouseBusy(f"{error}; {waited}") from error
            # Nothing tells when another process lets go of a lock; jitter keeps two that wait from meeting again.
            threading.Event().wait(random.uniform(0.05, 0.5))  # noqa: S311  # no secret


def may_pass(_task: object, _task_run: object, state: Any) -> bool:
    """Return whether a failed task of the warehouse is worth another try in seconds: Prefect's retry condition.

    A full disk stays full, and damage damaged: then the run is to end and say so.
    """
    error = state.data
    return not (isinstance(error, WarehouseDamaged | WarehouseNewer) or FULL.search(str(error)))
