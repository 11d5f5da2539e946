"""What one look at a source of addresses brings, whichever source it is."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Candidate
from warehouse.batch import Fetch


@dataclass(frozen=True, slots=True)
class SourceLook:
    """The articles that a source names for a span of days."""

    candidates: tuple[Candidate, ...]  # newest first, those without a day last
    fetches: tuple[Fetch, ...]
    dropped: tuple[tuple[str, int], ...] = ()  # why an address, a line or a file was left out, and how many
    problem: str | None = None  # why nothing could be looked at
