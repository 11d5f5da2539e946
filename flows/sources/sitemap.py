"""Addresses from an outlet's sitemaps: which files to ask for, which of their pages may be of the days wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from extractors.addresses import address_day, canonical_url, is_article_address
from extractors.records import Candidate
from flows.outlets import Outlet
from flows.sources.look import SourceLook
from flows.sources.moments import Span, day_of, spans_of_names
from flows.sources.sitemapfile import SitemapChild, SitemapError, SitemapPage, SitemapReading, read_sitemap
from flows.visit import Visit
from warehouse.batch import Fetch

MOST_FILES = 1_000
MOST_DEPTH = 3
MOST_CANDIDATES = 200_000
DAY = timedelta(days=1)  # a time in UTC may stand a day beside the outlet's own
MONTH = timedelta(days=31)
# An article is changed in its first days, if at all. A page changed longer after the last day wanted was most likely
# published after it: asking for all of those would fetch years of an outlet for one month of it.
LATER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a page may be of the days wanted; `day` is the best that is known of its own."""

    dropped: str | None  # None: it may be
    day: date | None = None


def due_children(children: Sequence[SitemapChild], wanted: Span) -> tuple[list[tuple[str, Span | None]], int]:
    """Return the files to ask for, newest first, each with the days its name speaks of; and how many are left out.

    A name that speaks of other days leaves a file out, and where names say nothing a last change before the first
    day does. What says nothing at all is asked for.
    """
    spans = spans_of_names([c.url for c in children])
    due: list[tuple[date, str, Span | None]] = []
    for child in children:
        span, changed = spans.get(child.url), day_of(child.last_modified)
        stale = changed is not None and changed < wanted.first - DAY
        if not (span.overlaps(wanted) if span else not stale):
            continue
        due.append((span.last if span else changed or date.max, child.url, span))
    due.sort(key=lambda d: d[0], reverse=True)
    return [(url, span) for _, url, span in due], len(children) - len(due)


def judge_page(page: SitemapPage, outlet: Outlet, wanted: Span, file: Span | None = None) -> Judgement:
    """Tell whether a page is to be fetched; `file` are the days that the name of its sitemap speaks of.

    The day is that of the address, else of the news tag, else bounded by the month of the file, else by the last
    change. A page that nothing dates is kept.
    """
    if not is_article_address(page.url, outlet.article):
        return Judgement("no_article")
    named, published = address_day(page.url, outlet.article), day_of(page.published)
    day = named.day if named and (named.firm or not published) else published
    if day:
        return Judgement(None if wanted.first <= day <= wanted.last else "other_days", day)
    changed = day_of(page.last_modified)
    if changed and changed < wanted.first - DAY:
        return Judgement("other_days")
    if file and file.last - file.first < MONTH:
        return Judgement(None, min(file.last, wanted.last))
    if changed and changed > wanted.last + LATER:
        return Judgement("changed_later")
    return Judgement(None, min(changed, wanted.last) if changed else None)


async def sitemap_candidates(visit: Visit, start: date, end: date) -> SourceLook:
    """Return the articles that an outlet's sitemaps name for these days, both included; never raises for a site.

    Begins at `outlet.sitemaps`, else at those that robots.txt of its feeds' hosts names. A file is left out by its
    date before it is fetched; at most MOST_FILES are, no deeper than MOST_DEPTH. The archive is synced at the end.
    """
    walk = _Walk(visit, Span(start, end))
    roots = list(visit.outlet.sitemaps) or await walk.sitemaps_of_robots()
    if roots:
        await walk.go([SitemapChild(url) for url in roots])
    visit.archive.sync()
    return walk.result(None if roots else f"no sitemap is configured, and {walk.unnamed}")


class _Walk:
    """State of one walk through the sitemaps of an outlet."""

    def __init__(self, visit: Visit, wanted: Span) -> None:
        self.visit, self.outlet, self.wanted = visit, visit.outlet, wanted
        self.seen: set[str] = set()
        self.found: dict[str, tuple[date | None, Candidate]] = {}
        self.fetches: list[Fetch] = []
        self.dropped: Counter[str] = Counter()
        self.unnamed = "robots.txt names none"  # why there is none to begin at

    async def sitemaps_of_robots(self) -> list[str]:
        """Return the sitemaps that robots.txt names on the hosts of the outlet's feeds."""
        origins = dict.fromkeys("{0.scheme}://{0.netloc}".format(urlsplit(feed)) for feed in self.outlet.feeds)
        read = {origin: await self.visit.door.robots(origin) for origin in origins}
        for origin, robots in read.items():
            if robots.failure:
                self.unnamed = f"{origin}/robots.txt could not be asked: {robots.failure}"
        return list(dict.fromkeys(url for robots in read.values() for url in robots.sitemaps))

    async def go(self, children: Sequence[SitemapChild]) -> None:
        """Read these files and what they name, level by level."""
        for _ in range(MOST_DEPTH):
            due, others = due_children(children, self.wanted)
            self.dropped["file_of_other_days"] += others
            deeper: list[SitemapChild] = []
            for url, span in due:
                if canonical_url(url) in self.seen:
                    continue
                if len(self.seen) >= MOST_FILES or len(self.found) >= MOST_CANDIDATES:
                    self.dropped["too_many_files"] += 1
                    continue
                reading = await self.read_file(url)
                self.take(reading.pages, span)
                deeper += reading.children
            children = deeper
        self.dropped["too_deep"] += len(children)

    async def read_file(self, url: str) -> SitemapReading:
        """Fetch and read one file; an empty reading where that fails."""
        self.seen.add(canonical_url(url))
        reply = await self.visit.door.get(url, kind="sitemap")
        fetch = self.visit.record(reply, "sitemap")
        reading = SitemapReading((), ())
        if fetch.outcome == "ok":
            self.seen.add(canonical_url(reply.final_url))
            try:
                reading = read_sitemap(reply.body, reply.final_url)
            except SitemapError as error:
                fetch = replace(fetch, outcome="failed", reason=error.reason, detail=error.detail)
            else:
                fetch = replace(fetch, detail=reading.cut)
        self.fetches.append(fetch)
        return reading

    def take(self, pages: Sequence[SitemapPage], file: Span | None) -> None:
        """Keep those pages of a file that may be of the days wanted."""
        for page in pages:
            judgement = judge_page(page, self.outlet, self.wanted, file)
            if judgement.dropped:
                self.dropped[judgement.dropped] += 1
                continue
            candidate = Candidate(self.outlet.id, page.url, page.title, page.published, "sitemap")
            self.found.setdefault(canonical_url(page.url), (judgement.day, candidate))

    def result(self, problem: str | None) -> SourceLook:
        """Return what the walk found, newest first."""
        newest_first = sorted(self.found.values(), key=lambda f: (f[0] or date.min, f[1].url), reverse=True)
        dropped = tuple((reason, n) for reason, n in self.dropped.most_common() if n)
        return SourceLook(tuple(c for _, c in newest_first), tuple(self.fetches), dropped, problem)
