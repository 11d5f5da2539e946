"""Parties and places named in Russian and Ukrainian text, by the dictionary forms of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.slavic_words import Lexicon, Word

LONGEST = 3
IN = frozenset("в во на под около у из возле близ біля від під із з".split())
DISTRICTS = frozenset(
    "провинция город территория столица область регион район граница село поселок посёлок деревня север юг запад "
    "восток провінція місто територія столиця область регіон кордон північ південь захід схід".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A party at a word (first, past the last)."""

    first: int
    last: int
    code: str


def named_parties(words: Sequence[Word], table: Lexicon) -> list[Named]:
    """Return the parties of a sentence in order, longest name first."""
    found: list[Named] = []
    at = 0
    while at < len(words):
        hit = _party_at(words, at, table) if words[at].kind == "word" else None
        if hit:
            found.append(hit)
        at = hit.last if hit else at + 1
    return found


def _party_at(words: Sequence[Word], at: int, table: Lexicon) -> Named | None:
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        window = words[at : at + length]
        for first in sorted(window[0].forms):
            code = _code(window, first, table)
            if code:
                return Named(at, at + length, code)
    return None


def _code(window: Sequence[Word], first: str, table: Lexicon) -> str | None:
    if len(window) == 1:
        return table.parties.get((first,))
    for second in sorted(window[1].forms):
        if len(window) == 2:
            code = table.parties.get((first, second))
            if code:
                return code
        else:
            for third in sorted(window[2].forms):
                if (first, second, third) in table.parties:
                    return table.parties[first, second, third]
    return None


def places_of(words: Sequence[Word], parties: Sequence[Named], table: Lexicon) -> tuple[str, ...]:
    """Return the states a sentence sets something in: states and towns behind "in", adjectives before a region."""
    codes: list[str] = []
    for at, word in enumerate(words):
        code = next((table.places[form] for form in sorted(word.forms) if form in table.places), None)
        party = next((p for p in parties if p.first <= at < p.last and len(p.code) == 3 and p.code.isupper()), None)
        inside = any(w.text.lower() in IN for w in words[max(0, at - 3) : at])
        if code is None and party is not None and inside:
            following = words[at + 1] if at + 1 < len(words) else None
            regional = following is not None and bool(following.forms & DISTRICTS)
            code = party.code if word.part != "ADJF" or regional else None
        if code is not None and code not in codes:
            codes.append(code)
    return tuple(sorted(codes))
