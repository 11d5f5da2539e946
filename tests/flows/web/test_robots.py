import asyncio

import pytest

from extractors.records import Reply
from flows.web.door import Door
from flows.web.robots import robots_of
from tests.flows.web.asking import NOW, QUICK, ask, through_door
from tests.newsroom.hostile import BODY, HostileNewsroom

RULES = b"""
User-agent: *
Disallow: /

User-agent: muster
Disallow: /ok*print$
Disallow: /*?secret=
Allow: /
Crawl-delay: 0
"""


def test_rules_for_our_name_hold_with_wildcards_and_go_before_those_for_all():
    with HostileNewsroom(robots=RULES) as room:
        assert ask(room, "ok").body == BODY
        assert ask(room, "ok/a/print").failure == "robots"
        assert ask(room, "ok/a/print/1").body == BODY
        assert ask(room, "ok?secret=hunter2").failure == "robots"
        assert "hunter2" not in (ask(room, "ok?secret=hunter2").detail or "")
        assert not [path for path in room.requests if "secret" in path]


@pytest.mark.parametrize(
    ("robots", "failure"),
    [
        ("not_found", None),
        ("gone", None),
        ("forbidden", None),
        ("empty", None),
        ("ok", None),  # a web page in its place
        ("redirect_loop", None),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /ok", "robots"),
        (b"\xff\xfe\x00nonsense\nUser-agent: *\nDisallow: /ok", "robots"),
        (b"User-agent: *\nDisallow:\n", None),
        ("error", "robots_unavailable"),
        ("unavailable", "robots_unavailable"),
        ("gzip_cut", "robots_unavailable"),
        ("zstd", "robots_unavailable"),
        ("short", "robots_unavailable"),
        ("partial", "robots_unavailable"),
        ("garbage", "robots_unavailable"),
        ("slow_down", "robots_unavailable"),
        ("slam", "connect"),
    ],
)
def test_robots_that_cannot_be_read_forbids_and_one_that_is_not_there_allows(robots, failure):
    with HostileNewsroom(robots=robots) as room:
        reply = ask(room, "ok")
        assert reply.failure == failure
        assert bool(reply.detail) == bool(failure)
        assert ("/ok" in room.requests) == (failure is None)


def test_robots_is_asked_for_once_a_host_however_many_pages_are_wanted_at_once():
    async def work(door: Door) -> list[Reply]:
        return await asyncio.gather(*(door.get(room.url("ok")) for _ in range(6)))

    with HostileNewsroom() as room:
        assert {reply.failure for reply in through_door(work, [room.netloc])} == {None}
        assert room.requests == ["/robots.txt"] + ["/ok"] * 6
        assert room.busiest == 1


def test_robots_that_failed_is_not_asked_for_again_by_every_page():
    with HostileNewsroom(robots="error") as room:
        assert ask(room, "ok", "gone", "ok").failure == "robots_unavailable"
        assert room.requests == ["/robots.txt"]


def test_moved_robots_is_followed_and_its_rules_hold():
    with HostileNewsroom(robots="robots_move") as room:
        assert ask(room, "secret").failure == "robots"
        assert ask(room, "ok").body == BODY


def test_robots_moved_to_a_private_address_forbids_all():
    with HostileNewsroom() as inner, HostileNewsroom(robots="redirect_to") as room:
        room.behaviours = {**room.behaviours, "redirect_to": _redirect(inner.url("robots_elsewhere"))}
        assert ask(room, "ok").failure == "refused_address"
        assert inner.requests == []


def _redirect(location: str):
    return lambda call: call.answer(b"", f"Location: {location}", status="302 Found")


def test_huge_robots_is_read_as_far_as_the_standard_asks_and_half_a_line_is_no_rule():
    line = b"Disallow: /ok\n"
    rules = b"User-agent: *\n" + b"#" * (500 * 1024 - 14 - len(b"Disallow: /o"))
    with HostileNewsroom(robots=rules[:-1] + b"\n" + line * 2) as room:
        assert ask(room, "ok").body == BODY
    with HostileNewsroom(robots=b"User-agent: *\n" + line + b"#" * 600_000) as room:
        assert ask(room, "ok").failure == "robots"


def test_robots_of_every_host_on_a_redirects_way_is_asked():
    with HostileNewsroom(robots=b"User-agent: *\nDisallow: /ok") as strict, HostileNewsroom() as room:

        async def work(door: Door) -> Reply:
            return await door.get(room.url(f"redirect_to?{strict.url('ok')}"))

        assert through_door(work, [room.netloc, strict.netloc]).failure == "robots"
        assert strict.requests == ["/robots.txt"]


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 7\n", 7.0),
        (b"User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        (b"User-agent: *\nRequest-rate: 1/10s\n", 10.0),
        (b"User-agent: *\nCrawl-delay: soon\n", 0.0),
        (b"User-agent: other\nCrawl-delay: 7\n", 0.0),
        (b"", 0.0),
    ],
)
def test_crawl_delay_and_request_rate_are_read(text, delay):
    reply = Reply("u", "u", NOW, 0, 200, (), text, text, None)
    assert robots_of(reply).crawl_delay() == delay


def test_pattern_full_of_wildcards_is_matched_in_no_time():
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 200 + b"*b$"
    with HostileNewsroom(robots=rules) as room:
        assert ask(room, "ok/" + "a" * 500, limits=QUICK).body == BODY
