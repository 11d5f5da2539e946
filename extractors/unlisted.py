"""Acts whose word the lexicon does not list, or lists for another event, by the network."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Doc, Token

from extractors.lexicon import Hit, Predicate
from extractors.network import EVENTS, Impression
from extractors.records import Event

LEAST = -1.5  # odds, as a logarithm, from which a word is proposed
NEAR = 3  # words within which one act of an event is told once
KINDS = {"V": "verb", "N": "noun", "J": "adjective"}
JOINT = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# Where the target of an act of each event mostly stands.
TARGETS: dict[Event, tuple[str, ...]] = {
    "CONSULT": ("party", "with", "to", "between", "place"),
    "REQUEST": ("party", "to", "on", "from", "clause", "object", "for"),
    "AGREE": ("with", "to", "between", "object"),
    "REJECT": ("party", "object", "from", "with", "of", "to"),
    "ACCUSE": ("party", "object", "of", "clause", "for", "at", "against"),
    "THREATEN": ("party", "against", "object", "to", "with", "inside"),
    "SUPPORT": ("party", "object", "for", "to", "with", "of"),
    "COOPERATE": ("with", "between", "party"),
    "AID": ("dative", "to", "for", "party", "object"),
    "CONCEDE": ("dative", "to", "for", "from", "party", "object"),
    "SANCTION": ("party", "against", "on", "from", "object"),
}


def _predicate(event: Event, kind: str) -> Predicate:
    return Predicate(event, kind, "", TARGETS[event], joint=event in JOINT, bare=True, unlisted=True)


def _hit(token: Token, event: Event) -> Hit:
    """Return an act at a token; a noun acts through the verb that it is the object of."""
    kind = KINDS.get(token.tag_[0], "verb")
    verb = token if kind != "noun" else None
    if kind == "noun" and token.dep_ in {"dobj", "nsubjpass"} and token.head.tag_.startswith("V"):
        verb = token.head
    return Hit(_predicate(event, kind), token, verb, (token,))


def unlisted_hits(doc: Doc, impression: Impression, taken: Collection[tuple[int, Event]]) -> list[Hit]:
    """Return the acts of a sentence that nothing else finds, in order; `taken` are those found, by token."""
    likely = [
        (float(odds), int(row), EVENTS[column])
        for row, column in zip(*(impression.events > LEAST).nonzero(), strict=True)
        for odds in [impression.events[row, column]]
    ]
    found: list[Hit] = []
    known = list(taken)
    for _, row, event in sorted(likely, key=lambda each: -each[0]):
        if doc[row].tag_[0] in KINDS and all(other != event or abs(row - at) > NEAR for at, other in known):
            known.append((row, event))
            found.append(_hit(doc[row], event))
    return sorted(found, key=lambda hit: hit.token.i)
