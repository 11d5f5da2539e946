import asyncio
import socket
from dataclasses import replace

import pytest

from flows.web.door import Door, Limits
from tests.flows.web.asking import QUICK, ask, through_door
from tests.newsroom.hostile import BODY, HostileNewsroom

HASTY = Limits(delay_seconds=0, deadline_seconds=0.7, page_bytes=1_000_000)


@pytest.fixture(scope="module")
def room():
    with HostileNewsroom() as newsroom:
        yield newsroom


@pytest.mark.parametrize(
    ("behaviour", "body"),
    [
        ("ok", BODY),
        ("empty", b""),
        ("empty_gzip", b""),
        ("gzip_whole", BODY),
        ("br_whole", BODY),
        ("gzip_members", BODY + b"second"),
        ("gzip_padded", BODY),
        ("identity", BODY),
        ("chunked", BODY),
        ("no_length", BODY),
        ("no_content", b""),
        ("strange_success", BODY),
        ("cookie", BODY),
        ("header_bytes", BODY),
        ("redirects?5", BODY),
    ],
)
def test_whole_body_is_taken(room, behaviour, body):
    reply = ask(room, behaviour)
    assert (reply.failure, reply.detail, reply.body) == (None, None, body)


@pytest.mark.parametrize(
    ("behaviour", "status", "failure"),
    [
        ("gzip_cut", 200, "truncated"),
        ("gzip_cut_in_member", 200, "truncated"),
        ("br_cut", 200, "truncated"),
        ("short", 200, "truncated"),
        ("chunks_cut", 200, "truncated"),
        ("chunks_bad", 200, "truncated"),
        ("gzip_bad_sum", 200, "bad_encoding"),
        ("gzip_not", 200, "bad_encoding"),
        ("br_not", 200, "bad_encoding"),
        ("deflate", 200, "bad_encoding"),
        ("zstd", 200, "bad_encoding"),
        ("nonsense_encoding", 200, "bad_encoding"),
        ("chained", 200, "bad_encoding"),
        ("chained_headers", 200, "bad_encoding"),
        ("declared_huge", 200, "too_large"),
        ("endless", 200, "too_large"),
        ("endless_chunks", 200, "too_large"),
        ("gzip_bomb", 200, "too_large"),
        ("br_bomb", 200, "too_large"),
        ("gzip_padded_hugely", 200, "too_large"),
        ("partial", 206, "bad_response"),
        ("not_modified", 304, "bad_response"),  # nobody had asked whether it was modified
        ("negative_length", None, "bad_response"),
        ("two_lengths", None, "bad_response"),
        ("bad_header", None, "bad_response"),
        ("long_header", None, "bad_response"),
        ("many_headers", None, "bad_response"),
        ("garbage", None, "bad_response"),
        ("binary", None, "bad_response"),
        ("slam", None, "connect"),
        ("half_headers", None, "connect"),
        ("redirects?6", 301, "redirects"),
        ("redirect_loop", 302, "redirects"),
        ("redirect_nowhere", 302, "redirects"),
        ("redirect_bad", 302, "redirects"),
        ("redirect_script", 302, "bad_url"),
        ("redirect_brackets", 302, "bad_url"),
        ("redirect_punycode", 302, "bad_url"),
        ("redirect_choices", 300, "bad_response"),
        ("redirect_bad_port", 302, "refused_address"),
        ("redirect_file", 302, "bad_url"),
        ("redirect_bytes", None, "bad_response"),
    ],
)
def test_misbehaviour_is_a_reply_with_its_reason_and_no_body(room, behaviour, status, failure):
    reply = ask(room, behaviour)
    assert (reply.status, reply.failure, reply.body, reply.wire) == (status, failure, b"", b"")
    assert reply.detail


@pytest.mark.parametrize(
    ("behaviour", "status", "beginning", "cut"),
    [
        ("not_found", 404, b"no such page", None),
        ("long_error", 404, b"\0", "length"),
        ("drip_error", 404, b"a", "time"),
        ("gone", 410, b"", None),
        ("forbidden", 403, b"", None),
        ("error", 500, b"", None),
        ("unavailable", 503, b"", None),
        ("slow_down", 429, b"", None),
        ("strange_status", 999, b"", None),
    ],
)
def test_error_answer_keeps_what_came_of_its_body_in_bounds_for_the_archive(room, behaviour, status, beginning, cut):
    reply = ask(room, behaviour, limits=replace(QUICK, error_bytes=100_000, error_seconds=0.3))
    assert (reply.status, reply.failure, reply.body, reply.cut) == (status, "http_status", b"", cut)
    assert reply.wire.startswith(beginning)
    assert len(reply.wire) <= 100_000


@pytest.mark.parametrize("behaviour", ["drip", "drip_headers", "flood_1xx", "mute", "stall"])
def test_deadline_ends_what_drips_however_often_a_byte_comes(room, behaviour):
    reply = ask(room, behaviour, limits=HASTY)
    assert (reply.failure, reply.body) == ("timeout", b"")


def test_handshake_that_never_comes_ends_with_the_time_for_connecting():
    limits = Limits(delay_seconds=0, connect_seconds=0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:  # takes connections and never looks at them
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        reply = through_door(lambda door: door.get(url, kind="robots"), ["127.0.0.1"], limits=limits)
    assert (reply.failure, reply.detail) == ("timeout", f"{url}: no connection in 0.2 s")


def test_every_misbehaviour_at_once_leaves_a_good_page_untouched(room):
    others = ["drip", "mute", "garbage", "endless", "redirect_loop", "slam"]

    async def work(door: Door):
        good, *_ = await asyncio.gather(*(door.get(room.url(path)) for path in ["ok", *others]))
        return good

    assert through_door(work, [room.netloc], limits=HASTY).body == BODY


def test_kept_connection_that_the_server_gave_up_is_replaced_by_a_new_one_and_only_once():
    with HostileNewsroom() as room:
        assert ask(room, "once").body == BODY
        assert room.requests == ["/robots.txt", "/once", "/once"]
    with HostileNewsroom() as room:
        assert ask(room, "slam").failure == "connect"
        assert room.requests == ["/robots.txt", "/slam", "/slam"]


def test_body_that_breaks_off_is_asked_for_once_more_and_never_taken_for_whole():
    with HostileNewsroom() as room:
        assert ask(room, "short_once").body == BODY
        assert ask(room, "short").failure == "truncated"
        assert [path for path in room.requests if path != "/robots.txt"] == ["/short_once"] * 2 + ["/short"] * 2


def test_redirected_reply_says_where_it_came_from_and_keeps_the_last_headers_in_order(room):
    reply = ask(room, "redirects?2")
    assert (reply.url, reply.final_url) == (room.url("redirects?2"), room.url("redirects?0"))
    assert reply.headers == (("Content-Length", str(len(BODY))),)
    assert reply.elapsed_ms >= 0


def test_encoded_body_is_kept_as_it_came_beside_the_decoded_one(room):
    reply = ask(room, "gzip_whole")
    assert reply.wire[:2] == b"\x1f\x8b"
    assert reply.body == BODY


def test_header_of_strange_bytes_is_read_all_the_same(room):
    assert ask(room, "header_bytes").header("x-name") == "Зал"
    assert ask(room, "header_latin").header("x-name") == "café"


def test_feed_may_be_larger_than_a_page(room):
    limits = Limits(delay_seconds=0, page_bytes=50, feed_bytes=500)

    async def work(door: Door):
        return await door.get(room.url("ok")), await door.get(room.url("ok"), kind="feed")

    page, feed = through_door(work, [room.netloc], limits=limits)
    assert (page.failure, feed.failure) == ("too_large", None)


def test_request_offers_only_what_can_be_decoded_within_bounds(room):
    ask(room, "ok")
    assert room.calls[-1].headers["accept-encoding"] == "gzip, br"


def test_addresses_with_their_secrets_are_not_logged(room, caplog):
    with caplog.at_level("DEBUG"):
        ask(room, "ok?token=hunter2", "redirects?1")
    assert "hunter2" not in caplog.text


def test_limits_of_quick_tests_are_not_the_real_ones():
    assert Limits().most_bytes("page") == 10_000_000 != QUICK.most_bytes("page")
    assert Limits().most_bytes("robots") == 500 * 1024
