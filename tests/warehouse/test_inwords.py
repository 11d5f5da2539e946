"""Figures in words: as alerts have them."""

from __future__ import annotations

import pytest

from warehouse.door import NothingPublished
from warehouse.inwords import figures_in_words
from warehouse.publish import publish


def test_figures_are_worded_as_alerts_word_them(desk, tmp_path):
    publish(desk.connection, desk.path, tmp_path / "published.duckdb")
    figures = [
        desk.figure(115_000, qualifier="about"),
        desk.figure(None, low=10_000, high=99_999, qualifier="order", subject=None, location=(), status="planned"),
        desk.figure(None, high=40, qualifier="less_than", item="tank", measure="destroyed"),
    ]
    assert figures_in_words(tmp_path / "published.duckdb", figures) == [
        "about 115,000 troops of RUS in UKR (strength)",
        "tens of thousands of troops (strength, planned)",
        "up to 40 tanks of RUS in UKR (destroyed)",
    ]


def test_without_a_published_warehouse_the_error_says_what_to_run(tmp_path):
    with pytest.raises(NothingPublished, match="muster monitor"):
        figures_in_words(tmp_path / "none.duckdb", [])
