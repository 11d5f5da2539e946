"""A backfill of one outlet, unit by unit. Plain code: flows/backfill.py gives each stage its Prefect task."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.addresses import address_date, article_key
from extractors.records import Candidate, PageLocation, key64
from flows.archivereader import read_reply
from flows.backfillsources import Search, Wish
from flows.collect import MOST_PAGES, FetchedPage, WantedPage
from flows.deliver import channels
from flows.outletrun import OutletRun
from flows.outlets import Configuration, Outlet
from flows.patience import open_patiently
from flows.run import Run
from flows.settings import Settings
from flows.sources.look import SourceLook
from flows.sources.unloaded import unloaded_replies
from flows.sources.wayback import hosts_of, original_address
from flows.visit import fetch_record
from flows.web.door import Door
from warehouse.backfill import (
    GONE,
    OLD_PAGE,
    WARC_PAGE,
    article_hosts,
    loaded_until,
    missing_pages,
    raise_backfill_summary,
)
from warehouse.batch import GOOD_OUTCOMES, Batch, LoadOutcome
from warehouse.load import load_batch
from warehouse.publish import publish
from warehouse.units import Plan, UnitPage, UnitTried, count_units, store_plan, units_left

log = logging.getLogger("muster")
# A run that was killed is resumed soon or not at all: older archive files are not searched for what it left.
LEFT_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages that are fetched, read and loaded together: those of one day, newest day first."""

    name: str  # "2021-12-01", "2021-12-01 (2)" where a day has more than MOST_PAGES, or "undated"
    pages: tuple[WantedPage, ...]


def units_of(outlet: Outlet, pages: Sequence[WantedPage]) -> list[Unit]:
    """Return the pages as units, the newest day first; those of which no day is known come last."""
    days: dict[date, list[WantedPage]] = defaultdict(list)
    for page in pages:
        days[_day_of(page, outlet) or date.min].append(page)
    return [unit for day in sorted(days, reverse=True) for unit in _cut(day, days[day])]


def _day_of(page: WantedPage, outlet: Outlet) -> date | None:
    published = page.candidate.published_at if page.candidate else None
    return address_date(original_address(page.url), outlet.article) or (published.date() if published else None)


def _cut(day: date, pages: list[WantedPage]) -> Iterator[Unit]:
    name = "undated" if day == date.min else day.isoformat()
    for number, first in enumerate(range(0, len(pages), MOST_PAGES), 1):
        yield Unit(name if number == 1 else f"{name} ({number})", tuple(pages[first : first + MOST_PAGES]))


def _unit_page(page: WantedPage) -> UnitPage:
    named = page.candidate
    return UnitPage(page.url, page.article_id, named.title if named else None, named.published_at if named else None)


class BackfillRun(Run):
    """State of one backfill. Each unit is loaded as a run of its own, so that a kill costs the unit at most."""

    budget = None  # it takes as long as it takes

    def __init__(self, settings: Settings, configuration: Configuration, outlet: Outlet, wish: Wish) -> None:
        super().__init__(settings, configuration, (outlet,), "backfill")
        self.outlet, self.wish, self.days = outlet, wish, wish.days
        self.found = SourceLook((), ())
        self.backfill_id = self.run_id
        self.saved: dict[str, PageLocation] = {}  # address → in the archive, and not loaded
        rules = f"{outlet.article}\n{wish.wayback if wish.source == 'wayback' else ''}"
        self.kept_plan = Plan(outlet.id, wish.source, wish.days.first, wish.days.last, rules)
        self.unit: Unit | None = None

    async def look(self, name: str, door: Door) -> None:
        """Ask the source for the articles of the days wanted."""
        home, hosts = self.settings.home, self._hosts()
        search = Search(self.outlet, self.wish, self.archive, home, self.run_id, hosts, self._missing, self.workers)
        self.found = await search.look(door)
        self.saved = search.saved
        state = self.outlets[name]
        state.look = self.found
        state.fetches.extend(self.found.fetches)
        state.crashed = self.found.problem
        log.info("%s: %d addresses from %s to %s", name, len(self.found.candidates), self.days.first, self.days.last)

    def _hosts(self) -> tuple[str, ...]:
        with open_patiently(self.settings.warehouse_path) as connection:
            known = article_hosts(connection, self.outlet.id)
        return tuple(dict.fromkeys([*known, *hosts_of(self.outlet)]))

    def _missing(self, pages: Sequence[tuple[str, int]]) -> list[str]:
        with open_patiently(self.settings.warehouse_path) as connection:
            return missing_pages(connection, pages)

    def plan(self) -> list[Unit]:
        """Return what is missing, in units; what a killed run archived is not asked for again."""
        pages: dict[int, WantedPage] = {}
        for candidate in self.found.candidates:
            key = article_key(self.outlet.id, original_address(candidate.url), self.outlet.article)
            pages.setdefault(key, WantedPage(candidate.url, key, candidate))
        units = self._still_missing(units_of(self.outlet, list(pages.values())))
        if not self.wish.dry_run:
            self._keep_plan(units)
        return units

    def resume(self) -> list[Unit]:
        """Return what an earlier call of the same backfill left in the middle; its source need not be asked again."""
        if self.wish.source == "warc":
            return []  # the files are there to be read, and have the pages
        with open_patiently(self.settings.warehouse_path) as connection:
            left = units_left(connection, self.kept_plan, self.started_at - LEFT_WITHIN)
        return self._still_missing([Unit(name, tuple(map(self._wanted, pages))) for name, pages in left])

    def _wanted(self, page: UnitPage) -> WantedPage:
        named = Candidate(self.outlet.id, page.url, page.title, page.published_at, self.wish.source)
        return WantedPage(page.url, page.article_id, named)

    def _still_missing(self, units: Sequence[Unit]) -> list[Unit]:
        """Return the units with those of their pages that the ledger lacks; none without any."""
        asked = [(page.url, page.article_id) for unit in units for page in unit.pages]
        missing = set(self._missing(asked))
        if self.wish.source != "warc":
            self.saved = self._left_behind(missing)
        cut = (Unit(unit.name, tuple(p for p in unit.pages if p.url in missing)) for unit in units)
        return [unit for unit in cut if unit.pages]

    def _keep_plan(self, units: Sequence[Unit]) -> None:
        """Write the units into the warehouse, from where a later call goes on."""
        kept = [(unit.name, [_unit_page(page) for page in unit.pages]) for unit in units]
        whole = self.found.problem is None
        with open_patiently(self.settings.warehouse_path) as connection:
            store_plan(connection, self.kept_plan, kept, self.now(), whole=whole)

    def progress(self) -> tuple[int, int]:
        """Return how many units of this backfill are done, by whichever call, and how many it has."""
        with open_patiently(self.settings.warehouse_path) as connection:
            return count_units(connection, self.kept_plan)

    def _left_behind(self, urls: set[str]) -> dict[str, PageLocation]:
        with open_patiently(self.settings.warehouse_path) as connection:
            loaded = loaded_until(connection)
        left = unloaded_replies(self.settings.home, loaded, self.started_at - LEFT_WITHIN)
        return {url: location for url, location in left if url in urls}

    def begin(self, unit: Unit) -> None:
        """Make the state that of a new unit."""
        self.unit = unit
        self.run_id = key64("backfill", self.backfill_id, unit.name) or 1
        self.outlets[self.outlet.id] = OutletRun(self.outlet, wanted=list(unit.pages))

    async def fetch(self, name: str, door: Door) -> None:
        """Fetch the pages of the unit that were not archived before, and archive them."""
        state = self.outlets[name]
        saved = [page for page in state.wanted if page.url in self.saved]
        state.wanted = [page for page in state.wanted if page.url not in self.saved]
        await super().fetch(name, door)
        state.fetched.extend(self._from_archive(page) for page in saved)

    def _from_archive(self, page: WantedPage) -> FetchedPage:
        location = self.saved[page.url]
        reply = read_reply(self.settings.home, location)
        return FetchedPage(page, fetch_record(reply, self.outlet.id, self.run_id, "page", location, page.article_id))

    def batch(self) -> Batch:
        """Return the unit as the loader takes it.

        The monitor looks again and again at a page that is new to it, and of a page that failed or that nothing dates
        it cannot tell that it is years old: those are loaded as another kind. So are pages that nobody was asked for.
        """
        batch = super().batch()
        undated = {e.article_id for e in batch.extractions if e.article.published_at is None}
        kind = WARC_PAGE if self.wish.source == "warc" else OLD_PAGE
        fetches = (
            replace(f, kind=kind)
            if f.kind == "page" and (kind == WARC_PAGE or f.outcome not in GOOD_OUTCOMES or f.article_id in undated)
            else f
            for f in batch.fetches
        )
        return replace(batch, fetches=tuple(fetches), unit=self._tried(batch))

    def _tried(self, batch: Batch) -> UnitTried | None:
        """Return what is left of the unit: the pages that failed, unless they are gone."""
        if self.unit is None:
            return None
        wanted = {page.url for page in self.unit.pages}
        failed = (f.url for f in batch.fetches if f.outcome == "failed" and f.status not in GONE and f.url in wanted)
        return UnitTried(self.kept_plan.plan_id, self.unit.name, tuple(dict.fromkeys(failed)))

    def load(self) -> LoadOutcome:
        """Load the unit in one transaction. It raises no alert: `finish` tells all units in one."""
        policy = self.configuration.alerts
        silent = replace(policy, off=policy.off | {"summary"})
        with open_patiently(self.settings.warehouse_path) as connection:
            return load_batch(connection, self.noted_batch(), silent, (), self.now())

    def finish(self) -> tuple[int, ...]:
        """Raise the one summary of all that was backfilled, and publish; return the ids of the alerts raised."""
        with open_patiently(self.settings.warehouse_path) as connection:
            raised = raise_backfill_summary(
                connection,
                self.outlet.id,
                self.backfill_id,
                self.configuration.alerts,
                tuple(channels(self.settings)),
                self.now(),
            )
            publish(connection, self.settings.warehouse_path, self.settings.published_path)
        return tuple(one.finding.key_id for one in raised)
