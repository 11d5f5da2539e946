"""The outbox: each channel on its own, at least once, given up after a week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from warehouse.outbox import due_deliveries, pause_after, record_attempt, undelivered

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def raised(desk):
    desk.channels = ("mail", "slack")
    desk.bring(desk.start, desk.article("herald", "one", desk.start, desk.figure(115_000)))
    return desk


def test_delivery_carries_what_is_to_be_said(raised):
    first, second = due_deliveries(raised.connection, raised.start)
    assert (first.channel, second.channel) == ("mail", "slack")
    assert (first.rule, first.title) == ("new_figure", "115,000 troops of RUS in UKR (strength), says UKR")
    assert (first.raised_at, first.url, first.attempts) == (raised.start, "https://herald.test/one", 0)


def test_channel_that_fails_holds_up_no_other(raised):
    mail, slack = due_deliveries(raised.connection, raised.start)
    record_attempt(raised.connection, mail.alert_id, "mail", False, "refused", raised.start)
    record_attempt(raised.connection, slack.alert_id, "slack", True, None, raised.start)
    assert due_deliveries(raised.connection, raised.start) == []
    left = undelivered(raised.connection)
    assert [(d.channel, d.state, d.attempts, d.error) for d in left] == [("mail", "due", 1, "refused")]
    assert [d.channel for d in due_deliveries(raised.connection, raised.start + MINUTE)] == ["mail"]


@pytest.mark.parametrize("attempts, minutes", [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (10_000, 60)])
def test_pause_doubles_to_an_hour(attempts, minutes):
    assert pause_after(attempts) == minutes * MINUTE


def test_alert_raised_under_a_clock_that_ran_ahead_is_sent_when_that_is_mended(raised):
    assert due_deliveries(raised.connection, raised.start - MINUTE) == []
    assert len(due_deliveries(raised.connection, raised.start - 365 * DAY)) == 2


def test_given_up_after_seven_days_and_still_shown(raised):
    alert_id = due_deliveries(raised.connection, raised.start)[0].alert_id
    record_attempt(raised.connection, alert_id, "mail", False, "refused", raised.start + 6 * DAY)
    assert [d.channel for d in due_deliveries(raised.connection, raised.start + 7 * DAY)] == ["mail", "slack"]
    record_attempt(raised.connection, alert_id, "mail", False, "refused", raised.start + 7 * DAY)
    assert [d.channel for d in due_deliveries(raised.connection, raised.start + 9 * DAY)] == ["slack"]
    assert [(d.channel, d.state) for d in undelivered(raised.connection)] == [("mail", "dead"), ("slack", "due")]


def test_delivered_late_is_delivered(raised):
    alert_id = due_deliveries(raised.connection, raised.start)[0].alert_id
    record_attempt(raised.connection, alert_id, "mail", True, None, raised.start + 8 * DAY)
    assert [d.channel for d in undelivered(raised.connection)] == ["slack"]


def test_attempt_after_delivery_changes_nothing(raised):
    alert_id = due_deliveries(raised.connection, raised.start)[0].alert_id
    record_attempt(raised.connection, alert_id, "mail", True, None, raised.start)
    before = raised.ledger()
    record_attempt(raised.connection, alert_id, "mail", False, "refused", raised.start + HOUR)
    record_attempt(raised.connection, 404, "mail", False, "no such alert", raised.start + HOUR)
    assert raised.ledger() == before
