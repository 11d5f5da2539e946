"""Publish, rewrite, delete, crash and let time pass in any order: the ledger says what a dictionary says.

usage: python -m tests.crash.machine [EXAMPLES]     (20 unless given; hypothesis shrinks what fails)
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import duckdb
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.bench.kills import ARMIES, NUMBERS, SAID, WRONG
from tests.crash.faults import Kind
from tests.crash.ledger import stray
from tests.crash.paper import OUTLETS
from tests.crash.stand import Stand, stand

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Newsroom(RuleBasedStateMachine):
    """A monitor and its outlets. `standing` maps an address to its number, `deleted` to what may be known of it."""

    ground: ClassVar[Stand]

    @initialize()
    def open(self) -> None:
        self.home = self.ground.folder / "home"
        shutil.rmtree(self.home, ignore_errors=True)
        self.ground.paper.stories.clear()
        self.ground.paper.told.clear()
        self.now, self.latest, self.used = START, START, 0
        self.standing: dict[str, int] = {}
        self.deleted: dict[str, set[int]] = {}
        self.had: dict[str, set[int]] = {}

    def _put(self, outlet: str, slug: str, published: datetime) -> None:
        army, number = ARMIES[self.used % len(ARMIES)], round(1000 * 1.03 ** (self.used // len(ARMIES)))
        self.used += 1
        sentence = SAID.format(army=army, number=number)
        url = self.ground.paper.url + self.ground.paper.put(outlet, slug, slug, sentence, published=published)
        self.standing[url] = number
        self.had.setdefault(url, set()).add(number)

    @rule(outlet=st.sampled_from(OUTLETS))
    def publish(self, outlet: str) -> None:
        self._put(outlet, f"story-{self.used}", self.now - timedelta(minutes=3))

    @rule(which=st.integers(0, 9))
    def rewrite(self, which: int) -> None:
        if self.ground.paper.stories:
            path = list(self.ground.paper.stories)[which % len(self.ground.paper.stories)]
            outlet, *_, slug = path.strip("/").split("/")
            self._put(outlet, slug, self.ground.paper.stories[path].published)

    @rule(which=st.integers(0, 9))
    def delete(self, which: int) -> None:
        if self.ground.paper.stories:
            path = list(self.ground.paper.stories)[which % len(self.ground.paper.stories)]
            del self.ground.paper.stories[path]
            url = self.ground.paper.url + path
            del self.standing[url]
            self.deleted[url] = self.had[url]

    @rule(minutes=st.sampled_from([1, 15, 60]))
    def let_time_pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([1, 40, 600]))
    def set_the_clock_back(self, minutes: int) -> None:
        self.latest = max(self.latest, self.now)
        self.now -= timedelta(minutes=minutes)

    @rule(call=st.integers(1, 120), kind=st.sampled_from([Kind.KILL, Kind.ORPHAN, Kind.FULL]))
    def crash(self, call: int, kind: Kind) -> None:
        self.now += timedelta(minutes=1)
        ended = self.ground.muster(self.home, self.now, kind=kind, at=call)
        assert "Traceback" not in ended.said

    @rule()
    def run_and_compare(self) -> None:
        # What could not be sent is tried again after a minute; a page seen later than now is looked at when that is.
        self.now = max(self.now, self.latest) + timedelta(minutes=2)
        ended = self.ground.muster(self.home, self.now)
        assert ended.code == 0, ended.said
        with duckdb.connect(str(self.home / "published.duckdb"), read_only=True) as connection:
            for what, sql in WRONG.items():
                assert connection.execute(sql).fetchall() == [], what
            found = dict(connection.execute(NUMBERS).fetchall())
            alerts = {row[0] for row in connection.execute("SELECT alert_id FROM alerts").fetchall()}
        assert {url: number for url, number in found.items() if url not in self.deleted} == self.standing
        assert all(found[url] in numbers for url, numbers in self.deleted.items() if url in found)
        assert set(self.ground.paper.told) == alerts
        assert stray(str(path.relative_to(self.home)) for path in self.home.rglob("*") if path.is_file()) == []

    def teardown(self) -> None:
        """Compare once more, so that no example ends in what nobody looked at."""
        if hasattr(self, "home"):
            self.run_and_compare()


def run_machine(ground: Stand, examples: int, steps: int) -> None:
    """Run the machine on a stand so often; raises what is wrong."""
    Newsroom.ground = ground
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Newsroom, settings=chosen)


def main() -> None:
    """Run as many examples as asked."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with stand() as ground:
        run_machine(ground, examples, 20)
    print(f"{examples} examples: the ledger said what the dictionary said")


if __name__ == "__main__":
    main()
