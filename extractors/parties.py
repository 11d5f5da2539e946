"""States, bodies, movements and the people who speak for them, found in text by name."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import re2

from extractors.ambiguity import REACH, Place, means_party
from extractors.contextual import contextual_names
from extractors.names import OPEN_ENDED, Entry, gazetteer, plain_name
from extractors.surnames import lone_surnames
from extractors.taken import Taken

# RE2 keeps its automaton in this much memory at most: the default of 8 MB is outgrown by seven thousand names.
MATCHER_MEMORY = 256 << 20
FORMER = re.compile(r"\b(?:[Ff]ormer|[Ee]x|[Ll]ate)[\s-](?:[\w.'’]+\s){0,4}$")
YEAR = re.compile(r"\b(?:19[89]|20[0-4])\d\b")
GOVERNED_AFTER = re.compile(r"(?:['’]s)?\s(?:administration|government|regime)\b")
COUNCILS = frozenset({"Security Council", "General Assembly"})  # states have theirs too
ACTING = frozenset({"state", "demonym", "capital", "government", "person", "body", "group"})  # all but a mere place
OF_STATE_BEFORE = re.compile(r"\b(?:[Cc]hair\w*|[Ss]ecretary|[Hh]ead|[Cc]hief) of (?:the |its )?$")
OF_STATE_AFTER = re.compile(r"['’]?s? (?:[Dd]eputy |[Vv]ice[- ])?(?:[Cc]hair\w*|[Ss]ecretary|[Hh]ead|[Cc]hief)\b")
OWNERS = frozenset({"state", "demonym"})
OWNED = frozenset({" ", "'s ", "’s ", "' ", "’ "})


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A party named in a text."""

    start: int
    end: int
    text: str
    code: str
    kind: str  # state, demonym, capital, place, government, person, body, group
    gender: str | None = None  # "m" or "f" for persons


def is_state(code: str) -> bool:
    """Return whether a party's code is that of a state."""
    return len(code) == 3 and code.isupper()


@functools.cache
def _matcher() -> Any:
    """Return one pattern of all names: longest match at the leftmost place."""
    options = re2.Options()
    options.longest_match = True
    options.max_mem = MATCHER_MEMORY
    return re2.compile("|".join(_pattern(name) for name in sorted(gazetteer())), options)


def _pattern(name: str) -> str:
    body = str(re2.escape(name)).replace(r"\ ", " ").replace(" ", r"[\s\x{A0}]+").replace(r"\'", "'")
    body = body.replace("'", "['’‘]").replace(r"\-", "[-‑–]")
    # \b knows ASCII only; other letters are looked at after the match.
    return (r"\b" if name[0].isascii() else "") + body + (r"\b" if name[-1].isascii() and name[-1].isalnum() else "")


def find_parties(text: str, on: date | None = None) -> list[PartyMatch]:
    """Return the parties named in a text, in order, longest name first; `on` picks who held an office."""
    spans = [m.span() for m in _matcher().finditer(text)]
    named = [(a, b, text[a:b], gazetteer().get(plain_name(text[a:b]), ())) for a, b in spans]
    codes = frozenset(entry.code for *_, entries in named for entry in entries)
    matches: list[PartyMatch] = []
    for start, end, name, entries in named:
        entry = next((e for e in entries if e.holds(on)), None) or _in_their_time(text, start, end, entries)
        if entry is None or not entry.code or _owned(text, start, name, entry, matches):
            continue
        place = Place(text[max(0, start - REACH) : start], text[end : end + REACH], codes)
        if on is None and entry.kind == "person" and FORMER.search(place.head):
            continue  # the day is unknown, but the text itself says that the office is over
        if means_party(name, entry, place):
            matches.append(PartyMatch(start, end, name, entry.code, entry.kind, entry.gender))
    taken = Taken((m.start, m.end) for m in matches)
    matches += [
        PartyMatch(start, end, text[start:end], code, kind, gender)
        for start, end, code, kind, gender in contextual_names(text, [m.code for m in matches], taken)
    ]
    named_codes = {m.code for m in matches}
    matches += [
        PartyMatch(start, end, text[start:end], code, "person", gender)
        for start, end, code, gender in lone_surnames(text, named_codes, on, taken)
    ]
    return sorted(matches, key=lambda m: (m.start, m.end))


def _in_their_time(text: str, start: int, end: int, entries: Sequence[Entry]) -> Entry | None:
    """Return a past office-holder whose sentence is set in their time: "In 2010 Obama", "Bush administration"."""
    if not any(entry.terms != (OPEN_ENDED,) for entry in entries):
        return None
    if GOVERNED_AFTER.match(text, end):
        return entries[0]
    begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start), start - 150)
    years = {int(y) for y in YEAR.findall(text[max(0, begin) : (text.find(". ", end) + 1 or len(text))][:320])}
    return next((e for e in entries if any(e.holds(date(year, 7, 1)) for year in years)), None)


def _owned(text: str, start: int, name: str, entry: Entry, before: list[PartyMatch]) -> bool:
    """Return whether an agency is another state's: "the Philippine Department of Defense" is named by its demonym."""
    end = start + len(name)
    chaired = OF_STATE_BEFORE.search(text, max(0, start - 40), start) or OF_STATE_AFTER.match(text, end)
    if name in COUNCILS and chaired:
        return True  # the United Nations' has presidents
    if not (entry.kind == "government" or name in COUNCILS) or not before or before[-1].kind not in OWNERS:
        return False
    return before[-1].code != entry.code and text[before[-1].end : start] in OWNED
