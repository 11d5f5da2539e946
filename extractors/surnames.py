"""Family names that alone are too common: "Johnson said" is Britain's beside Britain, in his time, as a speaker."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import re2

from extractors.ambiguity import TITLES
from extractors.names import SHARED_NAMES, Entry, family_name, gazetteer
from extractors.taken import Taken

SAID_AFTER = re.compile(
    r"(?:['’]s)?,?\s(?:(?:also|has|had|later|then|who)\s)?(?:said|says|told|added|announced|warned|wrote|tweeted|insisted"
    r"|stated|declared|noted|argued|claimed|testified|acknowledged|met|spoke|called|urged|replied)\b"
)
SAID_BEFORE = re.compile(r"(?:[,”\"]\s(?:said|says|added)|according to)\s(?:[A-Z][\w.]*\s){0,3}$")
OFFICES = TITLES & frozenset(
    "President Premier Chancellor Minister Secretary General Gen Gen. Lt Lt. Col Col. Maj. Adm Adm. Admiral Colonel "
    "Major Commander Chief Chairman Mr Mr. Mrs Mrs. Ms Ms. Ambassador Envoy Spokesman Spokeswoman Director Capt. "
    "Captain Brig. Adviser Advisor".split()
)
TITLE_BEFORE = re.compile(r"([A-Z][\w]*\.?)\s$")
REACH = 40


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a family name: the first names that go with it, and whom they speak for."""

    first_names: str
    entry: Entry


@functools.cache
def _bearers() -> dict[str, tuple[Bearer, ...]]:
    """Return the office-holders whose family name stands nowhere in the gazetteer by itself."""
    known = gazetteer().keys() | TITLES | SHARED_NAMES
    table: dict[str, list[Bearer]] = {}
    for name, entries in gazetteer().items():
        for entry in entries:
            if entry.kind != "person" or " " not in name:
                continue
            surname = family_name(name, entry.code)
            if len(surname) > 2 and surname[0].isupper() and surname not in known:
                table.setdefault(surname, []).append(Bearer(name, entry))
    return {surname: tuple(bearers) for surname, bearers in table.items()}


@functools.cache
def _matcher() -> Any:
    return re2.compile(r"\b(?:" + "|".join(re2.escape(name) for name in sorted(_bearers())) + r")\b")


def _strangers(text: str, surname: str, bearers: Collection[Bearer]) -> bool:
    """Return whether the text gives the family name to someone else."""
    own = {word for bearer in bearers for word in bearer.first_names.split()}
    for match in re.finditer(rf"\b([A-Z][\w'’-]+)\s(?:[A-Z]\.\s)?{re.escape(surname)}\b", text):
        if match.group(1) not in own and match.group(1) not in TITLES:
            return True
    return False


def lone_surnames(
    text: str, codes: Collection[str], on: date | None, taken: Taken
) -> Iterator[tuple[int, int, str, str | None]]:
    """Yield start, end, code and gender of family names that speak or bear a title, beside their own state."""
    for match in _matcher().finditer(text):
        start, end = match.span()
        if taken.holds(start, end):
            continue
        head, tail = text[max(0, start - REACH) : start], text[end : end + REACH]
        title = TITLE_BEFORE.search(head)
        titled = title is not None and title.group(1) in OFFICES
        if not (titled or ((SAID_AFTER.match(tail) or SAID_BEFORE.search(head)) and title is None)):
            continue
        bearers = [b for b in _bearers()[match.group()] if b.entry.code in codes and b.entry.holds(on)]
        if len({b.entry.code for b in bearers}) == 1 and not _strangers(text, match.group(), bearers):
            yield start, end, bearers[0].entry.code, bearers[0].entry.gender
