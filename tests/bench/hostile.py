"""One hostile outlet among twenty: what it costs the nineteen others, over all misbehaviours of the hostile newsroom.

usage: python -m tests.bench.hostile [NAME …]     (all names unless given; about half an hour)

Those that answer at once are asked together, as the feeds and the pages of one outlet; each of the others by itself,
once behind a sound robots.txt and once as the robots.txt. A line a run tells what it cost; the exit code is 1 if the
others' rows differ from those of a run without it, the run is a minute longer, a process holds a gigabyte, a
traceback is on the terminal, or a request that failed has no reason in `fetches`.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from tests.crash.stand import Ended, Stand, stand
from tests.flows.site import Site
from tests.newsroom.hostile import BEHAVIOURS, HostileNewsroom
from tests.newsroom.rawserver import Call

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OTHERS, HOSTILE = 19, "hostile"
MOST_SECONDS, MOST_MEGABYTES = 60.0, 1_000
# These take their time, or a worker's; the rest answer at once.
SLOW = frozenset(
    "brackets_author drip drip_error drip_headers endless endless_chunks flood_1xx gzip_padded_hugely jsonld_deep "
    "many_paragraphs mute nested_deep number_endless slashes_doctype stall title_endless".split()
)
ARGUMENTS = {"redirects": "?9", "redirect_to": "?http://10.0.0.1/", "moods": "?7", "noise": "?3"}
PAGE = """<html><head><title>Build-up</title><meta property="article:published_time" content="2026-03-02T07:00:00Z">
</head><body><article><p>Ukraine's foreign ministry said that Russia had massed {number:,} troops near Kharkiv.</p>
<p>The statement was read to reporters in the capital in the morning, after a night without sirens.</p>
<p>It gave no further details, and the other side left the questions put to it unanswered.</p></article></body>
</html>"""
QUERIES = {
    "articles": "SELECT * EXCLUDE (revised_run) FROM articles WHERE outlet <> 'hostile'",
    "figures": "SELECT f.* FROM figures f JOIN articles a USING (article_id) WHERE a.outlet <> 'hostile'",
    "diplomacy": "SELECT d.* FROM diplomacy d JOIN articles a USING (article_id) WHERE a.outlet <> 'hostile'",
    "alerts": "SELECT rule, title, body, url, outlet FROM alerts WHERE outlet <> 'hostile'",
    "fetches": "SELECT outlet, url, kind, status, outcome, reason FROM fetches WHERE outlet <> 'hostile'",
}
WITHOUT_REASON = """
SELECT url FROM fetches WHERE outlet = 'hostile' AND outcome NOT IN ('ok', 'not_modified') AND reason IS NULL
"""
ASKED = "SELECT kind || ' ' || coalesce(reason, outcome) FROM fetches WHERE outlet = 'hostile' AND kind <> 'robots'"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run with some misbehaviours cost, and what was wrong with it."""

    seconds: float
    megabytes: int
    outcomes: tuple[str, ...]
    wrong: tuple[str, ...]


def _feed(*addresses: str) -> bytes:
    items = "".join(f"<item><link>{address}</link></item>" for address in addresses)
    return f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


def sound_outlets(site: Site) -> str:
    """Publish the nineteen on a site and return their configuration."""
    tables = []
    for number in range(OTHERS):
        site.pages[f"/{number}/page"] = PAGE.format(number=1000 + 100 * number).encode()
        site.pages[f"/{number}/rss.xml"] = _feed(f"{site.url}/{number}/page")
        tables.append(f'[sound-{number}]\nname = "Sound {number}"\nfeeds = ["{site.url}/{number}/rss.xml"]\n')
    return "".join(tables)


def hostile_outlet(rooms: Sequence[tuple[str, HostileNewsroom]]) -> str:
    """Return the configuration of one outlet whose feeds and pages are these misbehaviours, each on its own host."""
    pages = [room.url(f"{name}/page{ARGUMENTS.get(name, '')}") for name, room in rooms]

    def listing(call: Call) -> bool:
        call.answer(_feed(*pages), "Content-Type: application/rss+xml")
        return True

    rooms[0][1].behaviours = {**rooms[0][1].behaviours, "listing": listing}
    feeds = [rooms[0][1].url("listing"), *(room.url(name + ARGUMENTS.get(name, "")) for name, room in rooms)]
    return f'[{HOSTILE}]\nname = "Hostile"\nfeeds = [{", ".join(map(repr, feeds))}]\n'


class Trial:
    """Nineteen sound outlets, and a run over them alone to compare with."""

    def __init__(self, ground: Stand, site: Site) -> None:
        self.ground, self.home = ground, ground.folder / "home"
        self.sound = sound_outlets(site)
        _, self.seconds = self._run(self.sound)
        self.rows = self._rows()

    def _run(self, outlets: str) -> tuple[Ended, float]:
        shutil.rmtree(self.home, ignore_errors=True)
        (self.ground.folder / "outlets.toml").write_text(outlets)
        began = time.monotonic()
        ended = self.ground.muster(self.home, NOW)
        return ended, time.monotonic() - began

    def _ask(self, sql: str) -> list[Any]:
        with duckdb.connect(str(self.home / "published.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def _rows(self) -> dict[str, list[str]]:
        return {name: sorted(map(repr, self._ask(sql))) for name, sql in QUERIES.items()}

    def cost(self, names: Sequence[str], robots: str = "not_found") -> Cost:
        """Run with an outlet of these misbehaviours too."""
        with contextlib.ExitStack() as stack:
            rooms = [(name, stack.enter_context(HostileNewsroom(robots=robots))) for name in names]
            ended, seconds = self._run(self.sound + hostile_outlet(rooms))
        return Cost(seconds - self.seconds, ended.megabytes, self._outcomes(), tuple(self._wrong(ended, seconds)))

    def _outcomes(self) -> tuple[str, ...]:
        return tuple(row[0] for row in self._ask(ASKED))

    def _wrong(self, ended: Ended, seconds: float) -> Iterator[str]:
        if ended.code not in (0, 1) or "Traceback" in ended.said:
            yield f"exit code {ended.code}: {ended.said[-500:]}"
        if seconds > self.seconds + MOST_SECONDS:
            yield f"{seconds - self.seconds:.0f} s longer"
        if ended.megabytes > MOST_MEGABYTES:
            yield f"{ended.megabytes} MB"
        for name, rows in self._rows().items():
            if rows != self.rows[name]:
                yield f"the others' {name} differ"
        yield from (f"no reason: {row[0]}" for row in self._ask(WITHOUT_REASON))


def trials(names: Sequence[str]) -> Iterator[tuple[str, list[str], str]]:
    """Yield each run to make: what it is called, the misbehaviours, and that of its robots.txt."""
    quick = [name for name in names if name not in SLOW]
    if quick:
        yield f"{len(quick)} that answer at once", quick, "not_found"
    for name in names:
        if name in SLOW:
            yield name, [name], "not_found"
            yield f"{name} as robots.txt", ["ok"], name


def main() -> int:
    """Run all trials; returns the exit code."""
    names = sys.argv[1:] or sorted(BEHAVIOURS)
    bad = 0
    with stand(forked_workers=False) as ground, Site() as site:
        for title, some, robots in trials(names):
            trial = Trial(ground, site)  # measured anew each time: what else the machine does changes
            cost = trial.cost(some, robots)
            outcomes = ", ".join(cost.outcomes) if len(cost.outcomes) < 4 else f"{len(cost.outcomes)} requests"
            print(
                f"{title}: {cost.seconds:+.1f} s on {trial.seconds:.1f} s, {cost.megabytes} MB; {outcomes}",
                flush=True,
            )
            for what in cost.wrong:
                print(f"  WRONG: {what}", flush=True)
            bad += bool(cost.wrong)
    print(f"{bad} runs with something wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
