"""Number expressions as intervals; dates, names and ordinals are none."""

from __future__ import annotations

import pytest

from extractors.slavic_numbers import find_slavic_numbers
from extractors.slavic_words import words_of

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("13,5 тыс. солдат", 13_500, 13_500, "exact"),
        ("30–50 танков", 30, 50, "range"),
        ("от 90 до 100 тысяч", 90_000, 100_000, "range"),
        ("две тысячи сто двадцать", 2120, 2120, "exact"),
        ("сотни тысяч", 100_000, 999_999, "order"),
        ("более тысячи солдат", 1000, None, "more_than"),
        ("не более 40", None, 40, "less_than"),
        ("73-х человек", 73, 73, "exact"),
        ("1 400 человек", 1400, 1400, "exact"),
        ("1.000 солдат", 1000, 1000, "exact"),
        ("1.250.000 человек", 1_250_000, 1_250_000, "exact"),
        ("1.5 млн человек", 1_500_000, 1_500_000, "exact"),
    ],
)
def test_expressions_become_intervals(text: str, low: int | None, high: int | None, qualifier: str) -> None:
    (number,) = find_slavic_numbers(text, words_of(text, "ru"), "ru")
    assert (number.low, number.high, number.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize(
    "text", ["75-м полк", "Т-72", "№ 12", "12%", "15:30", "26-летний", "$40", "12.05.2022", "2.5 солдата"]
)
def test_names_and_ordinals_are_none(text: str) -> None:
    assert find_slavic_numbers(text, words_of(text, "ru"), "ru") == []


@pytest.mark.parametrize("unit", ["9" * 50 + " ", "сто ", "тысяч ", "- ", "1-", "до "])
def test_absurd_text_raises_nothing(unit: str) -> None:
    text = unit * 200
    find_slavic_numbers(text, words_of(text, "ru"), "ru")
