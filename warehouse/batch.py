"""What one run hands to the loader, and what the loader answers. All times are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from extractors.records import Extraction, PageLocation
from warehouse.habits import Habit
from warehouse.units import UnitTried

RunKind = Literal["monitor", "backfill", "reextract"]
Outcome = Literal["ok", "not_modified", "failed", "not_article", "extract_failed"]
GOOD_OUTCOMES = frozenset({"ok", "not_modified"})


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and what came of it."""

    run_id: int
    outlet: str
    url: str  # the address asked for
    kind: str  # "feed", "sitemap", "page", …
    fetched_at: datetime
    elapsed_ms: int
    status: int | None  # None: no answer came
    outcome: Outcome
    reason: str | None  # one word; None where outcome is good
    detail: str | None  # one sentence for people
    bytes: int  # of the body as it came
    etag: str | None
    last_modified: str | None
    body_hash: int | None
    article_id: int | None
    location: PageLocation | None
    dropped: tuple[str, ...] = ()  # military numbers of a page that the text of its article lacks


@dataclass(frozen=True, slots=True)
class OutletCounts:
    """What a run did for one outlet."""

    outlet: str
    found: int
    fetched: int
    new: int
    revised: int
    figures: int
    mentions: int
    alerts: int
    failures: tuple[tuple[str, int], ...]  # reason, how often
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything one run brought, of all its outlets: loaded in one transaction."""

    run_id: int
    kind: RunKind
    started_at: datetime
    fetches: tuple[Fetch, ...]
    extractions: tuple[Extraction, ...]
    outlets: tuple[str, ...]  # all outlets of the run, also those that brought nothing
    found: tuple[tuple[str, int], ...] = ()  # outlet, addresses its sources named
    habits: tuple[Habit, ...] = ()  # of the outlets that were looked at
    unit: UnitTried | None = None  # of a backfill


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What loading a batch changed."""

    outlets: tuple[OutletCounts, ...]  # in the order of the batch
    alert_ids: tuple[int, ...]  # raised by this load, in the order of raising
