"""Where a backfill's articles come from: it asks the source that the user named for the days wanted."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from extractors.records import PageLocation, Reply
from flows.archive import Archive
from flows.collect import look_at_feeds
from flows.outlets import Outlet
from flows.sources.listing import list_candidates
from flows.sources.look import SourceLook
from flows.sources.moments import Span
from flows.sources.remotewarc import RemoteWarc, is_address
from flows.sources.sitemap import judge_page, sitemap_candidates
from flows.sources.sitemapfile import SitemapPage
from flows.sources.warc import Stopped, WarcPages
from flows.sources.warcfile import WarcSource
from flows.sources.warclook import Missing, take_warc_pages
from flows.sources.wayback import SERVICE, wayback_candidates
from flows.visit import Visit, fetch_record
from flows.web.door import Door
from flows.workers import Workers
from warehouse.batch import Fetch

Source = Literal["sitemap", "feed", "wayback", "list", "warc"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be backfilled, and from where."""

    days: Span
    source: Source = "sitemap"
    wayback: str = SERVICE  # base address
    warc: tuple[str, ...] = ()  # paths and addresses of files
    dry_run: bool = False  # only tell what is missing


@dataclass(slots=True)
class Search:
    """One look for an outlet's articles. `saved` is where the pages found lie already, for those that came whole."""

    outlet: Outlet
    wish: Wish
    archive: Archive
    home: Path
    run_id: int
    hosts: tuple[str, ...]  # that the outlet is known by
    missing: Missing
    workers: Workers
    saved: dict[str, PageLocation] = field(default_factory=dict)

    async def look(self, door: Door) -> SourceLook:
        """Return the articles that the source names for the days wanted."""
        days, visit = self.wish.days, Visit(door, self.archive, self.outlet, self.run_id)
        if self.wish.source == "sitemap":
            return await sitemap_candidates(visit, days.first, days.last)
        if self.wish.source == "list":
            return await list_candidates(visit, days.first, days.last)
        if self.wish.source == "wayback":
            return await wayback_candidates(visit, days.first, days.last, hosts=self.hosts, service=self.wish.wayback)
        if self.wish.source == "warc":
            return await self._look_into_files(door)
        return await self._look_at_feeds(visit)

    async def _look_at_feeds(self, visit: Visit) -> SourceLook:
        look = await look_at_feeds(visit, {}, self.workers)
        self.archive.sync()
        kept = tuple(
            c
            for c in look.candidates
            if not judge_page(SitemapPage(c.url, None, c.published_at), self.outlet, self.wish.days).dropped
        )
        dropped = len(look.candidates) - len(kept)
        return SourceLook(kept, look.fetches, (("other_days", dropped),) if dropped else ())

    async def _look_into_files(self, door: Door) -> SourceLook:
        """Read the files in a thread, so that the loop can ask for the parts of those that lie elsewhere."""
        stop, fetches = threading.Event(), list[Fetch]()
        sources = [self._file(place, door, stop, fetches) for place in self.wish.warc]
        pages = WarcPages(sources, self.outlet, self.hosts, self.wish.days.first, self.wish.days.last, stop.is_set)
        keep = not self.wish.dry_run
        try:
            look, self.saved = await asyncio.to_thread(
                take_warc_pages, self.archive, self.home, self.outlet, pages, self.missing, keep=keep
            )
        finally:
            stop.set()
        return SourceLook(look.candidates, tuple(fetches), look.dropped, look.problem)

    def _file(self, place: str, door: Door, stop: threading.Event, fetches: list[Fetch]) -> WarcSource:
        if not is_address(place):
            return Path(place)
        loop = asyncio.get_running_loop()

        def ask(first: int, last: int) -> Reply:
            reply = _waited_for(
                asyncio.run_coroutine_threadsafe(door.get(place, kind="part", part=(first, last)), loop), stop
            )
            fetches.append(fetch_record(reply, self.outlet.id, self.run_id, "warc", None))
            return reply

        return RemoteWarc(place, ask)


def _waited_for(coming: Future[Reply], stop: threading.Event) -> Reply:
    """Return the reply when it is there; raises Stopped once the run has ended and it never will be."""
    while not stop.is_set():
        try:
            return coming.result(0.5)
        except TimeoutError:
            continue
    raise Stopped
