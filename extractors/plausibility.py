"""Is a proposed mention one? A small linear model over what the rules saw, fitted to labelled text.

The rules propose freely, a verb such as "order" or "seek" too; what tells an act between parties from domestic news
is which sides are named and where the predicate stands. The weights are in plausibility.json, written by
tests/bench/fit_plausibility.py, one a feature; a feature without weight counts nothing.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from extractors.lexicon import Hit
from extractors.records import Mention
from extractors.sides import Sides
from extractors.syntax import quoted

DOMESTIC = re.compile(
    r"\b(?:Congress|Senate|senators?|lawmakers?|Democrats?|Republicans?|campaign|election|voters?|court|judge|police|"
    r"parliament|opposition|party|primary|GOP|budget|impeachment|prosecutors?)\b"
)
FOREIGN = re.compile(
    r"\b(?:diplomat\w*|bilateral|foreign minist\w+|summit|ambassador|envoy|treaty|relations|nuclear|sanctions)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that a rule proposes, with what speaks for and against it."""

    mention: Mention
    hit: Hit
    sides: Sides
    swallowed: bool


def features(proposal: Proposal) -> Iterator[str]:
    """Return the names of what holds of a proposal."""
    mention, hit, sides = proposal.mention, proposal.hit, proposal.sides
    token, event = hit.token, mention.event
    yield "bias"
    yield f"rule={mention.rule}"
    yield f"event={event}"
    yield f"actors={sides.actors_by}"
    yield f"targets={sides.targets_by}"
    yield f"kind={hit.predicate.kind}{'' if hit.verb is not None else ' bare'}"
    yield f"sides={sides.actors_by} {sides.targets_by}"
    yield f"event,actors={event} {sides.actors_by}"
    yield f"event,targets={event} {sides.targets_by}"
    yield f"count={min(len({*mention.actors, *mention.targets}), 3)}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    yield f"status={mention.status}"
    yield f"event,status={event} {mention.status}"
    if proposal.swallowed:
        yield "swallowed"
        yield f"swallowed={event}"
    if hit.predicate.weak and "named" not in {sides.actors_by, sides.targets_by}:
        yield "weak"
    if hit.predicate.weak and sides.both_named:
        yield "weak both"
    if quoted(token):
        yield "quoted"
    if DOMESTIC.search(mention.sentence):
        yield "domestic"
    if FOREIGN.search(mention.sentence):
        yield "foreign"


@functools.cache
def weights() -> dict[str, float]:
    """Return the fitted weights by feature, with the threshold as "threshold"."""
    text = files("extractors").joinpath("plausibility.json").read_text("utf8")
    return {name: float(value) for name, value in json.loads(text).items()}


def plausibility(proposal: Proposal) -> float:
    """Return how likely a proposal is a mention, from 0 to 1."""
    table = weights()
    score = sum(table.get(name, 0.0) for name in features(proposal))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def plausible(proposal: Proposal) -> bool:
    """Return whether a proposal is more likely a mention than the fitted threshold asks."""
    return plausibility(proposal) >= weights().get("threshold", 0.5)
