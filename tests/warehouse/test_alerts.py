"""Alerts: one for each piece of news, once, and none for what is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from warehouse.alerts import AlertPolicy

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_first_run_of_an_outlet_is_one_summary(fresh_desk):
    desk, at = fresh_desk, fresh_desk.start
    desk.policy = AlertPolicy(outlet_names={"herald": "The Herald"})
    raised = desk.bring(
        at,
        desk.article("herald", "one", at, desk.figure(100_000), desk.mention("RUS", "USA")),
        desk.article("herald", "two", at, desk.figure(40, measure="killed"), desk.figure(100_000, start=9)),
    )
    assert raised == [("summary", "The Herald: 2 articles, 2 figures, 1 talk")]
    assert desk.rules(at + HOUR, desk.article("herald", "three", at + HOUR, desk.figure(70, measure="wounded"))) == [
        "new_figure"
    ]


def test_first_run_that_brought_no_figure_and_no_talk_is_silent(fresh_desk):
    at = fresh_desk.start
    assert fresh_desk.rules(at, fresh_desk.article("herald", "one", at)) == []


def test_new_outlet_beside_a_known_one_is_summed_up_alone(desk):
    at = desk.start
    raised = desk.rules(
        at,
        desk.article("tribune", "one", at, desk.figure(500, measure="wounded")),
        desk.article("herald", "two", at, desk.figure(9_000)),
    )
    assert sorted(raised) == ["new_figure", "summary"]


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


def test_articles_found_late_are_one_summary(desk):
    at = desk.start
    late = [desk.article("herald", f"n{n}", at, desk.figure(n * 1000), published_at=at - 4 * DAY) for n in (1, 2, 3)]
    raised = desk.bring(at, *late, desk.article("herald", "now", at, desk.figure(70, measure="wounded")))
    assert sorted(raised) == [
        ("new_figure", "70 troops of RUS in UKR (wounded), says UKR"),
        ("summary", "herald: 3 articles, 3 figures, 0 talks"),
    ]


def test_day_without_hours_is_late_only_after_its_end(desk):
    at = desk.start
    midnight = at.replace(hour=0)
    edge = desk.article("herald", "one", at, desk.figure(), published_at=midnight - 3 * DAY, day_only=True)
    late = desk.article("herald", "two", at, desk.figure(9), published_at=midnight - 4 * DAY, day_only=True)
    assert desk.rules(at, edge) == ["new_figure"]
    assert desk.rules(at, late) == ["summary"]


def test_backfill_is_one_summary_and_what_it_brought_is_known(desk):
    at = desk.start
    found = [
        desk.article("herald", f"n{n}", at, desk.figure(n * 1000), published_at=at - n * DAY) for n in range(1, 6)
    ]
    assert desk.rules(at, *found, kind="backfill") == ["summary"]
    assert desk.rules(at + HOUR, desk.article("courier", "x", at + HOUR, desk.figure(3_000, "USA"))) == [
        "contradiction"
    ]


def test_same_number_is_news_again_after_its_window(desk):
    at = desk.start
    killed = desk.figure(40, measure="killed")
    assert desk.rules(at, desk.article("herald", "one", at, killed)) == ["new_figure"]
    later = at + 8 * DAY
    assert desk.rules(later, desk.article("herald", "two", later, killed)) == ["new_figure"]


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


def test_change_is_told_where_an_article_leaves_the_side_unsaid(desk):
    at, later = desk.start, desk.start + DAY
    desk.bring(at, desk.article("herald", "a", at, desk.figure(6_000, "UN", measure="displaced")))
    more = desk.figure(48_000, "UN", measure="displaced", subject=None)
    assert desk.rules(later, desk.article("courier", "b", later, more)) == ["changed_figure"]


def test_order_word_contradicts_only_what_lies_far_outside_it(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "a", at, desk.figure(low=10_000, high=99_999, qualifier="order")))
    near = desk.article("courier", "b", at + HOUR, desk.figure(110_000, "RUS"))
    assert desk.rules(at + HOUR, near) == ["new_figure"]
    far = desk.article("gazette", "c", at + HOUR, desk.figure(500, "BLR"))
    assert desk.rules(at + HOUR, far) == ["contradiction"]


def test_rewritten_number_is_one_revised_article_that_names_the_rest(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(12, measure="killed")))
    rewrite = desk.article(
        "herald", "one", at + HOUR, desk.figure(15, measure="killed"), text="Rewritten.", published_at=at
    )
    assert desk.bring(at + HOUR, rewrite) == [
        ("revised_article", "15 troops of RUS in UKR (killed), says UKR; the article said 12 before")
    ]
    assert desk.rows("SELECT also FROM alerts WHERE rule = 'revised_article'") == [(["new_figure"],)]


def test_rewrite_that_leaves_the_claims_is_silent(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(12, measure="killed")))
    same = desk.article("herald", "one", at + HOUR, desk.figure(12, measure="killed", start=80), text="Longer now.")
    assert desk.rules(at + HOUR, same) == []


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


def test_article_rewritten_back_and_forth_tells_each_number_once(desk):
    at = desk.start
    raised = []
    for hour, number in enumerate((12, 15, 12, 15, 12)):
        seen = at + hour * HOUR
        figure = desk.figure(number, measure="killed")
        raised += desk.rules(
            seen, desk.article("herald", "one", seen, figure, text=f"It says {number}.", published_at=at)
        )
    assert raised == ["new_figure", "revised_article", "revised_article"]


def test_new_contact_is_one_alert_an_article_with_its_pairs(desk):
    at = desk.start
    talks = desk.mention("RUS", "USA", "UKR", status="planned", sentence="The three will meet.")
    assert desk.bring(at, desk.article("herald", "one", at, talks)) == [
        ("new_contact",
         "First contact in 30 days: RUS–UKR (consult, planned); RUS–USA (consult, planned); "
         "UKR–USA (consult, planned)")
    ]  # fmt: skip
    assert desk.rows("SELECT body, mention_id IS NULL FROM alerts") == [("The three will meet.", False)]


@pytest.mark.parametrize(
    "event, targets, status, raised",
    [
        ("AGREE", ("USA",), "actual", ["new_contact"]), ("REJECT", ("USA",), "planned", ["new_contact"]),
        ("REQUEST", ("USA",), "actual", []), ("ACCUSE", ("USA",), "actual", []),
        ("AGREE", (), "actual", []), ("AGREE", ("RUS",), "actual", []),
        ("REJECT", ("USA",), "historical", []), ("REJECT", ("USA",), "denied", []),
    ],
)  # fmt: skip
def test_what_is_a_contact(desk, event, targets, status, raised):
    at = desk.start
    mention = desk.mention("RUS", event=event, targets=targets, status=status)
    assert desk.rules(at, desk.article("herald", "one", at, mention)) == raised


@pytest.mark.parametrize("days, raised", [(1, []), (30, []), (31, ["new_contact"])])
def test_contact_is_new_after_thirty_days_without(desk, days, raised):
    at, later = desk.start, desk.start + days * DAY
    assert desk.rules(at, desk.article("herald", "one", at, desk.mention("RUS", "USA"))) == ["new_contact"]
    assert desk.rules(later, desk.article("courier", "two", later, desk.mention("USA", "RUS"))) == raised


def test_contact_in_a_rewrite_of_the_article_is_not_new(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.mention("RUS", "USA", status="planned")))
    met = desk.article("herald", "one", at + HOUR, desk.mention("RUS", "USA"), text="They have met.", published_at=at)
    assert desk.rules(at + HOUR, met) == []


def test_two_reports_of_a_contact_in_one_load_are_one_alert(desk):
    at = desk.start
    both = [desk.article(o, "talks", at, desk.mention("RUS", "USA")) for o in ("herald", "courier")]
    assert desk.rules(at, *both) == ["new_contact"]


@pytest.mark.parametrize(
    "policy",
    [
        {"off": frozenset({"new_figure"})}, {"least_number": 100_001}, {"subjects": frozenset({"UKR"})},
        {"items": frozenset({"tank"})}, {"measures": frozenset({"killed"})}, {"places": frozenset({"POL"})},
        {"claimants": frozenset({"USA"})}, {"outlets": frozenset({"courier"})},
    ],
)  # fmt: skip
def test_policy_leaves_out_what_is_not_wanted(desk, policy):
    at = desk.start
    desk.policy = AlertPolicy(**policy)
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(100_000))) == []


def test_policy_lets_through_what_is_wanted(desk):
    at = desk.start
    desk.policy = AlertPolicy(
        least_number=100_000, subjects=frozenset({"RUS"}), items=frozenset({"troops"}),
        places=frozenset({"UKR", "POL"}), claimants=frozenset({"UKR"}), outlets=frozenset({"herald"}),
        measures=frozenset({"strength"}),
    )  # fmt: skip
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(100_000))) == ["new_figure"]


def test_next_rule_tells_it_when_the_first_is_off(desk):
    at = desk.start
    desk.policy = replace(desk.policy, off=frozenset({"changed_figure"}))
    desk.bring(at, desk.article("herald", "one", at, desk.figure(94_000)))
    assert desk.rules(at + DAY, desk.article("courier", "two", at + DAY, desk.figure(115_000))) == ["new_figure"]


def test_text_of_a_page_is_data_in_an_alert(desk):
    at = desk.start
    figure = desk.figure(
        claimant=None, claimant_text="the\x1b[31m \u202eministry\u202c\r\nof\u200b war",
        sentence="One\x00 line\u2028 and\n another.",
    )  # fmt: skip
    desk.bring(at, desk.article("herald", "one", at, figure))
    title, body = desk.rows("SELECT title, body FROM alerts")[0]
    assert title == "100,000 troops of RUS in UKR (strength), reports herald, citing the[31m ministry of war"
    assert body == "One line and\nanother."


def test_one_delivery_a_channel(desk):
    at = desk.start
    desk.channels = ("atom", "slack", "atom")
    desk.bring(at, desk.article("herald", "one", at, desk.figure()))
    assert desk.rows("SELECT channel, state FROM deliveries ORDER BY 1") == [("atom", "due"), ("slack", "due")]


def test_body_tells_who_else_carries_it_and_what_was_known(desk):
    at = desk.start
    desk.bring(at, desk.article("gazette", "zero", at - HOUR, desk.figure(90_000, "USA")))
    desk.bring(at, *(desk.article(o, "x", at, desk.figure(100_000, None)) for o in ("herald", "courier")))
    body = desk.value("SELECT body FROM alerts WHERE title LIKE '100,000%'")
    assert "Known before: 90,000 (USA), 1 December 2021." in body
    assert "Also in: " in body


def bring_a_month(desk, outlet, each_day, until):
    """Load `each_day` articles on each of the 28 days before a time, in one load."""
    articles = [
        desk.article(outlet, f"d{day}-{n}", until - day * DAY, published_at=until - day * DAY - n * HOUR)
        for day in range(1, 29)
        for n in range(each_day)
    ]
    desk.bring(until - HOUR, *articles)


@pytest.mark.parametrize(
    "each_day, today, title",
    [
        (5, 0, "herald has gone silent: no article in 24 hours, usually 5.0"), (5, 4, None), (5, 9, None),
        (5, 20, "herald: 20 articles in 24 hours, usually 5.0"), (1, 0, None), (0, 0, None),
    ],
)  # fmt: skip
def test_volume_far_from_habit_alerts_when_asked_for(desk, each_day, today, title):
    at = desk.start
    bring_a_month(desk, "herald", each_day, at)
    desk.policy = AlertPolicy(on=frozenset({"volume"}))
    fresh = [desk.article("herald", f"t{n}", at, published_at=at - HOUR) for n in range(today)]
    batch = replace(desk.batch(at, *fresh), outlets=("herald",))
    assert len(desk.load(batch).alert_ids) == (title is not None)
    assert desk.rows("SELECT title FROM alerts") == ([(title,)] if title else [])
    later = replace(desk.batch(at + HOUR), outlets=("herald",))
    assert desk.load(later).alert_ids == ()  # a silence is told once


def test_volume_is_silent_unless_asked_for(desk):
    at = desk.start
    bring_a_month(desk, "herald", 5, at)
    assert desk.load(replace(desk.batch(at), outlets=("herald",))).alert_ids == ()


@pytest.mark.parametrize(
    ("measure", "days", "raised"),
    [("killed", 40, []), ("killed", 10, ["new_figure"]), ("strength", 40, ["new_figure"])],
)
def test_event_of_a_day_long_before_is_background(desk, measure, days, raised):
    at = desk.start
    figure = desk.figure(40, None, measure=measure, as_of=(at - days * DAY).date())
    assert desk.rules(at, desk.article("herald", "a", at, figure)) == raised


def test_talks_of_a_day_long_before_are_no_contact(desk):
    at = desk.start
    old = desk.mention("COL", "eln", as_of=(at - 300 * DAY).date())
    assert desk.rules(at, desk.article("herald", "a", at, old)) == []
