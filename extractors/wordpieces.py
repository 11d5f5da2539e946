"""Words cut into the pieces that the network knows: the longest known piece first, as BERT's WordPiece does.

A word is a token of the parse, so that what the network says of a piece is said of a token. See "Google's Neural
Machine Translation System" (Wu and others, 2016), section 4.1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

LONGEST = 40  # characters of a word that are still cut; a longer one is no word
UNKNOWN = "[UNK]"


def _plain(word: str) -> str:
    """Return a word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")


def _runs(word: str) -> Iterator[str]:
    """Return the runs of letters and digits of a word, and each other sign alone."""
    run = ""
    for sign in word:
        if sign.isalnum():
            run += sign
            continue
        if run:
            yield run
        run = ""
        if not sign.isspace():
            yield sign
    if run:
        yield run


def _cut(run: str, known: Mapping[str, int]) -> list[str]:
    pieces: list[str] = []
    start = 0
    while start < len(run):
        ends = range(len(run), start, -1)
        end = next((e for e in ends if ("##" if start else "") + run[start:e] in known), None)
        if end is None:
            return [UNKNOWN]
        pieces.append(("##" if start else "") + run[start:end])
        start = end
    return pieces


def pieces_of(doc: Doc, known: Mapping[str, int], most: int) -> tuple[list[int], list[int]]:
    """Return the numbers of a sentence's pieces, `most` of them, and where each token begins, -1 if past that."""
    numbers: list[int] = []
    begins: list[int] = []
    for token in doc:
        runs = _runs(_plain(token.text)) if len(token.text) <= LONGEST else [UNKNOWN]
        found = [known[p] for run in runs for p in ([run] if run == UNKNOWN else _cut(run, known))]
        begins.append(len(numbers) if found and len(numbers) < most else -1)
        numbers += found
    return numbers[:most], begins
