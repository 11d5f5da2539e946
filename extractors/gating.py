"""Which sentences are worth parsing for diplomacy."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import Any

import re2

from extractors.context import Context
from extractors.lexicon import lexicon
from extractors.parties import ACTING
from extractors.promise import is_promising

# Words that may stand for a party named before: worth a parse only beside a predicate that is one on its own.
STANDS_FOR = (
    "he she they it we i both two ministry regime government administration spokesman spokeswoman spokesperson "
    "president minister group militants insurgents rebels bloc alliance"
)


def _gate(words: frozenset[str]) -> Any:
    return re2.compile(r"(?i)\b(?:" + "|".join(sorted(words)) + r")\b")


@functools.cache  # the sets of the lexicon are worked out anew each time they are asked for
def _gates() -> tuple[Any, Any, Any, Any]:
    """Return patterns of any word of the lexicon, of its strong ones, its telling ones, and of who may act."""
    lex = lexicon()
    return _gate(lex.forms), _gate(lex.strong), _gate(lex.telling), _gate(frozenset(STANDS_FOR.split()))


def mention_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for diplomacy."""
    sentences = context.sentences
    return {i for i, parties in acting_sentences(context).items() if is_promising(sentences[i].text, parties)}


def acting_sentences(context: Context) -> dict[int, int]:
    """Return how many parties are named in each sentence that may tell of an act, by its index.

    That is a predicate that carries an act on its own with a party or a word that may stand for one, or any word of
    the lexicon with two parties: most of the lexicon ("say", "give", "call") is an act only between two.
    """
    acting = [p for p in context.parties if p.kind in ACTING]
    if not acting:
        return {}
    starts = [p.start for p in acting]
    any_word, strong, telling, standing = _gates()
    found = {}
    for sentence in context.sentences:
        inside = acting[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        parties = len({p.code for p in inside})
        sides = parties + bool(standing.search(sentence.text))
        wanted = any_word if inside and sides > 1 else telling if inside else strong if sides else None
        if wanted is not None and wanted.search(sentence.text):
            found[sentence.index] = parties
    return found
