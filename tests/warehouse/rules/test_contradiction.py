"""Two claimants, the same thing, numbers far apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "other, days, rule",
    [
        (10_000, 1, "contradiction"), (79_000, 1, "contradiction"), (85_000, 1, "new_figure"),
        (10_000, 8, "new_figure"), (130_000, 1, "contradiction"), (120_000, 1, "new_figure"),
    ],
)  # fmt: skip
def test_contradiction_is_two_claimants_far_apart_within_a_week(desk, other, days, rule):
    at, later = desk.start, desk.start + days * DAY
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100_000, "UKR")))
    assert desk.rules(later, desk.article("courier", "two", later, desk.figure(other, "RUS"))) == [rule]


@pytest.mark.parametrize(
    ("days", "spots", "raised"),
    [
        (2, (), ["contradiction"]),
        (3, (), ["new_figure"]),  # with no town named, likelier the dead of another day
        (3, ("sanaa",), ["contradiction"]),
        (1, ("hodeidah",), ["new_figure"]),
    ],
)
def test_dead_are_contradicted_of_one_town_or_nearly_one_day(desk, days, spots, raised):
    at, later = desk.start, desk.start + days * DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(3, "YEM", measure="killed", spots=("sanaa",))))
    many = desk.figure(40, "houthis", measure="killed", spots=spots)
    assert desk.rules(later, desk.article("courier", "b", later, many)) == raised


def test_contradiction_is_told_once_a_pair_of_claims(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "a", at, desk.figure(100_000, "UKR")))
    assert desk.rules(at + HOUR, desk.article("courier", "b", at + HOUR, desk.figure(10_000, "RUS"))) == [
        "contradiction"
    ]
    assert desk.rules(at + DAY, desk.article("gazette", "c", at + DAY, desk.figure(10_000, "RUS"))) == []
    assert desk.rules(at + DAY, desk.article("gazette", "d", at + DAY, desk.figure(100_000, "UKR"))) == []


def test_two_sides_in_one_load_are_one_contradiction_and_one_new_figure(desk):
    at = desk.start
    raised = desk.rules(
        at + HOUR,
        desk.article("herald", "a", at, desk.figure(100_000, "UKR")),
        desk.article("courier", "b", at + HOUR, desk.figure(10_000, "RUS")),
    )
    assert sorted(raised) == ["contradiction", "new_figure"]


def test_new_number_contradicts_an_old_one_that_a_later_sentence_repeats(desk):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(57, "UKR", measure="captured")))
    denial = desk.article(
        "courier", "b", later, desk.figure(11, "RUS", measure="captured"), desk.figure(57, "UKR", measure="captured")
    )
    assert desk.rules(later, denial) == ["contradiction"]


def test_order_word_contradicts_only_what_lies_far_outside_it(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "a", at, desk.figure(low=10_000, high=99_999, qualifier="order")))
    near = desk.article("courier", "b", at + HOUR, desk.figure(110_000, "RUS"))
    assert desk.rules(at + HOUR, near) == ["new_figure"]
    far = desk.article("gazette", "c", at + HOUR, desk.figure(500, "BLR"))
    assert desk.rules(at + HOUR, far) == ["contradiction"]
