"""Two parties that had met, agreed or refused nothing for thirty days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from extractors.records import BY_THE_WAY

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


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


def test_two_that_agree_are_a_contact_although_neither_acts_on_the_other(desk):
    at = desk.start
    both = desk.mention("FIN", "EST", event="AGREE")
    assert desk.bring(at, desk.article("herald", "a", at, both)) == [
        ("new_contact", "First contact in 30 days: EST–FIN (agree)")
    ]


def test_talk_that_only_frames_another_act_is_no_contact_and_uses_none_up(desk):
    at, later = desk.start, desk.start + DAY
    aside = desk.mention("NOR", "UKR", rule=f"noun visit{BY_THE_WAY}", sentence="He said so on a visit to Kyiv.")
    assert desk.rules(at, desk.article("herald", "a", at, aside)) == []
    assert desk.rules(later, desk.article("courier", "b", later, desk.mention("NOR", "UKR"))) == ["new_contact"]


def test_talks_of_a_day_long_before_are_no_contact(desk):
    at = desk.start
    old = desk.mention("COL", "eln", as_of=(at - 300 * DAY).date())
    assert desk.rules(at, desk.article("herald", "a", at, old)) == []
