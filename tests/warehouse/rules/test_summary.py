"""One summary for a first run, a backfill, and what was found late."""

from __future__ import annotations

from datetime import timedelta

from warehouse.alerts import AlertPolicy

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


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
