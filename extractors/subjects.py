"""Whose forces, or whose losses, a figure counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from extractors.context import Context
from extractors.measures import FORCES, WEAPONS
from extractors.parties import PartyMatch
from extractors.referents import Referents
from extractors.sentences import Sentence
from extractors.verdicts import Verdict

OWNERS = frozenset({"state", "demonym", "capital", "government", "person", "body", "group"})
DOERS = frozenset({"strength", "deployment", "withdrawal", "mobilisation", "supply", "attack"})
LOSES = frozenset("lose lost loses losing suffer suffered suffers suffering".split())
TOGETHER = frozenset(
    "rivals sides countries nations neighbours neighbors powers parties both allies foes governments".split()
)
# A war's dead belong to no side.
WARS = frozenset("war conflict insurgency fighting violence crisis uprising rebellion unrest campaign".split())
WAR_THAT = re.compile(
    rf"\b(?:{'|'.join(sorted(WARS))})\b(?: that| which)?(?: has| have| had|'s|’s)?(?: already| also)? ?$"
)
YEARS_OF_WAR = re.compile(
    rf"[^.;]{{0,40}}\b(?:in|after|during|since|of) (?:[\w-]+ ){{0,5}}(?:{'|'.join(sorted(WARS))})\b", re.IGNORECASE
)
ON_SIDE = re.compile(r"[^.;]{0,24}\bon the (?P<who>[A-Z]\w+) side")
BOTH_SIDES = re.compile(r"\b(?:both sides|on either side|each side|of the two sides)\b", re.IGNORECASE)
REFERRING = frozenset(
    "it they he she its their his government ministry military army country regime administration group militia "
    "movement president "
    "organization organisation rebels militants fighters forces troops navy officials them".split()
)
WAR_DEAD = 1_000  # a total this large of a whole war mixes sides


class Parties:
    """The parties of one parsed sentence by token, pronouns and roles among them."""

    def __init__(self, context: Context, sentence: Sentence, referents: Referents) -> None:
        """Take a document, a sentence of it and whom its pronouns stand for."""
        self.matches: Sequence[PartyMatch] = context.parties_in(sentence)
        self.sentence = sentence
        self.referents = referents

    def at(self, token: Token) -> PartyMatch | None:
        """Return the party a token is part of."""
        at = self.sentence.start + token.idx
        return next((m for m in self.matches if m.start <= at < m.end), None)

    def owner(self, token: Token) -> str | None:
        """Return the party that a token names as an owner or doer."""
        match = self.at(token)
        return match.code if match is not None and match.kind in OWNERS else None

    def referred(self, token: Token) -> str | None:
        """Return whom a pronoun or role stands for."""
        if token.lower_ in REFERRING or token.tag_ in {"PRP", "PRP$"}:
            return self.referents.resolve(self.sentence.index, self.sentence.start + token.idx, token.text)
        return None

    def phrase(self, noun: Token) -> str | None:
        """Return the party that a noun phrase is, belongs to, or stands for."""
        return self.owner(noun) or self.modifier(noun) or self.behind(noun) or self.referred(noun)

    def modifier(self, noun: Token) -> str | None:
        """Return the party among the words before a noun, nearest first."""
        inside = sorted((t for t in noun.subtree if 0 < noun.i - t.i < 9), key=lambda t: -t.i)
        for token in inside:
            if token.dep_ in {"prep", "relcl", "acl"} or token.lower_ in {"in", "of", "by"}:
                break
            if self._led(noun, token):
                code = self.owner(token) or (self.referred(token) if token.tag_ == "PRP$" else None)
                if code:
                    return code
        return None

    def _led(self, noun: Token, token: Token) -> bool:
        """Return whether a token leads up to a noun by modifiers alone."""
        node = token
        for _ in range(4):
            if node.dep_ not in {
                "amod",
                "compound",
                "nmod",
                "poss",
                "npadvmod",
                "dep",
                "nummod",
                "conj",
                "appos",
                "advmod",
                "punct",
            }:
                return False
            node = node.head
            if node == noun:
                return True
        return False

    def behind(self, noun: Token) -> str | None:
        """Return the party behind a noun's "of", "from" or "with": "troops from Chad"."""
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ in {"of", "from", "with", "loyal"} and prep.i > noun.i:
                for inner in prep.children:
                    if inner.dep_ == "pobj":
                        code = (
                            self.owner(inner)
                            or self.modifier(inner)
                            or (self.referred(inner) if inner.tag_ == "PRP" else None)
                        )
                        if code:
                            return code
        return self._linked(noun)

    def _linked(self, noun: Token) -> str | None:
        """Return whom people are tied to: "with links to al-Shabab", "working for the ministry"."""
        for child in noun.children:
            tied = child.dep_ == "acl" and child.lower_ in {
                "working",
                "belonging",
                "loyal",
                "linked",
                "affiliated",
                "serving",
            }
            links = [c for c in child.children if c.lower_ in {"links", "ties"}] if child.lower_ == "with" else []
            for node in [child] if tied else links:
                for prep in node.children:
                    for inner in prep.children:
                        if (
                            prep.dep_ == "prep"
                            and inner.dep_ == "pobj"
                            and (code := self.owner(inner) or self.modifier(inner))
                        ):
                            return code
        return None


def doer(parties: Parties, cue: Token) -> str | None:
    """Return the party that does what a verb or noun says; the subject of the verbs above where it has none."""
    node = cue
    for _ in range(5):
        for child in node.children:
            if child.dep_ == "agent":
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                code = parties.phrase(inner) if inner is not None else None
            elif child.dep_ in {"nsubj", "poss"} or (
                child.dep_ in {"amod", "compound"} and node.tag_.startswith("N")
            ):
                code = parties.phrase(child) if child.dep_ != "amod" else parties.owner(child)
            else:
                code = None
            if code:
                return code
        if node.dep_ == "pcomp" and node.head.lower_ in {"of", "for"}:
            blamed = next((c for c in node.head.head.children if c.dep_ in {"dobj", "nsubjpass"}), None)
            if blamed is not None and (code := parties.phrase(blamed)):
                return code
        clause = node.dep_ in {"acl", "relcl"} and node.head.i < node.i and node.tag_ != "VBN"
        if clause and (code := parties.phrase(node.head)):
            return code
        if node.head == node or node.dep_ in {"ccomp", "parataxis"}:
            return None
        node = node.head
    return None


def said_subject(parties: Parties, verdict: Verdict) -> str | None:
    """Return the party that the noun phrase of a figure itself names, or its verb where the verb tells."""
    noun = verdict.unit.noun if verdict.unit.noun is not None else verdict.unit.anchor
    anchor = verdict.unit.anchor
    if verdict.lender is not None and verdict.unit.partitive:
        return None
    for node in (noun, anchor) if anchor != noun else (noun,):
        code = (
            (parties.owner(node) if verdict.item != "aircraft" or node == noun else None)
            or parties.modifier(node)
            or parties.behind(node)
        )
        if code:
            return code
    if verdict.lender is not None and verdict.governed is None:
        return None  # the figure that it continues tells
    cue = verdict.governed.cue if verdict.governed is not None else anchor
    if verdict.measure == "attack" and (code := launched_from(parties, cue)):
        return code
    if verdict.measure in DOERS:
        return doer(parties, cue)
    if cue.lower_ in LOSES:
        return doer(parties, cue)
    return None


def launched_from(parties: Parties, cue: Token) -> str | None:
    """Return the place that munitions came from: "fired from Gaza", "rockets from Lebanon"."""
    for prep in cue.children:
        if prep.lower_ == "from":
            for inner in prep.children:
                match = parties.at(inner)
                if inner.dep_ == "pobj" and match is not None:
                    return match.code
    return None


def of_side(parties: Parties, verdict: Verdict, text: str) -> str | None:
    """Return the party of "67 dead on the Israeli side"."""
    found = ON_SIDE.match(text[verdict.unit.end : verdict.unit.end + 60])
    if not found:
        return None
    at = parties.sentence.start + verdict.unit.end + found.start("who")
    return next((m.code for m in parties.matches if m.start <= at < m.end), None)


def mixes_sides(verdict: Verdict, text: str) -> bool:
    """Return whether a figure counts the dead of a whole war, or of both sides."""
    if BOTH_SIDES.search(text):
        return True
    if verdict.governed is None or verdict.measure in DOERS:
        return False
    number = verdict.unit.number
    subject = next((c for c in verdict.governed.cue.children if c.dep_ in {"nsubj", "agent"}), None)
    heads = {t.lower_ for t in subject.subtree} if subject is not None else set()
    heads |= {t.lower_ for t in verdict.governed.cue.subtree if t.head.lower_ in {"in", "since", "during", "by"}}
    if verdict.governed.cue.dep_ == "relcl":
        heads.add(verdict.governed.cue.head.lower_)
    cue, last = verdict.governed.cue.idx, verdict.unit.end
    whole_war = WAR_THAT.search(text[max(0, cue - 60) : cue]) or YEARS_OF_WAR.match(text[last : last + 90])
    return bool(heads & WARS or whole_war) and (number.low or number.high or 0) >= WAR_DEAD


def takes_country(verdict: Verdict) -> bool:
    """Return whether unnamed victims take the country they were harmed in (RULINGS, figures 9)."""
    return verdict.measure not in DOERS and (verdict.item not in WEAPONS or verdict.measure == "captured")


def done_by_both(parties: Parties, verdict: Verdict) -> bool:
    """Return whether several unnamed sides do it together: "the rivals have massed", "the two countries sent"."""
    if verdict.measure not in DOERS or verdict.governed is None:
        return False
    subject = next((c for c in verdict.governed.cue.children if c.dep_ == "nsubj"), None)
    return subject is not None and subject.lower_ in TOGETHER and parties.phrase(subject) is None


def may_lend(lender: Verdict, verdict: Verdict) -> bool:
    """Return whether whose one figure is tells whose the next is: both of forces, or both of victims."""
    if verdict.measure in DOERS:
        return lender.measure in DOERS and (lender.item in FORCES | WEAPONS)
    return lender.measure not in DOERS
