"""How many, in Russian and Ukrainian: digits, number words, orders, hedges and ranges, as intervals."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from extractors.records import Qualifier
from extractors.slavic_words import Language, Lexicon, Word, lexicon

# "73-х", "11-ти" are counts; "75-м", "18-й", "26-летний" are not.
CARDINAL_ENDING = re.compile(r"-(?:х|ти|ми|ю|мя|ох|и)(?![^\W\d_])")
NO_COUNT_BEFORE = re.compile(r"(?:[№#$€£¥₴₽§]\s?|[^\W\d_]-|\d[.:/]|[^\W\d_])$")
NO_COUNT_AFTER = re.compile(r"(?:-[^\W\d_]|[:/]\d|\.\d|\s?[%°]|[^\W\d_])")
T = TypeVar("T")
HEDGE_REACH = 26
SEVERAL = 3  # "несколько тысяч" is 3,000 to 9,999
SINGULAR = frozenset(
    "тысяча тысячу тысячей сотня сотню сотней десяток десятком десятка тисяча тисячу тисячею сотнею "
    "мільйон миллион".split()
)
GENITIVE_HEDGES = frozenset("более больше около свыше менее до почти понад близько майже більше порядка".split())
GROWING = frozenset(
    "вырасти увеличиться возрасти достигнуть дойти сократиться сократить увеличить довести зрости збільшитися "
    "сягнути скоротитися дійти збільшити".split()
)
DASH = frozenset("-–—")
FROM = frozenset({"от", "с", "від", "з", "між", "между"})
TO = frozenset({"до", "и", "і", "та"})


@dataclass(frozen=True, slots=True)
class SlavicNumber:
    """A number expression: its place with its hedge, the words it takes (first, past the last), its interval."""

    start: int
    end: int
    first: int
    last: int
    low: int | None
    high: int | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class _Bare:
    first: int
    last: int
    low: int
    high: int
    order: bool


@functools.cache
def _values(language: Language) -> tuple[dict[str, int], dict[str, int], dict[str, tuple[int, int, int]]]:
    numbers = lexicon(language).numbers
    units = {k: int(v) for k, v in (pair.split(":") for pair in f"{numbers['units']} {numbers['dozen']}".split())}
    scales = {k: int(v) for k, v in (pair.split(":") for pair in numbers["scales"].split())}
    orders = {}
    for entry in numbers["orders"].split():
        word, scale, low, high = entry.split(":")
        orders[word] = (int(scale), int(low), int(high))
    return units, scales, orders


def _value(table: Mapping[str, T], word: Word) -> T | None:
    return next((table[form] for form in sorted(word.forms) if form in table), None)


def _digits(text: str, word: Word) -> float | None:
    """Return what digits say, None where they count nothing (dates, names, ordinals, percentages)."""
    if NO_COUNT_BEFORE.search(text[max(0, word.start - 3) : word.start]):
        return None
    if NO_COUNT_AFTER.match(text, word.end) and not CARDINAL_ENDING.match(text, word.end):
        return None
    plain = re.sub(r"[\s\u00a0\u202f\u2009]", "", word.text)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", ".")) if len(plain) < 13 else None


def _bare(text: str, words: Sequence[Word], at: int, language: Language) -> _Bare | None:
    """Return the number that begins at a word, its scale multiplied in."""
    units, scales, _ = _values(language)
    word = words[at]
    total, past = 0.0, at
    if word.kind == "number":
        value = _digits(text, word)
        if value is None:
            return None
        total, past = value, at + 1
        if CARDINAL_ENDING.match(text, word.end):
            past += 2
        total, past = _scaled(words, past, total, scales)
    elif _value(units, word) is not None:
        total, past = _in_words(words, at, units, scales)
    else:
        return _order(words, at, language)
    if total != int(total) or total < 1:
        return None
    return _Bare(at, past, int(total), int(total), order=False)


def _scaled(words: Sequence[Word], past: int, total: float, scales: Mapping[str, int]) -> tuple[float, int]:
    scale = _value(scales, words[past]) if past < len(words) else None
    if scale is None:
        return total, past
    abbreviated = words[past].text.lower() in {"тыс", "тис", "млн", "млрд"}
    dotted = abbreviated and past + 1 < len(words) and words[past + 1].text == "."
    return total * scale, past + 1 + dotted


def _in_words(
    words: Sequence[Word], at: int, units: Mapping[str, int], scales: Mapping[str, int]
) -> tuple[float, int]:
    """Return the value of number words: "две тысячи сто двадцать"."""
    total, part, last = 0.0, 0.0, 10**12
    past = at
    while past < len(words):
        value = _value(units, words[past])
        if value is not None and value < last and value > 0:
            part, last, past = part + value, value if value >= 20 else 0, past + 1
            continue
        scale = _value(scales, words[past])
        if scale is None or not part:
            break
        total, part, last, past = total + part * scale, 0.0, scale, past + 1
    return total + part, past


def _order(words: Sequence[Word], at: int, language: Language) -> _Bare | None:
    """Return "десятки", "сотни тысяч", "несколько тысяч" as the interval they mean, "тысяча" as itself."""
    _, scales, orders = _values(language)
    several = bool(words[at].forms & set(lexicon(language).numbers["several"].split()))
    head = at + several
    order = _value(orders, words[head]) if head < len(words) else None
    if order is None:
        return None
    scale, low, high = order
    text = words[head].text.lower()
    single = text in SINGULAR or (at > 0 and bool(words[at - 1].forms & GENITIVE_HEDGES) and text[-1] in "иі")
    if several:
        low, high = SEVERAL * scale, 10 * scale - 1
    past = head + 1
    times = _value(scales, words[past]) if past < len(words) else None
    if times and scale < times:
        tens = low if several or scale > 10 else scale  # "десятки тысяч" are tens of thousands, from 10,000
        low, high, past = tens * times, (high + 1) * times - 1, past + 1
    elif single and not several:
        return _Bare(at, past, scale, scale, order=False)
    return _Bare(at, past, low, high, order=True)


def _hedge(text: str, start: int, words: Sequence[Word], first: int, table: Lexicon) -> tuple[str, int]:
    """Return the qualifier that the words before a number give it, and where they begin."""
    begin = max(0, start - HEDGE_REACH)
    head = text[begin:start]
    matches = [(m.start(), q, m.group()) for q, pattern in table.hedges if (m := pattern.search(head))]
    if not matches:
        return "exact", start
    at, qualifier, words_before = min(matches)  # the longest: "не более", not "более"
    grown = any(w.forms & GROWING for w in words[max(0, first - 4) : first])
    if words_before.strip().lower() == "до" and grown:
        return "exact", start
    return qualifier, begin + at


def _range(text: str, words: Sequence[Word], a: _Bare, language: Language) -> _Bare | None:
    """Return "30-50", "от 30 до 50" as one number."""
    link = a.last
    if link + 1 >= len(words):
        return None
    dash = words[link].text in DASH
    opened = a.first > 0 and words[a.first - 1].text.lower() in FROM and words[link].text.lower() in TO
    if not dash and not opened:
        return None
    tail = (
        text[: words[link].start] + " " * (words[link + 1].start - words[link].start) + text[words[link + 1].start :]
    )
    b = _bare(tail, words, link + 1, language)
    if b is None or b.order or a.order:
        return None
    low = a.low
    if low < b.low and b.low >= 1000 and low < 1000 and words[b.last - 1].kind == "word":
        low *= 1000 if b.low < 1_000_000 else 1_000_000
    return _Bare(a.first - opened, b.last, low, b.high, order=False) if low < b.high else None


def find_slavic_numbers(text: str, words: Sequence[Word], language: Language) -> list[SlavicNumber]:
    """Return the number expressions of a sentence in order; `words` are its words."""
    found: list[SlavicNumber] = []
    table, at = lexicon(language), 0
    while at < len(words):
        bare = _bare_before_dash(text, words, at, language)
        if bare is None:
            at += 1
            continue
        ranged = _range(text, words, bare, language)
        number = ranged or bare
        start, end = words[number.first].start, words[number.last - 1].end
        qualifier, begin = ("range", start) if ranged else _hedge(text, start, words, number.first, table)
        low, high = _interval(qualifier, number)
        if bare.order and qualifier in {"exact", "about"}:
            qualifier = "order"
        found.append(SlavicNumber(begin, end, number.first, number.last, low, high, cast(Qualifier, qualifier)))
        at = number.last
    return found


def _bare_before_dash(text: str, words: Sequence[Word], at: int, language: Language) -> _Bare | None:
    """Return the number at a word; "30-50" is read although a dash and a digit follow."""
    bare = _bare(text, words, at, language)
    follows = at + 2 < len(words) and words[at + 1].text in DASH and words[at + 2].kind == "number"
    if bare is None and follows and words[at].kind == "number":
        bare = _bare(text[: words[at].end], words, at, language)
    return bare


def _interval(qualifier: str, number: _Bare) -> tuple[int | None, int | None]:
    if qualifier == "more_than":
        return number.low, None
    if qualifier == "less_than":
        return None, number.high
    return (number.low * 9 // 10 if qualifier == "nearly" else number.low), number.high
