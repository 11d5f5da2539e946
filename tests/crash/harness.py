"""Strike a small run of the monitor at every call that writes, restart twice, and hold it to its promises.

usage: python -m tests.crash.harness [--scenario NAME …] [--kind NAME …] [--every N] [--double N]

With `--every N` only each Nth point; with `--double N` the restart is killed too, at each Nth of its own points.
Prints a line a scenario and kind; the exit code is 1 where a promise is broken. Where half a write has damaged the
warehouse, the command that the message names is called once before the restart.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.crash.faults import Kind
from tests.crash.ledger import Snapshot, broken, mistold, snapshot
from tests.crash.paper import OUTLETS, Paper
from tests.crash.stand import Stand, stand

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, PAUSE = timedelta(hours=1), timedelta(minutes=2)
SAID = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
HARBOUR, VALLEY = OUTLETS
STRIKES = (Kind.KILL, Kind.TORN, Kind.ORPHAN, Kind.FULL, Kind.BROKEN)
MEND = "`muster rebuild` makes it again"
MOST_POINTS = 2_000  # the loops end by themselves long before


def quiet_day(paper: Paper) -> None:
    """Publish nothing: a run over empty feeds makes the warehouse and publishes it, and needs no worker."""
    paper.stories.clear()


def hour_before(paper: Paper) -> None:
    """Publish what the outlets had before the news."""
    paper.stories.clear()
    paper.put(HARBOUR, "build-up", "Troops at the border", SAID.format("38,000"), published=NOW - 20 * HOUR)
    fell = "Ukrainian forces captured 60 Russian soldiers near Lyman, the Russian Defense Ministry said on Friday."
    paper.put(HARBOUR, "lyman", "Soldiers captured", fell, published=NOW - 20 * HOUR)


def news(paper: Paper) -> None:
    """Rewrite a story with another number, add one, and let an outlet appear that nobody had looked at."""
    paper.put(HARBOUR, "build-up", "Troops at the border", SAID.format("45,000"), published=NOW - 20 * HOUR)
    brigade = "Germany has stationed 2,100 soldiers in Lithuania, Defense Minister Boris Pistorius said in Rudninkai."
    met = "Lithuanian Defense Minister Jonas Vaitkus met Pistorius in Vilnius in the morning and thanked Germany."
    paper.put(HARBOUR, "brigade", "Brigade grows", brigade, met, published=NOW - 2 * HOUR)
    drones = "Ukraine's air force said on Sunday that Russia had launched 147 drones at Odesa overnight."
    paper.put(VALLEY, "drones", "Drones over Odesa", drones, published=NOW - 2 * HOUR)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the run that is struck finds, and the run before it, which nothing strikes."""

    name: str
    before: Callable[[Paper], None] | None
    now: Callable[[Paper], None]


SCENARIOS = (Scenario("creation", None, quiet_day), Scenario("news", hour_before, news))


class Sweep:
    """One scenario over all of its points."""

    def __init__(self, stand: Stand, scenario: Scenario) -> None:
        self.stand, self.scenario = stand, scenario
        self.base, self.home = stand.folder / "base", stand.folder / "home"
        for folder in (self.base, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        self.base.mkdir()
        stand.paper.told.clear()
        if scenario.before:
            scenario.before(stand.paper)
            self._sound(stand.muster(self.base, NOW - HOUR).said)
        self._mendable = False  # whether a damaged warehouse may be mended by hand still
        self.known = frozenset(stand.paper.told)  # told before anything is struck
        scenario.now(stand.paper)
        self.expected = self._unstruck()

    def _sound(self, said: str) -> None:
        if "Traceback" in said:
            raise RuntimeError(f"a run that nothing struck went wrong:\n{said}")

    def _fresh(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.base, self.home)
        self.stand.paper.told.clear()

    def _unstruck(self) -> Snapshot:
        self._fresh()
        for restart in range(2):
            self._sound(self.stand.muster(self.home, NOW + restart * PAUSE).said)
        return snapshot(self.home, NOW)

    def points(self, kind: Kind, every: int) -> Iterator[tuple[str | None, list[str]]]:
        """Strike at point after point; yield where, and which promises were broken, until the run ends untouched."""
        for at in range(1, MOST_POINTS, every):
            where, wrong = self.strike(kind, at)
            yield where, [f"{self.scenario.name}, {kind.name} at {at} ({where}): {what}" for what in wrong]
            if where is None:
                return

    def strike(self, kind: Kind, at: int, again: int = 0) -> tuple[str | None, list[str]]:
        """Strike a fresh run at a point, its restart too at point `again` unless 0, and restart twice.

        Returns the call that was struck, None where the run ended before it, and the promises that were broken.
        """
        self._fresh()
        told = self.stand.paper.told
        self._mendable = kind is Kind.TORN
        struck = self.stand.muster(self.home, NOW, kind=kind, at=at)
        wrong = [f"a traceback on the terminal: {struck.said[-600:]}"] if "Traceback" in struck.said else []
        if again:
            self.stand.muster(self.home, NOW, kind=Kind.KILL, at=again)
        first = self._restart(NOW + PAUSE, wrong)
        before = len(told)
        second = self._restart(NOW + 2 * PAUSE, wrong)
        if first and second:
            wrong += broken(first, second, self.expected)
            wrong += mistold(second.alerts - self.known, told[:before], told[before:], crashes=2 if again else 1)
        if struck.code == 0 and kind in (Kind.KILL, Kind.TORN, Kind.ORPHAN) and struck.where:
            wrong.append("the run was not killed")
        return struck.where, wrong

    def _restart(self, now: datetime, wrong: list[str]) -> Snapshot | None:
        ended = self.stand.muster(self.home, now)
        if MEND in ended.said and self._mendable:
            # DuckDB writes blocks of its table of contents in place: half of one is damage that it cannot mend.
            self._mendable = False
            self.stand.muster(self.home, now, "rebuild")
            ended = self.stand.muster(self.home, now)
        if ended.code or "Traceback" in ended.said:
            wrong.append(f"a restart ended with {ended.code}: {ended.said[-600:]}")
        try:
            return snapshot(self.home, NOW)
        except Exception as error:  # noqa: BLE001  # a home that cannot be read is what is looked for
            wrong.append(f"a home that cannot be read: {type(error).__name__}: {error}")
            return None


def doubles(sweep: Sweep, every: int) -> Iterator[tuple[str | None, list[str]]]:
    """Kill at each Nth point, and the restart at each Nth of its own; as `Sweep.points`."""
    for at in range(1, MOST_POINTS, every):
        for again in range(1, MOST_POINTS, every):
            where, wrong = sweep.strike(Kind.KILL, at, again)
            yield where, [f"{sweep.scenario.name}, killed at {at} ({where}), then at {again}: {w}" for w in wrong]
            if where is None or sweep.stand.last_count < again:
                break
        if where is None:
            return


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kills and I/O errors at every call that writes.")
    kinds = [kind.name.lower() for kind in STRIKES]
    parser.add_argument("--scenario", nargs="+", default=[s.name for s in SCENARIOS])
    parser.add_argument("--kind", nargs="+", choices=kinds, default=kinds)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--double", type=int, default=0)
    parser.add_argument("--verbose", action="store_true", help="tell of each point")
    return parser.parse_args()


def main() -> int:
    """Run the sweep; returns the exit code."""
    asked = _arguments()
    points = wrong = 0
    with stand() as one:
        for scenario in SCENARIOS:
            if scenario.name not in asked.scenario:
                continue
            sweep = Sweep(one, scenario)
            loops = {name: sweep.points(Kind[name.upper()], asked.every) for name in asked.kind}
            loops |= {"killed twice": doubles(sweep, asked.double)} if asked.double else {}
            for name, loop in loops.items():
                began, struck, bad = time.monotonic(), 0, 0
                for where, what in loop:
                    struck += where is not None
                    bad += bool(what)
                    if asked.verbose:
                        print(f"{name} {struck}: {where}", flush=True)
                    for line in what:
                        print(line, flush=True)
                seconds = time.monotonic() - began
                print(
                    f"{scenario.name}, {name}: {struck} points, {bad} with a broken promise, {seconds:.0f} s",
                    flush=True,
                )
                points, wrong = points + struck, wrong + bad
    print(f"{points} points, {wrong} broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
