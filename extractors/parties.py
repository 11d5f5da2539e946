"""States, bodies, movements and the people who speak for them, found in text by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A party named in a text."""

    start: int
    end: int
    text: str
    code: str
    kind: str  # state, demonym, capital, place, government, person, body, group
    gender: str | None = None  # "m" or "f" for persons


def find_parties(text: str, on: date | None = None) -> list[PartyMatch]:
    """Return the parties named in a text, in order, longest name first; `on` picks who held an office."""
    return []
