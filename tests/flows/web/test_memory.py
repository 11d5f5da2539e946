"""What a door is told of hosts holds from its first request; what it learns of them it tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from protego import Protego

from flows.web.door import HostMemory
from flows.web.robots import Robots
from tests.flows.web.asking import NOW, QUICK, through_door
from tests.newsroom.hostile import BODY, HostileNewsroom


def get(room, path, memory, limits=QUICK):
    return through_door(lambda door: door.get(room.url(path)), [room.netloc], limits=limits, memory=memory)


def test_host_that_still_rests_is_not_asked():
    with HostileNewsroom() as room:
        reply = get(room, "ok", HostMemory(rests={room.netloc: NOW + timedelta(minutes=5)}))
        assert (reply.failure, room.requests) == ("rate_limited", [])
        assert "300 s of that are left" in reply.detail


def test_host_whose_rest_is_over_is_asked():
    with HostileNewsroom() as room:
        assert get(room, "ok", HostMemory(rests={room.netloc: NOW - timedelta(seconds=1)})).body == BODY


@pytest.mark.parametrize(
    ("path", "wait"), [("slow_down_rest", 3600), ("unavailable_rest", 120), ("slow_down", 60), ("unavailable", None)]
)
def test_wait_that_a_host_asks_for_is_told_at_once(path, wait):
    told = []
    with HostileNewsroom() as room:
        get(room, path, HostMemory(on_rest=lambda host, until: told.append((host, until))))
        assert told == ([(room.netloc, NOW + timedelta(seconds=wait))] if wait else [])


def test_robots_that_is_known_is_not_asked_for_and_holds():
    rules = Robots(Protego.parse("User-agent: *\nDisallow: /*secret\n"))
    with HostileNewsroom() as room:
        memory = HostMemory(robots={f"http://{room.netloc}": rules})
        assert get(room, "ok", memory).body == BODY
        assert get(room, "top-secret", memory).failure == "robots"
        assert room.requests == ["/ok"]


def test_crawl_delay_of_a_known_robots_holds():
    rules = Robots(Protego.parse("User-agent: *\nCrawl-delay: 0.2\n"))

    async def three(door):
        for _ in range(3):
            last = await door.get(room.url("ok"))
        return last

    with HostileNewsroom() as room:
        memory = HostMemory(robots={f"http://{room.netloc}": rules})
        began = NOW.now()
        through_door(three, [room.netloc], memory=memory)
        assert (NOW.now() - began).total_seconds() >= 0.4


def test_robots_asked_for_is_told_with_what_it_says():
    told = []
    with HostileNewsroom() as room:
        room.robots = b"User-agent: *\nDisallow: /ok\nSitemap: https://elsewhere.example/map.xml\n"
        get(room, "ok", HostMemory(on_robots=lambda reply, robots: told.append((reply.url, robots))))
        ((url, robots),) = told
        assert (url, robots.sitemaps) == (room.url("robots.txt"), ("https://elsewhere.example/map.xml",))


def test_short_wait_is_waited_out_by_the_patient():
    with HostileNewsroom() as room:
        reply = get(room, "busy_once", HostMemory(), replace(QUICK, patience_seconds=5))
        assert (reply.failure, room.requests) == (None, ["/robots.txt", "/busy_once", "/busy_once"])
    with HostileNewsroom() as room:
        assert get(room, "busy_once", HostMemory(), replace(QUICK, patience_seconds=0.5)).failure == "http_status"
