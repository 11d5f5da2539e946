"""What days a text's words mean, told from the day it was published, and which are history by then."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.when import is_past_period, resolve_when

WEDNESDAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on Wednesday", "Wednesday", "2021-12-01", "2021-12-01"),
        ("on Tuesday", "Tuesday", "2021-11-30", "2021-11-30"),
        ("last Wednesday", "last Wednesday", "2021-11-24", "2021-11-24"),
        ("they will meet on Friday", "Friday", "2021-12-03", "2021-12-03"),
        ("it was hit by 30 drones on Friday", "Friday", "2021-11-26", "2021-11-26"),
        ("the troops must go by Friday", "Friday", "2021-12-01", "2021-12-03"),
        ("yesterday", "yesterday", "2021-11-30", "2021-11-30"),
        ("overnight", "overnight", "2021-11-30", "2021-12-01"),
        ("three days ago", "three days ago", "2021-11-28", "2021-11-28"),
        ("two weeks ago", "two weeks ago", "2021-11-15", "2021-11-21"),
        ("a year ago", "a year ago", "2020-01-01", "2020-12-31"),
        ("last month", "last month", "2021-11-01", "2021-11-30"),
        ("earlier this week", "earlier this week", "2021-11-29", "2021-12-01"),
        ("last week", "last week", "2021-11-22", "2021-11-28"),
        ("in the spring", "in the spring", "2021-03-01", "2021-05-31"),
        ("the winter of 2014", "the winter of 2014", "2014-12-01", "2015-02-28"),
        ("since January", "since January", "2021-01-01", "2021-12-01"),
        ("in May", "in May", "2021-05-01", "2021-05-31"),
        ("in May 2014", "May 2014", "2014-05-01", "2014-05-31"),
        ("in 2014", "in 2014", "2014-01-01", "2014-12-31"),
        ("in the 1990s", "in the 1990s", "1990-01-01", "1999-12-31"),
        ("on 24 February 2022", "24 February 2022", "2022-02-24", "2022-02-24"),
        ("on Nov. 24", "Nov. 24", "2021-11-24", "2021-11-24"),
        ("on Dec. 24", "Dec. 24", "2021-12-24", "2021-12-24"),
        ("by the end of March", "by the end of March", "2021-12-01", "2022-03-31"),
        ("in recent days", "in recent days", "2021-11-28", "2021-12-01"),
        ("over the past 24 hours", "over the past 24 hours", "2021-11-30", "2021-12-01"),
        ("2021-11-30", "2021-11-30", "2021-11-30", "2021-11-30"),
    ],
)
def test_words_are_dated_from_publication(text: str, words: str, first: str, last: str) -> None:
    (mention,) = resolve_when(text, WEDNESDAY)
    assert text[mention.start : mention.end] == words
    assert (mention.first, mention.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["they may march", "he sat in the sun", "May Day", "March on the palace", "31 February", "2,014 troops",
     "a spring offensive", "the fall of the city", "in 2014,000 of them"],
)  # fmt: skip
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert resolve_when(text, WEDNESDAY) == []


def test_an_unknown_publication_dates_nothing() -> None:
    assert resolve_when("on Tuesday", None) == []


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("in the spring", True),
        ("in May", True),
        ("in 2014", True),
        ("a year ago", True),
        ("last year", True),
        ("last week", False),
        ("last month", False),
        ("since January", False),
        ("since 2014", False),
        ("on Tuesday", False),
        ("in December", False),
        ("by the end of March", False),
        ("on Nov. 24", False),
        ("in recent months", False),
    ],
)
def test_history_is_an_earlier_year_or_a_named_earlier_month(text: str, past: bool) -> None:
    (mention,) = resolve_when(text, WEDNESDAY)
    assert is_past_period(mention, WEDNESDAY) is past


def test_last_year_is_history_but_last_month_is_not_in_january() -> None:
    january = date(2022, 1, 10)
    assert [is_past_period(m, january) for m in resolve_when("last month, last year", january)] == [False, True]
