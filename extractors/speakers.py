"""Who says a clause: said-clauses in every order, "according to", "citing", quotations that stay open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.context import Context
from extractors.inflection import verb_forms
from extractors.sentences import Sentence

SAYING = frozenset(
    form
    for verb in (
        "say tell claim report announce confirm state estimate add warn believe allege assert argue declare note "
        "write tweet "
        "explain acknowledge admit insist maintain reveal disclose testify predict suggest deny accuse put cite "
        "quote tally count "
        "mention describe conclude determine find indicate show post"
    ).split()
    for form in verb_forms(verb)
)
SOURCES = frozenset({"according", "citing", "quoting", "per"})
NOBODY = frozenset("there which that who what this it i we you".split())


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who states a number: the code, and the words the text names them by."""

    code: str | None
    text: str | None


OUTLET = Claimant(None, None)


def phrase(noun: Token) -> tuple[int, int]:
    """Return where a noun phrase begins and ends in its sentence, relative clauses and remarks left out."""
    left = noun.left_edge
    end = noun
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"prep", "appos", "compound", "case"} and child.i - noun.i <= 2:
            end = child.right_edge if child.dep_ == "prep" else child
    return left.idx, end.idx + len(end)


class Speakers:
    """The speakers of one document, sentence by sentence."""

    def __init__(self, context: Context, parsed: Mapping[int, Doc]) -> None:
        """Take a document and the parse of its candidate sentences."""
        self.context, self.parsed = context, parsed

    def claimant(self, sentence: Sentence, doc: Doc, at: Token) -> Claimant:
        """Return who states what stands at a token; OUTLET where the outlet does in its own voice."""
        speaker = _sayer(at) or _source(doc)
        if speaker is None:
            return OUTLET
        start, end = phrase(speaker)
        return Claimant(self.code(sentence, start, end), sentence.text[start:end])

    def code(self, sentence: Sentence, start: int, end: int) -> str:
        """Return the code of the party that a noun phrase names, `unknown` where it names none."""
        for match in self.context.parties_in(sentence):
            if sentence.start + start <= match.start < sentence.start + end:
                return match.code
        return "unknown"


def _sayer(at: Token) -> Token | None:
    """Return the subject of the nearest speech verb whose words hold a token."""
    node = at
    for _ in range(12):
        for child in node.children:
            if child.dep_ in {"parataxis", "ccomp"} and child.lower_ in SAYING and at not in child.subtree:
                subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
                if subject is not None and subject.lower_ not in {"who", "which", "that"}:
                    return subject
        head = node.head
        if head is node:
            return None
        if head.lower_ in SAYING and node.dep_ in {"ccomp", "dobj", "xcomp", "parataxis"}:
            subject = next((c for c in head.children if c.dep_ in {"nsubj", "agent"}), None)
            if subject is not None:
                return subject
        node = head
    return None


def _source(doc: Doc) -> Token | None:
    """Return whom "according to" or "citing" names."""
    for token in doc:
        if token.lower_ == "according":
            for prep in token.children:
                inner = next((c for c in prep.children if c.dep_ == "pobj"), None)
                if inner is not None:
                    return inner
        if token.lower_ in {"citing", "quoting", "per"}:
            inner = next((c for c in token.children if c.dep_ in {"dobj", "pobj"}), None)
            if inner is not None:
                return inner
    return None
