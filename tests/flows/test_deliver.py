import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.deliver import channels, deliver_due, message, send_apart
from flows.quiet import read_quiet_hours
from flows.settings import Settings
from tests.newsroom.sinks import Sink
from warehouse.connection import open_warehouse
from warehouse.outbox import Delivery, undelivered

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALERT = """
INSERT INTO alerts VALUES (7, 'new_figure', TIMESTAMP '2026-03-02 09:00', 1, NULL, 'harbour-post',
  'RUS: 115,000 troops in UKR, says UKR', 'He wrote <!channel> @everyone.', 'https://harbour.example/a', [])
"""


@contextmanager
def sink(status=200, hang=False):
    """A loopback server that takes JSON posts; yields its address and what it got."""
    got, free = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if hang:
                free.wait(60)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/token-to-be-kept-secret", got
    finally:
        free.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def warehouse(tmp_path):
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        connection.execute(ALERT)
        yield connection


def queued(connection, settings):
    for channel in channels(settings):
        connection.execute(
            "INSERT INTO deliveries VALUES (7, $c, 'due', TIMESTAMP '2026-03-02 09:00', 0, "
            "TIMESTAMP '2026-03-02 09:00', NULL, NULL, NULL)",
            {"c": channel},
        )


def test_alert_arrives_once_with_its_id_and_nothing_that_a_chat_acts_on(warehouse, tmp_path):
    with sink() as (address, got):
        settings = Settings(home=tmp_path, notify=address)
        queued(warehouse, settings)
        for _ in range(2):
            deliver_due(warehouse, settings, lambda: None, NOW)
    assert len(got) == 1
    assert got[0]["title"] == "RUS: 115,000 troops in UKR, says UKR"
    assert "alert 7" in got[0]["message"]
    assert "https://harbour.example/a" in got[0]["message"]
    assert "<!channel>" not in got[0]["message"]
    assert "@everyone" not in got[0]["message"]
    assert undelivered(warehouse) == []


def test_failing_channel_holds_up_no_other_and_is_tried_again(warehouse, tmp_path):
    with sink(status=500) as (broken, _), sink() as (sound, got):
        settings = Settings(home=tmp_path, notify=f"{broken} {sound}")
        queued(warehouse, settings)
        reports = deliver_due(warehouse, settings, lambda: None, NOW)
        assert len(got) == 1
    assert sorted((r.delivered, r.failed) for r in reports) == [(0, 1), (1, 0), (1, 0)]
    (waiting,) = undelivered(warehouse)
    assert waiting.attempts == 1
    assert "token-to-be-kept-secret" not in (waiting.error or "")
    with sink() as (_, _):
        assert deliver_due(warehouse, settings, lambda: None, NOW) == []  # not due yet
        assert len(deliver_due(warehouse, settings, lambda: None, NOW + timedelta(hours=2))) == 1


def test_daily_digest_waits_for_the_end_of_the_day_and_is_one_message(warehouse, tmp_path):
    warehouse.execute(
        "INSERT INTO alerts SELECT * REPLACE (8 AS alert_id, 'USA: 200 troops in POL' AS title) FROM alerts"
    )
    with sink() as (address, got):
        settings = Settings(home=tmp_path, notify=address)
        queued(warehouse, settings)
        warehouse.execute("INSERT INTO deliveries SELECT * REPLACE (8 AS alert_id) FROM deliveries")
        evening = NOW.replace(hour=23, minute=59)
        assert [r.channel for r in deliver_due(warehouse, settings, lambda: None, evening, daily=True)] == ["atom"]
        assert got == []
        for _ in range(2):
            deliver_due(warehouse, settings, lambda: None, NOW.replace(day=3, hour=0), daily=True)
    assert [g["title"] for g in got] == ["Muster, 2026-03-02: 2 alerts"]
    assert "• USA: 200 troops in POL\nhttps://harbour.example/a\nalert 8" in got[0]["message"]
    assert undelivered(warehouse) == []


def test_digest_that_failed_is_tried_again_whole(warehouse, tmp_path):
    morning = NOW.replace(day=3, hour=0)
    with sink(status=500) as (broken, got):
        settings = Settings(home=tmp_path, notify=broken)
        queued(warehouse, settings)
        reports = deliver_due(warehouse, settings, lambda: None, morning, daily=True)
        assert [(r.delivered, r.failed) for r in reports] == [(1, 0), (0, 1)]
        deliver_due(warehouse, settings, lambda: None, morning + timedelta(hours=2), daily=True)
    assert len(got) == 2
    assert got[0]["message"] == got[1]["message"]


def test_receiver_that_never_answers_cannot_outlive_the_limit():
    with sink(hang=True) as (address, _):
        results = send_apart(address, [{"id": "7", "title": "t", "body": "b"}], limit=3)
    assert results == {"7": "no answer within 3 s"}


def test_label_of_a_channel_gives_no_secret_away(tmp_path):
    named = channels(Settings(home=tmp_path, notify="slack://TOKENA/TOKENB/TOKENC"))
    assert set(named) >= {"atom"}
    assert all("TOKEN" not in label for label in named)


def test_without_addresses_alerts_go_to_the_feed_and_the_terminal(tmp_path):
    assert list(channels(Settings(home=tmp_path))) == ["atom", "terminal"]


def test_message_ends_with_link_and_stable_id():
    delivery = Delivery(7, "x", "new_figure", NOW, "Title", "Sentence.\n\nAlso: tass.", "https://a.example/1", 0)
    assert message(delivery)["body"].splitlines() == ["Sentence.", "Also: tass.", "https://a.example/1", "alert 7"]


ONE = [{"id": "7", "title": "t", "body": "alert 7"}]


@pytest.mark.parametrize("behaviour", ["fails", "asks_to_wait", "loses_the_reply", "answers_garbage"])
def test_receiver_that_does_not_say_yes_has_not_got_it(behaviour):
    with Sink() as sinks:
        (error,) = send_apart(sinks.address(behaviour), ONE, limit=30).values()
    assert error


@pytest.mark.parametrize("behaviour", ["hangs", "drips"])
def test_receiver_that_keeps_us_waiting_is_left_at_the_limit(behaviour):
    with Sink() as sinks:
        assert send_apart(sinks.address(behaviour), ONE, limit=4) == {"7": "no answer within 4 s"}


def test_message_whose_reply_was_lost_comes_again_under_the_same_id(warehouse, tmp_path):
    with Sink() as sinks:
        settings = Settings(home=tmp_path, notify=sinks.address("forgets_the_first_reply"))
        queued(warehouse, settings)
        for hours in (0, 2, 4):
            deliver_due(warehouse, settings, lambda: None, NOW + timedelta(hours=hours))
    assert [message.splitlines()[-1] for message in sinks.messages] == ["alert 7", "alert 7"]
    assert undelivered(warehouse) == []


def test_quiet_hours_keep_messages_back_without_counting_a_try(warehouse, tmp_path):
    quiet = read_quiet_hours("22:00-07:00")
    with sink() as (address, got):
        settings = Settings(home=tmp_path, notify=address)
        queued(warehouse, settings)
        night, morning = NOW.replace(hour=23), NOW.replace(day=3, hour=7)
        assert [r.channel for r in deliver_due(warehouse, settings, lambda: None, night, quiet=quiet)] == ["atom"]
        (waiting,) = undelivered(warehouse)
        assert (got, waiting.attempts) == ([], 0)
        deliver_due(warehouse, settings, lambda: None, morning, quiet=quiet)
    assert len(got) == 1
