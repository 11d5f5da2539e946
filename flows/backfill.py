"""The backfill flow: the articles of one outlet between two dates, newest first, only what is missing."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled, Completed

from flows.backfillrun import SERVICE, BackfillRun, Source, Unit, Wish
from flows.backfilltable import BackfillReport, UnitReport, backfill_rows, polite_seconds, summed
from flows.monitor import deliver, load, read
from flows.outlets import chosen_outlets, read_configuration
from flows.run import RunReport
from flows.runlock import AlreadyRunning, run_lock
from flows.runtable import report_of
from flows.settings import ConfigurationError, load_settings
from flows.sources.moments import Span
from flows.web.door import Door, Limits, open_door

log = logging.getLogger("muster")


@task(task_run_name="look-{name}", cache_policy=NO_CACHE, retries=0)
async def look(run: BackfillRun, name: str, door: Door) -> None:
    """Ask the source for addresses. No time limit: a thousand sitemaps at a slow outlet's pace take hours."""
    await run.look(name, door)


@task(task_run_name="fetch-{unit}", cache_policy=NO_CACHE, retries=0)
async def fetch(run: BackfillRun, name: str, unit: str, door: Door) -> None:  # noqa: ARG001  # `unit` names the task
    """Fetch and archive the pages of one unit. The door has a deadline for each request."""
    await run.fetch(name, door)


@task(cache_policy=NO_CACHE, retries=5, retry_delay_seconds=5, retry_jitter_factor=0.5)
def finish(run: BackfillRun) -> int:
    """Raise the summary and publish. Raising it twice changes nothing, so a retry is harmless."""
    return run.finish()


class _Backfill:
    """The course of one backfill: what was done so far, and why it stopped."""

    def __init__(self, run: BackfillRun) -> None:
        self.run, self.name = run, run.outlet.id
        self.units: list[UnitReport] = []
        self.failed: list[tuple[str, str]] = []
        self.missing = self.left = 0

    async def look(self, door: Door) -> list[Unit]:
        """Return the units that are missing; the requests for addresses are loaded."""
        await look(self.run, self.name, door)
        self._load("addresses")
        units = self.run.plan()
        self.missing = self.left = sum(len(unit.pages) for unit in units)
        return units

    async def do(self, units: list[Unit], door: Door) -> None:
        """Do the units one after the other; stop where the outlet refuses."""
        began = self.run.now()
        for unit in units:
            self.run.begin(unit)
            await fetch(self.run, self.name, unit.name, door)
            state = read(self.run, self.name, return_state=True)
            if state.is_failed():
                self.run.outlets[self.name].crashed = f"read failed: {state.message}"
            if not self._load(unit.name):
                return
            self.left -= len(unit.pages)
            done = self.missing - self.left
            rest = (self.run.now() - began) / done * self.left
            log.info("%s: %s done, %d of %d pages, about %s left", self.name, unit.name, done, self.missing,
                     str(rest).partition(".")[0])  # fmt: skip

    def _load(self, unit: str) -> bool:
        """Load the unit; return False where it failed as a whole."""
        report = report_of(self.run, load(self.run), ())
        self.units.append(UnitReport(unit, report.counts[0]))
        self.failed += [(name, f"{unit}: {why}") for name, why in report.failed]
        return not report.failed

    def report(self, alerts: int, undelivered: tuple[tuple[str, str], ...]) -> BackfillReport:
        """Return how it ended."""
        counts = replace(summed(self.name, [unit.counts for unit in self.units]), alerts=alerts)
        return BackfillReport(
            run=RunReport((counts,), (*self.failed, *undelivered)),
            missing=self.missing,
            left=self.left,
            polite_seconds=polite_seconds(self.left, self.run.settings.delay_seconds),
            dropped=self.run.found.dropped,
            units=tuple(self.units),
        )


async def _backfill(outlet: str, wish: Wish, dry_run: bool) -> BackfillReport:
    settings = load_settings()
    configuration = read_configuration(settings.outlets)
    (chosen,) = chosen_outlets(configuration, [outlet])
    with run_lock(settings.home):
        run = BackfillRun(settings, configuration, chosen, wish)
        course = _Backfill(run)
        limits = Limits(delay_seconds=settings.delay_seconds)
        with run.archive:
            async with open_door(
                contact=settings.contact, allow_private=settings.allow_private, now=settings.clock, limits=limits
            ) as door:
                units = await course.look(door)
                log.info("%s: %d pages missing, in %d units", outlet, course.missing, len(units))
                if not dry_run:
                    await course.do(units, door)
        alerts = finish(run)
        refused = tuple((d.channel, f"{d.failed} alerts not delivered: {d.error}") for d in deliver(run) if d.failed)
        return course.report(alerts, refused)


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

    `source` names where the addresses come from, for "warc" the pages too: out of the files `warc`. With `dry_run`
    no page is asked for. Each day is loaded by itself: what a killed backfill loaded or archived is not fetched
    again. Returns a BackfillReport. Cancelled when another run is at work.
    """
    if start > end:
        raise ConfigurationError(f"a backfill goes from a day to a later one, not from {start} to {end}")
    try:
        wish = Wish(Span(start, end), source, wayback, tuple(map(Path, warc or ())))
        report = await _backfill(outlet, wish, dry_run)
    except AlreadyRunning as error:
        return Cancelled(message=str(error))
    await acreate_table_artifact(
        backfill_rows(report), key="backfill-days", description=f"{outlet}, {start} to {end}"
    )
    if report.run.failed:
        return Completed(name="Partly", message=f"failed: {report.run.failed[0][1]}", data=report)
    return Completed(data=report)
