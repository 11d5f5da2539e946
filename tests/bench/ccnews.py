"""Read one outlet's pages out of a large WARC file in the shape of CC-NEWS: how fast, in how much memory.

usage: python -m tests.bench.ccnews [GIGABYTES] [--http]     (1 unless given; the issue asks for 5)

Makes a file of that size on the disk (as compressed: one gzip member a record, a request and a response a page, every
page at an address of its own, of 2,000 sites) in a temporary folder, reads it in a process of its own with one
outlet's filter, and deletes it. With --http it is served on loopback and read by range requests. The pages come from
a pool of invented ones, deflated before; only their heads are made one by one, which takes seconds a gigabyte.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from extractors.records import Reply
from flows.outlets import Outlet
from flows.sources.remotewarc import RemoteWarc, is_address
from flows.sources.warc import WarcPages
from flows.sources.warcfile import WarcSource
from flows.web.door import Limits, open_door
from tests.newsroom.ranges import range_server

SITES, POOL = 2_000, 120
ONE_IN = 4_000  # pages of the outlet that is looked for: CC-NEWS has thousands of sites
DAYS = (date(2021, 12, 1), date(2021, 12, 31))
BEGUN = datetime(2021, 12, 2, 4, tzinfo=UTC)
LETTERS = "etaoinshrdlucmfwypvbgkqjxz"
ARTICLE = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"
HOST = "www.gazette.example"


def invented_page(chance: random.Random) -> bytes:
    """Return a page as news sites have them: a menu, scripts, a story, a list of others."""
    weights = [1 / (n + 1) for n in range(len(LETTERS))]
    words = ["".join(chance.choices(LETTERS, weights, k=chance.randint(2, 9))) for _ in range(1_500)]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    menu = "".join(
        f'<li class="menu__item menu__item--{n}"><a class="menu__link" href="/news/{n}/{some(1)}">{some(2)}</a></li>'
        for n in range(120)
    )
    script = "".join(f'slots.push({{"id":"div-gpt-ad-{n}","sizes":[[300,250],[728,90]]}});\n' for n in range(150))
    story = "".join(f'<p class="article__paragraph">{some(70)}.</p>\n' for _ in range(30))
    others = "".join(
        f'<article class="teaser"><a href="/2021/12/0{n % 9 + 1}/{some(1)}-{n}"><h3>{some(9)}</h3></a></article>\n'
        for n in range(60)
    )
    return (
        f"<html><head><script>{script}</script></head><body>{menu}<main>{story}</main>{others}</body></html>".encode()
    )


class PageMaker:
    """Makes WARC records of bodies deflated before: the stream of the head is followed by that of the body."""

    def __init__(self) -> None:
        chance = random.Random(20211202)
        self.bodies = [invented_page(chance) for _ in range(POOL)]
        self.deflated = []
        for body in self.bodies:
            stream = zlib.compressobj(6, zlib.DEFLATED, -15)
            self.deflated.append(stream.compress(body + b"\r\n\r\n") + stream.flush())
        self.plain = 0  # bytes of all records made, before deflating

    def member(self, head: bytes, number: int | None = None) -> bytes:
        """Return one gzip member: a head and, with a number, the body of the pool that it points to."""
        stream = zlib.compressobj(1, zlib.DEFLATED, -15)
        if number is None:
            packed, check, size = stream.compress(head) + stream.flush(), zlib.crc32(head), len(head)
        else:
            body = self.bodies[number % POOL] + b"\r\n\r\n"
            packed = stream.compress(head) + stream.flush(zlib.Z_FULL_FLUSH) + self.deflated[number % POOL]
            check, size = zlib.crc32(body, zlib.crc32(head)), len(head) + len(body)
        self.plain += size
        start = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
        return start + packed + check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")

    def page(self, number: int, url: str) -> Iterator[bytes]:
        """Yield the records of one page: what was asked, and the answer."""
        at = f"{BEGUN + timedelta(seconds=number % 86_400):%Y-%m-%dT%H:%M:%SZ}"
        asked = f"GET {url} HTTP/1.1\r\nUser-Agent: CCBot/2.0 (https://commoncrawl.org/faq/)\r\nAccept: */*\r\n\r\n"
        yield self.member(_head("request", url, at, len(asked)) + asked.encode() + b"\r\n\r\n")
        body = self.bodies[number % POOL]
        http = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\n"
            f"X-Request-Id: {number:032x}\r\nCache-Control: max-age=300\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield self.member(_head("response", url, at, len(http) + len(body)) + http.encode(), number)


def _head(kind: str, url: str, at: str, length: int) -> bytes:
    number = zlib.crc32(url.encode())
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {at}\r\nWARC-Record-ID: <urn:uuid:{number:08x}-{kind}>\r\n"
        f"Content-Length: {length}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"WARC-Target-URI: {url}\r\n\r\n"
    ).encode()


def make(file: IO[bytes], size: int, *, of_outlet: str = f"https://{HOST}", one_in: int = ONE_IN) -> dict[str, int]:
    """Write a WARC file of about `size` bytes; returns the number of pages, the outlet's among them, plain bytes."""
    maker, number, wanted, written = PageMaker(), 0, 0, 0
    while written < size:
        if number % one_in == one_in // 2:
            url = f"{of_outlet}/2021/12/{number % 28 + 1:02}/a-story-of-the-day-a{number}"
            wanted += 1
        else:
            url = f"https://www.site-{number % SITES}.example/2021/12/{number % 28 + 1:02}/story-{number}"
        for member in maker.page(number, url):
            written += file.write(member)
        number += 1
    return {"pages": number, "wanted": wanted, "plain": maker.plain}


def read(place: str) -> dict[str, Any]:
    """Read the outlet's pages out of a file or an address, and tell what it cost this process."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    pages, found = asyncio.run(read_remote(place)) if is_address(place) else read_source(Path(place))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "found": found,
        "wall": time.monotonic() - began,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak": after.ru_maxrss * 1024,
        "cuts": pages.cuts,
        "dropped": dict(pages.dropped),
    }


def read_source(source: WarcSource) -> tuple[WarcPages, int]:
    """Return the reading of a file, when it has ended, and how many pages it gave."""
    outlet = Outlet("gazette", "The Gazette", feeds=(f"https://{HOST}/rss",), article=ARTICLE)
    pages = WarcPages([source], outlet, [HOST], *DAYS)
    return pages, sum(1 for _ in pages)


async def read_remote(url: str) -> tuple[WarcPages, int]:
    """Return the same of a file behind an address; without pauses, which are no work."""
    loop, limits = asyncio.get_running_loop(), Limits(delay_seconds=0)
    async with open_door(
        contact=None, allow_private=["127.0.0.1"], now=lambda: datetime.now(UTC), limits=limits
    ) as door:

        def ask(first: int, last: int) -> Reply:
            coming = door.get(url, kind="part", part=(first, last))
            return asyncio.run_coroutine_threadsafe(coming, loop).result(120)

        return await asyncio.to_thread(read_source, RemoteWarc(url, ask))


def main() -> None:
    """Make, read, tell, delete."""
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(read(sys.argv[2])))
        return
    gigabytes = float(next((a for a in sys.argv[1:] if a[0].isdigit()), "1"))
    with tempfile.TemporaryDirectory(prefix="muster-ccnews-") as folder:
        path = Path(folder, "CC-NEWS-20211202040000-00001.warc.gz")
        began = time.monotonic()
        with path.open("wb") as file:
            made = make(file, int(gigabytes * 1e9))
        size = path.stat().st_size
        print(
            f"made {size / 1e9:.2f} GB on the disk, {made['plain'] / 1e9:.2f} GB plain, {made['pages']:,} pages, "
            f"{made['wanted']} of them the outlet's, in {time.monotonic() - began:.0f} s"
        )
        with range_server(path) as served:
            place = served.url if "--http" in sys.argv else str(path)
            command = [sys.executable, "-m", "tests.bench.ccnews", "--read", place]
            cost = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            if served.asked:
                print(f"served in {len(served.asked)} parts")
    print(f"read: {cost['found']} pages found, cuts {cost['cuts']}, passed over {cost['dropped']}")
    core, wall = cost["cpu"], cost["wall"]
    for name, amount in (("on the disk", size / 1e6), ("plain", made["plain"] / 1e6)):
        print(f"  {amount / core:.0f} MB/s of core time, {amount / wall:.0f} MB/s by the clock ({name})")
    print(f"  {core:.1f} s of one core, {wall:.1f} s by the clock, peak memory {cost['peak'] / 1e6:.0f} MB")
    assert cost["found"] == made["wanted"] and not cost["cuts"]


if __name__ == "__main__":
    main()
