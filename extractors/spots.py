"""The towns and the like that a figure's sentence, else its title, names: what tells two strikes apart."""

from __future__ import annotations

import re

from extractors.context import Context
from extractors.locations import Places
from extractors.sentences import Sentence
from extractors.taken import Taken

NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[Ee]l-[A-Z]\w+|[Aa]l-[A-Z]\w+)"
AT = re.compile(
    rf"\b(?:in|at|near|around|outside|over|off|hit|struck|towards?)\s+(?:the\s+)?"
    rf"(?:[a-z]+ (?:town|city|village|port|district) of |(?:town|city|village|port|district) of )?"
    rf"(?P<name>{NAME}(?:[ -]{NAME}){{0,2}})"
)
NO_PLACE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Christmas|Easter|Ramadan|Telegram|Facebook|Twitter|Spring|Summer|Autumn|Winter"
)
# Of a name of several words each is kept too, "gaza" of "gaza city", but for those that many places share.
SHARED = frozenset(
    "north south east west northern southern eastern western upper lower port city town lake river mount region "
    "district province village island islands airport base saint central sea".split()
)
MOST = 8


def spots_of(context: Context, places: Places, sentence: Sentence) -> tuple[str, ...]:
    """Return the names, lower-case and sorted, of what is smaller than a country; of the title where it has none."""
    named = _named(context, places, sentence) or {p.text for p in places.title_parties() if p.kind == "place"}
    names = {name.lower() for name in named}
    words = {word for name in names for word in re.split(r"[ -]", name) if len(word) > 3 and word not in SHARED}
    return tuple(sorted(names | words)[:MOST])


def _named(context: Context, places: Places, sentence: Sentence) -> set[str]:
    parties = context.parties_in(sentence)
    known = Taken((p.start, p.end) for p in parties)
    found = {s.match.text for s in places.of(sentence) if s.match.kind == "place"}
    for match in AT.finditer(sentence.text):
        start, end = sentence.start + match.start("name"), sentence.start + match.end("name")
        if not known.holds(start, end) and not NO_PLACE.match(match["name"]):
            found.add(match["name"])
    return found
