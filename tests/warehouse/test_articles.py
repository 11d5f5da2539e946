"""What is the same text, what is late, what can be dated."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.desk import START
from warehouse.articles import Brought, hash_text

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


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


def brought(published_at, day_only=False, change="new", desk=None):
    from extractors.records import Article, Extraction

    article = Article("u", None, "t", (), None, None, None, published_day_only=day_only)
    extraction = Extraction("herald", 1, article, (), (), START, None, "1")
    seen = START.replace(tzinfo=None)
    return Brought(
        extraction, change, 1, 0, None if published_at is None else seen + published_at, seen, None, "herald"
    )


@pytest.mark.parametrize(
    "published, dated, late",
    [
        (-HOUR, True, False), (-3 * DAY, True, False), (-3 * DAY - HOUR, True, True), (None, False, False),
        (DAY, True, False), (DAY + HOUR, False, False),
    ],
)  # fmt: skip
def test_dated_and_late(published, dated, late):
    one = brought(published)
    assert (one.dated, one.late, one.may_alert) == (dated, late, dated)


def test_known_article_is_never_late():
    assert not brought(-40 * DAY, change="revised").late


def test_undated_article_stands_at_the_time_it_was_read():
    assert brought(None).at == brought(9 * DAY).at == START.replace(tzinfo=None)
