"""A claim nobody had reported: what is new, what is a repeat, what may not alert."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_new_figure_says_who_claims_what(desk):
    at = desk.start
    figure = desk.figure(115_000, sentence="Russia has massed 115,000 troops, the ministry said.")
    assert desk.bring(at, desk.article("herald", "one", at, figure)) == [
        ("new_figure", "115,000 troops of RUS in UKR (strength), says UKR")
    ]
    body, url = desk.rows("SELECT body, url FROM alerts")[0]
    assert body == "Russia has massed 115,000 troops, the ministry said."
    assert url == "https://herald.test/one"


@pytest.mark.parametrize(
    "changes, title",
    [
        ({"claimant": None}, "100,000 troops of RUS in UKR (strength), reports herald"),
        ({"claimant": "unknown", "claimant_text": "two officials"},
         "100,000 troops of RUS in UKR (strength), reports herald, citing two officials"),
        ({"claimant": "unknown", "claimant_text": "He"}, "100,000 troops of RUS in UKR (strength), reports herald"),
        ({"item": "artillery", "low": 38, "high": 38}, "38 artillery pieces of RUS in UKR (strength), says UKR"),
        ({"item": "equipment", "low": 1, "high": 1}, "1 piece of equipment of RUS in UKR (strength), says UKR"),
        ({"subject": None, "location": (), "low": 13_000, "high": None, "qualifier": "more_than", "measure": "killed",
          "item": "people"}, "more than 13,000 people (killed), says UKR"),
        ({"low": 10_000, "high": 99_999, "qualifier": "order", "status": "planned"},
         "tens of thousands of troops of RUS in UKR (strength, planned), says UKR"),
        ({"low": 1, "high": 1, "item": "tank", "measure": "destroyed", "location": ()},
         "1 tank of RUS (destroyed), says UKR"),
        ({"low": 90, "high": 100, "qualifier": "range", "item": "air_defence", "location": ("POL", "DEU")},
         "90 to 100 air defence systems of RUS in DEU, POL (strength), says UKR"),
        ({"low": None, "high": 500, "qualifier": "less_than"}, "up to 500 troops of RUS in UKR (strength), says UKR"),
        ({"low": 450, "high": 500, "qualifier": "nearly"}, "nearly 500 troops of RUS in UKR (strength), says UKR"),
        ({"low": None, "high": None}, "an unknown number of troops of RUS in UKR (strength), says UKR"),
        ({"low": None, "high": 500, "qualifier": "range"}, "500 troops of RUS in UKR (strength), says UKR"),
        ({"qualifier": "about"}, "about 100,000 troops of RUS in UKR (strength), says UKR"),
    ],
)  # fmt: skip
def test_titles(desk, changes, title):
    at = desk.start
    assert desk.bring(at, desk.article("herald", "one", at, desk.figure(**changes))) == [("new_figure", title)]


@pytest.mark.parametrize(
    "later",
    [
        {},  # word for word
        {"low": 101_500, "high": 101_500},  # rounded
        {"low": 100_000, "high": None, "qualifier": "more_than"},
        {"low": 90_000, "high": 100_000, "qualifier": "nearly"},
        {"low": 100_000, "high": 999_999, "qualifier": "order"},
        {"claimant": None}, {"claimant": "unknown"}, {"claimant": "USA"},
    ],
)  # fmt: skip
def test_repeated_figure_raises_no_second_alert(desk, later):
    at = desk.start
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(100_000))) == ["new_figure"]
    again = desk.figure(**{"sentence": "Said otherwise.", **later})
    assert desk.rules(at + HOUR, desk.article("courier", "two", at + HOUR, again)) == []


@pytest.mark.parametrize("status", ["historical", "hypothetical", "denied"])
def test_what_may_not_alert_does_not_use_up_the_news(desk, status):
    at = desk.start
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(status=status))) == []
    assert desk.rules(at + HOUR, desk.article("courier", "two", at + HOUR, desk.figure())) == ["new_figure"]


@pytest.mark.parametrize("published", [None, timedelta(days=2)])
def test_undated_or_future_article_is_silent_and_its_claim_still_news(desk, published):
    at = desk.start
    published_at = None if published is None else at + published
    first = desk.article("herald", "one", at, desk.figure(), published_at=published_at)
    assert desk.rules(at, first) == []
    assert desk.rules(at + HOUR, desk.article("courier", "two", at + HOUR, desk.figure())) == ["new_figure"]
    assert desk.value("SELECT count(*) FROM claims") == 1


def test_article_dated_some_hours_ahead_alerts(desk):
    at = desk.start
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(), published_at=at + 20 * HOUR)) == [
        "new_figure"
    ]


def test_planned_and_actual_are_two_pieces_of_news(desk):
    at = desk.start
    plan = desk.article("herald", "one", at, desk.figure(4_800, status="planned", measure="deployment"))
    done = desk.article("herald", "two", at + HOUR, desk.figure(4_800, measure="deployment"))
    assert desk.rules(at, plan) == ["new_figure"]
    assert desk.rules(at + HOUR, done) == ["new_figure"]


def test_syndicated_copy_is_silent(desk):
    at, text = desk.start, "An agency wrote this long text about the front. " * 12
    historical = desk.figure(status="historical")
    desk.bring(at, desk.article("herald", "one", at, historical, text=text))
    assert desk.rules(at + HOUR, desk.article("courier", "two", at + HOUR, desk.figure(), text=text)) == []


def test_same_number_is_news_again_after_its_window(desk):
    at = desk.start
    killed = desk.figure(40, measure="killed")
    assert desk.rules(at, desk.article("herald", "one", at, killed)) == ["new_figure"]
    later = at + 8 * DAY
    assert desk.rules(later, desk.article("herald", "two", later, killed)) == ["new_figure"]


@pytest.mark.parametrize("first, then", [(None, -30), (0, 40), (0, -40), (-2, None)])
def test_article_given_another_date_raises_no_second_alert(desk, first, then):
    at = desk.start

    def dated(days, hours, text):
        published_at = None if days is None else at + days * DAY
        found = desk.figure(12, measure="killed"), desk.mention("RUS", "USA")
        return desk.article("herald", "one", at + hours * HOUR, *found, text=text, published_at=published_at)

    before = desk.rules(at, dated(first, 0, "First text."))
    later = at + 45 * DAY
    after = desk.rules(later, dated(then, 45 * 24, "Second text."))
    assert len(before + after) <= 2
    assert desk.value("SELECT count(*) FROM claims") == 1


def test_figure_added_by_a_rewrite_is_new(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(12, measure="killed")))
    more = desk.article(
        "herald", "one", at + HOUR, desk.figure(12, measure="killed"),
        desk.figure(30, measure="wounded", start=40), text="Longer now.", published_at=at,
    )  # fmt: skip
    assert desk.rules(at + HOUR, more) == ["new_figure"]


@pytest.mark.parametrize(
    "version, raised", [("2", ["new_figure"]), ("1", ["new_contact", "new_figure", "new_figure"])]
)
def test_what_better_extractors_find_in_an_old_sentence_is_no_news(desk, version, raised):
    at, sentence = desk.start, "There were 15 of them, he said."
    desk.bring(at, desk.article("herald", "one", at, desk.figure(1), text=f"{sentence} More to come."))
    found = desk.figure(15, "USA", sentence=sentence, measure="killed"), desk.mention("RUS", "USA", sentence=sentence)
    added = desk.figure(900, measure="wounded", sentence="And 900 were hurt.", start=60)
    text = f"{sentence.replace(',', ' –')} And 900 were hurt."
    rewrite = desk.article("herald", "one", at + HOUR, *found, added, text=text, published_at=at)
    rewrite = replace(rewrite, extractor_version=version)
    assert sorted(desk.rules(at + HOUR, rewrite)) == raised


@pytest.mark.parametrize(
    ("measure", "days", "raised"),
    [("killed", 40, []), ("killed", 10, ["new_figure"]), ("strength", 40, ["new_figure"])],
)
def test_event_of_a_day_long_before_is_background(desk, measure, days, raised):
    at = desk.start
    figure = desk.figure(40, None, measure=measure, as_of=(at - days * DAY).date())
    assert desk.rules(at, desk.article("herald", "a", at, figure)) == raised


def test_body_tells_who_else_carries_it_and_what_was_known(desk):
    at = desk.start
    desk.bring(at, desk.article("gazette", "zero", at - HOUR, desk.figure(90_000, "USA")))
    desk.bring(at, *(desk.article(o, "x", at, desk.figure(100_000, None)) for o in ("herald", "courier")))
    body = desk.value("SELECT body FROM alerts WHERE title LIKE '100,000%'")
    assert "Known before: 90,000 (USA), 1 December 2021." in body
    assert "Also in: " in body
