"""Russian and Ukrainian words: tokens with their dictionary forms, and the lexicon of gazetteer/slavic_*.toml.

The dictionaries are an optional extra (`pip install 'muster-news[ru]'`), imported when first needed.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any, Literal

Language = Literal["ru", "uk"]
WORD = r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*(?:-[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)*"
DIGITS = (
    r"(?<![.\d])\d{1,3}(?:\.\d{3}){2,}(?!\.?\d)|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
)
TOKEN = re.compile(rf"(?P<number>{DIGITS})|(?P<word>{WORD})|(?P<mark>[^\s\w])")
KNOWN_LETTERS = re.compile(r"[\u0400-\u04ffA-Za-z'’ʼ-]+")
READINGS = 3  # how many of a word's readings are believed


class MissingExtraError(RuntimeError):
    """The dictionaries of a language are not installed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token: where it stands, its dictionary forms, its part of speech ("" for digits and marks)."""

    start: int
    end: int
    text: str
    forms: frozenset[str]
    part: str
    kind: str  # number, word, mark
    case: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language."""

    items: dict[str, str]
    containers: frozenset[str]
    cues: dict[str, tuple[str, ...]]
    never: frozenset[str]
    saying: frozenset[str]
    according: frozenset[str]
    hedges: tuple[tuple[str, re.Pattern[str]], ...]
    numbers: dict[str, str]
    parties: dict[tuple[str, ...], str]
    places: dict[str, str]


@functools.cache
def analyzer(language: Language) -> Any:
    """Return the morphological dictionary; MissingExtraError when it is not installed."""
    try:
        return import_module("pymorphy3").MorphAnalyzer(lang=language)
    except (ImportError, ValueError) as error:  # ValueError: pymorphy3 is there, the language's dictionary is not
        raise MissingExtraError(
            f"Reading '{language}' needs the dictionaries of the extra 'ru': pip install 'muster-news[ru]'."
        ) from error


@functools.lru_cache(maxsize=20_000)
def _readings(word: str, language: Language) -> tuple[frozenset[str], str, str]:
    # Only letters that it can know: it asks each for its name, and raises on one that has none.
    parses = analyzer(language).parse(word)[:READINGS] if KNOWN_LETTERS.fullmatch(word) else []
    forms = {word} | {p.normal_form.replace("ё", "е") for p in parses} | {p.normal_form for p in parses}
    forms |= {half for form in forms if "-" in form for half in form.split("-") if len(half) > 3}
    best = parses[0].tag if parses else None
    return frozenset(forms), str(best.POS or "") if best else "", str(best.case or "") if best else ""


def words_of(text: str, language: Language) -> list[Word]:
    """Return the words, numbers and marks of a text in order."""
    found = []
    for match in TOKEN.finditer(text):
        kind, word = str(match.lastgroup), match.group()
        if kind == "word":
            forms, part, case = _readings(word.lower().replace("’", "'").replace("ʼ", "'"), language)
            found.append(Word(match.start(), match.end(), word, forms, part, kind, case))
        else:
            found.append(Word(match.start(), match.end(), word, frozenset({word}), "", kind))
    return found


def _inverted(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


@functools.cache
def lexicon(language: Language) -> Lexicon:
    """Return the tables of a language, read once a process."""
    path = files("extractors") / "gazetteer" / f"slavic_{language}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    cues: dict[str, tuple[str, ...]] = {}
    for measure, words in table["cues"].items():
        for word in words.split():
            cues[word] = (*cues.get(word, ()), measure)
    hedges = tuple(
        (qualifier, re.compile(rf"(?<!\w)(?:{words})\s$", re.I)) for qualifier, words in table["hedges"].items()
    )
    return Lexicon(
        items=_inverted(table["items"]),
        containers=frozenset(table["containers"]["words"].split()),
        cues=cues,
        never=frozenset(table["never"]["words"].split()),
        saying=frozenset(table["saying"]["words"].split()),
        according=frozenset(table["saying"]["according"].split()),
        hedges=hedges,
        numbers=table["numbers"],
        parties={tuple(name.split("_")): code for name, code in _inverted(table["parties"]).items()},
        places=_inverted(table["places"]),
    )
