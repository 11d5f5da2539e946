"""How much a sentence promises an act of diplomacy, by its words alone: what promises little is not worth a parse.

A linear model over words, pairs of words and how many parties are named. The weights are in promise.json, written by
tests/bench/fit_promise.py, one a feature; a feature without weight counts nothing.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

from extractors.inflection import stem

WORDS = re.compile(r"[A-Za-z][a-z'’]+|[\"“?]")
MOST_PARTIES = 4  # told apart
LEAST = "(least)"  # no word of a sentence, as all features in brackets
LONGEST = 48  # words, told apart by eights


def words_of(text: str, parties: int) -> Iterator[str]:
    """Return the names of what holds of a sentence with some parties, each once."""
    words = [stem(word.lower()) for word in WORDS.findall(text)]
    yield "(all)"
    yield f"(parties {min(parties, MOST_PARTIES)})"
    yield f"(length {min(len(words), LONGEST) // 8})"
    yield from dict.fromkeys(words)
    yield from dict.fromkeys(f"{one} {other}" for one, other in pairwise(words))


@functools.cache
def weights() -> dict[str, float]:
    """Return the fitted weights by feature, with the least that is worth a parse as LEAST."""
    text = files("extractors").joinpath("promise.json").read_text("utf8")
    return {name: float(weight) for name, weight in json.loads(text).items()}


def is_promising(text: str, parties: int) -> bool:
    """Return whether a sentence that names some parties is worth a parse."""
    table = weights()
    return sum(table.get(name, 0.0) for name in words_of(text, parties)) >= table[LEAST]
