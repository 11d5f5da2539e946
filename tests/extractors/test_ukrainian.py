"""Figures in Ukrainian: each hit beside the number that counts nothing of war."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.ukrainian import find_figures_uk

pytest.importorskip("pymorphy3_dicts_uk", reason="the optional extra 'ru' is not installed")
PUBLISHED = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("text", "low", "high", "measure", "item"),
    [
        ("Втрачено близько 1 200 солдатів.", 1200, 1200, "casualties", "troops"),
        ("Загинули щонайменше 5 людей.", 5, None, "killed", "people"),
        ("ППО збила 35 із 40 «шахедів».", 35, 35, "destroyed", "drone"),
        ("Випущено понад 70 ракет.", 70, None, "attack", "missile"),
        ("Тисячі людей покинули домівки.", 1000, 9999, "displaced", "people"),
        ("Кілька десятків бойовиків здалися в полон.", 30, 99, "captured", "troops"),
        ("Загинуло п'ятеро цивільних.", 5, 5, "killed", "civilians"),
        ("Знищено 12 танків.", 12, 12, "destroyed", "tank"),
    ],
)
def test_numbers_measures_and_items_are_read(
    text: str, low: int | None, high: int | None, measure: str, item: str
) -> None:
    (figure,) = find_figures_uk(text, PUBLISHED)
    assert (figure.low, figure.high, figure.measure, figure.item) == (low, high, measure, item)


@pytest.mark.parametrize("text", ["Йому 35 років.", "Він заробив 200 гривень.", "До міста 40 кілометрів.", ""])
def test_what_counts_nothing_of_war_is_no_figure(text: str) -> None:
    assert find_figures_uk(text, PUBLISHED) == []


def test_whose_and_who_says_so() -> None:
    (figure,) = find_figures_uk("Росія втратила 300 солдатів, повідомив Генштаб ЗСУ.", PUBLISHED)
    assert (figure.subject, figure.claimant) == ("RUS", "UKR")
