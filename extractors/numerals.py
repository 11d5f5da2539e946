"""Numerals as a text writes them: digits in groups, number words, dozens, orders such as "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {word: 10 * tens for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000}
SUFFIX = re.compile(rf"({'|'.join(SUFFIXES)})\b", re.IGNORECASE)
# Contract: dozens 24-99, scores 40-99, hundreds 100-999, ... "several" starts at three, "a few" at two.
ORDERS = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (100, 999), "thousands": (1_000, 9_999),
    "millions": (1_000_000, 9_999_999), "billions": (1_000_000_000, 9_999_999_999),
}  # fmt: skip
ORDER_SCALES = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000, "billions": 1_000_000_000}
SEVERAL = {"dozen": (36, 99), "hundred": (300, 999), "thousand": (3_000, 9_999), "million": (3_000_000, 9_999_999)}
FEW = {"dozen": (24, 99), "hundred": (200, 900), "thousand": (2_000, 9_000), "million": (2_000_000, 9_000_000)}
SPACES = "\u00a0\u202f\u2009 "
GROUPED = rf"\d{{1,3}}(?:[,{SPACES}'’]\d{{3}})+(?![\d])"
# "1.250.000" can be no decimal in any language; "1.250" is one in English, and read as a group in slavic_numbers.
DOTTED = r"(?<![.\d])\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d)(?!\d)"
PLAIN = r"\d+(?:[.]\d+)?"
WORD = r"[^\W\d_]+"
PIECE = re.compile(rf"{GROUPED}|{DOTTED}|{PLAIN}|{WORD}")
LINKS = frozenset({" ", "-", "\u00a0", "\u2011", "\u202f"})
MOST_COUNTED = 100_000_000_000  # nothing of war is counted in more; and the tables hold 64-bit integers
MOST_DIGITS = 15  # a longer run of digits is no count of anything

Kind = Literal["count", "about", "order"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral and the interval it stands for; `about` for "two dozen", `order` for "hundreds"."""

    start: int
    end: int
    low: int
    high: int
    kind: Kind
    digits: bool  # written in digits
    scale: int = 1
    decimal: bool = False  # "1.5", which counts nothing unless a scale follows it: "1.5 to 2 million"


def _value_of(digits: str) -> float | None:
    """Return what digits in groups say; None for those that are no decimals, such as "²"."""
    plain = re.sub(rf"[,{SPACES}'’]", "", digits)
    plain = plain.replace(".", "") if plain.count(".") > 1 else plain
    if len(plain) > MOST_DIGITS:
        return None
    try:
        return float(plain)
    except ValueError:
        return None


class _Reader:
    def __init__(self, text: str, pieces: Sequence[re.Match[str]]) -> None:
        self.text, self.pieces = text, pieces

    def word(self, i: int) -> str:
        return self.pieces[i].group().lower() if i < len(self.pieces) else ""

    def linked(self, i: int) -> bool:
        """Return whether piece i follows the piece before it with one space or hyphen between."""
        return 0 < i < len(self.pieces) and self.text[self.pieces[i - 1].end() : self.pieces[i].start()] in LINKS

    def made(self, i: int, stop: int, low: float, high: float, kind: Kind = "count", scale: int = 1) -> Numeral:
        first = self.pieces[i]
        digits = first.group()[0].isdigit()
        return Numeral(first.start(), self.pieces[stop - 1].end(), int(low), int(high), kind, digits, scale)

    def at(self, i: int) -> tuple[Numeral, int] | None:
        """Return the numeral that begins at piece i and the piece after it."""
        word = self.word(i)
        if word in ORDERS or word == "tens":
            return self._order(i)
        if word in {"several", "few", "many"}:
            return self._several(i)
        if word == "half":
            return self._half(i)
        if word in {"a", "an"} and self.linked(i + 1):
            following = self.word(i + 1)
            if following == "half":
                read = self._half(i + 1)
                return (self.made(i, read[1], read[0].low, read[0].high), read[1]) if read else None
            if following in SCALES:
                read = self._cardinal(i + 1)
                return (self.made(i, read[1], read[0].low, read[0].high, read[0].kind), read[1]) if read else None
            return None
        if word in SMALL or word in SCALES or word[:1].isdigit():
            return self._cardinal(i)
        return None

    def _order(self, i: int) -> tuple[Numeral, int] | None:
        word, stop = self.word(i), i + 1
        low, high = ORDERS.get(word, (0, 0))
        of = self.word(i + 1) == "of" and self.linked(i + 1) and self.linked(i + 2)
        if of and word in {"tens", "hundreds"} and self.word(i + 2) in ORDER_SCALES:
            scale = ORDER_SCALES[self.word(i + 2)]
            times = 10 if word == "tens" else 100
            return self.made(i, i + 3, times * scale, times * 10 * scale - 1, "order"), i + 3
        if word == "tens":
            return None
        if self.word(i + 1) in {"and", "upon"} and self.word(i + 2) == word:
            stop = i + 3
        return self.made(i, stop, low, high, "order"), stop

    def _several(self, i: int) -> tuple[Numeral, int] | None:
        if not self.linked(i + 1):
            return None
        scale = self.word(i + 1).removesuffix("s")
        interval = (FEW if self.word(i) == "few" else SEVERAL).get(scale)
        return (self.made(i, i + 2, *interval, "order"), i + 2) if interval else None

    def _half(self, i: int) -> tuple[Numeral, int] | None:
        stop = i + 2 if self.word(i + 1) in {"a", "an"} and self.linked(i + 1) else i + 1
        scale = SCALES.get(self.word(stop), 0)
        if scale < 12 or not self.linked(stop):
            return None
        return self.made(i, stop + 1, scale // 2, scale // 2), stop + 1

    def _cardinal(self, i: int) -> tuple[Numeral, int] | None:
        total, current, scale, j = 0.0, None, 1, i
        dozen = False
        while j < len(self.pieces) and (j == i or self.linked(j)):
            word = self.word(j)
            if word[0].isdigit():
                value = _value_of(word)
                if current is not None or total or value is None:
                    break
                current = value
            elif word in SMALL:
                if current is not None and (
                    current % 10 != 0 or current % 100 == 10 or SMALL[word] >= 20 <= current % 100
                ):
                    break
                current = (current or 0) + SMALL[word]
            elif word in SCALES:
                size = SCALES[word]
                dozen = dozen or word == "dozen"
                if size <= 100:
                    current = (1 if current is None else current) * size
                else:
                    total, current = total + (1 if current is None else current) * size, None
                scale = size
            elif j == i or not self._leads_on(j):
                break
            j += 1
        value = total + (current or 0)
        if j == i or value == 0 or value > MOST_COUNTED:
            return None
        numeral = self.made(i, j, value, value, "about" if dozen and value > 12 else "count", scale)
        suffixed = self._suffixed(numeral, value)
        if suffixed is numeral and scale == 1 and self.pieces[i].group().count(".") == 1:
            return replace(numeral, decimal=True), j
        return suffixed, j

    def _leads_on(self, j: int) -> bool:
        """Return whether an "and" goes on with the numeral: "two hundred and five"."""
        beside = self.word(j - 1) in SCALES and self.word(j + 1) in SMALL
        return self.word(j) == "and" and beside and self.linked(j + 1)

    def _suffixed(self, numeral: Numeral, value: float) -> Numeral:
        """Return the numeral with the k, m or bn that is written on to it."""
        after = SUFFIX.match(self.text, numeral.end)
        if not after or not numeral.digits:
            return numeral
        scale = SUFFIXES[after.group(1).lower()]
        scaled = round(value * scale)
        if scaled > MOST_COUNTED:
            return numeral
        return Numeral(numeral.start, after.end(), scaled, scaled, "count", True, scale)


def find_numerals(text: str) -> list[Numeral]:
    """Return the numerals of a text in order; linear in its length."""
    pieces = list(PIECE.finditer(text))
    reader = _Reader(text, pieces)
    found: list[Numeral] = []
    i = 0
    while i < len(pieces):
        read = reader.at(i)
        if read is None:
            i += 1
        else:
            found.append(read[0])
            i = max(i + 1, read[1])
    return found
