"""Addresses from an outlet's list pages, newest first: the source of last resort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractors.addresses import address_date, article_key, is_article_address
from extractors.markup import UnreadableError
from extractors.records import Candidate
from flows.sources.listpage import Link, links_of, list_address
from flows.sources.look import SourceLook
from flows.visit import Visit
from warehouse.backfill import GONE
from warehouse.batch import Fetch

MOST_PAGES = 2_000  # of a list: at 18 articles a page, some years of a busy outlet
# A list goes back in time, but a pinned article or a box of old ones may stand on any page.
OLD_PAGES = 2


async def list_candidates(visit: Visit, start: date, end: date, most: int = MOST_PAGES) -> SourceLook:
    """Return the articles that an outlet's list pages link to, of these days as far as their addresses tell.

    Each list is followed until a page links to no article that is new, or two in a row to none that is young enough;
    never raises for a site. The archive is synced at the end.
    """
    walk = _Walk(visit, start, end)
    for template in visit.outlet.lists:
        await walk.follow(template, most)
    visit.archive.sync()
    newest_first = sorted(walk.found.values(), key=lambda f: f[0] or date.min, reverse=True)
    dropped = tuple((reason, n) for reason, n in walk.dropped.most_common() if n)
    problem = None if visit.outlet.lists else "the outlet has no `lists`"
    return SourceLook(tuple(c for _, c in newest_first), tuple(walk.fetches), dropped, problem)


class _Walk:
    """State of one walk through the lists of an outlet."""

    def __init__(self, visit: Visit, start: date, end: date) -> None:
        self.visit, self.outlet, self.start, self.end = visit, visit.outlet, start, end
        self.seen: set[int] = set()
        self.found: dict[int, tuple[date | None, Candidate]] = {}
        self.fetches: list[Fetch] = []
        self.dropped: Counter[str] = Counter()

    async def follow(self, template: str, most: int) -> None:
        """Read a list page after page."""
        old = 0
        for number in range(most):
            links = await self.read_page(list_address(template, number), first=number == 0)
            days = self.take(links)
            if days is None:
                return
            old = old + 1 if days and max(days) < self.start else 0
            if old == OLD_PAGES:
                return
        self.dropped["pages_beyond_the_bound"] += 1

    async def read_page(self, url: str, *, first: bool) -> Sequence[Link]:
        """Fetch one page and return its links; none where that fails."""
        reply = await self.visit.door.get(url)
        fetch = self.visit.record(reply, "list")
        if fetch.status in GONE and not first:
            fetch = replace(fetch, outcome="ok", reason=None, detail="the list ends before this page")
            self.fetches.append(fetch)
            return ()
        links: Sequence[Link] = ()
        if fetch.outcome == "ok":
            try:
                links = links_of(reply.body, reply.final_url, reply.header("content-type"))
            except UnreadableError as error:
                fetch = replace(fetch, outcome="failed", reason=error.reason, detail=error.detail)
        self.fetches.append(fetch)
        return links

    def take(self, links: Sequence[Link]) -> list[date] | None:
        """Keep the articles of the days wanted; return the days of all that are new, None where none is."""
        days: list[date] = []
        known = len(self.seen)
        for link in filter(self.is_one, links):
            key = article_key(self.outlet.id, link.url, self.outlet.article)
            if key in self.seen:
                continue
            self.seen.add(key)
            day = address_date(link.url, self.outlet.article)
            days += [day] if day else []
            if day and not self.start <= day <= self.end:
                self.dropped["other_days"] += 1
            else:
                self.found[key] = (day, Candidate(self.outlet.id, link.url, link.title, None, "list"))
        return days if len(self.seen) > known else None

    def is_one(self, link: Link) -> bool:
        """Tell whether a link leads to an article; without a pattern only a dated address can be told for one."""
        if self.outlet.article is None:
            return address_date(link.url) is not None
        return is_article_address(link.url, self.outlet.article)
