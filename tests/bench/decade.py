"""Backfill months of an outlet with 20,000 articles over ten years, killed again and again.

usage: python -m tests.bench.decade [KILLS] [SEED]     (10 kills unless given)

The outlet is served on loopback in the shape of The Moscow Times: the sitemap index on another host, one file a month
without leading zeros and without lastmod, a robots.txt with wildcards. `muster backfill` takes one month in one go,
and then another month while it is killed with SIGKILL, with all that it started, at random moments. What was asked
for and what lies in the tables is then held against what was published; the first difference ends this with an error.
"""

from __future__ import annotations

import calendar
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flows.archivereader import archived_replies
from tests.flows.gazette import ID, PAGE, SENTENCE
from tests.flows.site import Site, index, sitemap
from warehouse.door import query

YEARS, A_MONTH = range(2012, 2022), 167  # 120 months, 20,040 articles
FORBIDDEN = 3  # more a month that robots.txt forbids by a wildcard
WHOLE, KILLED = date(2019, 5, 1), date(2016, 2, 1)
ROBOTS = b"User-agent: *\nDisallow: /preview/\nDisallow: /*/live-*-a\nDisallow: /*?utm\n"
PAUSE = 0.05  # seconds between two requests, so that there is a middle to be killed in


class Decade:
    """The outlet's two hosts; pages are written as they are asked for."""

    def __init__(self, www: Site, static: Site) -> None:
        self.www, self.static = www, static
        self.www.pages = _Pages(self)  # type: ignore[assignment]  # all that a Site needs of a mapping
        months = [(f"{static.url}/sitemap/{y}-{m}.xml", f"{y}-{m:02}-28") for y in YEARS for m in range(1, 13)]
        static.pages = {"/robots.txt": ROBOTS, "/sitemap/sitemap.xml": index(*reversed(months))}
        for year in YEARS:
            for month in range(1, 13):
                named = [www.url + path for path in paths_of(date(year, month, 1))]
                static.pages[f"/sitemap/{year}-{month}.xml"] = sitemap(*named)

    @property
    def configuration(self) -> str:
        """Return the outlet's table of outlets.toml."""
        return (
            f'[{ID}]\nname = "The Gazette"\nlanguage = "en"\nfeeds = ["{self.www.url}/rss/news"]\n'
            f'sitemaps = ["{self.static.url}/sitemap/sitemap.xml"]\n'
            r"article = '/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$'" + "\n"
        )

    def asked(self) -> tuple[list[str], list[str]]:
        """Return what the two hosts were asked for since the last call."""
        www, static = list(self.www.asked), list(self.static.asked)
        del self.www.asked[: len(www)], self.static.asked[: len(static)]
        return www, static


def paths_of(month: date) -> Iterator[str]:
    """Yield the paths of a month's articles, those that robots.txt forbids first."""
    days = calendar.monthrange(month.year, month.month)[1]
    first = ((month.year - YEARS[0]) * 12 + month.month) * 1_000
    for number in range(first, first + FORBIDDEN + A_MONTH):
        kind = "live" if number < first + FORBIDDEN else "story"
        yield f"/{month.year}/{month.month:02}/{number % days + 1:02}/{kind}-of-the-day-a{number}"


class _Pages:
    """The pages of www by their paths."""

    def __init__(self, decade: Decade) -> None:
        self.decade = decade

    def get(self, path: str) -> bytes | None:
        if path == "/robots.txt":
            return ROBOTS
        parts = path.split("/")
        if len(parts) != 5:
            return None
        title, number = f"Story {parts[4]}", int(parts[4].rpartition("-a")[2])
        first = SENTENCE.format(number=1_000 + number)
        return PAGE.format(
            title=title, url=self.decade.www.url + path, day="-".join(parts[1:4]), first=first
        ).encode()  # fmt: skip


def run(month: date, folder: Path) -> subprocess.Popen[bytes]:
    """Start `muster backfill` over a month."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    command = [sys.executable, "-m", "flows", "backfill", "--outlet", ID, "--from", f"{month}", "--to", f"{last}"]
    with (folder / "output.txt").open("ab") as output:
        return subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True)


def archived(home: Path) -> set[str]:
    """Return the addresses of which a whole good reply lies in the archive."""
    files = home.glob("pages/*/*/*.warc.gz")
    return {reply.url for path in files for _, reply in archived_replies(path) if not reply.failure}


def ask(folder: Path, sql: str) -> list[dict[str, object]]:
    """Return the rows of a question to the published tables."""
    return query(folder / "home" / "published.duckdb", sql).to_pylist()


def in_one_go(decade: Decade, folder: Path) -> None:
    """Backfill one month and hold its requests against what they should be."""
    decade.asked()
    assert run(WHOLE, folder).wait() == 0, (folder / "output.txt").read_text()
    www, static = decade.asked()
    mine = [path for path in paths_of(WHOLE) if "/live-" not in path]
    assert static == ["/robots.txt", "/sitemap/sitemap.xml", f"/sitemap/{WHOLE.year}-{WHOLE.month}.xml"], static
    assert www[0] == "/robots.txt" and sorted(www[1:]) == sorted(mine), Counter(www)
    days = [path.split("/")[3] for path in www[1:]]
    assert days == sorted(days, reverse=True), "not the newest first"
    print(f"{WHOLE:%B %Y} in one go: asked {static} and {www[0]}, then {len(www) - 1} pages, all of that month,")
    print(f"  the newest day first; {FORBIDDEN} pages that robots.txt forbids by a wildcard were not asked for")


def killed(decade: Decade, folder: Path, kills: int, chance: random.Random) -> None:
    """Backfill another month under kills and hold what was asked for and what is stored against it."""
    home, safe, times, twice = folder / "home", set[str](), Counter[str](), 0
    for number in range(kills + 1):
        process = run(KILLED, folder)
        last = number == kills
        if last:
            assert process.wait() == 0, (folder / "output.txt").read_text()[-2000:]
        else:
            kill_somewhere(process, decade, chance)
        www, static = decade.asked()
        pages = [path for path in www if path != "/robots.txt"]
        assert set(static) <= {"/robots.txt", "/sitemap/sitemap.xml", f"/sitemap/{KILLED.year}-{KILLED.month}.xml"}
        again = [path for path in pages if decade.www.url + path in safe]
        assert not again, f"asked for although it was archived: {again}"
        times.update(pages)
        safe = archived(home)
        how = "ended" if last else "killed"
        print(f"  run {number + 1}: {how} after {len(pages)} pages, {len(safe)} addresses safe", flush=True)
    mine = {path for path in paths_of(KILLED) if "/live-" not in path}
    assert set(times) == mine, set(times) ^ mine
    twice = sum(count > 1 for count in times.values())
    sql = f"FROM articles WHERE published_at::DATE BETWEEN '{KILLED}' AND '{KILLED.replace(day=29)}'"
    (row,) = ask(
        folder, f"SELECT count(*) AS n, count(DISTINCT article_id) AS ids, count(DISTINCT url) AS urls {sql}"
    )
    assert set(row.values()) == {len(mine)}, row
    (row,) = ask(
        folder, "SELECT count(*) AS n, count(DISTINCT url) AS urls FROM fetches WHERE kind = 'page' AND status = 200"
    )
    assert row["n"] == row["urls"] == 2 * A_MONTH, row
    told = [str(row["title"]) for row in ask(folder, "SELECT title FROM alerts ORDER BY raised_at")]
    assert len(told) == 2, told
    print(f"{KILLED:%B %Y} under {kills} kills: {len(mine)} articles, each once in articles and once in fetches;")
    print(f"  no page was asked for after it was archived; {twice} were asked for twice, killed before the archive")
    print(f"  told in {len(told)} summaries: {told}")


def kill_somewhere(process: subprocess.Popen[bytes], decade: Decade, chance: random.Random) -> None:
    """Kill a backfill with all that it started: at its start now and then, else in the middle of its pages."""
    pages, wait = chance.choice([0, 1, 3, 6, 10, 15]), chance.uniform(0, 1.5)
    deadline = time.monotonic() + 120
    while sum("/20" in path for path in decade.www.asked) < pages and time.monotonic() < deadline:
        assert process.poll() is None, "it ended before it was killed"
        time.sleep(0.01)
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def main() -> None:
    """Serve, backfill, kill, tell."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory(prefix="muster-decade-") as name, Site() as www, Site() as static:
        folder, decade = Path(name), Decade(www, static)
        (folder / "outlets.toml").write_text(decade.configuration)
        settings = {
            "HOME": "home",
            "OUTLETS": "outlets.toml",
            "ALLOW_PRIVATE": "127.0.0.1",
            "DELAY_SECONDS": str(PAUSE),
        }
        os.environ |= {f"MUSTER_{key}": value for key, value in settings.items()}
        os.environ |= {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": str(Path(__file__).parents[2])}
        total = len(YEARS) * 12 * A_MONTH
        print(f"serving {total:,} articles of {len(YEARS)} years in {len(YEARS) * 12} files; seed {seed}")
        in_one_go(decade, folder)
        killed(decade, folder, kills, random.Random(seed))


if __name__ == "__main__":
    main()
