"""Whose forces, or whose losses, a figure counts."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.context import Context
from extractors.measures import FORCES, Governed
from extractors.parties import PartyMatch
from extractors.sentences import Sentence
from extractors.units import Unit

OWNERS = frozenset({"state", "demonym", "capital", "government", "person", "body", "group"})
DOERS = frozenset({"strength", "deployment", "withdrawal", "mobilisation", "supply", "attack"})


class Parties:
    """The parties of one parsed sentence by token."""

    def __init__(self, context: Context, sentence: Sentence) -> None:
        self.matches: Sequence[PartyMatch] = context.parties_in(sentence)
        self.start = sentence.start

    def at(self, token: Token) -> PartyMatch | None:
        """Return the party a token is part of."""
        at = self.start + token.idx
        return next((m for m in self.matches if m.start <= at < m.end), None)

    def owner(self, token: Token) -> str | None:
        """Return the party that a token names as an owner or doer."""
        match = self.at(token)
        return match.code if match is not None and match.kind in OWNERS else None


def _own(parties: Parties, noun: Token) -> str | None:
    """Return the party among the words before a noun and behind its "of"."""
    for token in sorted(noun.subtree, key=lambda t: -t.i):
        if (
            token.i < noun.i
            and token.dep_ in {"amod", "compound", "nmod", "poss", "npadvmod", "nsubj", "dep"}
            and noun.i - token.i < 8
        ):
            code = parties.owner(token)
            if code:
                return code
    code = parties.owner(noun)
    if code:
        return code
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ in {"of", "from"}:
            for inner in prep.children:
                code = parties.owner(inner) or _own_phrase(parties, inner)
                if code:
                    return code
    return None


def _own_phrase(parties: Parties, noun: Token) -> str | None:
    """Return the first party inside a noun phrase."""
    for token in noun.subtree:
        code = parties.owner(token)
        if code:
            return code
    return None


def _doer(parties: Parties, cue: Token) -> str | None:
    """Return the party that does what a verb or noun says."""
    node = cue
    for _ in range(4):
        for child in node.children:
            if child.dep_ in {"nsubj", "poss"} or (child.dep_ == "agent"):
                code = (
                    _own_phrase(parties, child)
                    if child.dep_ == "agent"
                    else parties.owner(child) or _own(parties, child)
                )
                if code:
                    return code
        if node.dep_ == "acl" and node.tag_ == "VBG":
            return parties.owner(node.head) or _own(parties, node.head)
        if node.head is node or node.dep_ in {"ccomp"}:
            return None
        node = node.head
    return None


def subject_of(
    context: Context, sentence: Sentence, unit: Unit, governed: Governed | None, location: tuple[str, ...]
) -> str | None:
    """Return the code of whose forces or losses the figure counts, or None."""
    parties = Parties(context, sentence)
    measure = governed.measure if governed else "strength"
    noun = unit.noun if unit.noun is not None else unit.anchor
    code = _own(parties, noun) or (_own(parties, unit.anchor) if unit.anchor is not noun else None)
    if code:
        return code
    cue = governed.cue if governed else unit.anchor
    if measure in DOERS:
        return _doer(parties, cue)
    if cue.lower_ in {"lose", "lost", "loses", "losing"} and (code := _doer(parties, cue)):
        return code
    item = unit.counted.item if unit.counted else "people"
    if len(location) == 1 and item not in FORCES - {"formation"}:
        return location[0]
    return location[0] if len(location) == 1 else None
