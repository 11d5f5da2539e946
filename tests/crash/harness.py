"""Strike a small run of the monitor at every call that writes, restart twice, and hold it to its promises.

usage: python -m tests.crash.harness [--scenario NAME …] [--kind NAME …] [--every N] [--first N] [--jobs N]
                                     [--double N] [--record FILE] [--own-server]

With `--every N` only each Nth point; with `--double N` the restart is killed too, at each Nth of its own points; with
`--own-server` the run that is struck starts Prefect's server for itself, as it does where the user names none. Each
point is a line of JSON in the record, and a point that is there already is not struck again: a sweep that was cut off
goes on. Prints each broken promise, and a line a scenario and kind; the exit code is 1 where a promise is broken.
Where half a write has damaged the warehouse, the command that the message names is called once before the restart.
`TMPDIR=/dev/shm` saves the time that a disk takes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.crash.faults import Kind
from tests.crash.stand import ROOT, stand
from tests.crash.sweep import SCENARIOS, STRIKES, Strike, Sweep

TWICE = "twice"
MOST_POINTS = 2_000  # the loops end by themselves long before


@dataclass(frozen=True, slots=True)
class Point:
    """A place to strike: call `at`, and `again` of the restart unless 0."""

    scenario: str
    kind: str
    at: int
    again: int = 0


def commit() -> str:
    """Return which commit is struck, with "+" where files differ from it; empty outside of a checkout."""
    words = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


class Record:
    """The points struck so far, in a file where one is named; each line with the commit."""

    def __init__(self, path: Path | None) -> None:
        self.struck: dict[Point, Strike] = {}
        self.seconds: dict[Point, float] = {}
        self._lock, self._file, self._commit = threading.Lock(), None, commit()
        if path:
            for line in path.read_text().splitlines() if path.exists() else ():
                self._keep(json.loads(line))
            self._file = path.open("a")

    def _keep(self, line: dict[str, Any]) -> None:
        point = Point(**line["point"])
        self.struck[point], self.seconds[point] = Strike(**line["strike"]), line["seconds"]

    def add(self, point: Point, strike: Strike, seconds: float) -> None:
        """Keep what came of a point, and tell of each promise that it broke."""
        with self._lock:
            line = {"point": asdict(point), "strike": asdict(strike), "seconds": round(seconds, 1)}
            self._keep(line)
            if self._file:
                self._file.write(json.dumps(line | {"commit": self._commit}) + "\n")
                self._file.flush()
            for what in strike.wrong:
                print(f"{point} ({strike.where}): {what}", flush=True)

    def tell(self) -> int:
        """Print a line a scenario and kind; returns the number of points with a broken promise."""
        hit = {point: strike for point, strike in self.struck.items() if strike.where}
        for scenario, kind in dict.fromkeys((p.scenario, p.kind) for p in hit):
            mine = {p: s for p, s in hit.items() if (p.scenario, p.kind) == (scenario, kind)}
            bad, seconds = sum(bool(s.wrong) for s in mine.values()), sum(self.seconds[p] for p in mine)
            print(f"{scenario}, {kind}: {len(mine)} points, {bad} with a broken promise, {seconds:.0f} s")
        broken = sum(bool(s.wrong) for s in self.struck.values())
        print(f"{len(hit)} points, {broken} broken", flush=True)
        return broken


class Loop:
    """The points of one scenario and kind, handed out to whoever asks, until a run has ended untouched."""

    def __init__(self, first: int, every: int) -> None:
        self._next, self._every, self._lock = first, every, threading.Lock()
        self.ended = False

    def __iter__(self) -> Iterator[int]:
        while not self.ended and self._next < MOST_POINTS:
            with self._lock:
                at, self._next = self._next, self._next + self._every
            yield at


def strike(sweep: Sweep, record: Record, point: Point) -> Strike:
    """Return what comes of a point, or came of it before."""
    if point not in record.struck:
        began = time.monotonic()
        kind = Kind.KILL if point.kind == TWICE else Kind[point.kind.upper()]
        record.add(point, sweep.strike(kind, point.at, point.again), time.monotonic() - began)
    return record.struck[point]


def sweep_all(asked: argparse.Namespace, record: Record, loops: dict[tuple[str, str], Loop]) -> None:
    """Strike at the points that the loops hand out, on a stand of its own."""
    with contextlib.ExitStack() as stack:
        ground = None
        for scenario in (s for s in SCENARIOS if s.name in asked.scenario):
            ground = ground or stack.enter_context(stand())
            sweep = Sweep(ground, scenario, own_server=asked.own_server)
            kinds = [kind for kind in asked.kind if Kind[kind.upper()] in scenario.kinds]
            for kind in [*kinds, *([TWICE] if asked.double else ())]:
                loop = loops[scenario.name, kind]
                for at in loop:
                    agains = range(1, MOST_POINTS, asked.double) if kind == TWICE else (0,)
                    for again in agains:
                        came = strike(sweep, record, Point(scenario.name, kind, at, again))
                        if came.where is None or (again and came.again is None):
                            break
                    loop.ended |= came.where is None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kills and I/O errors at every call that writes.")
    kinds = [kind.name.lower() for kind in STRIKES]
    parser.add_argument("--scenario", nargs="+", default=[s.name for s in SCENARIOS])
    parser.add_argument("--kind", nargs="*", choices=kinds, default=kinds)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--double", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--own-server", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Run the sweep; returns the exit code."""
    asked = _arguments()
    record = Record(asked.record)
    loops = {(s, kind): Loop(asked.first, asked.every) for s in asked.scenario for kind in asked.kind}
    loops |= {(s, TWICE): Loop(asked.first, asked.double) for s in asked.scenario if asked.double}
    try:
        with ThreadPoolExecutor(asked.jobs) as pool:
            for job in [pool.submit(sweep_all, asked, record, loops) for _ in range(asked.jobs)]:
                job.result()
    finally:
        broken = record.tell()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
