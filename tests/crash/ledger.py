"""What a home folder holds after a run, and what must be true of it whatever struck the runs before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from extractors.records import PageLocation
from flows.archivereader import ArchiveError, read_reply

# What depends on the run that brought it and not on the news is left out; a summary is one run's, and has its id.
OF_A_RUN = "CASE WHEN a.rule = 'summary' THEN 0 ELSE a.alert_id END AS alert_id, a.outlet"
ITS_ALERT = "JOIN alerts a USING (alert_id)"
QUERIES = {
    "articles": "SELECT * EXCLUDE (revised_run) FROM articles",
    "revisions": "SELECT article_id, revision, seen_at, title, text, text_hash, extractor_version FROM revisions",
    "figures": "SELECT * FROM figures",
    "diplomacy": "SELECT * FROM diplomacy",
    "claims": "SELECT * FROM claims",
    "sightings": "SELECT * FROM sightings",
    "meetings": "SELECT * FROM meetings",
    "alerts": f"SELECT {OF_A_RUN}, a.* EXCLUDE (alert_id, outlet) FROM alerts a",
    "alert_keys": f"SELECT {OF_A_RUN}, k.rule, ltrim(k.key, '0123456789') FROM alert_keys k {ITS_ALERT}",
    "deliveries": f"SELECT {OF_A_RUN}, d.channel, d.state FROM deliveries d {ITS_ALERT}",
    "addresses": "SELECT * EXCLUDE (last_outcome) FROM addresses",
}
ARCHIVE_FILE = re.compile(r"pages/\d{4}/\d\d/\d{8}T\d{6}Z-\d+\.warc\.gz")
# What `muster rebuild` keeps beside the new one, and its locks.
REPLACED = re.compile(r"warehouse\.duckdb(\.wal)?\.old|(backfill|reextract)\.lock")
FILES = {"warehouse.duckdb", "published.duckdb", "alerts.atom", "run.lock"}
Rows = Mapping[str, tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A home folder after a run that ended by itself."""

    tables: Rows
    published: Rows
    alerts: frozenset[int]
    files: frozenset[str]
    lost_pages: tuple[str, ...]  # revisions whose bytes are not in the archive


def _tables(connection: duckdb.DuckDBPyConnection, since: datetime) -> Rows:
    def blurred(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(since if isinstance(value, datetime) and value >= since else value for value in row)

    return {
        name: tuple(sorted((blurred(row) for row in connection.execute(sql).fetchall()), key=repr))
        for name, sql in QUERIES.items()
    }


def _lost_pages(home: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for file, offset in connection.execute("SELECT warc_file, warc_offset FROM revisions").fetchall():
        try:
            read_reply(home, PageLocation(file, offset))
        except ArchiveError as error:
            yield str(error)


def snapshot(home: Path, since: datetime) -> Snapshot:
    """Return what a home folder holds; raises duckdb.Error if a warehouse does not open.

    Times from `since` on are taken as one: a run that was struck and the one that makes up for it have two clocks.
    """
    since = since.replace(tzinfo=None)
    files = frozenset(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    with duckdb.connect(str(home / "published.duckdb"), read_only=True) as connection:
        published = _tables(connection, since)
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        alerts = frozenset(row[0] for row in connection.execute("SELECT alert_id FROM alerts").fetchall())
        lost = tuple(_lost_pages(home, connection))
        return Snapshot(_tables(connection, since), published, alerts, files, lost)


def stray(files: Iterable[str]) -> list[str]:
    """Return the files that have no business in a home folder at rest."""
    known = (ARCHIVE_FILE, REPLACED)
    return sorted(f for f in files if f not in FILES and not any(pattern.fullmatch(f) for pattern in known))


def differences(found: Rows, expected: Rows) -> Iterator[str]:
    """Yield each table that is not what it should be, with the rows lost, doubled and come from nowhere."""
    for name, rows in expected.items():
        have, want = Counter(map(repr, found[name])), Counter(map(repr, rows))
        for word, some in (("lost", want - have), ("surplus", have - want)):
            if some:
                yield f"{name}: {some.total()} {word}, first {next(iter(some))[:300]}"


def broken(first: Snapshot, second: Snapshot, expected: Snapshot) -> list[str]:
    """Return every promise about the ledger and the files that is broken after two restarts.

    `expected` is the home of runs that nothing struck.
    """
    wrong = [f"after the first restart, {d}" for d in differences(first.tables, expected.tables)]
    wrong += [f"published, {d}" for d in differences(first.published, expected.tables)]
    wrong += [f"the second restart changed {d}" for d in differences(second.tables, first.tables)]
    wrong += [f"stray file {name}" for name in stray(second.files)]
    wrong += [f"the second restart left {n}" for n in second.files - first.files if not ARCHIVE_FILE.fullmatch(n)]
    wrong += [f"not in the archive: {page}" for page in second.lost_pages]
    return wrong


def mistold(alerts: Iterable[int], told: Iterable[int], again: Iterable[int], crashes: int) -> list[str]:
    """Return every promise about the receiver of alerts that is broken.

    `alerts` are those that were raised; `told` came until the first restart had ended, `again` with the second.
    """
    counts, raised = Counter(told), set(alerts)
    wrong = [f"alert {alert} never came" for alert in raised - counts.keys()]
    wrong += [f"alert {alert} is none of those" for alert in counts.keys() - raised]
    wrong += [f"alert {a} came {n} times after {crashes} crashes" for a, n in counts.items() if n > 1 + crashes]
    wrong += [f"alert {alert} came again with the second restart" for alert in again]
    return wrong
