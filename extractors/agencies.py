"""The news agencies that an article credits for its text: in its author fields, its dateline, its last lines.

A credit is told by its place. "He told Reuters" and "according to AFP" stand in sentences and credit nobody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from extractors.wording import fold

SPELLINGS: dict[str, list[str]] = tomllib.loads(
    resources.files("extractors").joinpath("agencies.toml").read_text(encoding="utf-8")
)
_NAMES = {fold(spelling): name for name, spellings in SPELLINGS.items() for spelling in spellings}


def _spelled(spelling: str) -> str:
    """Return a pattern for a spelling: with its capitals if it has nothing else, for "AP" is no "ap"."""
    text = re.escape(spelling)
    return text if spelling.isupper() else f"(?i:{text})"


AGENCY = "(?:" + "|".join(sorted((_spelled(s) for ss in SPELLINGS.values() for s in ss), key=len, reverse=True)) + ")"
LIST = rf"{AGENCY}(?:\s*(?:[,/&+]|and|und|et|y|e|и|та|with|-)\s*{AGENCY})*"
NAMED = re.compile(rf"(?<![\w-]){AGENCY}(?![\w-])")
DATELINE = re.compile(
    rf"^\W*(?:[^\W\d_][^()\n.]{{0,60}}?)?[(\[]\s*(?P<agencies>{LIST})\s*[)\]]\s*[-–—:.]|"  # KYIV, May 3 (AFP) -
    rf"^(?:[^\W\d_][^()\n.]{{0,60}}?,\s*)?(?P<plain>{AGENCY})\s*[-–—:]\s"  # REUTERS - , Berlin, dpa –
)
# The last line, or its end: "(dpa)", "AFP/Reuters", "Source: TASS", "© AFP", "dpa/afp".
CREDIT_LINE = re.compile(
    rf"^\W*(?:(?:source|sources|quelle|quellen|fuente|fonte|kilde|källa|источник|джерело|©|copyright|by|text|von|"
    rf"with|agencies|kaynak)\b\W*)*(?:\d{{4}}\W*)?(?P<agencies>{LIST})(?:\s*/\s*\w{{2,6}})*\W*(?:\d{{4}}\W*)?$",
    re.IGNORECASE,
)
CREDIT_END = re.compile(rf"[.!?\"”»)]\s*[(\[]\s*(?P<agencies>{LIST})\s*[)\]]\W*$|\s[(\[](?P<plain>{LIST})[)\]]\W*$")
# "(Reporting by A in Kyiv; Editing by B)" is how one agency signs.
SIGNED = re.compile(r"^\W*(?:additional )?reporting by .{2,200}?(?:;|\.|,)?\s*(?:writing|editing) by ", re.IGNORECASE)
CONTRIBUTED = re.compile(
    rf"(?:with|additional)\s+(?:reporting|material|files?|information)\s+(?:by|from)\s+(?P<agencies>{LIST})|"
    rf"^\W*(?P<plain>{LIST})\s+contributed\s+(?:to|reporting)|"
    rf"^\W*(?:this (?:story|article|report)|the report)\b.{{0,40}}\b(?:from|by)\s+(?P<whole>{LIST})\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\W+")
LAST_LINES = 4
LONGEST_CREDIT = 300  # characters of a line that credits
LEAD = 250


@dataclass(frozen=True, slots=True)
class Credits:
    """The agencies credited, in order; `agency` is the one whose text it is, where nobody else is credited."""

    agencies: tuple[str, ...] = ()
    agency: str | None = None


def find_credits(text: str, signed: Iterable[str], authors: Sequence[str], sites: Iterable[str] = ()) -> Credits:
    """Return the agencies that an article credits.

    `signed` are the author and source fields as written, `authors` the names read out of them. A site that bears an
    agency's name credits it with all it has.
    """
    own = next((name for site in sites if (name := _NAMES.get(fold(site)))), None)
    if own:
        return Credits((own,), own)
    whole = [name for field in signed for name in _in_field(field)]
    lines = [line for line in text.split("\n") if line.strip()]
    helped: list[str] = []
    for line in lines[:2]:
        whole += _matched(DATELINE.match(line[:LEAD]))
        whole += _matched(CREDIT_LINE.match(line)) if len(line) <= LONGEST_CREDIT else []
    for line in lines[-LAST_LINES:]:
        if len(line) <= LONGEST_CREDIT:
            whole += _matched(CREDIT_LINE.match(line)) + (["Reuters"] if SIGNED.match(line) else [])
            helped += _matched(CONTRIBUTED.search(line))
        whole += _matched(CREDIT_END.search(line[-LEAD:]))
    found = tuple(dict.fromkeys([*whole, *helped]))
    people = [name for name in authors if not _names(name)]
    return Credits(found, found[0] if len(found) == 1 and whole and not people else None)


def _in_field(field: str) -> list[str]:
    """Return the agencies in an author field; a field of many words is a sentence about someone."""
    return _names(field) if len(field.split()) <= 12 else []


def _names(words: str) -> list[str]:
    """Return the agencies that words name, the longest spelling of each: "Interfax-Ukraine" is no Interfax."""
    found = [_NAMES[fold(match.group())] for match in NAMED.finditer(words)]
    return found or ([_NAMES[fold(words)]] if fold(words) in _NAMES else [])


def _matched(match: re.Match[str] | None) -> list[str]:
    """Return the agencies that a credit lists; there, small letters do as well."""
    words = next(filter(None, match.groupdict().values()), "") if match else ""
    return _names(words) if not words.islower() else [n for w in BETWEEN.split(words) if (n := _NAMES.get(fold(w)))]
