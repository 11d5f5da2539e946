"""From an outlet's feeds to archived pages: discover, fetch, archive. Plain functions; flows make tasks of them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from extractors.addresses import article_key, canonical_url, is_article_address
from extractors.records import Candidate
from flows.outlets import Outlet
from flows.readfeed import read_feed_apart
from flows.sources.feed import FeedError
from flows.sources.look import SourceLook
from flows.visit import Visit
from flows.workers import Workers
from warehouse.batch import Fetch
from warehouse.pages import KnownPage, Validators

# A run takes the newest so many pages of an outlet; the rest stay in the feed for the next run.
MOST_PAGES = 500
NO_VALIDATORS = Validators(None, None, None)


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page to be fetched: its address, the article it is known or expected to be, and what the feed said of it."""

    url: str
    article_id: int
    candidate: Candidate | None = None  # None: no source names it now, and no feed ever dated it


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A request for a page that ended in a reply worth reading, with where its bytes lie."""

    wanted: WantedPage
    fetch: Fetch


def unless_known(fetch: Fetch, known: Validators) -> Fetch:
    """Return the row of a reply, as not modified where the same bytes came as the last time."""
    same = fetch.outcome == "ok" and fetch.body_hash == known.body_hash
    return replace(fetch, outcome="not_modified") if same else fetch


def _left_out(dropped: Sequence[str]) -> str | None:
    return f"{len(dropped)} entries were left out, the first: {dropped[0]}" if dropped else None


def _page_candidates(candidates: Sequence[Candidate], outlet: Outlet) -> list[Candidate]:
    """Keep the addresses that are articles of this outlet."""
    return [c for c in candidates if is_article_address(c.url, outlet.article)]


async def look_at_feeds(visit: Visit, validators: Mapping[str, Validators], workers: Workers) -> SourceLook:
    """Ask every feed of an outlet; a feed that fails is in `fetches` with its reason, and the others still count."""
    found: dict[str, Candidate] = {}
    fetches: list[Fetch] = []
    for url in visit.outlet.feeds:
        known = validators.get(url, NO_VALIDATORS)
        reply = await visit.door.get(url, kind="feed", etag=known.etag, last_modified=known.last_modified)
        fetch = unless_known(visit.record(reply, "feed"), known)
        if fetch.outcome == "ok":
            try:
                reading = await asyncio.to_thread(read_feed_apart, workers, reply, visit.outlet.id)
            except FeedError as error:
                # No validators of a broken feed: with them a 304 would hide it for ever.
                fetch = replace(fetch, outcome="failed", reason=error.reason, detail=error.detail)
                fetch = replace(fetch, etag=None, last_modified=None, body_hash=None)
            else:
                fetch = replace(fetch, detail=_left_out(reading.dropped))
                for candidate in _page_candidates(reading.candidates, visit.outlet):
                    found.setdefault(canonical_url(candidate.url), candidate)
        fetches.append(fetch)
    return SourceLook(tuple(found.values()), tuple(fetches))


def wanted_pages(outlet: Outlet, candidates: Sequence[Candidate]) -> list[WantedPage]:
    """Return the pages that a feed names, with the article each is expected to be."""
    return [WantedPage(c.url, article_key(outlet.id, c.url, outlet.article), c) for c in candidates]


def known_page(page: KnownPage, outlet: Outlet) -> WantedPage:
    """Return a page to look at again, with what a feed said of it once: it may name it no longer, or answer 304."""
    key = page.article_id or article_key(outlet.id, page.url, outlet.article)
    said = Candidate(outlet.id, page.url, None, page.feed_said, "feed") if page.feed_said else None
    return WantedPage(page.url, key, said)


async def fetch_pages(
    visit: Visit,
    pages: Sequence[WantedPage],
    validators: Mapping[str, Validators],
    budget: timedelta | None = None,
    on_page: Callable[[], None] = lambda: None,
) -> tuple[list[FetchedPage], list[Fetch]]:
    """Fetch pages one after the other and archive each reply, until the budget of time is spent.

    Returns those to be read, and the `fetches` rows of the others (failed, or not modified); pages in neither were
    not asked for. `on_page` is called after each. The archive is synced before this returns: nothing is cleaned that
    a crash could still take away.
    """
    fetched: list[FetchedPage] = []
    others: list[Fetch] = []
    clock = asyncio.get_running_loop().time
    end = clock() + budget.total_seconds() if budget else math.inf
    for page in pages:
        if clock() > end:
            break
        known = validators.get(page.url, NO_VALIDATORS)
        reply = await visit.door.get(page.url, etag=known.etag, last_modified=known.last_modified)
        fetch = unless_known(visit.record(reply, "page", page.article_id), known)
        if fetch.outcome == "ok" and fetch.location:
            fetched.append(FetchedPage(page, fetch))
        else:
            others.append(fetch)
        on_page()
    visit.archive.sync()
    return fetched, others
