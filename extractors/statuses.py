"""Whether a figure is so, was so, will be, might be, or is denied: from its verbs and the dates beside it."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from extractors.measures import Governed
from extractors.records import Status

MAY = frozenset("could would might may can should must 'd".split())
WILL = frozenset("will 'll shall wo".split())
PLANS = frozenset(
    """plan plans planned planning order orders ordered pledge pledges pledged promise promised promises vow vowed
        vows intend intends
    intended expect expected expects set scheduled due authorize authorized authorise authorised approve approved
    announce announced
    agree agreed decide decided prepare preparing prepares prepared ready going propose proposed seek seeks aim aims
    want wants wanted hope hopes hoping decision authorization""".split()
)
IFS = frozenset(
    """consider considering considers considered propose proposed proposing suggest suggested suggesting request
        requested requests requesting
    ask asked asking demand demanded urge urged call called want wants wanted threaten threatened threatens
    threatening recommend
    recommended need needs needed if whether unless fear fears feared risk possibility potentially possible
    potential like likes""".split()
)
MONTHS = "January February March April May June July August September October November December".split()
MONTH = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Ss]ince|[Ll]ate|[Ee]arly|mid-?|[Ll]ast|during|of|,)\s?(?:(?:late|early|mid)[ -])?"
    rf"({'|'.join(MONTHS)})\b(?: (\d{{1,2}})(?!\d))?"
)
YEAR = re.compile(
    r"\b(?:in|In|of|since|Since|until|during|During|the|late|early|mid|,|and|[A-Z][a-z]+)[ -]?((?:19|"
    r"20)\d\d)(?:s\b|\b)"
)
AGO = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d+) (?:years?|decades?) (?:ago|earlier|"
    r"before)|a (?:year|decade) (?:ago|earlier)|"
    r"last (?:year|spring|summer|autumn|fall|winter)|years? ago|at the time|in the (?:spring|summer|autumn|fall|"
    r"winter|past)|"
    r"(?:previous|earlier) (?:war|conflict|attack)|World War|Vietnam War|Gulf War|9/11|Sept(?:ember|\.) 11)\b"
)
SINCE = re.compile(r"\b[Ss]ince (?:late |early |mid-)?(?:\w+ )?$")


def _words(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass", "mark", "advmod", "prt"}}


def dated_past(text: str, published: date | None) -> bool:
    """Return whether a sentence sets itself in the past: an earlier year, a named earlier month, years ago."""
    if AGO.search(text):
        return True
    if published is None:
        return False
    for found in YEAR.finditer(text):
        if int(found.group(1)) < published.year and not SINCE.search(text[: found.start(1)]):
            return True
    for found in MONTH.finditer(text):
        month = MONTHS.index(found.group(1)) + 1
        if (
            month != published.month
            and not SINCE.search(text[: found.start(1)])
            and (published.month - month) % 12 > 0
        ):
            return True
    return False


def _denied(node: Token) -> bool:
    return any(c.dep_ == "neg" for c in node.children) or any(
        c.lower_ == "no" for c in node.children if c.dep_ == "det"
    )


def status_of(anchor: Token, governed: Governed | None, text: str, published: date | None) -> Status:
    """Return the status of a figure that hangs at `anchor` and is governed by a verb or noun."""
    node = governed.cue if governed is not None else anchor
    measure = governed.measure if governed is not None else "strength"
    for step in range(6):
        words = _words(node)
        if node.tag_.startswith("V") or node.tag_ == "MD":
            if _denied(node) and step < 2:
                return "denied"
            if words & WILL:
                return "planned"
            if words & MAY:
                return "hypothetical"
            if words & {"if", "unless", "whether"}:
                return "hypothetical"
        if step > 0 and node.lower_ in PLANS | IFS and _leads(node):
            planned = node.lower_ in PLANS and node.lower_ not in IFS
            return "planned" if planned else "hypothetical"
        if node.head is node or (node.dep_ in {"relcl", "advcl"} and step > 0):
            break
        if node.head.lower_ in SAYING and node.dep_ == "ccomp":
            break
        node = node.head
    if measure in {"deployment", "withdrawal", "supply"} and node.tag_ == "VB" and "to" in _words(node):
        return "planned"
    return "historical" if dated_past(text, published) else "actual"


def _leads(node: Token) -> bool:
    return any(c.dep_ in {"xcomp", "ccomp", "acl", "dobj", "prep"} for c in node.children)


SAYING = frozenset("said says say told tells claimed claims reported reports added announced confirmed".split())
