"""What a run has of one outlet so far, and how that went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors.records import Extraction
from flows.collect import FetchedPage, WantedPage
from flows.expectations import remarks
from flows.outlets import Outlet
from flows.polling import Look
from flows.sources.look import SourceLook
from warehouse.batch import Fetch
from warehouse.health import Day
from warehouse.pages import Validators

SOURCE_KINDS = frozenset({"feed", "sitemap", "list", "wayback"})  # of requests for addresses, not for articles


@dataclass(slots=True)
class OutletRun:
    """What a run has of one outlet so far."""

    outlet: Outlet
    look: SourceLook = field(default_factory=lambda: SourceLook((), ()))
    known: int = 0  # of the addresses that its sources named, how many were known before
    wanted: list[WantedPage] = field(default_factory=list)
    validators: dict[str, Validators] = field(default_factory=dict)
    fetched: list[FetchedPage] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    day: Day | None = None  # what it published in the last one
    left: int = 0  # pages due that this run had no time for
    crashed: str | None = None  # an error of ours, by name

    def addresses(self) -> Iterator[str]:
        """Yield what this run asks of the outlet: its sources and its pages."""
        yield from self.outlet.feeds
        yield from self.outlet.sitemaps
        yield from (page.url for page in self.wanted)

    def looked(self) -> Look:
        """Return how the look at its sources went: it failed when none of them answered well."""
        asked = [f for f in self.fetches if f.kind in SOURCE_KINDS]
        if self.crashed and not asked:
            return Look(reason="crashed")
        if asked and all(f.outcome == "failed" for f in asked):
            return Look(reason=asked[0].reason or "failed", status=asked[0].status)
        return Look(len(self.look.candidates), self.known)

    def remembered(self) -> list[Fetch]:
        """Return its requests, those of its sources without validators where pages they named were not loaded.

        The source then names them again; a 304 would leave them unseen for ever.
        """
        if not (self.left or self.crashed):
            return self.fetches
        return [_forgetting(f) if f.kind in SOURCE_KINDS else f for f in self.fetches]

    def failures(self) -> Counter[str]:
        """Count what went wrong or is odd, by reason; what went wrong in a source or in reading says so."""
        reasons = Counter(_reason(f) for f in self.fetches if f.outcome not in ("ok", "not_modified"))
        reasons.update({f"no extractor for {language}": n for language, n in self.unread.items()})
        reasons.update({"left for the next run": self.left} if self.left else {})
        reasons.update(remarks(self.outlet, self.extractions, self.day))
        if self.crashed:
            reasons[self.crashed] += 1
        return reasons

    def failed(self) -> str | None:
        """Return why this outlet counts as failed, or None: a source failed, every page did, or our code did."""
        if self.crashed:
            return self.crashed
        for fetch in self.fetches:
            if fetch.kind in SOURCE_KINDS and fetch.outcome == "failed":
                why = (fetch.detail or "").removeprefix(f"{fetch.url}: ")
                return f"{fetch.url}: {fetch.reason}" + (f" ({why})" if why else "")
        pages = [f for f in self.fetches if f.kind == "page"]
        if len(pages) >= 3 and all(f.outcome in ("failed", "extract_failed") for f in pages):
            return f"none of {len(pages)} pages could be fetched and read, first: {pages[0].url}: {_reason(pages[0])}"
        return None


def _forgetting(fetch: Fetch) -> Fetch:
    return replace(fetch, etag=None, last_modified=None, body_hash=None)


def _reason(fetch: Fetch) -> str:
    where = "reading" if fetch.outcome == "extract_failed" else fetch.kind if fetch.kind in SOURCE_KINDS else ""
    return f"{where} {fetch.reason}".strip()
