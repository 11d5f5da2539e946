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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from extractors.contenders import Outlook
from extractors.lexicon import Hit, lexicon
from extractors.records import Mention
from extractors.sides import Sides
from extractors.syntax import objects, quoted, subject

# Words of politics, courts and crime at home, and words of dealings between states.
DOMESTIC = re.compile(
    r"\b(?:Congress\w*|Senate|[Ss]enators?|[Ll]awmakers?|Democrat\w*|Republicans?|GOP|[Cc]ampaign\w*|[Ee]lections?|[Vv]oters?"
    r"|[Cc]ourts?|[Jj]udges?|[Pp]olice|[Pp]arliament\w*|[Oo]pposition|[Pp]rimary|[Bb]udget|[Ii]mpeach\w*|[Pp]rosecutors?"
    r"|[Hh]earings?|[Cc]ommittee|[Cc]andidates?|[Tt]axes|[Bb]ill|[Aa]nalysts?|[Cc]ritics|[Cc]ompan(?:y|ies)|[Ee]mails?)\b"
)
FOREIGN = re.compile(
    r"(?i)\b(?:diploma\w*|bilateral|foreign minist\w+|summit|ambassador|envoys?|treat(?:y|ies)|relations|nuclear"
    r"|sanctions|ceasefire|cease-fire|truce|peace|talks|negotiat\w+|allies|border|missiles?|pact|deal|kremlin)\b"
)


@dataclass(frozen=True, slots=True)
class Told:
    """How often a text has told of a mention's sides before it, how often of its event lately, and of both in one."""

    sides: int
    event: int
    both: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that a rule proposes, with what speaks for and against it."""

    mention: Mention
    hit: Hit
    sides: Sides
    swallowed: bool
    repeated: bool  # another act of its event stands before it in its sentence
    setting: int  # how far the whole text is of dealings between states, 0 to 4
    parties: int  # distinct acting parties named in its sentence
    place: tuple[int, int]  # the index of its sentence, and of its word there
    told: Told
    hits: int  # predicates found in its sentence
    view: Outlook  # what its sides were chosen from
    likely: float  # how likely its sides are, from 0 to 1


def setting_of(text: str) -> int:
    """Return how far a text is of dealings between states rather than of affairs at home, from 0 to 4."""
    foreign, domestic = len(FOREIGN.findall(text)), len(DOMESTIC.findall(text))
    return int(4 * (foreign + 1) / (foreign + domestic + 2))


def _of_the_act(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the predicate: which, of what event, where in the parse."""
    mention, hit, event = proposal.mention, proposal.hit, proposal.mention.event
    token = hit.token
    yield f"rule={mention.rule}"
    yield f"event={event}"
    yield f"kind={hit.predicate.kind}{'' if hit.verb is not None else ' bare'}"
    yield f"kind,event={hit.predicate.kind} {event}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    yield f"status={mention.status}"
    yield f"event,status={event} {mention.status}"
    if hit.verb is None:
        yield f"determiner={next((c.lower_ for c in token.children if c.dep_ in {'det', 'poss'}), 'none')}"
        yield f"bare={event} {token.dep_}"
    else:
        yield f"verb={hit.verb.tag_} {hit.verb.dep_}"
    for name, holds in (("swallowed", proposal.swallowed), ("repeated", proposal.repeated), ("second", hit.second)):
        if holds:
            yield name
            yield f"{name}={event}"


def _of_its_sides(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the sides: how each is known, how many."""
    mention, sides, weak = proposal.mention, proposal.sides, proposal.hit.predicate.weak
    yield f"actors={sides.actors_by}"
    yield f"targets={sides.targets_by}"
    yield f"sides={sides.actors_by} {sides.targets_by}"
    yield f"event,actors={mention.event} {sides.actors_by}"
    yield f"event,targets={mention.event} {sides.targets_by}"
    yield f"count={min(len({*mention.actors, *mention.targets}), 3)}"
    if weak and "named" not in {sides.actors_by, sides.targets_by}:
        yield "weak"
    if weak and sides.both_named:
        yield "weak both"


def _of_its_place(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the words around the predicate: what it hangs on, what stands as subject and object."""
    hit, private = proposal.hit, lexicon().private
    if hit.verb is None:
        head = hit.token.head
        yield f"head={head.tag_[:2]} {hit.token.dep_}"
        yield f"head word={head.lower_}"
        return
    who = subject(hit.verb)
    yield f"subject={'none' if who is None else who.tag_}"
    if who is not None and who.lower_ in private:
        yield "private subject"
    for noun in objects(hit.verb):
        yield f"object={noun.tag_}"
        if noun.lower_ in private:
            yield "private object"


def _of_its_entry(proposal: Proposal) -> Iterator[str]:
    """Return what the lexicon asks of the predicate, and how far its sides answer that."""
    entry, sides = proposal.hit.predicate, proposal.sides
    for name in ("strict", "weak", "bare", "joint", "negated", "people"):
        if getattr(entry, name):
            yield f"entry {name}"
            yield f"entry {name} {sides.actors_by} {sides.targets_by}"
    if entry.objects:
        yield "entry objects"


def _of_what_was_told(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the text before it: an act told again is seldom a mention."""
    told = proposal.told
    yield f"told sides={min(told.sides, 3)}"
    yield f"told event={min(told.event, 3)}"
    if told.both:
        yield f"told both={proposal.mention.event}"
    yield f"hits={min(proposal.hits, 5)}"


def features(proposal: Proposal) -> Iterator[str]:
    """Return the names of what holds of a proposal, each once."""
    yield from dict.fromkeys(_features(proposal))


def _features(proposal: Proposal) -> Iterator[str]:
    yield "bias"
    yield from _of_the_act(proposal)
    yield from _of_its_sides(proposal)
    yield from _of_its_place(proposal)
    yield from _of_its_entry(proposal)
    yield from _of_what_was_told(proposal)
    if quoted(proposal.hit.token):
        yield "quoted"
    yield f"parties={min(proposal.parties, 4)}"
    for name, words in (("domestic", DOMESTIC), ("foreign", FOREIGN)):
        yield f"{name}={min(len(words.findall(proposal.mention.sentence)), 3)}"
    yield f"setting={proposal.setting}"


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
