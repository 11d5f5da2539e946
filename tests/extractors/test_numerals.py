"""Numerals alone: what they are worth, before any hedge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.numerals import find_numerals

WORTH = [
    ("seventeen", 17, 17, "count"),
    ("ninety-nine", 99, 99, "count"),
    ("three hundred and twelve", 312, 312, "count"),
    ("two million three hundred thousand", 2300000, 2300000, "count"),
    ("1.7 million", 1700000, 1700000, "count"),
    ("6k", 6000, 6000, "count"),
    ("3bn", 3000000000, 3000000000, "count"),
    ("two dozen", 24, 24, "about"),
    ("a dozen", 12, 12, "count"),
    ("hundreds of thousands", 100000, 999999, "order"),
    ("tens of millions", 10000000, 99999999, "order"),
    ("several million", 3000000, 9999999, "order"),
    ("few dozen", 24, 99, "order"),
    ("half a million", 500000, 500000, "count"),
]


@pytest.mark.parametrize(("text", "low", "high", "kind"), WORTH)
def test_numeral_has_its_worth(text: str, low: int, high: int, kind: str) -> None:
    (found,) = find_numerals(text)
    assert (found.low, found.high, found.kind) == (low, high, kind)


@pytest.mark.parametrize("text", ["", "a", "tens", "and", "half", "of thousand-fold things"[:2], "9" * 40, "several"])
def test_no_numeral_is_read_where_there_is_none(text: str) -> None:
    assert find_numerals(text) == []


def test_words_that_make_no_one_numeral_are_two() -> None:
    assert [n.low for n in find_numerals("five six, twenty thirty")] == [5, 6, 20, 30]


def test_suffix_that_makes_more_than_anything_is_counted_in_is_left_out() -> None:
    assert [n.low for n in find_numerals("900bn")] == [900]


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80))
def test_any_string_gives_numerals_inside_it(text: str) -> None:
    for found in find_numerals(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.low <= found.high


@pytest.mark.parametrize(
    "text", ["999999999999999 billion", "999 billion", "hundreds of billions", "9 billion billion"]
)
def test_absurd_numeral_still_fits_the_tables(text: str) -> None:
    assert all(n.high < 2**62 for n in find_numerals(text))
