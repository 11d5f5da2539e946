"""Figures in Ukrainian text; needs the optional extra `ru`, which brings the dictionaries of both languages."""

from __future__ import annotations

from datetime import date

from extractors.records import Figure
from extractors.slavic_figures import find_slavic_figures


def find_figures_uk(text: str, published: date | None) -> list[Figure]:
    """Return the figures of a Ukrainian text in order; MissingExtraError where the extra `ru` is not installed."""
    return find_slavic_figures(text, published, "uk")
