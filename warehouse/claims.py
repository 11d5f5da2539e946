"""Gather figures into claims: the same number of the same thing, however it is worded.

The rules are DESIGN.md's "When an alert is raised". A pure function of the figures of a batch and the claims that
could be meant, so that its cost is the batch's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from extractors.records import key64

TOLERANCE = 0.02  # of the claim's first number
STOCK_WINDOW = timedelta(days=90)
EVENT_WINDOW = timedelta(days=7)
# These count what there is. Deserters are counted as a total in what is published, so they are among them.
STOCK_MEASURES = frozenset({"strength", "displaced", "mobilisation", "deserted"})
# "captured" counts prisoners held (a stock) or taken in an action (an event); only the words tell.
HELD = re.compile(r"\b(?:hold(?:s|ing)?|held|in captivity|remain(?:s|ing)? in|are in (?:russian|ukrainian))\b", re.I)
UNNUMBERED = frozenset({"range", "order"})


@dataclass(frozen=True, slots=True)
class Number:
    """A figure's number as its interval and its wording."""

    low: int | None
    high: int | None
    qualifier: str

    @property
    def named(self) -> int | None:
        """Return n of "about n", "more than n", "up to n", "nearly n"; None for a range or an order of magnitude."""
        if self.qualifier in UNNUMBERED:
            return None
        if self.qualifier in ("less_than", "nearly") and self.high is not None:
            return self.high
        return self.low if self.low is not None else self.high

    @property
    def ends(self) -> tuple[int, int]:
        """Return the ends of the interval; both the number named where there is one."""
        if self.named is not None:
            return self.named, self.named
        low = self.low if self.low is not None else self.high
        high = self.high if self.high is not None else self.low
        return low or 0, high or 0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A figure to be placed in a claim."""

    figure_id: int
    topic_id: int
    article_id: int
    start: int
    number: Number
    at: datetime  # publication, or when it was read
    window: timedelta


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that a figure may belong to, with the time its sightings span."""

    claim_id: int
    topic_id: int
    number: Number
    first_at: datetime
    last_at: datetime


def topic_key(measure: str, item: str, subject: str | None, location: Iterable[str], status: str) -> int:
    """Return the key shared by all claims on one thing; places are a set."""
    return key64("topic", measure, item, subject, *sorted(set(location)), status)


def window_of(measure: str, sentence: str) -> timedelta:
    """Return how long a claim lives after its last sighting."""
    if measure in STOCK_MEASURES or (measure == "captured" and HELD.search(sentence)):
        return STOCK_WINDOW
    return EVENT_WINDOW


def same_number(seen: Number, first: Number) -> bool:
    """Return whether a figure's number is a claim's. Not symmetric: the claim's is the measure.

    An order word is the same as any number inside it, but a number is news after an order word.
    """
    if seen.qualifier == "order" and first.qualifier != "order":
        low, high = first.ends
        return seen.ends[0] <= low and high <= seen.ends[1]
    if (seen.qualifier in UNNUMBERED or first.qualifier in UNNUMBERED) and seen.qualifier != first.qualifier:
        return False
    return all(abs(a - b) <= TOLERANCE * b for a, b in zip(seen.ends, first.ends, strict=True))


def place_figures(
    sightings: Iterable[Sighting], known: Iterable[Claim], held: Mapping[int, Set[int]] = MappingProxyType({})
) -> tuple[dict[int, int], dict[int, Claim]]:
    """Return the claim of each figure, and the claims that are new, both by id.

    Figures are taken in order of time, in an article numbers before order words, so that "tens of thousands" next to
    94,000 is one claim whichever comes first. `held` has the claims that an article was seen with before: they are
    its claims still, although it has since been given a date outside their window.
    """
    topics: dict[int, dict[int, Claim]] = defaultdict(dict)
    for claim in known:
        topics[claim.topic_id][claim.claim_id] = claim
    placed: dict[int, int] = {}
    new: dict[int, Claim] = {}
    for sighting in sorted(sightings, key=_order):
        claims = topics[sighting.topic_id]
        found = _nearest(sighting, claims.values(), held.get(sighting.article_id, frozenset()))
        if found is None:
            found = _first_claim(sighting)
            new[found.claim_id] = found
        claims[found.claim_id] = replace(
            found, first_at=min(found.first_at, sighting.at), last_at=max(found.last_at, sighting.at)
        )
        placed[sighting.figure_id] = found.claim_id
    return placed, new


def _order(sighting: Sighting) -> tuple[datetime, int, bool, int]:
    return sighting.at, sighting.article_id, sighting.number.qualifier == "order", sighting.start


def _nearest(sighting: Sighting, claims: Iterable[Claim], held: Set[int]) -> Claim | None:
    alive = [
        c
        for c in claims
        if (c.claim_id in held or c.first_at - sighting.window <= sighting.at <= c.last_at + sighting.window)
        and same_number(sighting.number, c.number)
    ]
    low, high = sighting.number.ends
    return max(
        alive,
        key=lambda c: (-abs(c.number.ends[0] - low) - abs(c.number.ends[1] - high), c.last_at, c.claim_id),
        default=None,
    )


def _first_claim(sighting: Sighting) -> Claim:
    number = sighting.number
    claim_id = key64("claim", sighting.topic_id, number.low, number.high, number.qualifier, sighting.article_id)
    return Claim(claim_id, sighting.topic_id, number, sighting.at, sighting.at)
