"""The loads that the archive tells of, in their order: noted ones, and those of files older than notes, guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from extractors.addresses import canonical_url, is_article_address
from extractors.records import PageLocation, Reply
from flows.archive import FOLDER
from flows.archivereader import archived_replies, load_notes
from flows.loadnotes import LoadNote, read_note
from flows.outlets import Outlet
from flows.readfeed import read_feed_apart
from flows.sources.feed import FeedError
from flows.sources.wayback import hosts_of, original_address
from flows.visit import fetch_record
from flows.workers import Workers
from warehouse.batch import Batch, Fetch

NAME = re.compile(r"(\d{8}T\d{6})Z-(\d+)\.warc\.gz$")


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds of loads."""

    loads: tuple[LoadNote, ...]
    unowned: int  # pages in files without notes that no outlet can have asked for


def archived_loads(home: Path, outlets: Sequence[Outlet], workers: Workers) -> Archived:
    """Return every load of the archive, the first first. Pages that were never loaded are in none."""
    loads: list[LoadNote] = []
    guesses = _Guesses(outlets, workers)
    for path in sorted((home / FOLDER).glob("*/*/*.warc.gz")):
        notes = load_notes(path)
        if notes is None:
            guess = guesses.guess(path, path.relative_to(home).as_posix())
            loads += [guess] if guess else []
        else:
            loads += map(read_note, notes)
    return Archived(tuple(sorted(loads, key=lambda load: load.loaded_at)), guesses.unowned)


class _Guesses:
    """Tells from the replies of a file which run asked for them. What a feed named is known in later files too."""

    def __init__(self, outlets: Sequence[Outlet], workers: Workers) -> None:
        self.outlets, self.workers = outlets, workers
        self.feeds = {feed: outlet.id for outlet in outlets for feed in outlet.feeds}
        self.owners: dict[str, str] = {}  # canonical address → outlet
        self.said: dict[str, datetime] = {}  # canonical address → publication as a feed had it
        self.unowned = 0

    def guess(self, path: Path, name: str) -> LoadNote | None:
        """Return the load that a file was archived for; None for a file of others, or one that brought nothing."""
        begun = NAME.search(path.name)
        if not begun:
            return None
        started_at, run_id = datetime.strptime(begun[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC), int(begun[2])
        replies = ((reply, PageLocation(name, offset)) for offset, reply in archived_replies(path))
        fetches = [fetch for reply, lies in replies if (fetch := self._fetch(reply, lies, run_id))]
        if not fetches:
            return None
        names = tuple(dict.fromkeys(fetch.outlet for fetch in fetches))
        said = {f.url: self.said[key] for f in fetches if (key := canonical_url(f.url)) in self.said}
        return LoadNote(Batch(run_id, "monitor", started_at, tuple(fetches), (), names), started_at, said)

    def _fetch(self, reply: Reply, lies: PageLocation, run_id: int) -> Fetch | None:
        if outlet := self.feeds.get(reply.url):
            self._learn(reply, outlet)
            return fetch_record(reply, outlet, run_id, "feed", lies)
        if outlet := self._owner(original_address(reply.url)):
            return fetch_record(reply, outlet, run_id, "page", lies)
        self.unowned += "html" in (reply.header("content-type") or "")
        return None

    def _learn(self, reply: Reply, outlet: str) -> None:
        try:
            reading = read_feed_apart(self.workers, reply, outlet)
        except FeedError:
            return  # it told the run nothing either
        for candidate in reading.candidates:
            key = canonical_url(candidate.url)
            self.owners.setdefault(key, outlet)
            if candidate.published_at:
                self.said.setdefault(key, candidate.published_at)

    def _owner(self, url: str) -> str | None:
        if known := self.owners.get(canonical_url(url)):
            return known
        host = urlsplit(url).netloc
        fitting = (o.id for o in self.outlets if host in hosts_of(o) and is_article_address(url, o.article))
        return next(fitting, None)
