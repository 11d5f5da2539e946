"""How many: each hedge, range and order beside what only looks like a count."""

import pytest

from extractors.numbers import find_numbers

COUNTS = [
    ("They lost 41 men.", "41", 41, 41, "exact"),
    ("a column of 1,250 men", "1,250", 1250, 1250, "exact"),
    ("1 250 men", "1 250", 1250, 1250, "exact"),
    ("1\u00a0250\u00a0000 people", "1\u00a0250\u00a0000", 1250000, 1250000, "exact"),
    ("1.4 million people", "1.4 million", 1400000, 1400000, "exact"),
    ("1.250.000 people", "1.250.000", 1250000, 1250000, "exact"),
    ("1.250 million people", "1.250 million", 1250000, 1250000, "exact"),
    ("1.5 to 2 million people", "1.5 to 2 million", 1500000, 2000000, "range"),
    ("by the end of March 5,000 men", "5,000", 5000, 5000, "exact"),
    ("12k men", "12k", 12000, 12000, "exact"),
    ("2.5m refugees", "2.5m", 2500000, 2500000, "exact"),
    ("twenty-three sailors", "twenty-three", 23, 23, "exact"),
    ("two hundred and six sailors", "two hundred and six", 206, 206, "exact"),
    ("nine thousand four hundred men", "nine thousand four hundred", 9400, 9400, "exact"),
    ("half a million men", "half a million", 500000, 500000, "exact"),
    ("a half-million men", "a half-million", 500000, 500000, "exact"),
    ("a dozen tanks", "a dozen", 12, 12, "exact"),
    ("two dozen tanks", "two dozen", 24, 24, "about"),
    ("around a dozen tanks", "around a dozen", 12, 12, "about"),
    ("dozens of tanks", "dozens", 24, 99, "order"),
    ("scores of tanks", "scores", 40, 99, "order"),
    ("hundreds of tanks", "hundreds", 100, 999, "order"),
    ("hundreds and hundreds of tanks", "hundreds and hundreds", 100, 999, "order"),
    ("thousands of men", "thousands", 1000, 9999, "order"),
    ("tens of thousands of men", "tens of thousands", 10000, 99999, "order"),
    ("hundreds of thousands of men", "hundreds of thousands", 100000, 999999, "order"),
    ("several thousand men", "several thousand", 3000, 9999, "order"),
    ("several hundred men", "several hundred", 300, 999, "order"),
    ("several dozen men", "several dozen", 36, 99, "order"),
    ("a few hundred men", "few hundred", 200, 900, "order"),
    ("a hundred or so men", "a hundred or so", 100, 100, "about"),
    ("300-odd men", "300-odd", 300, 300, "about"),
    ("roughly 300 men", "roughly 300", 300, 300, "about"),
    ("an estimated 300 men", "an estimated 300", 300, 300, "about"),
    ("more than 300 men", "more than 300", 300, None, "more_than"),
    ("at least 300 men", "at least 300", 300, None, "more_than"),
    ("upwards of 300 men", "upwards of 300", 300, None, "more_than"),
    ("no fewer than 300 men", "no fewer than 300", 300, None, "more_than"),
    ("well over 300 men", "well over 300", 300, None, "more_than"),
    ("up to 300 men", "up to 300", None, 300, "less_than"),
    ("as many as 300 men", "as many as 300", None, 300, "less_than"),
    ("fewer than 300 men", "fewer than 300", None, 300, "less_than"),
    ("nearly 500 men", "nearly 500", 450, 500, "nearly"),
    ("close to 705 men", "close to 705", 634, 705, "nearly"),
    ("just under 90 men", "just under 90", 81, 90, "nearly"),
    ("70 to 90 men", "70 to 90", 70, 90, "range"),
    ("7,000–9,000 men", "7,000–9,000", 7000, 9000, "range"),
    ("8-10,000 men", "8-10,000", 8000, 10000, "range"),
    ("50 to 1,000 men", "50 to 1,000", 50, 1000, "range"),
    ("about 30-50 men", "about 30-50", 30, 50, "range"),
    ("between 70 and 90 men", "between 70 and 90", 70, 90, "range"),
    ("from 70 to 90 men", "from 70 to 90", 70, 90, "range"),
    ("2.5 to 3 million men", "2.5 to 3 million", 2500000, 3000000, "range"),
    ("2.5 to 30 men", "30", 30, 30, "exact"),
    ("3 to 5 million men", "3 to 5 million", 3000000, 5000000, "range"),
    ("four or five boats", "four or five", 4, 5, "range"),
    ("perhaps more than 300 men", "more than 300", 300, None, "more_than"),
    ("They ran over 60 men", "60", 60, 60, "exact"),
    ("another 60 men", "another 60", 60, 60, "exact"),
    ("an additional 60 men", "an additional 60", 60, 60, "exact"),
    ("a total of 60 men", "a total of 60", 60, 60, "exact"),
    ("\u0663\u0660\u0660 men", "\u0663\u0660\u0660", 300, 300, "exact"),
    ("\uff11\uff12 men", "\uff11\uff12", 12, 12, "exact"),
]
NOTHING = [
    "1.000 men", "2.5 men", "on 12.05.2022", "version 1.250.000.1 of it",
    "post-seven", "$two million", "all but 30 of them", "children under 12", "a population of 4,000",
    "It cost $300 and then €4,500.", "It rose 30 percent, or 30%.", "They walked 30 miles and 12 kilometres.",
    "He was a 30-year-old, aged "
    "30.", "on June 14 and on 14 June", "since March 2021",
    "at 9:30, or 9 a.m.", "the 18th Corps and the 2nd Division",
    "an Su-35 and an "
    "F-16", "a Leopard 2", "Resolution 2231", "a 7,000-ton ship", "a 40-minute speech", "one in three men",
    "two-thirds of "
    "them", "no one came", "one another", "Mary Ellis, 43, left", "after 11 days and three weeks", "9/11",
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "low", "high", "qualifier"), COUNTS)
def test_number_is_read_as_the_interval_of_the_contract(
    text: str, span: str, low: int | None, high: int | None, qualifier: str
) -> None:
    (found,) = find_numbers(text)
    assert (text[found.start : found.end], found.low, found.high, found.qualifier) == (span, low, high, qualifier)


@pytest.mark.parametrize("text", NOTHING)
def test_what_counts_no_things_is_no_number(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("90 to 70 men", 90, 70),
        ("from 2014 to 2019", 2014, 2019),
        ("40 and 60 men", 40, 60),
        ("4 or 50 boats", 4, 50),
    ],
)
def test_two_numbers_that_are_the_ends_of_no_range_stay_two(text: str, first: int, second: int) -> None:
    assert [(n.low, n.high) for n in find_numbers(text)] == [(first, first), (second, second)]


def test_a_rise_from_one_number_to_another_is_two_and_no_range() -> None:
    found = find_numbers("The garrison grew from 4,000 to 6,500.")
    assert [(n.low, n.high) for n in found] == [(4000, 4000), (6500, 6500)]
