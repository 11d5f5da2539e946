"""A worker process in which hostile pages are read: reused from page to page, limited, and killed when one breaks it.

Own code over a pipe and not a library: a job needs limits that move with it, and what is started must not import the
command line with Prefect, as `multiprocessing` does in each process that it spawns.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from types import TracebackType
from typing import Any, Self

START_SECONDS = 120.0  # for imports and the parser's model: 2 s on a quiet machine
ROOT = str(Path(__file__).parent.parent)
START = "import sys; sys.path.insert(0, sys.argv[1]); from flows.workbench import serve; serve({})"
# One page is read at a time, and each thread's stack would count as its address space.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class JobLimits:
    """What one page, or one batch of documents, may cost. A usual page takes 0.05 s and less than 40 MB."""

    wall_seconds: float = 15
    cpu_seconds: float = 10
    memory: int = 512 * 2**20  # bytes of address space beside the 480 MB of the libraries: less than 1 GB in all


class BrokenJob(Exception):
    """A job that broke its worker or outlived its limit; `reason` is "timeout", "memory" or "crashed"."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class WorkerUnusable(Exception):
    """No worker is to be had: nothing that a page has done."""


class _Worker:
    """One process and our ends of its pipes."""

    def __init__(self, limits: JobLimits) -> None:
        self.channel, theirs = Pipe()
        lifeline, self._lifeline = Pipe(duplex=False)
        self.loaded: set[str] = set()
        arguments = (theirs.fileno(), lifeline.fileno(), limits.cpu_seconds, limits.memory)
        # Its own session: Ctrl-C is for the run, which then ends its worker. Its words and our secrets: not wanted.
        self.process = subprocess.Popen(  # noqa: S603  # our own code, with numbers
            [sys.executable, "-P", "-c", START.format(", ".join(map(str, arguments))), ROOT],
            pass_fds=arguments[:2],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")} | ONE_THREAD,
        )
        theirs.close()
        lifeline.close()

    def ask(self, task: str, arguments: tuple[Any, ...] | None, seconds: float) -> tuple[str, Any]:
        """Return the worker's answer; raises BrokenJob when none comes in time, or ever."""
        try:
            self.channel.send((task, arguments))
            if self.channel.poll(seconds):
                kind, value = self.channel.recv()
                return str(kind), value
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise BrokenJob(*_how_it_ended(self.process.wait())) from None
        raise BrokenJob("timeout", f"no end after {seconds:g} s")

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self.process.kill()
        self.process.wait()
        for end in (self.channel, self._lifeline):
            end.close()


def _how_it_ended(code: int) -> tuple[str, str]:
    """Return the reason and a sentence for the exit code of a worker that went without an answer."""
    if code == -signal.SIGXCPU:
        return "timeout", "its time on the processor was spent"
    if code < 0 and -code in signal.valid_signals():
        return "crashed", f"its worker was ended by {signal.Signals(-code).name}"
    return "crashed", f"its worker ended with code {code}"


class Workers:
    """Does jobs in a worker process that is started for the first one; `close` ends it."""

    def __init__(self, limits: JobLimits | None = None) -> None:
        self.limits = limits or JobLimits()
        self._worker: _Worker | None = None
        self._at_work = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the worker; None when none is running."""
        return self._worker.process.pid if self._worker else None

    def call(self, task: str, *arguments: Any, seconds: float | None = None) -> Any:
        """Return what a task of flows/workbench.py gives; `seconds` is the wall limit if not that of `limits`.

        Raises BrokenJob when the job breaks its worker, WorkerUnusable when no worker gets as far as the job, or the
        whole is closed. After anything but an answer the worker is gone, and the next call starts another.
        """
        with self._at_work:
            worker = self._ready(task)
            return self._ask(worker, task, arguments, self.limits.wall_seconds if seconds is None else seconds)

    def close(self) -> None:
        """End the worker for good, whatever it is doing; from any thread. A call that waits for it then raises."""
        self._closed = True
        if worker := self._worker:
            worker.process.kill()
        with self._at_work:
            self._end()

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            worker.end()

    def _ready(self, task: str) -> _Worker:
        """Return a worker with a task loaded."""
        if self._worker and self._worker.process.poll() is not None:
            self._end()  # someone ended it between two jobs
        if not self._closed:
            self._worker = self._worker or _Worker(self.limits)
        worker = self._worker
        # Asked again: `close` may have looked for a worker before there was this one.
        if self._closed or not worker:
            raise WorkerUnusable("the run is being ended")
        if task not in worker.loaded:
            try:
                self._ask(worker, task, None, START_SECONDS)
            except BrokenJob as error:
                raise WorkerUnusable(f"no worker could be made ready to {task} pages: {error}") from error
            worker.loaded.add(task)
        return worker

    def _ask(self, worker: _Worker, task: str, arguments: tuple[Any, ...] | None, seconds: float) -> Any:
        kind, value = "", None
        try:
            kind, value = worker.ask(task, arguments, seconds)
        finally:
            if kind != "done":
                self._end()
        if kind in ("done", "tired"):
            return value
        raise BrokenJob(kind, value)
