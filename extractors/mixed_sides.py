"""When a figure is of no one side: a whole war's dead, both sides' losses, attackers whose side is not said."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.measures import HARMS, PEOPLE
from extractors.owners import Parties
from extractors.parties import ACTING, is_state
from extractors.subjects import DOERS
from extractors.syntax import children
from extractors.verdicts import Verdict

TOGETHER = frozenset(
    "rivals sides countries nations neighbours neighbors powers parties both allies foes governments".split()
)
ATTACKERS = frozenset(
    "gunman attacker assailant bomber terrorist hijacker jihadist jihadi extremist militant rebel insurgent "
    "guerrilla islamist separatist".split()
)
# A war's dead belong to no side.
WARS = frozenset("war conflict insurgency fighting violence crisis uprising rebellion unrest campaign".split())
WAR_THAT = re.compile(
    rf"\b(?:{'|'.join(sorted(WARS))})\b(?: that| which)?(?: has| have| had|'s|’s)?(?: already| also)? ?$"
)
WAR_NEAR = re.compile(r"\b(?:conflict|war) (?:is |was |has |now |in |its |\w+ ){0,6}year\b[^.;]*$")
YEARS_OF_WAR = re.compile(
    rf"[^.;]{{0,60}}\b(?:by|in|after|during|since|of) (?:[\w-]+ ){{0,5}}(?:{'|'.join(sorted(WARS))})\b", re.IGNORECASE
)
BOTH_SIDES = re.compile(r"\b(?:both sides|on either side|each side|of the two sides)\b", re.IGNORECASE)
EACH = re.compile(r"[^.;]{0,40}?\b(?:each|apiece|a side|per side|mutually)\b", re.IGNORECASE)
ABOARD = re.compile(r"\b(?:on board|aboard|passengers)\b")
FLOWN = re.compile(
    r"\b(?:passenger (?:plane|jet)|airliner|jetliner|airlines?|flight|boeing|airbus|plane|jet)\b", re.IGNORECASE
)
FOREIGNERS = re.compile(
    r"[^.;]{0,50}\b(?:many|most|mostly|mainly|majority)\b(?: of)?(?: them| whom| the victims)?,? (?:were )?(?:\w+ )?"
    r"(?:foreign\w*|tourists|Westerners)\b|, (?:roughly |about |nearly )?half of (?:them|whom) (?:were )?[A-Z]"
)
INCLUDING = re.compile(r"[^.;]{0,40}?,? (?:including|among them)\b(?P<who>[^.;]{2,60})")
WAR_DEAD = 1_000  # a total this large of a whole war mixes sides


def mixes_sides(verdict: Verdict, text: str) -> bool:
    """Return whether a figure counts the dead of a whole war, or of both sides."""
    near = text[max(0, verdict.unit.number.start - 40) : verdict.unit.end + 60]
    if BOTH_SIDES.search(near) and not re.search(r"[:;]", near):
        return True
    if verdict.measure == "captured" and EACH.match(text[verdict.unit.end :]):
        return True  # "exchanged 175 prisoners each"
    if verdict.governed is None or verdict.measure in DOERS or verdict.measure == "displaced":
        return False
    number = verdict.unit.number
    subject = next(children(verdict.governed.cue, "nsubj", "agent"), None)
    heads = {t.lower_ for t in subject.subtree} if subject is not None else set()
    heads |= {t.lower_ for t in verdict.governed.cue.subtree if t.head.lower_ in {"in", "since", "during", "by"}}
    if verdict.governed.cue.dep_ == "relcl":
        heads.add(verdict.governed.cue.head.lower_)
    cue, last = verdict.governed.cue.idx, verdict.unit.end
    near_war = WAR_NEAR.search(text[max(0, number.start - 80) : number.start])
    whole_war = (
        near_war or WAR_THAT.search(text[max(0, cue - 60) : cue]) or YEARS_OF_WAR.match(text[last : last + 90])
    )
    return bool(heads & WARS or whole_war) and (number.low or number.high or 0) >= WAR_DEAD


def is_attacker(verdict: Verdict) -> bool:
    """Return whether a figure counts gunmen, bombers, assailants: of no state because it was there."""
    return verdict.counts(ATTACKERS)


def of_two_nations(parties: Parties, verdict: Verdict) -> bool:
    """Return whether people of two sides are counted together: "dozens of Indian and Chinese soldiers"."""
    start, end = parties.sentence.start + verdict.unit.number.start, parties.sentence.start + verdict.unit.end
    inside = [m for m in parties.matches if start <= m.start and m.end <= end and m.kind in ACTING]
    text = parties.sentence.text
    return any(
        a.code != b.code and text[a.end - parties.sentence.start : b.start - parties.sentence.start].strip() == "and"
        for a, b in pairwise(inside)
    )


def done_by_both(parties: Parties, verdict: Verdict) -> bool:
    """Return whether several unnamed sides do it together: "the rivals have massed", "the two countries sent"."""
    if verdict.measure not in DOERS or verdict.governed is None:
        return False
    verbs = (verdict.governed.cue, verdict.unit.anchor.head)
    subjects = [c for verb in verbs for c in verb.children if c.dep_ == "nsubj"]
    return any(c.lower_ in TOGETHER and parties.phrase(c) is None for c in subjects)


def of_travellers(verdict: Verdict, text: str) -> bool:
    """Return whether victims are those aboard an airliner, or told to be mostly foreigners."""
    harmed = verdict.measure in HARMS and verdict.item in PEOPLE
    return harmed and bool(FOREIGNERS.match(text[verdict.unit.end :]) or (ABOARD.search(text) and FLOWN.search(text)))


def of_other_nations(parties: Parties, verdict: Verdict, country: str) -> bool:
    """Return whether victims in a country are told to be of others too: "14 people, including two Danes"."""
    found = INCLUDING.match(parties.sentence.text[verdict.unit.end :])
    if not found or verdict.item != "people":
        return False
    start = parties.sentence.start + verdict.unit.end + found.start("who")
    end = parties.sentence.start + verdict.unit.end + found.end()
    inside = [
        m for m in parties.matches if start <= m.start < end and m.kind in {"demonym", "state", "place", "capital"}
    ]
    return bool(inside) and inside[0].code != country and is_state(inside[0].code)
