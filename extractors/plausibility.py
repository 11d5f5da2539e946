"""Is a proposed mention one? A small linear model over what the rules saw, fitted to labelled text.

The rules propose freely, a verb such as "order" or "seek" too; what tells an act between parties from domestic news
is which sides are named, where the predicate stands and what words stand with it (evidence.py). The weights are in
plausibility.json, written by tests/bench/fit_plausibility.py, one a feature; a feature without weight counts nothing.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from importlib.resources import files

from extractors.evidence import features
from extractors.proposals import Proposal


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


def most_plausible(proposals: Sequence[Proposal], chances: Sequence[float], least: float) -> list[Proposal]:
    """Return the proposals whose chance is `least` or more, in order: of those at one word the likeliest alone."""
    best: dict[tuple[int, int], tuple[float, Proposal]] = {}
    for proposal, chance in zip(proposals, chances, strict=True):
        if chance >= least and chance > best.get(proposal.place, (0.0, proposal))[0]:
            best[proposal.place] = chance, proposal
    return [proposal for _, proposal in best.values()]


def plausible(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals that are likelier mentions than the fitted threshold asks, one a word."""
    return most_plausible(proposals, [plausibility(p) for p in proposals], weights().get("threshold", 0.5))
