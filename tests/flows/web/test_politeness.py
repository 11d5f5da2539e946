import asyncio
import random
from datetime import UTC, datetime
from itertools import pairwise

import httpx
import pytest

from flows.web.failures import WebFailure
from flows.web.politeness import Politeness, host_key, retry_after_seconds

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


def _starts(delay: float, hosts: list[str], crawl_delay: float | None = None) -> list[float]:
    """Return when requests to these hosts, all wanted at once, may begin."""
    clock, starts = Clock(), []
    politeness = Politeness(delay, clock.now, random.Random(1), clock.sleep)
    if crawl_delay is not None:
        politeness.slow_down(hosts[0], crawl_delay)

    async def request(host: str) -> None:
        async with politeness.turn(host):
            starts.append(clock.time)

    async def run() -> None:
        for host in hosts:
            await request(host)

    asyncio.run(run())
    return starts


@pytest.mark.parametrize(
    ("delay", "crawl_delay", "least", "most"),
    [
        (1.0, None, 1.0, 1.5),
        (0.0, None, 0.0, 0.0),
        (1.0, 10.0, 10.0, 15.0),
        (1.0, 86_400.0, 30.0, 45.0),
        (5.0, 2.0, 5.0, 7.5),
        (1.0, -3.0, 1.0, 1.5),
    ],
)
def test_pause_between_two_requests_is_the_longer_wish_with_jitter_on_top(delay, crawl_delay, least, most):
    starts = _starts(delay, ["news.example"] * 5, crawl_delay)
    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert all(least <= pause <= most for pause in pauses)
    assert delay == 0 or len(set(pauses)) == len(pauses)


def test_host_does_not_wait_for_another():
    assert len(set(_starts(9.0, ["one.example", "two.example", "three.example"]))) == 1


def test_host_is_asked_one_request_at_a_time():
    politeness = Politeness(0, Clock().now, random.Random(1))
    inside: list[int] = []
    most: list[int] = []

    async def request() -> None:
        async with politeness.turn("news.example"):
            inside.append(1)
            most.append(len(inside))
            await asyncio.sleep(0)
            inside.pop()

    async def run() -> None:
        await asyncio.gather(*(request() for _ in range(10)))

    asyncio.run(run())
    assert set(most) == {1}


def test_host_that_rests_is_refused_at_once_and_asked_again_when_the_rest_is_over():
    clock = Clock()
    politeness = Politeness(0, clock.now, random.Random(1), clock.sleep)

    async def request(host: str = "news.example") -> float:
        async with politeness.turn(host):
            return clock.time

    async def run() -> None:
        politeness.rest("news.example", 60)
        politeness.rest("news.example", 5)  # a shorter one takes nothing away
        with pytest.raises(WebFailure, match="rate_limited"):
            await request()
        assert await request("other.example") == 100
        clock.time += 59
        with pytest.raises(WebFailure, match="rate_limited"):
            await request()
        clock.time += 1
        assert await request() == 160

    asyncio.run(run())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 1),
        ("86400", 86_400),
        ("999999999999999999999", 86_400),
        ("Tue, 24 Nov 2026 12:05:00 GMT", 300),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 1),
        ("Tue, 24 Nov 2026 14:05:00 +0200", 300),
        ("Wed, 24 Nov 2027 12:00:00 GMT", 86_400),
        ("Tuesday, 24-Nov-26 12:05:00 GMT", 300),
        ("-5", 60),
        ("1.5", 60),
        ("", 60),
        (None, 60),
        ("soon", 60),
        ("٣٠", 60),
        ("Tue, 99 Nov 2026 12:05:00 GMT", 60),
    ],
)
def test_retry_after_is_read_and_held_between_a_second_and_a_day(value, seconds):
    assert retry_after_seconds(value, NOW) == seconds


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://news.example/a", "news.example"),
        ("https://NEWS.example/b", "news.example"),
        ("https://user:pw@news.example:443/", "news.example"),
        ("http://127.0.0.1:8001/a", "127.0.0.1:8001"),
    ],
)
def test_http_and_https_of_a_name_are_one_host(url, key):
    assert host_key(httpx.URL(url)) == key
