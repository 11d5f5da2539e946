"""One run at a time over one home folder, by a lock that dies with its process."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path

log = logging.getLogger("muster")
# The locks that a command holds for the flow that it runs.
_lent: ContextVar[frozenset[Path]] = ContextVar("lent", default=frozenset())


class AlreadyRunning(Exception):
    """Another run holds the lock of this home folder."""


@contextmanager
def run_lock(home: Path, name: str = "run") -> Iterator[None]:
    """Hold a lock of a home folder; raises AlreadyRunning at once when another process has it.

    An OS lock, not a PID file or a Prefect state: those outlive a kill (research/faults.md, overlapping runs).
    """
    path = home / f"{name}.lock"
    if path in _lent.get():
        yield
        return
    home.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read(20).strip() or "unknown"
            raise AlreadyRunning(
                f"another run (process {holder}) is using {home}; try again when it has ended"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@asynccontextmanager
async def run_lock_when_free(home: Path, patience: float) -> AsyncIterator[None]:
    """Hold the lock of runs, waiting while a run has it; raises AlreadyRunning after so many seconds."""
    end, told = time.monotonic() + patience, False
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(run_lock(home))
                break
            except AlreadyRunning:
                if time.monotonic() >= end:
                    raise
            if not told:
                log.info("waiting for another run to end")
                told = True
            await asyncio.sleep(0.2)  # nothing tells when another process lets go of a lock
        yield


@contextmanager
def lent_lock(home: Path, name: str = "run") -> Iterator[None]:
    """Hold a lock for a flow to be run in this block: a second command is refused before it has started Prefect."""
    with run_lock(home, name):
        token = _lent.set(_lent.get() | {home / f"{name}.lock"})
        try:
            yield
        finally:
            _lent.reset(token)
