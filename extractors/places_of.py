"""Where a figure is said to be: the countries of the places that its sentence, or the one before, names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.context import Context
from extractors.parties import PartyMatch
from extractors.sentences import Sentence

PLACES = frozenset({"state", "capital", "place"})
# The words before a place that set something there. "with Ukraine" only of a border.
SETTING = re.compile(
    r"\b(?:in|into|inside|at|near|on|along|around|across|throughout|over|outside|within|to|toward|towards|from|"
    r"through|of|against|for|"
    r"off|between|and|or|by|beyond|entered|invaded|invading|entering|leaving|left|bombed|struck|hit)"
    r"(?: (?:the|a|an|its|of|both|all|war-torn|neighbou?ring|northern|southern|eastern|western|central|"
    r"northeastern|northwestern|"
    r"southeastern|southwestern|north|south|east|west|north-eastern|north-western|south-eastern|south-western|"
    r"mainland|nearby|"
    r"(?:the )?(?:town|city|village|district|province|region|capital|port|suburb|area|outskirts|border|borders|state|"
    r"neighbou?rhood)s?(?: of| with| town of| city of)?))*,? ?$",
    re.IGNORECASE,
)
OWNED = re.compile(
    r"^['’]s? (?:\w+[ -]){0,3}(?:border|borders|capital|coast|shores|airspace|territory|soil|region|province|"
    r"provinces|city|cities|south|north|"
    r"east|west|waters|frontier|parliament|airport|town|village|district|interior|main|largest|"
    r"second)", re.IGNORECASE,
)  # fmt: skip
BORDER = re.compile(r"border[s]? with (?:the )?$", re.IGNORECASE)
WEAK = frozenset({"to", "from", "of", "against", "for", "between", "and", "or", "by"})


def _is_setting(text: str, match: PartyMatch) -> bool:
    before, after = text[max(0, match.start - 60) : match.start], text[match.end : match.end + 40]
    if BORDER.search(before) or OWNED.match(after):
        return True
    if re.match(r"['’]s?\b|-", after):
        return False
    return SETTING.search(before) is not None or match.kind == "place"


def places_in(context: Context, sentence: Sentence) -> list[PartyMatch]:
    """Return the places of a sentence that something is set in, in order."""
    text = context.document.text
    return [p for p in context.parties_in(sentence) if p.kind in PLACES and len(p.code) == 3 and _is_setting(text, p)]


def _nearest(places: Sequence[PartyMatch], at: int) -> list[str]:
    """Return the codes of the place nearest to a figure and of those joined to it."""
    behind = [p for p in places if p.start >= at]
    return [p.code for p in (behind or list(places)[::-1])]


def location_of(context: Context, index: int, start: int, end: int) -> tuple[str, ...]:
    """Return the countries a figure is set in: its own sentence first, else up to two sentences before."""
    for back in range(3):
        if index - back < 0:
            break
        places = places_in(context, context.sentences[index - back])
        if places:
            codes = _nearest(places, end if back == 0 else start)
            return tuple(sorted({codes[0]} | _joined(context, places, codes[0])))
    return ()


def _joined(context: Context, places: Sequence[PartyMatch], code: str) -> set[str]:
    """Return the countries coordinated with a place: "in Iraq and Syria"."""
    text = context.document.text
    joined: set[str] = set()
    for a, b in pairwise(places):
        if re.fullmatch(r"\s*(?:,|and|or|, and)\s+(?:in |neighbou?ring )?", text[a.end : b.start]) and code in {
            a.code,
            b.code,
        }:
            joined |= {a.code, b.code}
    return joined
