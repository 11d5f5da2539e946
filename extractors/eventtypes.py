"""Which type of event a sentence tells of between a source and a target that are given.

The rules of the lexicon see a predicate at a time. Given both sides, the words around them say more: a small linear
model over what the rules propose, the source's verb and its arguments, and the words of the sentence. The weights are
in eventtypes.json, written by tests/bench/fit_eventtypes.py from labelled single sentences.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import get_args

from spacy.tokens import Doc, Token

from extractors.act_status import future, negated
from extractors.inflection import stem
from extractors.leanings import LOWEST, steps
from extractors.network import EVENTS, Impression
from extractors.proposals import Proposal
from extractors.records import Event

NOTHING = "-"  # none of the eleven types
ARGUMENTS = frozenset({"dobj", "xcomp", "ccomp", "prt", "prep", "acomp"})
EMPTY = ("NNP", "DT", "IN", "PRP", "CC")  # tags of words that say nothing of the type


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """A type with how likely it is, and the feature that speaks loudest for it."""

    event: Event | None
    likely: float
    reason: str


def _of_proposal(proposal: Proposal) -> Iterator[str]:
    event, sides = proposal.mention.event, proposal.sides
    named = sum(by == "named" for by in (sides.actors_by, sides.targets_by))
    yield f"proposed={event}"
    yield f"proposed={event} {named}"
    yield f"rule={proposal.mention.rule}"
    yield f"status={event} {proposal.mention.status}"


def _of_verb(verb: Token, label: str) -> Iterator[str]:
    yield f"{label} verb={stem(verb.text)}"
    if future(verb):
        yield "future"
    if negated(verb):
        yield "negated"
    for child in verb.children:
        if child.dep_ in ARGUMENTS:
            yield f"{child.dep_}={stem(verb.text)} {stem(child.text)}"
            yield f"{child.dep_}={stem(child.text)}"
        elif child.dep_ in {"aux", "neg"}:
            yield f"auxiliary={child.lower_}"


def _of_impression(impression: Impression, source: Collection[int], target: Collection[int]) -> Iterator[str]:
    """Return how strongly the sentence carries each event, and how likely its sides are the given ones there."""
    for column, event in enumerate(EVENTS):
        odds = impression.events[:, column]
        act = int(odds.argmax())
        yield from steps(f"network {event}", float(odds[act]))
        leanings = [[impression.leaning(act, i)[side] for i in held] for side, held in enumerate((source, target))]
        both = min(max(of_one, default=LOWEST) for of_one in leanings)
        yield from steps(f"network {event} between", min(both, float(odds[act])))


def type_features(
    doc: Doc,
    source: Collection[int],
    target: Collection[int],
    proposals: Sequence[Proposal],
    impression: Impression,
) -> set[str]:
    """Return the names of what holds of a sentence; `source` and `target` are the indexes of their tokens."""
    found = {"bias", *(name for p in proposals for name in _of_proposal(p))}
    found |= set(_of_impression(impression, source, target))
    if not proposals:
        found.add("nothing proposed")
    for token in doc:
        if token.i not in source and token.i not in target:
            if token.is_alpha and not token.tag_.startswith(EMPTY):
                found.add(f"word={stem(token.text)}")
        elif token.tag_.startswith(("NN", "JJ")) and token.tag_ != "NNP":
            found.add(f"party={stem(token.text)}")
        if token.i in source and token.dep_ in {"nsubj", "nsubjpass", "pobj"} and token.head.i not in source:
            verb = token.head.head if token.head.dep_ == "agent" else token.head
            found |= set(_of_verb(verb, token.dep_))
    return found


@functools.cache
def type_weights() -> dict[str, dict[str, float]]:
    """Return the fitted weights: by feature, then by type."""
    text = files("extractors").joinpath("eventtypes.json").read_text("utf8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return weights


def type_chances(names: Collection[str]) -> dict[str, float]:
    """Return how likely each type is, NOTHING among them; the chances add up to 1."""
    table = type_weights()
    scores = dict.fromkeys((*get_args(Event), NOTHING), 0.0)
    for name in names:
        for event, weight in table.get(name, {}).items():
            scores[event] += weight
    top = max(scores.values())
    powers = {event: math.exp(score - top) for event, score in scores.items()}
    total = sum(powers.values())
    return {event: power / total for event, power in powers.items()}


def type_between(
    doc: Doc,
    source: Collection[int],
    target: Collection[int],
    proposals: Sequence[Proposal],
    impression: Impression,
) -> TypeGuess:
    """Return the type of what the source does to the target; its event is None where it is none of the eleven."""
    names = type_features(doc, source, target, proposals, impression)
    chances = type_chances(names)
    best = max(chances, key=lambda event: chances[event])
    table = type_weights()
    reason = max(sorted(names - {"bias"}), key=lambda name: table.get(name, {}).get(best, 0.0), default="")
    event = next((e for e in get_args(Event) if e == best), None)
    return TypeGuess(event, chances[best], f"type: {reason}")
