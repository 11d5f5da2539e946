"""A monitor that runs again and again and is killed at random: nothing lost, nothing doubled.

usage: python -m tests.bench.kills [KILLS] [SEED]     (1,000 kills and seed 1 unless given; hours)

Each round publishes a story or rewrites one, starts a run, and kills it: every second one after a random time, the
others at a random call that writes. Each tenth round the run is left alone, and the ledger is compared with what was
published. The exit code is 1 at the first thing that is lost or doubled.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import duckdb

from tests.crash.faults import Kind
from tests.crash.ledger import stray
from tests.crash.paper import OUTLETS
from tests.crash.stand import Stand, stand

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROUND = timedelta(hours=2)
CHECK_EVERY = 10
SHARE_REWRITTEN = 0.3
MOST_CALLS = 110  # of a run, about
# Numbers 3 % apart are different claims, and so is the same number of another army.
ARMIES = ("Russia", "Belarus", "Ukraine", "Poland", "Germany", "Turkey", "China", "France")
SAID = "Officials in the capital said on Monday that {army} had massed {number:,} troops near the border."
NUMBERS = "SELECT a.url, f.low FROM figures f JOIN articles a USING (article_id)"
WRONG = {
    "an article twice": "SELECT article_id FROM articles GROUP BY ALL HAVING count(*) > 1",
    "a revision twice": "SELECT article_id, text_hash FROM revisions GROUP BY ALL HAVING count(*) > 1",
    "a figure twice": 'SELECT article_id, start, "end", measure, item FROM figures GROUP BY ALL HAVING count(*) > 1',
    "an alert twice": "SELECT alert_id FROM alerts GROUP BY ALL HAVING count(*) > 1",
    "a claim told twice": "SELECT claim_id FROM alerts WHERE claim_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1",
    "a figure of an old text": """
        SELECT a.url FROM figures f JOIN articles a USING (article_id) WHERE f.revision <> a.revision""",
    "news that was not told": """
        SELECT a.url FROM figures f JOIN articles a USING (article_id) ANTI JOIN alerts t USING (claim_id)
        WHERE a.first_seen_at > (SELECT min(b.first_seen_at) FROM articles b WHERE b.outlet = a.outlet)""",
    "an alert undelivered": "SELECT alert_id FROM deliveries WHERE state <> 'delivered'",
}


@dataclass
class Beat:
    """The rounds of one monitor, with what was published so far."""

    ground: Stand
    dice: random.Random
    now: datetime = START
    numbers: dict[str, int] = field(default_factory=dict)  # address to the number that stands there
    kills: int = 0
    stories: int = 0
    usual: float = 3.0  # seconds that the last run took that was left alone

    def publish(self) -> None:
        """Publish a story with a number never used, or rewrite one of the last with such a number."""
        count = self.stories
        self.stories += 1
        army, number = ARMIES[count % len(ARMIES)], round(1000 * 1.03 ** (count // len(ARMIES)))
        recent = list(self.ground.paper.stories)[-5:]
        sentence = SAID.format(army=army, number=number)
        if recent and self.dice.random() < SHARE_REWRITTEN:
            path = self.dice.choice(recent)
            outlet, *_, slug = path.strip("/").split("/")
            published = self.ground.paper.stories[path].published
        else:
            outlet, slug, published = self.dice.choice(OUTLETS), f"story-{count}", self.now - timedelta(minutes=3)
        path = self.ground.paper.put(outlet, slug, f"Story {slug}", sentence, published=published)
        self.numbers[self.ground.paper.url + path] = number

    def killed_run(self) -> None:
        """Start a run and kill it, if it does not end before."""
        home = self.ground.folder / "home"
        if self.dice.random() < 0.5:
            ended = self.ground.muster(home, self.now, after=self.dice.uniform(0.05, self.usual))
        else:
            ended = self.ground.muster(home, self.now, kind=Kind.KILL, at=self.dice.randrange(1, MOST_CALLS))
        self.kills += ended.code == -signal.SIGKILL

    def wrong(self) -> Iterator[str]:
        """Leave a run alone, and yield everything that is lost or doubled after it."""
        home, told = self.ground.folder / "home", self.ground.paper.told
        began = time.monotonic()
        ended = self.ground.muster(home, self.now)
        self.usual = time.monotonic() - began
        if ended.code or "Traceback" in ended.said:
            yield f"a run left alone ended with {ended.code}: {ended.said[-500:]}"
        with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
            for what, sql in WRONG.items():
                if rows := connection.execute(sql).fetchall():
                    yield f"{what}: {rows[:3]}"
            found = dict(connection.execute(NUMBERS).fetchall())
            alerts = {row[0] for row in connection.execute("SELECT alert_id FROM alerts").fetchall()}
        for url, number in self.numbers.items():
            if found.get(url) != number:
                yield f"{url}: {found.get(url)} in place of {number}"
        yield from (f"alert {alert} never came" for alert in alerts - set(told))
        yield from (f"alert {alert} came and is not in the ledger" for alert in set(told) - alerts)
        files = (str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
        yield from (f"stray file {name}" for name in stray(files))


def main() -> int:
    """Kill as often as asked; returns the exit code."""
    kills, seed = (int(a) for a in (*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]))
    began, checks = time.monotonic(), 0
    with stand() as ground:
        beat = Beat(ground, random.Random(seed))
        while beat.kills < kills:
            for _ in range(CHECK_EVERY - 1):
                beat.publish()
                beat.killed_run()
                beat.now += ROUND
            if wrong := list(beat.wrong()):
                print(*wrong, sep="\n", flush=True)
                return 1
            checks += 1
            repeats = sum(n - 1 for n in Counter(ground.paper.told).values())
            minutes = (time.monotonic() - began) / 60
            print(
                f"{beat.kills} kills, {len(beat.numbers)} stories, {checks} checks: nothing lost, nothing doubled; "
                f"{repeats} alerts came again under the same id; {minutes:.0f} min",
                flush=True,
            )
            beat.now += ROUND
    return 0


if __name__ == "__main__":
    sys.exit(main())
