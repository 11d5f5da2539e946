"""Which event a sentence tells of between a source and a target that are given by their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.context import Context, Document
from extractors.diplomacy import propose_mentions
from extractors.eventtypes import TypeGuess, type_between, type_features
from extractors.network import Impression, network
from extractors.parsing import parse_sentences
from extractors.parties import PartyMatch
from extractors.proposals import Proposal
from extractors.referents import build_referents
from extractors.sentences import Sentence

SOURCE, TARGET = "source", "target"


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the words of who acts in it and towards whom."""

    text: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules propose between the sides of a pair, and the tokens that name each side."""

    proposals: list[Proposal]
    impression: Impression
    source: frozenset[int]
    target: frozenset[int]


def _parties(pair: Pair) -> tuple[PartyMatch, ...]:
    """Return the source and the target as parties where the sentence has their words."""
    found: list[PartyMatch] = []
    for words, code in ((pair.source, SOURCE), (pair.target, TARGET)):
        at = pair.text.find(words)
        if at < 0:
            at = pair.text.lower().find(words.lower())
        if at >= 0 and not any(p.start < at + len(words) and at < p.end for p in found):
            found.append(PartyMatch(at, at + len(words), words, code, "body"))
    return tuple(sorted(found, key=lambda p: p.start))


def see(pair: Pair, doc: Doc) -> Seen:
    """Return what the rules propose where the given sides are the only parties of a sentence."""
    sentences = (Sentence(0, 0, len(pair.text), pair.text),)
    parties = _parties(pair)
    context = Context(Document(pair.text), sentences, parties, build_referents(sentences, parties))
    source, target = (
        frozenset(t.i for p in parties if p.code == code for t in doc if p.start <= t.idx < p.end)
        for code in (SOURCE, TARGET)
    )
    (impression,) = network().read([doc])
    return Seen(propose_mentions(context, {0: doc}, {0: impression}), impression, source, target)


def pair_features(pair: Pair, doc: Doc) -> set[str]:
    """Return the names of what holds of a sentence between its given sides."""
    seen = see(pair, doc)
    return type_features(doc, seen.source, seen.target, seen.proposals, seen.impression)


def events_between(pairs: Sequence[Pair]) -> list[TypeGuess]:
    """Return the type of what each source does to its target, in order; no event where it is none of the eleven."""
    guesses = []
    for pair, doc in zip(pairs, parse_sentences(p.text for p in pairs), strict=True):
        seen = see(pair, doc)
        guesses.append(type_between(doc, seen.source, seen.target, seen.proposals, seen.impression))
    return guesses
