"""Which of the days that a sentence speaks of is the day of an act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from extractors.lexicon import Hit
from extractors.periods import WEEKDAYS
from extractors.syntax import behind, children
from extractors.when import TimeMention, is_past_period

CLAUSES = frozenset({"ccomp", "xcomp", "conj", "advcl", "pcomp", "acl", "relcl"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})  # "talks collapsed in 2024"
MOST_STEPS = 6
WEEK = timedelta(days=7)
NEAR = 4  # tokens from a verb to the date that is surely its own
YEAR = re.compile(r"(?:19|20)\d\d")  # "their 2018 summit"
LONG_AGO = re.compile(r"\b[Ii]n 1[0-8]\d\d\b")


def _stands_at(token: Token) -> Token:
    """Return the verb or noun that a date hangs on: in "his coup in 2014" the coup."""
    node = token
    for _ in range(MOST_STEPS):
        if node.dep_ == "ROOT" or node.tag_.startswith("V"):
            return node
        node = node.head
        if node.tag_.startswith("NN"):
            return node
    return node


def _places(hit: Hit) -> set[int]:
    """Return where a date may stand to be an act's: at it, at what frames it, at a clause before it.

    For an agreement, at what was signed too: "the 2015 treaty".
    """
    anchors = {hit.token, hit.verb or hit.token}
    wanted = {a.i for a in anchors}
    wanted |= {h.i for a in anchors if a.dep_ in CLAUSES for h in a.ancestors if h.tag_.startswith("V")}
    wanted |= {c.i for a in anchors for c in children(a, "advcl") if c.i < a.i}
    if hit.predicate.event == "AGREE":
        wanted |= {w.i for w in hit.words}
    return wanted


def times_of(hit: Hit, times: Sequence[TimeMention]) -> list[TimeMention]:
    """Return those of a sentence's dates that date an act, in order; offsets are those of the parsed sentence."""
    if not times:
        return []
    wanted = _places(hit)
    verb = hit.token.head if hit.token.dep_ in SUBJECTS else None
    found = []
    for time in times:
        span = hit.token.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None:
            continue
        at = _stands_at(span.root)
        if at.i in wanted or (at == verb and 0 < span.start - at.i <= NEAR):
            found.append(time)
    return found


def day_of_act(times: Sequence[TimeMention], ahead: tuple[str, date] | None = None) -> date | None:
    """Return the day an act is dated to, None where the text gives none or more than a day.

    `ahead` is the sentence and the day of publication where the act is still to come: its Thursday is the next one.
    """
    time = next((t for t in times if t.first == t.last and t.kind != "since"), None)
    if time is None or ahead is None:
        return time.first if time is not None else None
    sentence, published = ahead
    named = any(day in sentence[time.start : time.end].lower() for day in WEEKDAYS)
    return time.first + WEEK if named and published - WEEK < time.first < published else time.first


def is_history(hit: Hit, times: Sequence[TimeMention], published: date | None) -> bool:
    """Return whether an act is set in last year or earlier, or a named earlier month (RULINGS, figures 12)."""
    if LONG_AGO.search(hit.token.doc.text):
        return True
    named = [c for w in {hit.token, *hit.words} for c in w.children if YEAR.fullmatch(c.text)]
    if published is None:  # news names the year of what is past, seldom its own
        named += [n for a in {hit.token, hit.verb or hit.token} for n in behind(a, "in") if YEAR.fullmatch(n.text)]
        return bool(named)
    return any(is_past_period(t, published) for t in times) or any(int(c.text) < published.year for c in named)
