"""The same text, and how much of one text stands in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.texts import hash_text, shared_share


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("Troops, he said.", "Troops he said", True), ("a b", "ab", True), ("a\u00a0b\n", "a b", True),
        ("“So”", '"So"', True), ("1.5 million", "15 million", False), ("1,500", "1500", False),
        ("10-12", "1012", False), ("12  10", "12\n10", True), ("12  10", "1210", False), ("5 . 3", "5.3", True),
        ("12 10", "1210", False), ("In 2014. 500 died", "In 2014, 500 died", False),  # a mark between digits counts
        ("Died: 5", "Died 5", True), ("он", "она", False), ("A", "a", False),
    ],
)  # fmt: skip
def test_text_is_the_same_but_for_space_and_punctuation(one, other, same):
    assert (hash_text(one) == hash_text(other)) is same


@given(st.lists(st.text("abc123", min_size=1), min_size=1), st.sampled_from([" ", "\n", "  ", "\t"]))
def test_kind_of_white_space_between_words_does_not_matter(words, space):
    text = space.join(word + "x" for word in words)
    assert hash_text(text) == hash_text(" ".join(word + "x" for word in words))


ONE = "The ministry counted the troops near the border again. It named no number of tanks this time. "
TWO = "An adviser to the president spoke of a long winter. He asked the allies for more air defence. "


@pytest.mark.parametrize(
    "text, other, share",
    [
        (ONE, ONE, 1.0), (ONE, TWO, 0.0), (ONE, ONE + TWO, 1.0), (ONE + TWO, ONE, 0.5),
        (ONE, "", 0.0), ("", ONE, 0.0),
        ("Read more.", "Read more.", 0.0), (ONE, ONE.replace(" ", "\n"), 0.0), (ONE.replace(". ", ".”\n"), ONE, 1.0),
    ],
)  # fmt: skip
def test_share_of_a_text_that_stands_in_another(text, other, share):
    assert shared_share(text, other) == pytest.approx(share, abs=0.06)
