"""A number told again in other words, and one that only looks so."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("number", "less", "raised"),
    [
        (115_000, {"location": ()}, []),
        (115_000, {"subject": None}, []),
        (115_000, {"subject": None, "location": ()}, []),
        (116_000, {"location": ()}, []),  # within 2 %
        (130_000, {"location": ()}, ["new_figure"]),
        (115_000, {"item": "reservists", "measure": "deployment"}, []),  # sent, stationed: outlets word it each way
        (115_000, {"location": ("BLR",)}, []),  # three digits that say something are seldom two facts
        (115_000, {"subject": "BLR"}, ["new_figure"]),
        (115_000, {"measure": "killed"}, ["new_figure"]),
        (115_000, {"status": "planned"}, ["new_figure"]),
    ],
)
def test_known_number_told_in_other_words_is_no_news(desk, number, less, raised):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(115_000, None)))
    assert desk.rules(later, desk.article("courier", "b", later, desk.figure(number, None, **less))) == raised


@pytest.mark.parametrize(
    ("days", "spots", "raised"),
    [
        (1, ("lyman",), []),
        (1, (), []),
        (1, ("izium",), ["new_figure"]),  # another town is another event
        (4, ("lyman",), ["new_figure"]),
    ],
)
def test_small_number_with_its_place_unsaid_is_a_repeat_soon_after_and_in_no_other_town(desk, days, spots, raised):
    at, later = desk.start, desk.start + days * DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(2, None, measure="killed", spots=("lyman",))))
    again = desk.article("courier", "b", later, desk.figure(2, None, measure="killed", location=(), spots=spots))
    assert desk.rules(later, again) == raised


def test_round_number_in_another_country_is_another_fact(desk):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(300, None)))
    again = desk.article("courier", "b", later, desk.figure(300, None, location=("BLR",)))
    assert desk.rules(later, again) == ["new_figure"]


def test_number_told_twice_in_one_load_in_other_words_is_one_alert(desk):
    at = desk.start
    first = desk.article("herald", "a", at, desk.figure(143, None, measure="attack", item="drone"))
    less = desk.figure(143, None, measure="attack", item="drone", location=(), sentence="They counted 143.")
    assert desk.rules(at, first, desk.article("courier", "b", at + timedelta(minutes=5), less)) == ["new_figure"]


def test_few_ships_sent_or_standing_by_are_told_once_in_both_words(desk):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(9, item="ship")))
    again = desk.figure(9, item="ship", measure="deployment")
    assert desk.rules(later, desk.article("courier", "b", later, again)) == []
    killed = desk.article("herald", "c", later, desk.figure(9, measure="killed"))
    assert desk.rules(later, killed) == ["new_figure"]
    wounded = desk.article("courier", "d", later, desk.figure(9, measure="casualties"))
    assert desk.rules(later, wounded) == ["new_figure"]  # to be killed and to be harmed are two things


@pytest.mark.parametrize(
    ("number", "sentence", "raised"),
    [
        (4, "The toll rose to 17 as four people died.", ["changed_figure"]),  # told in one sentence with the toll
        (4, "Four have succumbed to their wounds.", ["changed_figure"]),
        (4, "Four of the wounded died overnight.", ["changed_figure"]),
        (4, "Four were killed in another house.", ["changed_figure", "new_figure"]),
        (23, "Of the wounded many died, 23 in all.", ["changed_figure", "changed_figure"]),
    ],
)
def test_part_of_a_toll_of_the_same_article_is_no_news_of_its_own(desk, number, sentence, raised):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(13, measure="killed")))
    toll = desk.figure(17, measure="killed", sentence="The toll rose to 17 as four people died.")
    part = desk.figure(number, measure="killed", sentence=sentence, start=40, end=44)
    assert sorted(desk.rules(later, desk.article("courier", "b", later, toll, part))) == raised


def test_part_told_in_one_breath_with_its_whole_is_no_news_of_its_own(desk):
    at, said = desk.start, "Nineteen were injured, two of them critically."
    whole = desk.figure(19, measure="wounded", sentence=said)
    part = desk.figure(2, measure="wounded", sentence=said, start=23, end=34)
    assert desk.rules(at, desk.article("herald", "a", at, whole, part)) == ["new_figure"]


@pytest.mark.parametrize(("drones", "raised"), [(111, []), (96, ["new_figure", "new_figure"])])
def test_few_missiles_beside_many_drones_that_were_told_are_told_too(desk, drones, raised):
    at, later = desk.start, desk.start + HOUR
    kinds = {"measure": "attack", "claimant": "UKR"}
    unsaid = {**kinds, "subject": None, "location": ()}  # "the enemy attacked"
    first = [desk.figure(111, item="drone", **unsaid), desk.figure(4, item="missile", start=9, **unsaid)]
    desk.bring(at, desk.article("herald", "a", at, *first))
    again = [desk.figure(drones, item="drone", **kinds), desk.figure(4, item="missile", start=9, **kinds)]
    assert desk.rules(later, desk.article("courier", "b", later, *again)) == raised


def test_civilians_among_the_injured_of_the_same_article_are_no_news_of_their_own(desk):
    at = desk.start
    all_of_them = desk.figure(19, measure="wounded", item="people")
    some = desk.figure(
        2, measure="wounded", item="civilians", start=30, sentence="Among the injured were two guides."
    )
    assert desk.rules(at, desk.article("herald", "a", at, all_of_them, some)) == ["new_figure"]
