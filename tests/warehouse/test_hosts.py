"""What hosts told us that holds from one run to the next."""

from datetime import timedelta

import pytest

from extractors.records import PageLocation
from warehouse.fetches import store_fetches
from warehouse.hosts import keep_rest, resting_hosts, robots_asked

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(("waits", "left"), [([60], 60), ([60, 5], 60), ([5, 60], 60)])
def test_longest_wait_asked_for_holds_until_it_is_over(fresh_desk, waits, left):
    connection, now = fresh_desk.connection, fresh_desk.start
    for minutes in waits:
        keep_rest(connection, "news.example", now + minutes * MINUTE, now)
    assert resting_hosts(connection, now) == {"news.example": now + left * MINUTE}
    assert resting_hosts(connection, now + left * MINUTE) == {}


def test_what_a_clock_that_ran_ahead_wrote_holds_no_more(fresh_desk):
    connection, now = fresh_desk.connection, fresh_desk.start
    ahead = now + 8000 * HOUR
    keep_rest(connection, "news.example", ahead + HOUR, ahead)
    place = PageLocation("pages/r.warc.gz", 1)
    robots = {"kind": "robots", "article_id": None, "url": "https://herald.test/robots.txt", "location": place}
    article = fresh_desk.article("herald", "x", now)
    store_fetches(connection, [fresh_desk.fetch(1, article, fetched_at=ahead, **robots)])
    assert (resting_hosts(connection, now), robots_asked(connection, now - 24 * HOUR, now)) == ({}, [])
    keep_rest(connection, "news.example", now + MINUTE, now)
    assert resting_hosts(connection, now) == {"news.example": now + MINUTE}


def test_latest_robots_that_answered_is_named_and_no_old_or_failed_one(fresh_desk):
    now, article = fresh_desk.start, fresh_desk.article("herald", "x", fresh_desk.start)

    def robots(host, ago, offset, **changes):
        changes = {"kind": "robots", "article_id": None, "url": f"https://{host}.test/robots.txt"} | changes
        place = PageLocation("pages/r.warc.gz", offset)
        return fresh_desk.fetch(offset, article, fetched_at=now - ago, location=place, **changes)

    store_fetches(
        fresh_desk.connection,
        [
            robots("herald", 3 * HOUR, 1),
            robots("herald", HOUR, 2),
            robots("courier", 25 * HOUR, 3),
            robots("gazette", HOUR, 4, outcome="failed", status=503, reason="robots_unavailable"),
        ],
    )
    asked = robots_asked(fresh_desk.connection, now - 24 * HOUR, now)
    assert asked == [("https://herald.test/robots.txt", PageLocation("pages/r.warc.gz", 2))]
