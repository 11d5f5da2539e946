"""Try an outlet: a look at one feed and three of its articles through the real door; nothing of it is kept."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from extractors.records import Extraction
from flows.archive import Archive
from flows.collect import FetchedPage, fetch_pages, wanted_pages
from flows.looking import look_for_news
from flows.outlets import Outlet
from flows.readpages import read_pages
from flows.settings import Settings
from flows.sources.look import SourceLook
from flows.visit import Visit
from flows.web.door import Limits, open_door
from flows.workers import Workers
from warehouse.batch import Fetch
from warehouse.connection import open_warehouse
from warehouse.inwords import figures_in_words
from warehouse.publish import publish

PAGES = 3


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """What would be stored of a page."""

    extraction: Extraction
    figures: tuple[str, ...]  # in words


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at an outlet brought."""

    outlet: Outlet
    named: tuple[tuple[str, int], ...]  # kind of source, and how many addresses of articles it names
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
    named: tuple[tuple[str, int], ...]
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
        return await asyncio.gather(
            *(_fetch(Visit(door, archive, outlet, 0), workers, settings.clock().date()) for outlet in outlets)
        )


async def _fetch(visit: Visit, workers: Workers, today: date) -> _Fetched:
    """Ask for the first feed and for the last days of the sitemaps, else for a list, then for the first pages."""
    outlet, looks = visit.outlet, list[SourceLook]()
    feeds = [outlet.feeds[:1], ()] if outlet.feeds and outlet.sitemaps else [outlet.feeds[:1]]
    for some in feeds:
        looks.append(await look_for_news(replace(visit, outlet=replace(outlet, feeds=some)), {}, workers, today))
    candidates = next((look.candidates for look in looks if look.candidates), ())
    fetches = [fetch for look in looks for fetch in look.fetches]
    pages, others = await fetch_pages(visit, wanted_pages(outlet, candidates[:PAGES]), {})
    named = tuple((look.fetches[0].kind, len(look.candidates)) for look in looks if look.fetches)
    return _Fetched(outlet, named, pages, [*fetches, *others])


def _read(home: Path, one: _Fetched, settings: Settings, workers: Workers) -> Check:
    fetches, extractions, unread = read_pages(home, one.outlet, one.pages, settings.clock(), workers)
    troubles = [_trouble(f) for f in [*one.fetches, *fetches] if f.outcome not in ("ok", "not_modified")]
    if not any(count for _, count in one.named) and not troubles:
        troubles.append("its source names no address that is an article; see `article` in outlets.toml")
    pages = (CheckedPage(e, tuple(figures_in_words(home / "published.duckdb", e.figures))) for e in extractions)
    return Check(one.outlet, one.named, tuple(pages), tuple(troubles), tuple(sorted(unread)))


def _trouble(fetch: Fetch) -> str:
    return f"{fetch.kind} {fetch.url}: {fetch.reason}" + (f" ({fetch.detail})" if fetch.detail else "")
