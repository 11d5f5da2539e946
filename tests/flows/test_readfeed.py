"""Feeds read in a real worker process."""

from datetime import UTC, datetime

import pytest

from extractors.records import Reply
from flows.readfeed import FEW_ITEMS, read_feed_apart
from flows.sources.feed import FeedError, read_feed
from flows.workers import JobLimits, Workers

URL = "https://post.test/rss?key=hunter2"


def reply(body):
    return Reply(URL, URL, datetime(2026, 3, 2, tzinfo=UTC), 1, 200, (), body, body, None)


def feed(count, filler=b""):
    items = b"".join(b"<item><title>%d%s</title><link>/a%d</link></item>" % (n, filler, n) for n in range(count))
    return b'<rss version="2.0"><channel><title>f</title>%s</channel></rss>' % items


def test_feed_is_read_as_in_this_process_and_the_worker_stays():
    with Workers() as workers:
        reading = read_feed_apart(workers, reply(feed(20)), "post")
        pid = workers.pid
        assert reading == read_feed(feed(20), URL, "post")
        with pytest.raises(FeedError, match=r"feed_is_html: https://post\.test/rss: a web page") as refused:
            read_feed_apart(workers, reply(b"<html><body>Subscribe!</body></html>"), "post")
        assert (refused.value.reason, workers.pid) == ("feed_is_html", pid)


def test_feed_that_breaks_its_worker_gives_its_first_items():
    with Workers(JobLimits(wall_seconds=60, cpu_seconds=1)) as workers:
        reading = read_feed_apart(workers, reply(feed(9_900, b" <b>words</b>" * 40)), "post")
    assert [c.url for c in reading.candidates] == [f"https://post.test/a{n}" for n in range(FEW_ITEMS)]
    assert reading.dropped == ("9800 items after the first 100",)


def test_feed_that_breaks_it_twice_is_told_without_its_secret():
    with Workers(JobLimits(memory=24 * 2**20)) as workers, pytest.raises(FeedError) as broken:
        read_feed_apart(workers, reply(feed(90, b"x" * 100_000)), "post")
    assert broken.value.reason == "memory"
    assert str(broken.value) == ("memory: https://post.test/rss: it broke the process that read it: more than 24 MB")
