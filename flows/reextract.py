"""The re-extraction flow: today's extractors over the archived pages. Nothing is fetched, nothing is alerted on.

The pages are read into a table beside the figures in force, batch by batch, while monitor runs and readers go on as
they were; then one transaction switches. Killed at any moment before that, it has changed nothing, and the next call
goes on from there.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled, Completed

from extractors.records import Candidate
from flows.archivereader import ArchiveError, read_reply
from flows.collect import FetchedPage, WantedPage
from flows.outlets import Configuration, Outlet, read_configuration
from flows.patience import may_pass, open_patiently
from flows.readpages import read_pages
from flows.recipe import extractors_hash, recipe_of
from flows.runlock import AlreadyRunning, run_lock, run_lock_when_free
from flows.settings import Settings, load_settings
from flows.visit import fetch_record
from flows.workers import Workers
from warehouse.archived import ArchivedPage, Scope, count_unread, unread_pages
from warehouse.publish import publish
from warehouse.readings import PageReading, drop_stale, outlets_kept, store_readings
from warehouse.rereading import ReadingReport, compare_readings
from warehouse.switching import switch_readings

log = logging.getLogger("muster")
BATCH_PAGES = 100  # read and written together: what a kill costs at most
PLANNED_PAGES = 5_000  # asked of the warehouse at a time
RUN_WAIT = 1800.0  # seconds that the switch waits for a run to end; the next call would switch without reading again


class Reextraction:
    """State of one re-extraction. Not a dataclass: Prefect walks through those when they are handed to a task."""

    def __init__(self, settings: Settings, configuration: Configuration, workers: Workers, scope: Scope) -> None:
        self.settings, self.workers, self.scope = settings, workers, scope
        self.started_at = settings.clock()
        self.identifier = secrets.randbits(63)
        self.outlets = {o.id: o for o in configuration.outlets}
        self.extractors = extractors_hash()

    def begin(self) -> int:
        """Drop what an earlier call left and is not to be used; return how many pages there are to read."""
        with open_patiently(self.settings.warehouse_path) as connection:
            drop_stale(connection, {name: self._recipe(name) for name in outlets_kept(connection)})
            return count_unread(connection, self.scope)

    def batches(self) -> Iterator[list[ArchivedPage]]:
        """Yield the pages in batches, each of one outlet, until each has a reading."""
        while pages := self._planned():
            for _, same in groupby(pages, key=lambda page: page.outlet):
                of_one = list(same)
                for first in range(0, len(of_one), BATCH_PAGES):
                    yield of_one[first : first + BATCH_PAGES]

    def _planned(self) -> list[ArchivedPage]:
        with open_patiently(self.settings.warehouse_path) as connection:
            return unread_pages(connection, self.scope, PLANNED_PAGES)

    def _outlet(self, name: str) -> Outlet:
        # An outlet that is no longer configured is read without its rules.
        return self.outlets.get(name) or Outlet(name, name, ())

    def _recipe(self, name: str) -> int:
        return recipe_of(self._outlet(name), self.extractors)

    def read(self, pages: Sequence[ArchivedPage]) -> list[PageReading]:
        """Return a reading for each of these pages of one outlet; the ids of their articles stay."""
        name, now = pages[0].outlet, self.settings.clock()
        recipe = self._recipe(name)
        known = {page.location: page for page in pages}
        readings, fetched = [], []
        for page in pages:
            try:
                fetched.append(self._from_archive(page))
            except ArchiveError as error:
                readings.append(PageReading(page, recipe, now, None, "archive", str(error), True))
        fetches, extractions, languages = read_pages(
            self.settings.home, self._outlet(name), fetched, self.started_at, self.workers
        )
        for fetch in fetches:
            if fetch.outcome != "ok" and fetch.location:
                page, failed = known[fetch.location], fetch.outcome == "extract_failed"
                readings.append(PageReading(page, recipe, now, None, fetch.reason or "", fetch.detail, failed))
        for language, unread in languages.items():
            log.warning("%s: no extractor for %d pages in %s", name, unread, language)
        for one in extractions:
            if one.location:
                page = known[one.location]
                found = replace(one, article_id=page.article_id, seen_at=page.seen_at)
                readings.append(PageReading(page, recipe, now, found))
        return readings

    def _from_archive(self, page: ArchivedPage) -> FetchedPage:
        """Return a page as if it had just been fetched; raises ArchiveError for one whose bytes are gone."""
        reply = read_reply(self.settings.home, page.location)
        said = Candidate(page.outlet, page.url, None, page.source_date, "archive") if page.source_date else None
        fetch = fetch_record(reply, page.outlet, self.identifier, "page", page.location, page.article_id)
        return FetchedPage(WantedPage(page.url, page.article_id, said), fetch)

    def keep(self, readings: Sequence[PageReading]) -> None:
        """Write readings beside what is in force."""
        with open_patiently(self.settings.warehouse_path) as connection:
            store_readings(connection, readings)

    def switch(self, *, only_report: bool) -> ReadingReport:
        """Compare, then put all that was read in force, in one transaction, and show it to readers."""
        with open_patiently(self.settings.warehouse_path) as connection:
            report = compare_readings(connection, self.scope)
            if report.counts and not only_report:
                switch_readings(connection, self.identifier, self.started_at, self.settings.clock())
                publish(connection, self.settings.warehouse_path, self.settings.published_path)
            return report


@task(task_run_name="read-{number}", cache_policy=NO_CACHE, retries=0)
async def read(
    run: Reextraction,
    number: int,  # noqa: ARG001  # names the task
    pages: Sequence[ArchivedPage],
) -> list[PageReading]:
    """Read one batch of archived pages. In a thread, else Ctrl-C would wait until all are read."""
    return await asyncio.to_thread(run.read, pages)


@task(cache_policy=NO_CACHE, retries=5, retry_delay_seconds=5, retry_jitter_factor=0.5, retry_condition_fn=may_pass)
def keep(run: Reextraction, readings: Sequence[PageReading]) -> None:
    """Write one batch. Writing it twice changes nothing, so a retry is harmless."""
    run.keep(readings)


@task(cache_policy=NO_CACHE, retries=5, retry_delay_seconds=5, retry_jitter_factor=0.5, retry_condition_fn=may_pass)
def switch(run: Reextraction, only_report: bool) -> ReadingReport:
    """Switch in one transaction. After it nothing is left to switch, so a retry is harmless."""
    return run.switch(only_report=only_report)


async def _reextract(scope: Scope, only_report: bool) -> ReadingReport:
    settings = load_settings()
    configuration = read_configuration(settings.outlets)
    # A lock of its own: hours of reading must not keep the scheduled runs from their alerts.
    with run_lock(settings.home, "reextract"), Workers() as workers:
        run = Reextraction(settings, configuration, workers, scope)
        total, done = run.begin(), 0
        log.info("%d archived pages to read again", total)
        for number, pages in enumerate(run.batches(), 1):
            keep(run, await read(run, number, pages))
            done += len(pages)
            log.info("%s: %d of %d pages read again", pages[0].outlet, done, total)
        # Runs have to do without the warehouse for as long as the switch takes, so none is to be at work.
        async with run_lock_when_free(settings.home, RUN_WAIT):
            return switch(run, only_report)


@flow(name="reextract", retries=0, validate_parameters=True)
async def reextract(
    start: date | None = None, end: date | None = None, outlet: str | None = None, dry_run: bool = False
) -> Any:
    """Run today's extractors over the archived pages of articles published from `start` to `end`, both included.

    Without a date that side is open, without an outlet all in the ledger are taken. All are switched to the new
    figures in one transaction; with `dry_run` they are read and compared only, and the next call switches. Returns a
    ReadingReport. Cancelled when another re-extraction is at work.
    """
    try:
        report = await _reextract(Scope(start, end, outlet), dry_run)
    except AlreadyRunning as error:
        return Cancelled(message=str(error))
    table = [dict(row) for row in report.counts]
    await acreate_table_artifact(table, key="reextract-outlets", description="What reading again changed")
    return Completed(data=report)
