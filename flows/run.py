"""One run over some outlets, stage by stage. Plain code: flows/monitor.py gives each stage its Prefect task."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extractors.records import Reply
from flows.archive import Archive
from flows.atom import AlertEntry, write_atom
from flows.collect import MOST_PAGES, fetch_pages, known_page, wanted_pages
from flows.deliver import ChannelReport, channels, deliver_due
from flows.hosts import keep_wait, remembered
from flows.loadnotes import LoadNote
from flows.looking import look_for_news
from flows.outletrun import OutletRun
from flows.outlets import Configuration, Outlet
from flows.patience import open_patiently
from flows.polling import after_look, due_at, is_due
from flows.readpages import read_pages
from flows.settings import Settings
from flows.visit import Visit, archived, fetch_record
from flows.web.door import Door, HostMemory
from flows.web.robots import Robots
from flows.workers import Workers
from warehouse.batch import Batch, LoadOutcome, OutletCounts, RunKind
from warehouse.habits import Habit, read_habits
from warehouse.health import last_day
from warehouse.load import load_batch
from warehouse.ownrules import raise_own_alerts
from warehouse.pages import Validators, count_known, feed_validators, feeds_asked_plainly, known_pages_due, pages_due
from warehouse.publish import publish
from warehouse.questions import Filter, alerts

log = logging.getLogger("muster")
ATOM_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class RunReport:
    """How a run ended."""

    counts: tuple[OutletCounts, ...]
    failed: tuple[tuple[str, str], ...]  # outlet or channel, and why
    deliveries: tuple[ChannelReport, ...] = ()


class Run:
    """State of one run. Not a dataclass: Prefect walks through those when they are handed to a task."""

    # An outlet that asks for half a minute between requests must not keep the others' alerts waiting for hours: what
    # is not fetched in this time is left for the next run.
    budget: timedelta | None = timedelta(minutes=10)

    def __init__(
        self,
        settings: Settings,
        configuration: Configuration,
        outlets: tuple[Outlet, ...],
        kind: RunKind = "monitor",
    ) -> None:
        self.kind = kind
        self.settings = settings
        self.configuration = configuration
        self.now = settings.clock
        self.started_at: datetime = self.now()
        self.run_id = secrets.randbits(63)
        self.outlets = {o.id: OutletRun(o) for o in outlets}
        self.archive = Archive(settings.home, self.run_id, self.started_at)
        self.workers = Workers()  # pages are read in it; whoever runs this closes it, as the archive
        self.on_page: Callable[[], None] = lambda: None  # a page was asked for
        self.validators: dict[str, Validators] = {}
        self.habits: dict[str, Habit] = {}  # of all outlets, as this run found them
        self.broken_rules: tuple[tuple[str, str], ...] = ()  # of the user's own: file name, why

    def memory(self) -> HostMemory:
        """Return what is known of hosts, for the door; what it learns of them comes back here."""
        rests, robots = remembered(self.settings, self.started_at)
        return HostMemory(rests, robots, self._keep_wait, self._note_robots)

    def _keep_wait(self, host: str, until: datetime) -> None:
        keep_wait(self.settings.warehouse_path, host, until, self.now())

    def _note_robots(self, reply: Reply, robots: Robots) -> None:
        """Archive a robots.txt and enter it in the request log, with the outlet that it was asked for."""
        origin = reply.url.removesuffix("robots.txt")
        states = self.outlets.values()
        state = next((s for s in states if any(a.startswith(origin) for a in s.addresses())), next(iter(states)))
        fetch = fetch_record(reply, state.outlet.id, self.run_id, "robots", archived(self.archive, reply))
        if not robots.failure:  # a 404 says that all is allowed
            fetch = replace(fetch, outcome="ok", reason=None, detail=None)
        state.fetches.append(fetch)

    def plan_feeds(self, only_due: bool) -> None:
        """Look up what is known of the feeds; with `only_due`, leave out the outlets whose time has not come."""
        with open_patiently(self.settings.warehouse_path) as connection:
            feeds = [feed for state in self.outlets.values() for feed in state.outlet.feeds]
            self.validators = feed_validators(connection, feeds)
            for url in feeds_asked_plainly(connection, self.validators, self.started_at):
                self.validators[url] = replace(self.validators[url], etag=None, last_modified=None)
            self.habits = read_habits(connection)
        for name, state in list(self.outlets.items()) if only_due else ():
            if not is_due(self.habits.get(name), state.outlet.every, self.started_at):
                due = due_at(self.habits[name], state.outlet.every)
                log.info("%s: not due before %s", name, f"{due:%Y-%m-%d %H:%M}")
                del self.outlets[name]

    async def look(self, name: str, door: Door) -> None:
        """Ask an outlet's feeds, or what stands in for them, for addresses."""
        state = self.outlets[name]
        visit = Visit(door, self.archive, state.outlet, self.run_id)
        state.look = await look_for_news(visit, self.validators, self.workers, self.started_at.date())
        state.fetches.extend(state.look.fetches)
        log.info("%s: %d addresses", name, len(state.look.candidates))

    def plan_pages(self) -> None:
        """Decide which pages are fetched now: those never seen, and those whose recheck is due."""
        with open_patiently(self.settings.warehouse_path) as connection:
            known = known_pages_due(connection, list(self.outlets), self.started_at)
            for name, state in self.outlets.items():
                named = {p.url: p for p in wanted_pages(state.outlet, state.look.candidates)}
                pairs = [(p.url, p.article_id) for p in named.values()]
                due = dict.fromkeys(pages_due(connection, pairs, self.started_at))
                state.known = count_known(connection, pairs)
                wanted = {named[url].article_id: named[url] for url in due}
                for page in known:
                    # An address that leads on to another is an article under a second key: still one request.
                    if page.outlet == name and page.url not in due:
                        one = known_page(page, state.outlet)
                        wanted.setdefault(one.article_id, one)
                state.wanted = list(wanted.values())
                state.validators = feed_validators(connection, [p.url for p in state.wanted])

    async def fetch(self, name: str, door: Door) -> None:
        """Fetch an outlet's due pages and archive them."""
        state = self.outlets[name]
        if state.wanted:
            log.info("%s: fetching %d pages", name, len(state.wanted))
        visit = Visit(door, self.archive, state.outlet, self.run_id)
        state.fetched, others = await fetch_pages(
            visit, state.wanted[:MOST_PAGES], state.validators, self.budget, self.on_page
        )
        state.fetches.extend(others)
        state.left = len(state.wanted) - len(state.fetched) - len(others)

    def read(self, name: str) -> None:
        """Clean an outlet's archived pages and extract from them."""
        state = self.outlets[name]
        if not state.fetched:
            return
        log.info("%s: reading %d pages", name, len(state.fetched))
        fetches, state.extractions, state.unread = read_pages(
            self.settings.home, state.outlet, state.fetched, self.started_at, self.workers
        )
        state.fetches.extend(fetches)

    def batch(self) -> Batch:
        """Return all that the run found, as the loader takes it."""
        return Batch(
            run_id=self.run_id,
            kind=self.kind,
            started_at=self.started_at,
            fetches=tuple(f for s in self.outlets.values() for f in s.remembered()),
            extractions=tuple(e for s in self.outlets.values() for e in s.extractions),
            outlets=tuple(self.outlets),
            found=tuple((name, len(s.look.candidates)) for name, s in self.outlets.items()),
            habits=self._habits() if self.kind == "monitor" else (),
        )

    def _habits(self) -> tuple[Habit, ...]:
        return tuple(
            after_look(self.habits.get(name), name, state.outlet.every, state.looked(), self.started_at)
            for name, state in self.outlets.items()
        )

    def noted_batch(self) -> Batch:
        """Return the batch, noted in the archive for a rebuild.

        To be called by who holds the warehouse: the notes are then in the order of the loads.
        """
        batch = self.batch()
        pages = [page for state in self.outlets.values() for page in state.fetched]
        if batch.fetches:
            self.archive.note(LoadNote.of(batch, pages, self.now()).to_json())
        return batch

    def load(self) -> LoadOutcome:
        """Load all that the run found in one transaction, with the alerts that follow; then publish it.

        The user's own rules read what was published, so what they raise is published with the deliveries.
        """
        warehouse, published = self.settings.warehouse_path, self.settings.published_path
        told = tuple(channels(self.settings))
        with open_patiently(warehouse) as connection:
            outcome = load_batch(connection, self.noted_batch(), self.configuration.alerts, told, self.now())
            publish(connection, warehouse, published)
            for name, day in last_day(connection, list(self.outlets), self.started_at).items():
                self.outlets[name].day = day
            if self.settings.rules:
                own = raise_own_alerts(connection, published, self.settings.rules, told, self.now())
                self.broken_rules = own.broken
                outcome = replace(outcome, alert_ids=outcome.alert_ids + own.alert_ids)
        return outcome

    def deliver(self) -> list[ChannelReport]:
        """Send what waits in the outbox, then publish again so that readers see what was sent."""
        with open_patiently(self.settings.warehouse_path) as connection:
            daily, quiet = self.configuration.daily_digest, self.configuration.quiet_hours
            reports = deliver_due(connection, self.settings, self._write_feed, self.now(), daily, quiet)
            if reports:
                publish(connection, self.settings.warehouse_path, self.settings.published_path)
        return reports

    def _write_feed(self) -> None:
        rows = alerts(self.settings.published_path, Filter(limit=ATOM_ENTRIES)).to_pylist()
        entries = [
            AlertEntry(r["alert_id"], r["rule"], r["raised_at"], r["title"], r["body"], r["url"] or "") for r in rows
        ]
        write_atom(self.settings.home / "alerts.atom", entries, self.now())
