"""Find figures: how many, of what, whose, where, and who says so."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from extractors.context import Context
from extractors.records import Figure


def figure_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for figures."""
    return set()


def find_figures(context: Context, parsed: Mapping[int, Doc]) -> list[Figure]:
    """Return the figures of a document in text order; `parsed` holds the parse of the candidate sentences."""
    return []
