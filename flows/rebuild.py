"""`muster rebuild`: the warehouse made again from the archive alone, load by load, as the runs had made it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import duckdb

from extractors.records import Candidate, Extraction, PageLocation
from flows.archivedloads import Archived, archived_loads
from flows.archivereader import ArchiveError, read_reply
from flows.collect import FetchedPage, WantedPage
from flows.deliver import channels
from flows.loadnotes import LoadNote
from flows.outlets import Configuration, Outlet
from flows.patience import open_patiently
from flows.readpages import read_pages
from flows.runlock import run_lock
from flows.settings import ConfigurationError, Settings
from flows.workers import Workers
from warehouse.alerts import RULES, AlertPolicy
from warehouse.backfill import PAGE_KINDS
from warehouse.batch import Batch, Fetch
from warehouse.load import load_batch
from warehouse.publish import publish
from warehouse.rebuilding import (
    OldWarehouse,
    call_backfills_told,
    count_lost_articles,
    find_old,
    keep_alerts,
    keep_requests,
    loaded_runs,
    rebuilding,
)

log = logging.getLogger("muster")
READ = frozenset({"ok", "not_article", "extract_failed"})  # outcomes of pages that were read, and are read again
Known = TypeVar("Known", Fetch, Extraction)
SILENT = AlertPolicy(off=frozenset(RULES))


@dataclass(slots=True)
class RebuildReport:
    """How a rebuild ended."""

    old: OldWarehouse
    loads: int = 0
    pages: int = 0
    articles: int = 0
    alerts_kept: int = 0
    alerts_raised: int = 0  # by loads that the old warehouse had lost
    lost: int = 0  # articles of the old warehouse that the archive does not have
    unowned: int = 0  # replies that no outlet of outlets.toml could have asked for
    unread: tuple[tuple[str, str], ...] = ()  # address, why its bytes could not be read


class Rebuild:
    """State of one rebuild."""

    def __init__(self, settings: Settings, configuration: Configuration, workers: Workers) -> None:
        self.settings, self.configuration, self.workers = settings, configuration, workers
        self.outlets = {outlet.id: outlet for outlet in configuration.outlets}
        self.unread: list[tuple[str, str]] = []

    def run(self, old: OldWarehouse) -> RebuildReport:
        """Make the warehouse again, put it in the place of the old one, and publish it."""
        archived = archived_loads(self.settings.home, self.configuration.outlets, self.workers)
        if not archived.loads:
            raise ConfigurationError(
                f"nothing to rebuild from: {self.settings.home / 'pages'} has no archive of a load; "
                "the warehouse is as it was"
            )
        report = RebuildReport(old, loads=len(archived.loads), unowned=archived.unowned)
        warehouse = self.settings.warehouse_path
        with rebuilding(warehouse, old) as connection:
            report.alerts_kept = keep_alerts(connection) if old.path else 0
            self._load_all(connection, archived, report)
            if old.path:
                keep_requests(connection)
                report.lost = count_lost_articles(connection)
            else:
                call_backfills_told(connection)
            report.articles = connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
        with open_patiently(warehouse) as connection:
            publish(connection, warehouse, self.settings.published_path)
        report.unread = tuple(self.unread)
        return report

    def _load_all(self, connection: duckdb.DuckDBPyConnection, archived: Archived, report: RebuildReport) -> None:
        known = loaded_runs(connection) if report.old.path else {}
        newest = max(known.values(), default=None)
        for number, note in enumerate(archived.loads, 1):
            # A power cut can take the last loads out of a warehouse that opens: they are news still.
            is_lost = newest is not None and note.loaded_at > newest and note.batch.run_id not in known
            raised = self._load(connection, note, tell=is_lost and note.batch.kind == "monitor")
            report.pages += sum(f.kind in PAGE_KINDS and f.outcome in READ for f in note.batch.fetches)
            report.alerts_raised += raised
            log.info("%d of %d loads, %d pages read", number, len(archived.loads), report.pages)

    def _load(self, connection: duckdb.DuckDBPyConnection, note: LoadNote, *, tell: bool) -> int:
        """Load what a run had loaded; return how many alerts it raised, none without `tell`."""
        policy = self.configuration.alerts if tell else SILENT
        told = tuple(channels(self.settings)) if tell else ()
        outcome = load_batch(connection, self._read(note), policy, told, note.loaded_at)
        return len(outcome.alert_ids)

    def _read(self, note: LoadNote) -> Batch:
        """Return the batch of a load with what today's extractors find on its pages."""
        fetches: list[Fetch] = []
        extractions: list[Extraction] = []
        for name in dict.fromkeys([*note.batch.outlets, *(f.outlet for f in note.batch.fetches)]):
            own = [f for f in note.batch.fetches if f.outlet == name]
            pages = [self._page(f, note) for f in own if _was_read(f)]
            # An outlet that is no longer configured is read without its rules.
            outlet = self.outlets.get(name) or Outlet(name, name, ())
            whole = [page for page in pages if page.fetch.outcome == "ok"]
            read, found, _ = read_pages(self.settings.home, outlet, whole, note.batch.started_at, self.workers)
            # The ids they had: another pattern for addresses must not double an article.
            ids = {f.location: f.article_id for f in own if f.outcome == "ok"}
            fetches += [f for f in own if not _was_read(f)] + [p.fetch for p in pages if p.fetch.outcome != "ok"]
            fetches += [_under_its_id(f, ids) if f.outcome == "ok" else f for f in read]
            extractions += [_under_its_id(e, ids) for e in found]
        return replace(note.batch, fetches=tuple(fetches), extractions=tuple(extractions))

    def _page(self, fetch: Fetch, note: LoadNote) -> FetchedPage:
        """Return a page as if it had just been fetched; one whose bytes are gone has failed, and is reported."""
        assert fetch.location is not None  # noqa: S101  # `_was_read` asks for it
        said = note.said.get(fetch.url)
        candidate = Candidate(fetch.outlet, fetch.url, None, said, "archive") if said else None
        wanted = WantedPage(fetch.url, fetch.article_id or 0, candidate)
        try:
            read_reply(self.settings.home, fetch.location)
        except ArchiveError as error:
            self.unread.append((fetch.url, str(error)))
            # Without validators it is asked for again; a 304 would leave it unread for ever.
            lost: Fetch = replace(fetch, outcome="extract_failed", reason="archive", detail=str(error))
            return FetchedPage(wanted, replace(lost, article_id=None, etag=None, last_modified=None))
        return FetchedPage(wanted, replace(fetch, outcome="ok", reason=None, detail=None))


def _was_read(fetch: Fetch) -> bool:
    return fetch.kind in PAGE_KINDS and fetch.outcome in READ and fetch.location is not None


def _under_its_id(one: Known, ids: Mapping[PageLocation | None, int | None]) -> Known:
    return replace(one, article_id=ids.get(one.location) or one.article_id)


def rebuild(settings: Settings, configuration: Configuration) -> RebuildReport:
    """Make the warehouse again from the archive and put it in the place of the old one, which is kept beside it.

    Alerts and deliveries are taken over from the old warehouse, or from the published copy: nothing is told twice.
    Without either no alert is raised. Raises AlreadyRunning, WarehouseBusy, WarehouseNewer.
    """
    home = settings.home
    with run_lock(home), run_lock(home, "backfill"), run_lock(home, "reextract"), Workers() as workers:
        old = find_old(settings.warehouse_path, settings.published_path)
        return Rebuild(settings, configuration, workers).run(old)
