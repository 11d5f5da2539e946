"""How often an outlet is looked at: by what its feed turns over, and by how it fails."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.polling import FIRST, LONGEST, SHORTEST, TIRED, Look, adapted, after_look, due_at, is_due, weight_of
from flows.sources.feedguard import FeedError
from flows.web.failures import FAILURES

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def looks(*results, every=None, habit=None):
    """Return the habit after these looks, each made when it was due."""
    now = NOW
    for look in results:
        habit = after_look(habit, "post", every, look, now)
        now = due_at(habit, every)
    return habit


@pytest.mark.parametrize(
    ("known", "named", "pause"),
    [
        (0, 30, 40), (9, 30, 40),  # mostly new: sooner
        (10, 30, 60), (15, 30, 60), (20, 30, 60),  # in between it stays
        (21, 30, 90), (30, 30, 90),  # mostly known: later
        (0, 0, 90),  # nothing named, or "not modified"
    ],
)  # fmt: skip
def test_pause_follows_the_share_of_known_addresses(known, named, pause):
    assert adapted(HOUR, Look(named, known)) == timedelta(minutes=pause)


def test_pause_stays_between_ten_minutes_and_a_day():
    quiet, busy = looks(*[Look(20, 20)] * 40), looks(*[Look(20, 0)] * 40)
    assert (quiet.pause, busy.pause) == (LONGEST, SHORTEST) == (timedelta(hours=24), timedelta(minutes=10))


def test_first_look_tells_nothing_of_how_fast_news_comes():
    assert looks(Look(20, 0)).pause == FIRST
    assert looks(Look(20, 0), Look(20, 0)).pause < FIRST


def test_feed_that_brings_a_third_new_each_time_keeps_its_pause():
    assert looks(Look(30, 0), *[Look(30, 15)] * 20).pause == FIRST


def test_every_holds_whatever_comes():
    for result in (Look(20, 20), Look(20, 0), Look(reason="timeout")):
        habit = looks(*[result] * 5, every=timedelta(minutes=15))
        assert due_at(habit, timedelta(minutes=15)) - habit.looked_at == timedelta(minutes=15)


def test_outlet_is_due_in_its_time_and_after_a_look_in_the_future():
    habit = looks(Look(20, 10))
    assert is_due(None, None, NOW)
    assert [is_due(habit, None, NOW + minutes * HOUR / 60) for minutes in (0, 58, 59, 61)] == [
        False,
        False,
        True,
        True,
    ]
    assert is_due(habit, None, NOW - 24 * 365 * HOUR)  # the clock ran ahead, and was mended


def test_every_that_the_user_changes_counts_at_once():
    habit = looks(Look(20, 0), every=HOUR)
    assert due_at(habit, 3 * HOUR) == NOW + 3 * HOUR


@pytest.mark.parametrize(
    ("reason", "status", "weight"),
    [
        ("http_status", 404, 1.0), ("http_status", 403, 1.0), ("feed_is_html", 200, 1.0), ("robots", None, 1.0),
        ("broken_feed", 200, 0.5), ("empty", 200, 0.5), ("tls", None, 0.5),
        ("http_status", 503, 0.25), ("http_status", 429, 0.25), ("timeout", None, 0.25), ("dns", None, 0.25),
        ("rate_limited", None, 0.25),
    ],
)  # fmt: skip
def test_failures_weigh_by_their_kind(reason, status, weight):
    assert weight_of(reason, status) == weight


def test_failing_outlet_is_asked_ever_more_rarely_but_every_day():
    habit, now, pauses = looks(Look(20, 0)), NOW, []
    for _ in range(60):
        habit = after_look(habit, "post", None, Look(reason="timeout"), now)
        pauses.append(habit.next_look_at - now)
        now = habit.next_look_at
    assert pauses == sorted(pauses) and pauses[0] > HOUR and pauses[-1] == LONGEST


@pytest.mark.parametrize(
    ("look", "after"),
    [(Look(reason="http_status", status=404), 10), (Look(reason="empty"), 20), (Look(reason="timeout"), 40)],
)
def test_outlet_rests_after_many_failures_the_sooner_the_harder(look, after):
    assert TIRED == 10
    before, habit = looks(*[look] * (after - 1)), looks(*[look] * after)
    assert (before.resting_since, habit.failed_looks) == (None, after)
    assert habit.resting_since == habit.looked_at
    assert habit.next_look_at - habit.looked_at == timedelta(days=1)


@pytest.mark.parametrize("every", [None, timedelta(minutes=15)])
def test_resting_outlet_that_answers_is_awake_again(every):
    tired = looks(Look(20, 0), *[Look(reason="http_status", status=404)] * 12, every=every)
    assert due_at(tired, every) - tired.looked_at == timedelta(days=1)
    awake = looks(Look(20, 3), every=every, habit=tired)
    assert (awake.resting_since, awake.trouble, awake.failed_looks, awake.reason) == (None, 0, 0, None)
    assert awake.pause == (every or FIRST)


def test_every_failure_of_door_and_feed_has_a_weight():
    for reason in [*FAILURES, FeedError("broken_feed", "x").reason]:
        assert weight_of(reason, None) in (0.25, 0.5, 1.0)
