"""One look at an outlet for news: its feeds, else the last days of its sitemaps, else the first of its list pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from flows.collect import look_at_feeds
from flows.sources.listing import list_candidates
from flows.sources.look import SourceLook
from flows.sources.sitemap import sitemap_candidates
from flows.visit import Visit
from flows.workers import Workers
from warehouse.pages import Validators

LATELY = timedelta(days=3)  # how far back a sitemap or a list is news
MOST_LISTS = 2  # pages of a list


async def look_for_news(
    visit: Visit, validators: Mapping[str, Validators], workers: Workers, today: date
) -> SourceLook:
    """Return what the best source of an outlet names; one that fails is in `fetches` with its reason."""
    if visit.outlet.feeds:
        return await look_at_feeds(visit, validators, workers)
    ahead = today + timedelta(days=1)  # it may be tomorrow already where the outlet is
    if visit.outlet.sitemaps:
        return await sitemap_candidates(visit, today - LATELY, ahead)
    return await list_candidates(visit, today - LATELY, ahead, MOST_LISTS)
