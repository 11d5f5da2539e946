"""The backfill flow: the articles of one outlet between two dates, newest first, only what is missing."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import date
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled, Completed

from flows.backfillrun import BackfillRun, Unit
from flows.backfillsources import Source, Wish
from flows.backfilltable import BackfillReport, UnitReport, backfill_rows, polite_seconds, summed
from flows.events import emit_alerts
from flows.monitor import deliver, load, read_outlet
from flows.outlets import chosen_outlets, read_configuration
from flows.pace import Counter
from flows.patience import may_pass
from flows.progressartifact import ProgressArtifact
from flows.run import RunReport
from flows.runlock import AlreadyRunning, run_lock
from flows.runtable import report_of
from flows.settings import ConfigurationError, load_settings
from flows.sources.moments import Span
from flows.sources.wayback import SERVICE
from flows.web.door import Door, Limits, open_door
from flows.web.politeness import MOST_CRAWL_DELAY
from warehouse.backfill import GONE
from warehouse.batch import Fetch

log = logging.getLogger("muster")
# So many pages one after the other, and the outlet is left alone: the next call goes on from there.
MOST_REFUSALS = 3
PATIENCE = 900.0  # seconds: a shorter wait that the outlet asks for is waited out, as nobody waits for a backfill
OF_THE_PAGE = frozenset({"robots", "bad_url", "redirects", "too_large", "bad_encoding"})


@task(task_run_name="look-{name}", cache_policy=NO_CACHE, retries=0)
async def look(run: BackfillRun, name: str, door: Door) -> None:
    """Ask the source for addresses. No time limit: a thousand sitemaps at a slow outlet's pace take hours."""
    await run.look(name, door)


@task(task_run_name="fetch-{unit}", cache_policy=NO_CACHE, retries=0)
async def fetch(run: BackfillRun, name: str, unit: str, door: Door) -> None:  # noqa: ARG001  # `unit` names the task
    """Fetch and archive the pages of one unit. The door has a deadline for each request."""
    await run.fetch(name, door)


@task(cache_policy=NO_CACHE, retries=5, retry_delay_seconds=5, retry_jitter_factor=0.5, retry_condition_fn=may_pass)
def finish(run: BackfillRun) -> tuple[int, ...]:
    """Raise the summary and publish. Raising it twice changes nothing, so a retry is harmless."""
    return run.finish()


def is_refusal(fetch: Fetch) -> bool:
    """Tell whether a request failed for what holds for the whole host, not for this page alone."""
    return fetch.outcome == "failed" and fetch.reason not in OF_THE_PAGE and fetch.status not in GONE


class _Backfill:
    """The course of one backfill: what was done so far, and why it stopped."""

    def __init__(self, run: BackfillRun) -> None:
        self.run, self.name = run, run.outlet.id
        self.units: list[UnitReport] = []
        self.failed: list[tuple[str, str]] = []
        self.missing = self.left = 0
        self.pause = run.settings.delay_seconds  # between two pages, at least

    async def look(self, door: Door) -> list[Unit]:
        """Return the units that are missing; the requests for addresses are loaded."""
        units = self.run.resume()
        if units:
            log.info("%s: going on where an earlier call stopped", self.name)
        else:
            await look(self.run, self.name, door)
            units = self.run.plan()
        self.missing = self.left = sum(len(unit.pages) for unit in units)
        if units and self.run.wish.source != "warc":
            asked_for = (await door.robots(units[0].pages[0].url)).crawl_delay()
            self.pause = max(self.pause, min(asked_for, MOST_CRAWL_DELAY))
        self._load("addresses")
        return units

    async def do(self, units: list[Unit], door: Door) -> None:
        """Do the units one after the other; stop where the outlet's host refuses or is down."""
        counter, bar, refused = (
            Counter(self.name, self.missing, asyncio.get_running_loop().time),
            ProgressArtifact(),
            0,
        )
        self.run.on_page = counter.page
        for unit in units:
            pages = await self._one(unit, door)
            failed = [page for page in pages if page.outcome == "failed"]
            counter.unit(len(unit.pages))
            self.left -= len(unit.pages) - sum(page.status not in GONE for page in failed)
            refused = refused + len(failed) if failed == pages and all(map(is_refusal, failed)) else 0
            if refused >= MOST_REFUSALS:
                self.failed.append((self.name, f"stopped at {unit.name}: {refused} pages in a row were refused"))
                return
            log.info("%s: %s done, %s", self.name, unit.name, counter.pace().words())
            await bar.show(counter.pace(), unit.name)

    async def _one(self, unit: Unit, door: Door) -> list[Fetch]:
        """Fetch, read and load one unit; return its requests for pages."""
        self.run.begin(unit)
        await fetch(self.run, self.name, unit.name, door)
        await read_outlet(self.run, self.name)
        self._load(unit.name)
        return [f for f in self.run.outlets[self.name].fetches if f.kind == "page"]

    def _load(self, unit: str) -> None:
        """Load what the unit brought, and remember why it failed, if it did."""
        report = report_of(self.run, load(self.run), ())
        self.units.append(UnitReport(unit, report.counts[0]))
        self.failed += [(name, f"{unit}: {why}") for name, why in report.failed]

    def report(self, alerts: int, undelivered: tuple[tuple[str, str], ...]) -> BackfillReport:
        """Return how it ended."""
        counts = replace(summed(self.name, [unit.counts for unit in self.units]), alerts=alerts)
        return BackfillReport(
            run=RunReport((counts,), (*self.failed, *undelivered)),
            missing=self.missing,
            left=self.left,
            polite_seconds=polite_seconds(self.left, self.pause),
            dropped=self.run.found.dropped,
            units=tuple(self.units),
            units_done=self.run.progress(),
        )


async def _backfill(outlet: str, wish: Wish) -> BackfillReport:
    settings = load_settings()
    configuration = read_configuration(settings.outlets)
    (chosen,) = chosen_outlets(configuration, [outlet])
    # A lock of its own: a backfill of years must not keep the scheduled runs from their alerts. The two meet only at
    # the warehouse, where each waits for the other, and at the outlet, where each keeps its own pace.
    with run_lock(settings.home, "backfill"):
        run = BackfillRun(settings, configuration, chosen, wish)
        course = _Backfill(run)
        limits = Limits(delay_seconds=settings.delay_seconds, patience_seconds=PATIENCE)
        with run.archive, run.workers:
            async with open_door(
                contact=settings.contact,
                allow_private=settings.allow_private,
                now=settings.clock,
                limits=limits,
                memory=run.memory(),
            ) as door:
                units = await course.look(door)
                log.info("%s: %d pages missing, in %d units", outlet, course.missing, len(units))
                if not wish.dry_run:
                    await course.do(units, door)
        alerts = finish(run)
        refused = tuple((d.channel, f"{d.failed} alerts not delivered: {d.error}") for d in deliver(run) if d.failed)
        emit_alerts(settings.published_path, alerts)
        return course.report(len(alerts), refused)


@flow(name="backfill", retries=0, validate_parameters=True)
async def backfill(
    outlet: str,
    start: date,
    end: date,
    source: Source = "sitemap",
    dry_run: bool = False,
    wayback: str = SERVICE,
    warc: list[str] | None = None,
) -> Any:
    """Fetch what is missing of an outlet's articles published from `start` to `end`, both included, newest first.

    `source` names where the addresses come from, for "warc" the pages too: out of the files `warc`, paths or
    addresses. With `dry_run` no page is asked for. Each day is loaded by itself, and `backfill_units` has its state:
    a backfill that was stopped goes on from there, and what it loaded or archived is not fetched again. Returns a
    BackfillReport. Cancelled when another backfill is at work.
    """
    if start > end:
        raise ConfigurationError(f"a backfill goes from a day to a later one, not from {start} to {end}")
    try:
        wish = Wish(Span(start, end), source, wayback, tuple(warc or ()), dry_run)
        report = await _backfill(outlet, wish)
    except AlreadyRunning as error:
        return Cancelled(message=str(error))
    await acreate_table_artifact(
        backfill_rows(report), key="backfill-days", description=f"{outlet}, {start} to {end}"
    )
    if report.run.failed:
        return Completed(name="Partly", message=f"failed: {report.run.failed[0][1]}", data=report)
    return Completed(data=report)
