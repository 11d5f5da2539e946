"""Whose forces, or whose losses, a figure counts."""

from __future__ import annotations

import re

from spacy.tokens import Token

from extractors.governors import comes_under_fire
from extractors.inflection import all_forms
from extractors.items import singular
from extractors.measures import FORCES, WEAPONS
from extractors.owners import Parties
from extractors.syntax import children
from extractors.verdicts import Verdict

DOERS = frozenset({"strength", "deployment", "withdrawal", "mobilisation", "supply", "attack"})
LOSES = all_forms("lose suffer")
LOSSES = frozenset("loss casualty toll".split())
ENEMIES = frozenset("enemy invaders occupiers aggressor".split())
# What is struck with the people in it: its owner is theirs.
HOLDS_PEOPLE = frozenset(
    "ship warship vessel boat freighter plane airliner aircraft jet helicopter bus train convoy patrol base outpost "
    "post barracks embassy consulate camp checkpoint island position".split()
)
HAS = frozenset("has have had keeps keep kept having keeping".split())
RECEIVES = all_forms("receive acquire buy get import obtain purchase procure")
ON_SIDE = re.compile(r"[^.;]{0,24}\bon the (?P<who>[A-Z]\w+) side")


def doer(parties: Parties, cue: Token, counted: Token | None = None) -> str | None:
    """Return the party that does what a verb or noun says; the subject of the verbs above where it has none.

    Several sides that do it together are "". What is counted itself is no doer: "has 300 troops fighting".
    """
    node = cue
    for _ in range(5):
        for child in node.children:
            if child == counted:
                code = None
            elif child.dep_ == "agent":
                inner = next(children(child, "pobj"), None)
                code = _together(parties, inner) if inner is not None else None
            elif child.dep_ in {"nsubj", "poss"} or (
                child.dep_ in {"amod", "compound"} and node.tag_.startswith("N")
            ):
                own = _together if node == cue else Parties.phrase
                code = own(parties, child) if child.dep_ != "amod" else parties.owner(child)
            else:
                code = None
            if code is not None:
                return code
        if node.dep_ == "pcomp" and node.head.lower_ in {"of", "for"}:
            blamed = next(children(node.head.head, "dobj", "nsubjpass"), None)
            if blamed is not None and (code := parties.phrase(blamed)):
                return code
        clause = node.dep_ in {"acl", "relcl"} and node.head.i < node.i and node.tag_ != "VBN"
        if clause and node.head != counted and (code := parties.phrase(node.head)):
            return code
        if node.head == node or (node.dep_ in {"ccomp", "parataxis"} and node.head.lower_ not in HAS):
            return None
        node = node.head
    return None


def _together(parties: Parties, noun: Token) -> str | None:
    """Return the party that a doer is; "" where it is one of several."""
    code = parties.phrase(noun)
    others = {parties.phrase(other) for other in noun.conjuncts} - {None, code}
    return "" if code and others else code


def of_what_was_hit(parties: Parties, verdict: Verdict) -> str | None:
    """Return whose ship or base it was: "sank a Greek freighter, killing six"."""
    cue = verdict.governed.cue if verdict.governed is not None else None
    if (
        cue is None
        or verdict.item in {"civilians", "children"}
        or cue.tag_ != "VBG"
        or not cue.head.tag_.startswith("V")
    ):
        return None
    hit = next(children(cue.head, "dobj"), None)
    if hit is None or hit.i > cue.i or singular(hit.text) not in HOLDS_PEOPLE:
        return None
    return parties.owner(hit) or parties.modifier(hit)


def said_subject(parties: Parties, verdict: Verdict) -> str | None:
    """Return the party that the noun phrase of a figure itself names, or its verb where the verb tells."""
    noun = verdict.unit.noun if verdict.unit.noun is not None else verdict.unit.anchor
    anchor = verdict.unit.anchor
    if verdict.lender is not None and verdict.unit.partitive:
        return None
    if any(c.lower_ == "foreign" for c in noun.children):
        return ""
    if singular(noun.text) == "member" and any(c.lower_ == "service" for c in noun.children):
        return parties.modifier(noun) or ("USA" if parties.names("USA") else None)  # so America calls its soldiers
    if (
        verdict.measure == "mobilisation"
        and verdict.governed is not None
        and verdict.governed.cue.lower_.startswith("join")
    ):
        joined = next(children(verdict.governed.cue, "dobj"), None)
        return parties.phrase(joined) if joined is not None else None
    giving = verdict.governed.cue if verdict.measure == "supply" and verdict.governed is not None else None
    gives = giving is not None and giving.tag_.startswith("V") and giving.lower_ not in RECEIVES
    if giving is not None and gives and (giver := doer(parties, giving, noun)):
        return giver  # "promised Ukraine 100,000 shells": the party by the noun receives them
    if verdict.unit.partitive and (said := _predicate(anchor)) is not None and (code := parties.behind(said)):
        return code  # "nine of the dead were members of Hezbollah"
    for node in (noun, anchor) if anchor != noun else (noun,):
        code = (
            (parties.owner(node) if verdict.item != "aircraft" or node == noun else None)
            or parties.modifier(node)
            or parties.behind(node)
        )
        if code:
            return code
    if inside := parties.within(verdict.unit.number.start, verdict.unit.end):
        return inside
    if verdict.lender is not None and verdict.governed is None:
        return None  # the figure that it continues tells
    cue = verdict.governed.cue if verdict.governed is not None else anchor
    if verdict.measure == "attack" and not any(parties.phrase(c) for c in children(cue, "nsubj")):
        code = launched_from(parties, cue)
        if code is not None:
            return code
    if verdict.measure == "attack" and comes_under_fire(cue):
        return None
    if verdict.measure == "supply" and cue.lower_ in RECEIVES:
        return launched_from(parties, cue)
    if singular(cue.text) in LOSSES and (loser := parties.modifier(cue) or parties.behind(cue)):
        return loser  # "put Russian losses at 900 men"
    if verdict.measure in DOERS:
        return doer(parties, cue, noun)
    if cue.lower_ in LOSES:
        return doer(parties, cue)
    if hit := of_what_was_hit(parties, verdict):
        return hit
    if (
        noun.lower_ == "others"
        and noun.dep_ == "conj"
        and (first := parties.at(noun.head))
        and first.kind == "person"
    ):
        return first.code  # "the ambassador and three others"
    if cue == noun and anchor.dep_ == "dobj" and anchor.head.lower_ in LOSES:
        return doer(parties, anchor.head)  # "suffered 300 casualties"
    return None


def _predicate(anchor: Token) -> Token | None:
    """Return what those that a number stands for are said to be."""
    return next(children(anchor.head, "attr"), None) if anchor.dep_ in {"nsubj", "nsubjpass"} else None


def of_enemy(verdict: Verdict) -> bool:
    """Return whether a figure counts the forces or losses of "the enemy": the enemy of who says so."""
    nodes = {verdict.unit.anchor, verdict.unit.noun or verdict.unit.anchor}
    words = [c for node in nodes for c in node.children if c.dep_ in {"poss", "amod", "compound"}]
    words += [c for node in nodes for of in node.children if of.lower_ == "of" for c in children(of, "pobj")]
    cue = verdict.governed.cue if verdict.governed is not None else None
    if cue is not None and cue.lower_ in LOSES:
        words += children(cue, "nsubj")
    if cue is not None and singular(cue.text) in LOSSES:
        words += [w for w in cue.subtree if w.i < cue.i + 4]
    return any(word.lower_ in ENEMIES for word in words)


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


def takes_country(verdict: Verdict) -> bool:
    """Return whether unnamed victims take the country they were harmed in (RULINGS, figures 9)."""
    return verdict.measure not in DOERS and (verdict.item not in WEAPONS or verdict.measure == "captured")


def may_lend(lender: Verdict, verdict: Verdict) -> bool:
    """Return whether whose one figure is tells whose the next is: both of forces, or both of victims."""
    if verdict.measure in DOERS:
        return lender.measure in DOERS and (lender.item in FORCES | WEAPONS)
    lost_with = verdict.measure == "destroyed" and verdict.governed is None  # "900 soldiers, as well as 11 tanks"
    return lender.measure not in DOERS and (lost_with or (lender.item in WEAPONS) == (verdict.item in WEAPONS))
