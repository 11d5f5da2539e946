"""Addresses of pages as the Wayback Machine has them, for those that an outlet no longer serves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote_plus, urlencode, urlsplit

from extractors.addresses import address_day, article_key, is_article_address
from extractors.records import Candidate, Reply
from flows.outlets import Outlet
from flows.sources.cdx import ASKED, Capture, CdxReading, read_cdx
from flows.sources.look import SourceLook
from flows.visit import Visit
from flows.web.door import Door
from warehouse.batch import Fetch

SERVICE = "https://web.archive.org"
# The server stops by itself at 150,000 lines; short answers come before its own time limit.
LINES_AN_ANSWER = 5_000
MOST_ANSWERS = 40  # a host
# A page is captured after it is published, as a rule within days: the index is asked for so much longer.
CAPTURED_WITHIN = timedelta(days=30)
# "id_" asks for the bytes as they were captured, without the archive's own banner and links.
ARCHIVED = re.compile(r"^https?://[^/]+/web/\d{14}id_/(?P<original>https?://.+)$", re.I)
ENCODED_KEY = re.compile(r"[\w.%+*~-]+$")


def archived_address(capture: Capture, service: str = SERVICE) -> str:
    """Return the address of the original bytes of a capture."""
    return f"{service}/web/{capture.timestamp}id_/{capture.original}"


def original_address(url: str) -> str:
    """Return the address that was captured, for that of an archived page; any other address as it is."""
    match = ARCHIVED.match(url)
    return match["original"] if match else url


def hosts_of(outlet: Outlet) -> tuple[str, ...]:
    """Return the hosts that an outlet is known by: those of its feeds, else of its sitemaps."""
    addresses = outlet.feeds or outlet.sitemaps
    return tuple(dict.fromkeys(host for address in addresses if (host := urlsplit(address).netloc)))


def query_address(service: str, host: str, start: date, end: date, resume_key: str | None = None) -> str:
    """Return the address that asks for the first capture of each page of a host from `start` to `end`."""
    query = [
        ("url", host),
        ("matchType", "prefix" if "/" in host else "host"),
        ("from", f"{start:%Y%m%d}"),
        ("to", f"{end:%Y%m%d}"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("fl", ",".join(ASKED)),
        ("output", "json"),
        ("limit", str(LINES_AN_ANSWER)),
        ("showResumeKey", "true"),
    ]
    address = f"{service}/cdx/search/cdx?{urlencode(query)}"
    if resume_key:
        # The server gives the key ready for an address; one that is not is made so.
        address += "&resumeKey=" + (resume_key if ENCODED_KEY.match(resume_key) else quote_plus(resume_key))
    return address


async def wayback_candidates(
    visit: Visit, start: date, end: date, *, hosts: Sequence[str] = (), service: str = SERVICE
) -> SourceLook:
    """Return the articles of these days, both included, that the archive holds; never raises for the service.

    `hosts` are hosts or "host/path/" to ask for, by default those of the outlet's feeds. An address that names no day
    counts by its first capture. Candidates are addresses in the archive: see `original_address`.
    """
    look = _Look(visit.outlet, start, end, service)
    asked = tuple(hosts) or hosts_of(visit.outlet)
    fetches: list[Fetch] = []
    for host in asked:
        async for reply in _answers(visit.door, look, host):
            fetches.append(look.take(visit.record(reply, "wayback"), reply.body))
    visit.archive.sync()
    return look.result(fetches, None if asked else "the outlet has no host to ask for")


async def _answers(door: Door, look: _Look, host: str) -> AsyncIterator[Reply]:
    """Yield the answers about a host, each asked for with the key that the last one gave."""
    key: str | None = None
    for _ in range(MOST_ANSWERS):
        address = query_address(look.service, host, look.start, look.end + CAPTURED_WITHIN, key)
        reply = await door.get(address, kind="sitemap")
        look.resume_key = None
        yield reply
        if not look.resume_key or look.resume_key == key:
            return
        key = look.resume_key
    look.dropped["answers_beyond_the_bound"] += 1


def _judged(fetch: Fetch, reading: CdxReading) -> Fetch:
    """Return the row of a request with what its answer was worth."""
    if not reading.nonsense:
        return fetch
    detail = f"{reading.nonsense} lines are no captures, the first: {reading.first_nonsense!r}"
    if reading.captures:
        return replace(fetch, detail=detail)
    return replace(fetch, outcome="failed", reason="not_cdx", detail=detail)


class _Look:
    """Gathers the captures that may be articles of the days wanted, the first of each article."""

    def __init__(self, outlet: Outlet, start: date, end: date, service: str) -> None:
        self.outlet, self.start, self.end, self.service = outlet, start, end, service
        self.found: dict[int, tuple[date, Capture]] = {}
        self.dropped: Counter[str] = Counter()
        self.resume_key: str | None = None  # of the answer taken last

    def take(self, fetch: Fetch, body: bytes) -> Fetch:
        """Keep the captures of an answer that are wanted; return its row with what it was worth."""
        reading = read_cdx(body) if fetch.outcome == "ok" else CdxReading(())
        self.resume_key = reading.resume_key
        self.dropped["nonsense_line"] += reading.nonsense
        for capture in reading.captures:
            reason, day = self.judge(capture)
            if reason:
                self.dropped[reason] += 1
                continue
            key = article_key(self.outlet.id, capture.original, self.outlet.article)
            known = self.found.get(key)
            if known is None or capture.timestamp < known[1].timestamp:
                self.found[key] = (day, capture)
        return _judged(fetch, reading)

    def judge(self, capture: Capture) -> tuple[str | None, date]:
        """Return why a capture is not wanted, None if it is; and the day that it counts for."""
        captured = capture.at.date()
        if capture.status not in (None, 200) or (capture.mimetype or "text/html") != "text/html":
            return "no_page", captured
        if not is_article_address(capture.original, self.outlet.article):
            return "no_article", captured
        named = address_day(capture.original, self.outlet.article)
        if named:
            return (None if self.start <= named.day <= self.end else "other_days"), named.day
        return (None if self.start <= captured <= self.end else "captured_later"), captured

    def result(self, fetches: Sequence[Fetch], problem: str | None) -> SourceLook:
        """Return what was found, newest first."""
        newest_first = sorted(self.found.values(), key=lambda f: (f[0], f[1].timestamp), reverse=True)
        candidates = (
            Candidate(self.outlet.id, archived_address(capture, self.service), None, None, "wayback")
            for _, capture in newest_first
        )
        dropped = tuple((reason, n) for reason, n in self.dropped.most_common() if n)
        return SourceLook(tuple(candidates), tuple(fetches), dropped, problem)
