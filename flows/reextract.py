"""The re-extraction flow: today's extractors over the archived pages. Nothing is fetched, nothing is alerted on."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from prefect import flow, task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled, Completed

from extractors.records import Candidate, Extraction, key64
from flows.archivereader import ArchiveError, read_reply
from flows.collect import FetchedPage, WantedPage
from flows.outlets import Configuration, Outlet, read_configuration
from flows.patience import may_pass, open_patiently
from flows.readpages import read_pages
from flows.runlock import AlreadyRunning, run_lock
from flows.settings import Settings, load_settings
from flows.visit import fetch_record
from flows.workers import Workers
from warehouse.archived import ArchivedPage, archived_pages
from warehouse.batch import Batch, LoadOutcome
from warehouse.load import load_batch
from warehouse.publish import publish
from warehouse.rereading import FigureChange

log = logging.getLogger("muster")
BATCH_PAGES = 100  # read and loaded together: what a kill costs at most


@dataclass(frozen=True, slots=True)
class Change:
    """A figure gained, lost or changed, with the article it stands in."""

    outlet: str
    url: str
    figure: FigureChange


@dataclass(frozen=True, slots=True)
class Unread:
    """A page whose figures stay as they were, and why."""

    outlet: str
    url: str
    reason: str
    detail: str | None
    failed: bool  # False: it was read, and holds no article for today's extractors


@dataclass(frozen=True, slots=True)
class ReextractReport:
    """How a re-extraction ended."""

    pages: tuple[tuple[str, int], ...]  # outlet, pages read again
    changes: tuple[Change, ...]
    unread: tuple[Unread, ...]

    def counts(self) -> list[dict[str, Any]]:
        """Return one row an outlet: pages read, figures gained, lost and changed, pages left as they were."""
        kinds = Counter((c.outlet, c.figure.kind) for c in self.changes)
        left = Counter(u.outlet for u in self.unread)
        read = dict(self.pages)
        names = sorted({*read, *left})
        return [
            {"outlet": name, "pages": read.get(name, 0)}
            | {kind: kinds[name, kind] for kind in ("gained", "lost", "changed")}
            | {"left": left[name]}
            for name in names
        ]


class Reextraction:
    """State of one re-extraction. Not a dataclass: Prefect walks through those when they are handed to a task."""

    def __init__(self, settings: Settings, configuration: Configuration, workers: Workers) -> None:
        self.settings, self.policy, self.workers = settings, configuration.alerts, workers
        self.started_at = settings.clock()
        self.identifier = secrets.randbits(63)
        self.outlets = {o.id: o for o in configuration.outlets}
        self.read_pages: Counter[str] = Counter()
        self.changes: list[Change] = []
        self.unread: list[Unread] = []

    def plan(self, start: date | None, end: date | None, outlet: str | None) -> list[list[ArchivedPage]]:
        """Return the pages in batches, each of one outlet."""
        with open_patiently(self.settings.warehouse_path) as connection:
            pages = archived_pages(connection, start, end, outlet)
        return [batch for _, same in groupby(pages, key=lambda p: p.outlet) for batch in _cut(list(same))]

    def read(self, pages: Sequence[ArchivedPage]) -> list[Extraction]:
        """Return what today's extractors find on the pages of one outlet; the ids of their articles stay."""
        # An outlet that is no longer configured is read without its rules.
        name = pages[0].outlet
        outlet = self.outlets.get(name) or Outlet(name, name, ())
        known = {page.location: page for page in pages}
        fetched = [one for page in pages if (one := self._from_archive(page))]
        fetches, extractions, languages = read_pages(
            self.settings.home, outlet, fetched, self.started_at, self.workers
        )
        for fetch in fetches:
            if fetch.outcome in ("not_article", "extract_failed"):
                failed = fetch.outcome == "extract_failed"
                self.unread.append(Unread(name, fetch.url, fetch.reason or "", fetch.detail, failed))
        for language, pages_in in languages.items():
            log.warning("%s: no extractor for %d pages in %s", name, pages_in, language)
        self.read_pages[name] += len(extractions)
        return [
            replace(e, article_id=known[e.location].article_id, seen_at=known[e.location].seen_at)
            for e in extractions
            if e.location
        ]

    def _from_archive(self, page: ArchivedPage) -> FetchedPage | None:
        """Return a page as if it had just been fetched; one whose bytes are gone is noted, and None."""
        try:
            reply = read_reply(self.settings.home, page.location)
        except ArchiveError as error:
            self.unread.append(Unread(page.outlet, page.url, "archive", str(error), True))
            return None
        said = Candidate(page.outlet, page.url, None, page.source_date, "archive") if page.source_date else None
        fetch = fetch_record(reply, page.outlet, self.identifier, "page", page.location, page.article_id)
        return FetchedPage(WantedPage(page.url, page.article_id, said), fetch)

    def load(self, number: int, outlet: str, extractions: Sequence[Extraction]) -> LoadOutcome:
        """Load a batch in one transaction: each article is read by the old extractors or by today's."""
        batch = Batch(
            run_id=key64("reextract", self.identifier, number) or 1,
            kind="reextract",
            started_at=self.started_at,
            fetches=(),
            extractions=tuple(extractions),
            outlets=(outlet,),
        )
        urls = {e.article_id: e.article.url for e in extractions}
        with open_patiently(self.settings.warehouse_path) as connection:
            outcome = load_batch(connection, batch, self.policy, (), self.settings.clock())
        self.changes += [Change(outlet, urls[c.article_id], c) for c in outcome.changes]
        return outcome

    def publish(self) -> None:
        """Show readers the new figures, all at once."""
        with open_patiently(self.settings.warehouse_path) as connection:
            publish(connection, self.settings.warehouse_path, self.settings.published_path)

    def report(self) -> ReextractReport:
        """Return how it ended."""
        return ReextractReport(tuple(sorted(self.read_pages.items())), tuple(self.changes), tuple(self.unread))


def _cut(pages: Sequence[ArchivedPage]) -> Iterator[list[ArchivedPage]]:
    for first in range(0, len(pages), BATCH_PAGES):
        yield list(pages[first : first + BATCH_PAGES])


@task(task_run_name="read-{number}", cache_policy=NO_CACHE, retries=0)
async def read(
    run: Reextraction,
    number: int,  # noqa: ARG001  # names the task
    pages: Sequence[ArchivedPage],
) -> list[Extraction]:
    """Read one batch of archived pages. In a thread, else Ctrl-C would wait until all are read."""
    return await asyncio.to_thread(run.read, pages)


@task(
    task_run_name="load-{number}",
    cache_policy=NO_CACHE,
    retries=5,
    retry_delay_seconds=5,
    retry_jitter_factor=0.5,
    retry_condition_fn=may_pass,
)
def load(run: Reextraction, number: int, outlet: str, extractions: Sequence[Extraction]) -> LoadOutcome:
    """Load one batch. Loading twice changes nothing, so a retry is harmless."""
    return run.load(number, outlet, extractions)


async def _reextract(start: date | None, end: date | None, outlet: str | None) -> ReextractReport:
    settings = load_settings()
    configuration = read_configuration(settings.outlets)
    with run_lock(settings.home), Workers() as workers:
        run = Reextraction(settings, configuration, workers)
        batches = run.plan(start, end, outlet)
        total, done = sum(map(len, batches)), 0
        log.info("%d archived pages to read again", total)
        for number, pages in enumerate(batches, 1):
            load(run, number, pages[0].outlet, await read(run, number, pages))
            done += len(pages)
            log.info("%s: %d of %d pages read again", pages[0].outlet, done, total)
        if batches:
            run.publish()
        return run.report()


@flow(name="reextract", retries=0, validate_parameters=True)
async def reextract(start: date | None = None, end: date | None = None, outlet: str | None = None) -> Any:
    """Run today's extractors over the archived pages of articles published from `start` to `end`, both included.

    Without a date that side is open, without an outlet all in the ledger are taken. Each batch is switched to the new
    figures in one transaction. Returns a ReextractReport. Cancelled when another run is at work.
    """
    try:
        report = await _reextract(start, end, outlet)
    except AlreadyRunning as error:
        return Cancelled(message=str(error))
    await acreate_table_artifact(report.counts(), key="reextract-outlets", description="What reading again changed")
    return Completed(data=report)
