import socket
from dataclasses import replace

import pytest

from extractors.records import Reply
from flows.web.door import FAILURES, Door, Limits, user_agent
from tests.flows.web.asking import NOW, QUICK, ask, names, through_door
from tests.newsroom.certificates import self_signed
from tests.newsroom.hostile import BODY, HostileNewsroom

HASTY = replace(QUICK, deadline_seconds=0.7)


def _get(url: str, allow: list[str], limits: Limits = QUICK, resolve=None, **how) -> Reply:
    return through_door(lambda door: door.get(url, **how), allow, limits=limits, resolve=resolve)


# What makes the door say each word; the argument is a newsroom, and what comes back is the reply.
CASES = {
    "bad_url": lambda room: _get("gopher://news.example/", []),
    "refused_address": lambda room: _get(room.url(), []),
    "dns": lambda room: _get("http://void.example/", [], resolve=names(void_example=[])),
    "connect": lambda room: ask(room, "slam"),
    "tls": lambda room: _get(room.url().replace("http:", "https:"), [room.netloc]),
    "timeout": lambda room: ask(room, "drip", limits=HASTY),
    "bad_response": lambda room: ask(room, "garbage"),
    "http_status": lambda room: ask(room, "not_found"),
    "redirects": lambda room: ask(room, "redirect_loop"),
    "too_large": lambda room: ask(room, "endless"),
    "bad_encoding": lambda room: ask(room, "zstd"),
    "truncated": lambda room: ask(room, "short"),
    "robots": lambda room: ask(_with_robots(room, b"User-agent: *\nDisallow: /ok"), "ok"),
    "robots_unavailable": lambda room: ask(_with_robots(room, "error"), "ok"),
    "rate_limited": lambda room: ask(room, "slow_down_rest", "ok"),
}


def _with_robots(room: HostileNewsroom, robots: str | bytes) -> HostileNewsroom:
    room.robots = robots
    return room


@pytest.mark.parametrize("word", FAILURES)
def test_every_failure_has_a_case_and_its_detail_names_the_address(word):
    with HostileNewsroom() as room:
        reply = CASES[word](room)
    assert reply.failure == word
    assert reply.detail and reply.detail.count(": ") >= 1
    assert reply.detail.startswith(("http://", "https://", "gopher://"))
    assert (reply.body, reply.fetched_at) == (b"", NOW)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "news",
        "http://",
        "http://a b/",
        "http://\x00/",
        "http://[::1",
        "http://xn--a/",
        "http://" + "a." * 200 + "example/",
        "h" * 70_000,
    ],
)
def test_what_is_no_address_is_a_reply_and_no_exception(url):
    reply = _get(url, [])
    assert (reply.failure, reply.url, reply.status) == ("bad_url", url, None)


def test_closed_port_fails_as_connect():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert _get(f"http://127.0.0.1:{port}/", ["127.0.0.1"]).failure == "connect"


def test_unchanged_page_is_no_failure_and_has_no_body():
    with HostileNewsroom() as room:

        async def work(door: Door) -> tuple[Reply, Reply]:
            first = await door.get(room.url("versioned"))
            return first, await door.get(
                room.url("versioned"), etag=first.header("etag"), last_modified=first.header("last-modified")
            )

        first, second = through_door(work, [room.netloc])
        assert (first.status, first.body) == (200, BODY)
        assert (second.status, second.failure, second.body) == (304, None, b"")
        assert room.calls[-1].headers["if-modified-since"] == first.header("last-modified")


def test_validator_that_would_break_the_request_is_left_out():
    with HostileNewsroom() as room:
        reply = _get(room.url(), [room.netloc], etag='"a"\r\nX-Evil: 1', last_modified="é")
        assert reply.body == BODY
        assert not {"if-none-match", "if-modified-since", "x-evil"} & set(room.calls[-1].headers)


def test_redirect_to_a_private_address_is_refused_and_nothing_is_asked_of_it():
    with HostileNewsroom() as inner, HostileNewsroom() as room:
        reply = ask(room, f"redirect_to?{inner.url('ok')}")
        assert (reply.failure, reply.final_url) == ("refused_address", inner.url("ok"))
        assert inner.requests == []


def test_redirect_to_an_allowed_host_is_followed():
    with HostileNewsroom() as other, HostileNewsroom() as room:
        reply = _get(room.url(f"redirect_to?{other.url('ok')}"), [room.netloc, other.netloc])
        assert (reply.final_url, reply.body) == (other.url("ok"), BODY)


def test_user_name_goes_to_the_host_it_was_given_for_and_no_further():
    with HostileNewsroom() as other, HostileNewsroom() as room:
        secret = other.url("ok").replace("://", "://desk:hunter2@")
        url = room.url(f"redirect_to?{secret}").replace("://", "://me:pw@", 1)
        reply = _get(url, [room.netloc, other.netloc])
        assert reply.final_url == other.url("ok")
        asked = {call.path.partition("?")[0]: call.headers for call in room.calls}
        assert "authorization" in asked["/redirect_to"]
        assert "authorization" not in asked["/robots.txt"]
        assert not [call for call in other.calls if "authorization" in call.headers]


def test_no_cookie_is_kept():
    with HostileNewsroom() as room:
        ask(room, "cookie", "ok")
        assert not [call for call in room.calls if "cookie" in call.headers]


@pytest.mark.parametrize("path", ["slam", "drip", "not_found", "gzip_cut", "redirect_loop", "garbage", "endless"])
def test_secrets_of_an_address_are_in_no_detail(path):
    with HostileNewsroom() as room:
        url = room.url(f"{path}?token=hunter2").replace("://", "://hunter2:hunter2@")
        reply = _get(url, [room.netloc], HASTY)
        assert reply.failure and "hunter2" not in (reply.detail or "")


def test_proxy_of_the_environment_is_not_used(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with HostileNewsroom() as room:
        assert ask(room, "ok").body == BODY


def test_certificates_of_the_environment_are_not_trusted(monkeypatch, tmp_path):
    tls = self_signed(tmp_path, "news.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority))
    with HostileNewsroom(tls=tls.server) as room:
        url = room.url("ok", "news.example")
        reply = _get(url, ["news.example"], resolve=names(news_example=["127.0.0.1"]))
        assert reply.failure == "tls"


@pytest.mark.parametrize("path", ["slow_down_rest", "slow_down", "unavailable_rest"])
def test_host_that_asks_for_a_rest_is_not_asked_again_in_this_run(path):
    with HostileNewsroom() as room, HostileNewsroom() as other:

        async def work(door: Door) -> list[Reply]:
            return [await door.get(url) for url in (room.url(path), room.url("ok"), other.url("ok"))]

        first, second, third = through_door(work, [room.netloc, other.netloc])
        assert [r.failure for r in (first, second, third)] == ["http_status", "rate_limited", None]
        assert room.requests == ["/robots.txt", f"/{path}"]


def test_unavailable_page_without_a_wish_for_rest_stops_no_other():
    with HostileNewsroom() as room:
        assert ask(room, "unavailable", "ok").body == BODY


def test_connection_is_kept_over_pages_errors_and_redirects():
    with HostileNewsroom() as room:
        ask(room, "ok", "not_found", "redirects?2", "versioned", "gzip_whole")
        assert len({call.wire for call in room.calls}) == 1


def test_user_agent_names_the_product_and_where_to_complain():
    with HostileNewsroom() as room:
        ask(room, "ok")
        sent = {call.headers["user-agent"] for call in room.calls}
    assert sent == {user_agent("desk@muster.example")}
    assert user_agent("desk@muster.example").startswith("Muster/")
    assert user_agent("desk@muster.example").endswith(" (+desk@muster.example)")
    assert user_agent("a\r\nX: é") == user_agent("aX: ")
    assert "(" not in user_agent(None)


def test_fragment_is_neither_sent_nor_kept():
    with HostileNewsroom() as room:
        reply = ask(room, "ok#part")
        assert reply.final_url == room.url("ok")
        assert room.requests[-1] == "/ok"
