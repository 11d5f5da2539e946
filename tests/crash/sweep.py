"""A small run of the monitor, struck at a point and restarted twice, and held to its promises."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from tests.crash.faults import Kind
from tests.crash.ledger import Snapshot, broken, mistold, snapshot
from tests.crash.paper import OUTLETS, Paper
from tests.crash.stand import Stand
from warehouse.migrate import Migration, known_migrations, migrate

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, PAUSE = timedelta(hours=1), timedelta(minutes=2)
SAID = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
HARBOUR, VALLEY = OUTLETS
MEND = "`muster rebuild` makes it again"
STRIKES = (Kind.KILL, Kind.TORN, Kind.ORPHAN, Kind.FULL, Kind.BROKEN)


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
    kinds: tuple[Kind, ...] = STRIKES
    old_schema: bool = False  # the warehouse is one of the first schema, to be brought to today's


SCENARIOS = (
    Scenario("creation", None, quiet_day),
    Scenario("news", hour_before, news),
    # Not torn: half a block is damage, which only an archive mends, and there is none of the first schema's days.
    Scenario("upgrade", None, quiet_day, (Kind.KILL, Kind.FULL, Kind.BROKEN), old_schema=True),
)


@dataclass(frozen=True, slots=True)
class Strike:
    """What was struck, and what came of it. A run that ended before the point has no `where`."""

    where: str | None
    wrong: list[str]
    again: str | None = None  # where the restart was killed


class Sweep:
    """One scenario, struck as often as asked. With `own_server` each run starts Prefect's server for itself."""

    def __init__(self, stand: Stand, scenario: Scenario, *, own_server: bool = False) -> None:
        self.stand, self.own_server = stand, own_server
        self.base, self.home = stand.folder / "base", stand.folder / "home"
        for folder in (self.base, self.home):
            shutil.rmtree(folder, ignore_errors=True)
        self.base.mkdir()
        stand.paper.told.clear()
        if scenario.old_schema:
            with duckdb.connect(str(self.base / "warehouse.duckdb")) as connection:
                migrate(connection, known_migrations()[:1], Migration(0, "views", ""))
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

    def strike(self, kind: Kind, at: int, again: int = 0) -> Strike:
        """Strike a fresh run at a point, its restart too at point `again` unless 0, and restart twice."""
        self._fresh()
        told = self.stand.paper.told
        self._mendable = kind is Kind.TORN
        struck = self.stand.muster(self.home, NOW, kind=kind, at=at, own_server=self.own_server)
        wrong = [f"a traceback on the terminal: {struck.said[-600:]}"] if "Traceback" in struck.said else []
        twice = self.stand.muster(self.home, NOW, kind=Kind.KILL, at=again).where if again else None
        first = self._restart(NOW + PAUSE, wrong)
        before = len(told)
        second = self._restart(NOW + 2 * PAUSE, wrong)
        if first and second:
            wrong += broken(first, second, self.expected)
            wrong += mistold(second.alerts - self.known, told[:before], told[before:], crashes=2 if again else 1)
        if struck.code == 0 and kind in (Kind.KILL, Kind.TORN, Kind.ORPHAN) and struck.where:
            wrong.append("the run was not killed")
        return Strike(struck.where, wrong, twice)

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
