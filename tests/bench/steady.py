"""Count the requests of steady monitor runs: one a feed, 1.05 a new article, and the rechecks of the schedule.

usage: python -m tests.bench.steady

Three invented outlets are served on loopback, each with a feed of its newest 25 articles; one of them knows no
conditional requests, one moves every thirtieth article to another address. `muster monitor` runs over them every
quarter of an hour for an hour, and then at times up to 15 days later, with new articles each time. Every request is
held against what DESIGN.md schedules: known articles every run in their first day, every 6 hours to the third, daily
to the fourteenth, then no more. A request more or less ends this with an error.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUARTERS = [timedelta(minutes=15 * n) for n in range(5)]
LATER = [timedelta(hours=h) for h in (26, 29, 32, 74, 98, 340)]
OUTLETS = ("plain", "conditional", "moving")
FIRST, EACH, IN_FEED, MOVED = (
    10,
    10,
    25,
    30,
)  # articles at the start and more each run; a feed's length; one in so many
PAGE = """<html><head><meta property="article:published_time" content="{at}"><title>Statement {n}</title></head><body>
<article><h1>Statement {n}</h1><p>The town council met on the evening of that day and spoke of the new bridge.</p>
<p>The council's statement number {n} was published on its site, and no questions were answered.</p></article></body>
</html>"""


@dataclass
class Newsroom:
    """What is out by now, and what was asked for since the last count."""

    base: str = ""
    published: list[datetime] = field(default_factory=list)  # of article n, the same for each outlet
    asked: list[tuple[str, int]] = field(default_factory=list)  # path, status of the answer

    def publish(self, at: datetime, count: int) -> None:
        """Let each outlet publish so many articles."""
        self.published += [at] * count

    def answer(self, path: str, condition: str | None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        if path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /preview/\n"
        _, outlet, what = path.split("/")
        if what == "rss":
            newest = range(len(self.published) - 1, max(-1, len(self.published) - 1 - IN_FEED), -1)
            items = "".join(f"<item><link>{self.base}/{outlet}/{n}</link></item>" for n in newest)
            body = f'<rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>'.encode()
        elif outlet == "moving" and what.isdigit() and int(what) % MOVED == 0:
            return 301, {"Location": f"/{outlet}/{what}-moved"}, b""
        else:
            number = int(what.removesuffix("-moved"))
            body = PAGE.format(n=number, at=self.published[number].isoformat()).encode()
        etag = f'"{hash(body)}"'
        if outlet == "plain":
            return 200, {}, body
        return (304, {"ETag": etag}, b"") if condition == etag else (200, {"ETag": etag}, body)


def serve(room: Newsroom) -> None:
    """Serve the newsroom until the process ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = room.answer(self.path, self.headers.get("If-None-Match"))
            room.asked.append((self.path, status))
            kind = "application/rss+xml" if self.path.endswith("/rss") else "text/html"
            self.send_response(status)
            for name, value in {**headers, "Content-Type": kind, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: `asked` keeps them."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    room.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()


def rechecks(published: list[datetime], looked: dict[int, datetime], now: datetime) -> set[int]:
    """Return the known articles that DESIGN.md has looked at again now."""
    due = set()
    for number, last in looked.items():
        age, since = now - published[number], now - last
        pauses = ((timedelta(days=1), timedelta(0)), (timedelta(days=3), timedelta(hours=6)))
        pauses += ((timedelta(days=14), timedelta(days=1)),)
        pause = next((pause for until, pause in pauses if age < until), None)
        if pause is not None and since >= pause:
            due.add(number)
    return due


def main() -> None:
    """Run, count, compare, print."""
    room = Newsroom()
    serve(room)
    with tempfile.TemporaryDirectory(prefix="muster-steady-") as folder:
        tables = (f'[{o}]\nname = "{o}"\nlanguage = "en"\nfeeds = ["{room.base}/{o}/rss"]\n' for o in OUTLETS)
        Path(folder, "outlets.toml").write_text("".join(tables))
        settings = {"HOME": folder, "OUTLETS": f"{folder}/outlets.toml", "ALLOW_PRIVATE": "127.0.0.1"}
        settings |= {"DELAY_SECONDS": "0", "NOW": START.isoformat()}
        os.environ |= {f"MUSTER_{name}": value for name, value in settings.items()}

        from flows.monitor import monitor  # after the environment is set

        looked: dict[int, datetime] = {}
        total: Counter[str] = Counter()
        for when in [*QUARTERS, *LATER]:
            now = START + when
            room.publish(now, EACH)
            os.environ["MUSTER_NOW"] = now.isoformat()
            asyncio.run(monitor())
            due = rechecks(room.published, looked, now)
            new = set(range(len(room.published))) - looked.keys()
            total += _counted(room, new, due, f"{when}")
            looked |= dict.fromkeys(due | new, now)
    runs, new, again = total["runs"], total["new"], total["rechecks"]
    print(f"{runs} runs in 15 days: {total['feeds'] / runs / len(OUTLETS):.2f} requests a feed and run,")
    print(f"  {total['pages'] / new:.3f} a new article ({new}), {again} rechecks of {total['scheduled']} scheduled,")
    print(f"  {total['conditional']} of them one request answered 304; robots.txt {total['robots']} times")
    assert again == total["scheduled"]
    assert total["pages"] / total["new"] <= 1.05


def _counted(room: Newsroom, new: set[int], due: set[int], when: str) -> Counter[str]:
    asked = [(*path.strip("/").split("/"), status) for path, status in room.asked]
    room.asked.clear()
    robots = sum(one[0] == "robots.txt" for one in asked)
    asked = [one for one in asked if one[0] != "robots.txt"]
    feeds = [one for one in asked if one[1] == "rss"]
    pages = [
        (outlet, int(str(what).removesuffix("-moved")), status) for outlet, what, status in asked if what != "rss"
    ]
    again = [one for one in pages if one[1] not in new]
    assert len(feeds) == len(OUTLETS), f"{when}: {feeds}"
    strangers = {one[1] for one in again} - due
    assert not strangers, f"{when}: asked for {strangers}, which are not due"
    missed = {(outlet, number) for outlet in OUTLETS for number in due} - {one[:2] for one in again}
    assert not missed, f"{when}: due and not asked for: {missed}"
    return Counter(
        runs=1, feeds=len(feeds), new=len(new) * len(OUTLETS), pages=len(pages) - len(again), robots=robots,
        rechecks=len([one for one in again if one[2] != 301]), scheduled=len(due) * len(OUTLETS),
        conditional=sum(one[2] == 304 for one in again),
    )  # fmt: skip


if __name__ == "__main__":
    main()
