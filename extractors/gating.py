"""Which sentences are worth parsing for diplomacy."""

from __future__ import annotations

import functools
from bisect import bisect_left
from typing import Any

import re2

from extractors.context import Context
from extractors.lexicon import lexicon
from extractors.parties import ACTING

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
    """Return the indexes of the sentences worth parsing for diplomacy.

    That is a predicate that carries an act on its own with a party or a word that may stand for one, or any word of
    the lexicon with two parties: most of the lexicon ("say", "give", "call") is an act only between two.
    """
    acting = [p for p in context.parties if p.kind in ACTING]
    if not acting:
        return set()
    starts = [p.start for p in acting]
    any_word, strong, telling, standing = _gates()
    found = set()
    for sentence in context.sentences:
        inside = acting[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        sides = len({p.code for p in inside}) + bool(standing.search(sentence.text))
        wanted = any_word if inside and sides > 1 else telling if inside else strong if sides else None
        if wanted is not None and wanted.search(sentence.text):
            found.add(sentence.index)
    return found
