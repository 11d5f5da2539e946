"""The monitor flow: one look at every outlet, from its feed to the alerts."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled, Completed

from flows.events import emit_alerts
from flows.outlets import chosen_outlets, read_configuration
from flows.patience import may_pass
from flows.run import Run, RunReport
from flows.runlock import AlreadyRunning, run_lock
from flows.runtable import artifact_rows, report_of
from flows.settings import load_settings
from flows.web.door import Door, Limits, open_door
from warehouse.batch import LoadOutcome

log = logging.getLogger("muster")

# Tasks are as coarse as an outlet or the whole batch: one an article would cost more than the article (36 ms of CPU).
# The door never raises for what an outlet does, and what failed is tried again by the next run: no retries here. It
# has a deadline for each request too; these limits only end a task that hangs all the same.
OUTLET_SECONDS = 1800  # three times a run's budget for an outlet
# A host that drips, or says nothing, costs the other outlets' alerts less than a minute, however many its pages.
WASTE_SECONDS = 30.0


@task(task_run_name="look-{name}", cache_policy=NO_CACHE, retries=0, timeout_seconds=OUTLET_SECONDS)
async def look(run: Run, name: str, door: Door) -> None:
    """Read one outlet's feeds."""
    await run.look(name, door)


@task(task_run_name="fetch-{name}", cache_policy=NO_CACHE, retries=0, timeout_seconds=OUTLET_SECONDS)
async def fetch(run: Run, name: str, door: Door) -> None:
    """Fetch and archive one outlet's due pages."""
    await run.fetch(name, door)


@task(task_run_name="read-{name}", cache_policy=NO_CACHE, retries=0, timeout_seconds=OUTLET_SECONDS)
async def read(run: Run, name: str) -> None:
    """Clean one outlet's pages and extract from them. In a thread, else Ctrl-C would wait until all are read."""
    await asyncio.to_thread(run.read, name)


@task(cache_policy=NO_CACHE, retries=5, retry_delay_seconds=5, retry_jitter_factor=0.5, retry_condition_fn=may_pass)
def load(run: Run) -> LoadOutcome:
    """Load the batch and publish it. Loading twice changes nothing, so a retry is harmless."""
    return run.load()


@task(cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, retry_condition_fn=may_pass)
def deliver(run: Run) -> list[Any]:
    """Send the alerts that wait."""
    return run.deliver()


async def _for_each(run: Run, step: Any, *args: Any) -> None:
    """Run a step for every outlet at once; an outlet whose step fails is named and the others go on."""
    names = [name for name, state in run.outlets.items() if not state.crashed]
    results = await asyncio.gather(*(step(run, name, *args) for name in names), return_exceptions=True)
    for name, result in zip(names, results, strict=True):
        if isinstance(result, asyncio.CancelledError | KeyboardInterrupt):
            raise result
        if isinstance(result, BaseException):
            run.outlets[name].crashed = f"{step.name} failed: {type(result).__name__}: {result}"
            log.error("%s: %s", name, run.outlets[name].crashed)


async def _monitor(outlets: list[str] | None, only_due: bool) -> RunReport:
    settings = load_settings()
    configuration = read_configuration(settings.outlets)
    chosen = chosen_outlets(configuration, outlets)
    with run_lock(settings.home):
        run = Run(settings, configuration, chosen)
        run.plan_feeds(only_due)
        if not run.outlets:  # the schedule ticks more often than any outlet is due; what waits is still delivered
            return report_of(run, LoadOutcome((), ()), deliver(run))
        limits = Limits(delay_seconds=settings.delay_seconds, waste_seconds=WASTE_SECONDS)
        with run.archive, run.workers:
            async with open_door(
                contact=settings.contact,
                allow_private=settings.allow_private,
                now=settings.clock,
                limits=limits,
                memory=run.memory(),
            ) as door:
                await _for_each(run, look, door)
                run.plan_pages()
                await _for_each(run, fetch, door)
            for name, state in run.outlets.items():
                if not state.crashed:
                    await read_outlet(run, name)
        outcome = load(run)
        deliveries = deliver(run)
        emit_alerts(settings.published_path, outcome.alert_ids)
        return report_of(run, outcome, deliveries)


async def read_outlet(run: Run, name: str) -> None:
    """Read one outlet's pages; an error of ours is named in its state and ends no run."""
    state = await read(run, name, return_state=True)  # type: ignore[misc]  # Prefect: no coroutine
    if state.is_failed():
        run.outlets[name].crashed = f"read failed: {state.message}"


@flow(name="monitor", retries=0, timeout_seconds=6 * 3600, validate_parameters=True)
async def monitor(outlets: list[str] | None = None, only_due: bool = False) -> Any:
    """Look at every outlet once.

    `outlets` are ids from outlets.toml, all enabled ones by default. With `only_due`, as scheduled runs have it, an
    outlet is left out until its time has come: see `every` in outlets.toml. Returns a RunReport. Cancelled when
    another run is at work.
    """
    try:
        report = await _monitor(outlets, only_due)
    except AlreadyRunning as error:
        return Cancelled(message=str(error))
    if report.counts:
        await acreate_table_artifact(
            artifact_rows(report), key="monitor-outlets", description="What each outlet brought"
        )
    if report.failed:
        names = ", ".join(name for name, _ in report.failed)
        return Completed(name="Partly", message=f"failed: {names}", data=report)
    return Completed(data=report)
