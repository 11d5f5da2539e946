"""The inside of a worker process: it loads what a task needs, then does one job after the other within its limits.

A job is (task, arguments); without arguments the task is only loaded. An answer is (kind, value): "done" with the
result, "tired" with the result where the worker has grown and wants to be replaced, "memory" or "crashed" with a
sentence. What breaks harder than an exception ends the process; flows/workers.py sees that.
"""

from __future__ import annotations

import math
import resource
import signal
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from extractors.records import Article, Figure, Mention, NotArticle, Section
from flows.lifeline import end_with_parent

# The fields of extractors.context.Document and of extractors.reading.Reading: importing those would load the parser
# into the flow's own process.
DocumentParts = tuple[str, date | None, str | None, str | None, tuple[Section, ...]]
ReadingParts = tuple[tuple[Figure, ...], tuple[Mention, ...], str | None]
CHEAP_CHARACTERS = 20_000  # of a text, in the cheap mode: figures and mentions after them are not found
DETAIL = 200  # characters of an error that are recorded
TIRED = 0.25  # of the memory for a job taken between jobs: parsers keep every word they ever saw


# Read once, it loads what the libraries load when they first need it: 33 MB.
FIRST_PAGE = b"<title>A page</title><article><h1>A page</h1><p>%s</p></article>" % (b"Of a few sentences. " * 50)


def _load_cleaning() -> Callable[..., Any]:
    from extractors.article import detect_language, read_page

    def clean(
        body: bytes,
        url: str,
        content_type: str | None,
        prune: Sequence[str],
        pattern: str | None,
        said: datetime | None,
        now: datetime,
        cheap: bool = False,
    ) -> Article | NotArticle:
        return read_page(
            body,
            url,
            content_type=content_type,
            prune=prune,
            feed_published_at=said,
            now=now,
            pattern=pattern,
            cheap=cheap,
        )

    detect_language("This loads its model: 75 MB.")
    read_page(FIRST_PAGE, "")
    return clean


def _load_reading() -> Callable[..., Any]:
    from extractors.context import Document
    from extractors.network import network
    from extractors.parsing import english
    from extractors.reading import EXTRACTOR_VERSION, read_documents

    def read(documents: Sequence[DocumentParts], cheap: bool = False) -> tuple[str, list[ReadingParts]]:
        most = CHEAP_CHARACTERS if cheap else None
        readings = read_documents([Document(parts[0][:most], *parts[1:]) for parts in documents])
        return EXTRACTOR_VERSION, [(r.figures, r.mentions, r.unread) for r in readings]

    english()
    network()
    return read


def _load_feeds() -> Callable[..., Any]:
    from flows.sources.feed import FeedError, FeedReading, read_feed

    def feed(*arguments: Any) -> FeedReading | tuple[str, str]:
        try:
            return read_feed(*arguments)
        except FeedError as error:
            return error.reason, error.detail

    return feed


TASKS = {"feed": _load_feeds, "clean": _load_cleaning, "read": _load_reading}


def _address_space() -> int:
    """Return the bytes of address space in use; 0 on a system without /proc, which has no such limit either."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


class _Bench:
    """The tasks loaded so far, and the limits of the next job."""

    def __init__(self, cpu_seconds: float, memory: int) -> None:
        self._cpu_seconds, self._memory = cpu_seconds, memory
        self._tasks: dict[str, Callable[..., Any]] = {}
        self._loaded = 0  # bytes taken before any job

    def load(self, task: str) -> None:
        """Load a task; what it takes is not counted as a job's."""
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self._tasks[task] = TASKS[task]()
        self._loaded = _address_space()

    def do(self, task: str, arguments: Sequence[Any]) -> tuple[str, Any]:
        """Do one job under its limits. RLIMIT_CPU counts from the start of the process: it moves on with each job."""
        seconds = math.ceil(time.process_time() + self._cpu_seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        if self._loaded:
            resource.setrlimit(resource.RLIMIT_AS, (self._loaded + self._memory, resource.RLIM_INFINITY))
        result = self._tasks[task](*arguments)
        return "tired" if _address_space() - self._loaded > TIRED * self._memory else "done", result


def serve(channel: int, lifeline: int, cpu_seconds: float, memory: int) -> None:
    """Do jobs until the channel closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent(lifeline)
    connection, bench = Connection(channel), _Bench(cpu_seconds, memory)
    while True:
        try:
            task, arguments = connection.recv()
        except EOFError:
            return
        try:
            if arguments is None:
                bench.load(task)
                connection.send(("done", None))
            else:
                connection.send(bench.do(task, arguments))
        except MemoryError:
            connection.send(("memory", f"more than {memory // 2**20} MB"))
        except Exception as error:  # noqa: BLE001  # whatever a page makes our code raise costs that page only
            connection.send(("crashed", f"{type(error).__name__}: {error}"[:DETAIL]))
