"""Whether an act is done, planned, thought of, past or denied, from the words around its verb."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from extractors.records import Status
from extractors.syntax import children

NEGATIONS = frozenset("not n't never no neither without hardly little nor cannot".split())
FAILURES = frozenset("fail fails failed failing unable failure stopped stop short lack".split())
WILL = frozenset("will 'll shall wo going".split())
PERHAPS = frozenset("could might may can should must ought would 'd ca need".split())
CONDITIONS = frozenset("if unless whether should".split())
# Verbs, adjectives and nouns that put what hangs on them into the future.
PLANNING = frozenset(
    "plan plans planned planning plot set scheduled schedule due expected expects expect intend intends "
    "intended intending "
    "prepare prepares preparing prepared ready willing poised slated likely agreed pledged promised vowed "
    "hopes hoping "
    "committed commits aims decided announced ordered authorized authorised approved upcoming coming next "
    "proposed".split()
)
IFFY = frozenset(
    "possible potential hypothetical consider considers considering considered suggested possibly perhaps".split()
)
BACKGROUND = re.compile(
    r"\b(?:previous(?:ly)?|former(?:ly)?|years? ago|decades? ago|last year|at the time|in the past|earlier talks|"
    r"in the (?:19|20)\d0s|back in|since (?:19|20)\d\d)\b"
)
YEAR = re.compile(r"\b(?:in|In|of|since|until|the|from|,|late|early|mid)[ -](?:\w+ )?((?:19|20)\d\d)\b")
MONTHS = "January February March April May June July August September October November December".split()
MONTH = re.compile(rf"\b(?:[Ii]n|last|since|of|[Oo]n)\s(?:early |late |mid-)?({'|'.join(MONTHS)})\b(?!\s+\d{{1,2}})")


def negated(verb: Token) -> bool:
    """Return whether a verb (or noun) itself is negated."""
    if any(c.lower_ in NEGATIONS for c in children(verb, "neg", "det", "preconj", "advmod", "amod")):
        return True
    if any(c.lower_ in NEGATIONS for o in children(verb, "dobj") for c in children(o, "det")):
        return True
    if verb.dep_ in {"pcomp", "pobj"} and verb.head.lower_ == "without":
        return True
    return verb.dep_ == "xcomp" and (verb.head.lower_ in FAILURES or any(True for _ in children(verb.head, "neg")))


def _auxiliaries(verb: Token) -> set[str]:
    words = {c.lower_ for c in children(verb, "aux", "auxpass", "mark", "advmod")}
    if verb.dep_ == "conj" and verb.head.tag_.startswith("V"):
        words |= {c.lower_ for c in children(verb.head, "aux", "mark")}
    return words


def future(verb: Token) -> bool:
    """Return whether a verb lies ahead: "will", "is due to", "plans to"."""
    words = _auxiliaries(verb)
    if words & WILL:
        return True
    node = verb
    for _ in range(3):
        if node.dep_ not in {"xcomp", "acl", "ccomp", "conj", "pcomp", "prep", "relcl"}:
            break
        node = node.head
        if node.lower_ in PLANNING or node.lower_ == "going":
            return True
        if _auxiliaries(node) & WILL and verb.dep_ != "ccomp":
            return True
    return any(c.lower_ in PLANNING for c in children(verb, "amod", "advmod"))


def uncertain(verb: Token) -> bool:
    """Return whether a verb is only thought of: could, might, if."""
    words = _auxiliaries(verb)
    if words & CONDITIONS or words & PERHAPS:
        return True
    if any(c.lower_ in IFFY for c in children(verb, "amod", "advmod")):
        return True
    return verb.dep_ in {"xcomp", "conj"} and bool(_auxiliaries(verb.head) & PERHAPS)


def reported_future(verb: Token) -> bool:
    """Return whether "would" only shifts "will" into reported speech: "said it would sign"."""
    words = _auxiliaries(verb)
    return bool(words & {"would", "'d"}) and verb.dep_ in {"ccomp", "conj"} and not words & CONDITIONS


def dated_past(sentence: str, published: date | None) -> bool:
    """Return whether a sentence sets itself in an earlier year, a named earlier month, or plain background."""
    if BACKGROUND.search(sentence):
        return True
    if published is None:
        return False
    if any(int(m.group(1)) < published.year for m in YEAR.finditer(sentence)):
        return True
    return any(MONTHS.index(m.group(1)) + 1 != published.month for m in MONTH.finditer(sentence))


def status(verb: Token, sentence: str, published: date | None, speech: bool) -> Status:
    """Return the status of an act; `speech` where the act is the saying itself (RULINGS, diplomacy 8)."""
    if negated(verb):
        return "denied"
    if reported_future(verb) or future(verb):
        return "planned"
    if uncertain(verb) and not (speech and _auxiliaries(verb) & {"must", "should", "can", "need"}):
        return "hypothetical"
    if dated_past(sentence, published):
        return "historical"
    return "actual"
