"""Try an outlet: a look at one feed and three of its articles through the real door; nothing of it is kept."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from extractors.records import Candidate, Extraction
from flows.archive import Archive
from flows.collect import FetchedPage, fetch_pages, look_at_feeds, wanted_pages
from flows.outlets import Outlet
from flows.readpages import read_pages
from flows.settings import Settings
from flows.sources.sitemap import sitemap_candidates
from flows.web.door import Door, Limits, open_door
from flows.workers import Workers
from warehouse.batch import Fetch
from warehouse.connection import open_warehouse
from warehouse.inwords import figures_in_words
from warehouse.publish import publish

PAGES = 3
SITEMAP_DAYS = timedelta(days=3)  # how far back an outlet without a feed is looked at


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """What would be stored of a page."""

    extraction: Extraction
    figures: tuple[str, ...]  # in words


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at an outlet brought."""

    outlet: Outlet
    found: int  # addresses of articles that its feed or sitemap names
    pages: tuple[CheckedPage, ...]
    troubles: tuple[str, ...]  # of the source or a page, a sentence each
    unread: tuple[str, ...]  # languages that no extractor is written for

    @property
    def failed(self) -> bool:
        """Whether nothing of the outlet would be stored."""
        return not self.pages


@dataclass(frozen=True, slots=True)
class _Fetched:
    outlet: Outlet
    found: int
    pages: Sequence[FetchedPage]
    fetches: Sequence[Fetch]


def check_outlets(settings: Settings, outlets: Sequence[Outlet]) -> list[Check]:
    """Return a check of each outlet, in order. Its pages lie in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="muster-check-") as folder:
        home = Path(folder)
        with open_warehouse(home / "warehouse.duckdb") as connection:  # an empty one, for its words
            publish(connection, home / "warehouse.duckdb", home / "published.duckdb")
        with Workers() as workers:
            with Archive(home, 0, settings.clock()) as archive:
                fetched = asyncio.run(_fetch_all(settings, archive, outlets, workers))
            return [_read(home, one, settings, workers) for one in fetched]


async def _fetch_all(
    settings: Settings, archive: Archive, outlets: Sequence[Outlet], workers: Workers
) -> list[_Fetched]:
    limits = Limits(delay_seconds=settings.delay_seconds)
    async with open_door(
        contact=settings.contact, allow_private=settings.allow_private, now=settings.clock, limits=limits
    ) as door:
        return await asyncio.gather(*(_fetch(settings, door, archive, outlet, workers) for outlet in outlets))


async def _fetch(settings: Settings, door: Door, archive: Archive, outlet: Outlet, workers: Workers) -> _Fetched:
    """Ask for the first feed, or for the last days of the sitemaps where there is none, then for the first pages."""
    candidates: tuple[Candidate, ...]
    if outlet.feeds:
        feed = await look_at_feeds(door, archive, replace(outlet, feeds=outlet.feeds[:1]), {}, 0, workers)
        candidates, fetches = feed.candidates, feed.fetches
    else:
        today = settings.clock().date()
        source = await sitemap_candidates(door, archive, outlet, today - SITEMAP_DAYS, today, 0)
        candidates, fetches = source.candidates, source.fetches
    pages, others = await fetch_pages(door, archive, outlet, wanted_pages(outlet, candidates[:PAGES]), {}, 0)
    return _Fetched(outlet, len(candidates), pages, [*fetches, *others])


def _read(home: Path, one: _Fetched, settings: Settings, workers: Workers) -> Check:
    fetches, extractions, unread = read_pages(home, one.outlet, one.pages, settings.clock(), workers)
    troubles = [_trouble(f) for f in [*one.fetches, *fetches] if f.outcome not in ("ok", "not_modified")]
    if not one.found and not troubles:
        troubles.append("its source names no address that is an article; see `article` in outlets.toml")
    pages = (CheckedPage(e, tuple(figures_in_words(home / "published.duckdb", e.figures))) for e in extractions)
    return Check(one.outlet, one.found, tuple(pages), tuple(troubles), tuple(sorted(unread)))


def _trouble(fetch: Fetch) -> str:
    return f"{fetch.kind} {fetch.url}: {fetch.reason}" + (f" ({fetch.detail})" if fetch.detail else "")
