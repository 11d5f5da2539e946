"""The three questions asked most."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest

from warehouse.outbox import due_deliveries, record_attempt
from warehouse.publish import publish
from warehouse.questions import Filter, alerts, figures, newest_alerts, talks

DAY = timedelta(days=1)


@pytest.fixture
def published(desk, tmp_path):
    at = desk.start
    force = desk.figure(13_000, "USA", high=None, qualifier="more_than", claimant_text="he")
    planned = desk.mention("RUS", "USA", status="planned", sentence="The two will meet.")
    desk.bring(at, desk.article("herald", "one", at, force, planned))
    tanks = desk.figure(40, "UKR", item="tank", subject="UKR", measure="destroyed")
    request = desk.mention("UKR", event="REQUEST", targets=("NATO",))
    desk.bring(at + DAY, desk.article("courier", "two", at + DAY, tanks, request))
    target = tmp_path / "published.duckdb"
    publish(desk.connection, desk.path, target)
    return target


def test_figures_are_newest_first_in_words(published):
    rows = figures(published, Filter()).to_pylist()
    assert [r["number"] for r in rows] == ["40", "more than 13,000"]
    del rows[1]["figure_id"], rows[1]["claim_id"]
    assert rows[1] == {
        "date": date(2021, 12, 1), "outlet": "herald", "number": "more than 13,000", "measure": "strength",
        "item": "troops", "subject": "RUS", "where": "UKR", "claimant": "USA", "claimant_text": "he",
        "status": "actual", "sentence": "13000 were there.", "url": "https://herald.test/one",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wanted, numbers",
    [
        (Filter(since=date(2021, 12, 2)), ["40"]), (Filter(since=date(2021, 12, 3)), []),
        (Filter(subject="RUS"), ["more than 13,000"]), (Filter(item="tank"), ["40"]), (Filter(claimant="USA"),
        ["more than 13,000"]), (Filter(outlet="courier"), ["40"]), (Filter(limit=1), ["40"]),
        (Filter(subject="RUS", item="tank"), []), (Filter(subject="'; DROP TABLE figures; --"), []),
    ],
)  # fmt: skip
def test_figures_are_filtered(published, wanted, numbers):
    assert [r["number"] for r in figures(published, wanted).to_pylist()] == numbers


@pytest.mark.parametrize(
    "wanted, between, events",
    [
        (Filter(), None, ["REQUEST", "CONSULT"]), (Filter(), ("USA", "RUS"), ["CONSULT"]),
        (Filter(), ("UKR", "NATO"), ["REQUEST"]), (Filter(), ("UKR", "USA"), []),
        (Filter(subject="NATO"), None, ["REQUEST"]), (Filter(outlet="herald"), None, ["CONSULT"]),
        (Filter(since=date(2021, 12, 2), limit=5), None, ["REQUEST"]),
    ],
)  # fmt: skip
def test_talks_are_filtered(published, wanted, between, events):
    assert [r["event"] for r in talks(published, wanted, between=between).to_pylist()] == events


def test_talks_say_who_with_whom(published):
    row = talks(published, Filter(outlet="courier")).to_pylist()[0]
    assert (row["actors"], row["targets"], row["status"]) == ("UKR", "NATO", "actual")
    assert "as_of" in row


@pytest.mark.parametrize(
    "wanted, rules",
    [
        (Filter(), ["new_figure", "new_contact", "new_figure"]), (Filter(limit=1), ["new_figure"]),
        (Filter(subject="RUS"), ["new_figure"]), (Filter(claimant="UKR"), ["new_figure"]),
        (Filter(outlet="courier"), ["new_figure"]), (Filter(since=date(2021, 12, 3)), []),
        (Filter(item="ship"), []),
    ],
)  # fmt: skip
def test_alerts_are_newest_first_and_filtered(published, wanted, rules):
    rows = alerts(published, wanted).to_pylist()
    assert sorted(r["rule"] for r in rows) == sorted(rules)
    assert rows == sorted(rows, key=lambda r: r["raised_at"], reverse=True)
    assert all((r["delivered"], r["waiting"]) == (0, 1) for r in rows)


def test_newest_alerts_are_ready_for_a_feed(published):
    rows = newest_alerts(published, 2)
    assert len(rows) == 2
    assert rows[0]["raised_at"].tzinfo is UTC
    assert set(rows[0]) == {"alert_id", "rule", "raised_at", "title", "body", "url"}


def test_undelivered_alerts_say_what_the_last_try_met(desk, tmp_path):
    at = desk.start
    desk.channels = ("mail", "slack")
    desk.bring(at, desk.article("herald", "one", at, desk.figure(5)))
    desk.bring(at, desk.article("courier", "two", at, desk.figure(9, measure="killed")))
    for delivery in due_deliveries(desk.connection, at):
        good = "killed" in delivery.title or delivery.channel == "slack"
        record_attempt(desk.connection, delivery.alert_id, delivery.channel, good, None if good else "refused", at)
    publish(desk.connection, desk.path, tmp_path / "published.duckdb")
    [row] = alerts(tmp_path / "published.duckdb", Filter(), undelivered=True).to_pylist()
    assert (row["delivered"], row["waiting"], row["trouble"]) == (1, 1, "mail: refused")
    assert alerts(tmp_path / "published.duckdb", Filter()).num_rows == 2
