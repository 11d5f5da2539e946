"""A claimant gives a number it had not given."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_changed_figure_names_the_number_before(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(94_000)))
    assert desk.bring(at + DAY, desk.article("courier", "two", at + DAY, desk.figure(115_000))) == [
        ("changed_figure", "115,000 troops of RUS in UKR (strength), says UKR; 94,000 before")
    ]
    body, also = desk.rows("SELECT body, also FROM alerts WHERE rule = 'changed_figure'")[0]
    assert "Before, UKR gave 94,000 (1 December 2021)." in body
    assert also == ["new_figure"]


@pytest.mark.parametrize("claimant", [None, "unknown"])
def test_nobody_named_changes_no_figure(desk, claimant):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(94_000, claimant)))
    assert desk.rules(at + DAY, desk.article("courier", "two", at + DAY, desk.figure(115_000, claimant))) == [
        "new_figure"
    ]


def test_claimant_taking_up_a_known_number_is_a_changed_figure(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100_000, "UKR")))
    desk.bring(at + HOUR, desk.article("herald", "two", at + HOUR, desk.figure(10_000, "RUS")))
    assert desk.rules(at + DAY, desk.article("courier", "c", at + DAY, desk.figure(100_000, "RUS"))) == [
        "changed_figure"
    ]
    assert desk.rules(at + 2 * DAY, desk.article("gazette", "d", at + 2 * DAY, desk.figure(100_000, "RUS"))) == []


@pytest.mark.parametrize(
    "days, sentence, rule",
    [
        (1, "The toll has risen to 60.", "changed_figure"),
        (4, "The toll has risen to 60.", "new_figure"),
        (1, "Another strike killed 60.", "new_figure"),
        (1, "In a separate attack 60 died.", "new_figure"),
    ],
)
def test_event_figure_changes_within_three_days_unless_it_is_another_event(desk, days, sentence, rule):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(40, measure="killed")))
    later = at + days * DAY
    toll = desk.figure(60, measure="killed", sentence=sentence)
    assert desk.rules(later, desk.article("courier", "two", later, toll)) == [rule]


def test_two_numbers_in_one_article_change_nothing(desk):
    at = desk.start
    both = desk.article("herald", "one", at, desk.figure(94_000), desk.figure(115_000, start=50))
    assert desk.rules(at, both) == ["new_figure", "new_figure"]


@pytest.mark.parametrize(
    ("number", "sentence", "spots", "raised"),
    [
        (31, "The toll rose to 31.", ("omdurman",), "changed_figure"),
        (9, "Nine were killed in Nyala.", ("nyala",), "new_figure"),
        (31, "Shells killed 31 in Nyala.", ("nyala",), "new_figure"),
        (9, "Nine were killed.", (), "new_figure"),  # a lower toll that corrects nothing is another's
        (19, "The ministry lowered the toll to 19.", (), "changed_figure"),
    ],
)
def test_toll_of_another_town_is_new_and_changes_none(desk, number, sentence, spots, raised):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(23, measure="killed", spots=("omdurman",))))
    after = desk.figure(number, measure="killed", sentence=sentence, spots=spots)
    assert desk.rules(later, desk.article("courier", "b", later, after)) == [raised]


@pytest.mark.parametrize(
    ("spots", "raised"), [(("pulwama",), ["changed_figure"]), (("poonch",), ["new_figure"]), ((), ["new_figure"])]
)
def test_toll_of_a_town_goes_on_from_its_dead_soldiers(desk, spots, raised):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(7, "IND", measure="killed", spots=("pulwama",))))
    toll = desk.figure(10, "IND", measure="killed", item="people", sentence="The toll rose to ten.", spots=spots)
    assert desk.rules(later, desk.article("courier", "b", later, toll)) == raised


def test_change_is_told_where_an_article_leaves_the_side_unsaid(desk):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(6_000, "UN", measure="displaced")))
    more = desk.figure(48_000, "UN", measure="displaced", subject=None)
    assert desk.rules(later, desk.article("courier", "b", later, more)) == ["changed_figure"]
