"""Manners outlive a run: a wait asked for in one holds in the next, and robots.txt is asked for once a day."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from threading import Event

from prefect.settings import PREFECT_API_URL

from tests.newsroom.hostile import HostileNewsroom

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FEED = "[post]\nname = 'Post'\nfeeds = ['{}']\n"
ALONE = "import asyncio; from flows.monitor import monitor; asyncio.run(monitor())"


def test_wait_asked_for_in_one_run_holds_in_the_next(desk):
    with HostileNewsroom() as room:
        desk.toml.write_text(FEED.format(room.url("slow_down_rest")))
        assert "http_status" in desk.monitor(NOW).failed[0][1]
        room.requests.clear()
        report = desk.monitor(NOW + timedelta(minutes=59))
        assert (room.requests, "rate_limited" in report.failed[0][1]) == ([], True)
        desk.monitor(NOW + timedelta(minutes=61))
        assert room.requests == ["/slow_down_rest"]


def test_wait_holds_although_the_run_was_killed(desk):
    with HostileNewsroom() as room:
        first_answered = Event()

        def second(call):  # of another host: asked when the first has asked for its wait
            first_answered.set()
            call.room.closing.wait(60)

        room.behaviours = {**room.behaviours, "second": second}
        feeds = [room.url("slow_down_rest"), room.url("second", host="localhost")]
        desk.toml.write_text(f"[post]\nname = 'Post'\nfeeds = {feeds}\n")
        process = subprocess.Popen(
            [sys.executable, "-c", ALONE],
            env={
                **os.environ, "PREFECT_API_URL": PREFECT_API_URL.value(), "MUSTER_NOW": NOW.isoformat(),
                "MUSTER_ALLOW_PRIVATE": "127.0.0.1 localhost",
            },
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            assert first_answered.wait(60)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        room.requests.clear()
        desk.monitor(NOW + timedelta(minutes=5))
        assert "/slow_down_rest" not in room.requests


def test_robots_is_asked_for_once_a_day_and_stands_in_the_request_log(desk, served, feed_of):
    base, requests = served(
        {"/rss": (200, "application/rss+xml", feed_of()), "/robots.txt": (404, "text/plain", b"")}
    )
    desk.toml.write_text(FEED.format(f"{base}/rss"))
    for hours in (0, 1, 23, 25):
        assert desk.monitor(NOW + timedelta(hours=hours)).failed == ()
    assert requests == ["/robots.txt", "/rss", "/rss", "/rss", "/robots.txt", "/rss"]
    log = desk.ask("SELECT url, status, outcome FROM fetches WHERE kind = 'robots'")
    assert log == [{"url": f"{base}/robots.txt", "status": 404, "outcome": "ok"}] * 2


def test_robots_that_could_not_be_read_is_asked_for_by_the_next_run(desk, served, feed_of):
    pages = {"/rss": (200, "application/rss+xml", feed_of()), "/robots.txt": (500, "text/plain", b"")}
    base, requests = served(pages)
    desk.toml.write_text(FEED.format(f"{base}/rss"))
    assert "robots_unavailable" in desk.monitor(NOW).failed[0][1]
    pages["/robots.txt"] = (200, "text/plain", b"User-agent: *\nDisallow: /*?utm\n")
    assert desk.monitor(NOW + timedelta(minutes=15)).failed == ()
    assert requests == ["/robots.txt", "/robots.txt", "/rss"]
