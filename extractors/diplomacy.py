"""Find diplomacy mentions: who did, will do or refuses to do something towards whom."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from extractors.context import Context
from extractors.records import Mention


def mention_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for diplomacy."""
    return set()


def find_mentions(context: Context, parsed: Mapping[int, Doc]) -> list[Mention]:
    """Return the mentions of a document in text order; `parsed` holds the parse of the candidate sentences."""
    return []
