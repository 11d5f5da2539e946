import asyncio
import random

import httpx
import pytest

from extractors.records import Reply
from flows.web.door import Door, HostMemory
from flows.web.guard import AddressGuard
from flows.web.politeness import Politeness
from flows.web.transport import GuardedTransport
from tests.flows.web.asking import NOW, QUICK, names, through_door
from tests.newsroom.certificates import self_signed
from tests.newsroom.hostile import BODY, HostileNewsroom
from tests.newsroom.resolvers import HERE, PUBLIC, rebinding

NEWS = names(news_example=["127.0.0.1"], other_example=["127.0.0.1"])


def _ask_trusting(room: HostileNewsroom, host: str, tls) -> Reply:
    """Ask by https, trusting the authority of `tls`."""

    async def run() -> Reply:
        guard = AddressGuard([f"{host}:{room.port}"], NEWS, 5)
        async with httpx.AsyncClient(transport=GuardedTransport(guard, tls.trusting_client())) as client:
            politeness = Politeness(0, asyncio.get_running_loop().time, random.Random(1))
            return await Door(client, guard, politeness, lambda: NOW, QUICK, HostMemory()).get(room.url("ok", host))

    return asyncio.run(run())


def test_tls_and_host_header_carry_the_name_although_the_connection_goes_to_its_address(tmp_path):
    tls = self_signed(tmp_path, "news.example")
    with HostileNewsroom(tls=tls.server) as room:
        reply = _ask_trusting(room, "news.example", tls)
        assert (reply.failure, reply.body) == (None, BODY)
        assert room.calls[-1].headers["host"] == f"news.example:{room.port}"


@pytest.mark.parametrize(
    ("certified", "asked", "days_left"),
    [("news.example", "other.example", 2), ("news.example", "news.example", -1)],
    ids=["wrong name", "expired"],
)
def test_certificate_of_a_trusted_authority_must_be_in_time_and_of_the_name(tmp_path, certified, asked, days_left):
    tls = self_signed(tmp_path, certified, days_left=days_left)
    with HostileNewsroom(tls=tls.server) as room:
        reply = _ask_trusting(room, asked, tls)
        assert (reply.status, reply.failure) == (None, "tls")
        assert not room.requests


def test_certificate_of_an_unknown_authority_is_not_trusted_even_by_an_allowed_host(tmp_path):
    with HostileNewsroom(tls=self_signed(tmp_path, "news.example").server) as room:
        url = room.url("ok", "news.example")
        reply = through_door(lambda door: door.get(url), [f"news.example:{room.port}"], resolve=NEWS)
        assert (reply.failure, room.requests) == ("tls", [])


def test_plain_server_behind_https_fails_as_tls():
    with HostileNewsroom() as room:
        url = room.url("ok").replace("http:", "https:")
        assert through_door(lambda door: door.get(url), [room.netloc]).failure == "tls"


def test_connection_goes_to_the_address_that_was_checked_and_the_name_is_resolved_once():
    asked = []

    async def turning(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.9"]

    with HostileNewsroom() as room:
        url = room.url("ok", "news.example")
        reply = through_door(lambda door: door.get(url), ["news.example"], resolve=turning)
        assert (reply.body, asked) == (BODY, ["news.example"])  # robots.txt and page came over one connection


def test_name_that_turns_to_loopback_reaches_nothing():
    with HostileNewsroom() as room:
        url = room.url("ok", "news.example")
        reply = through_door(lambda door: door.get(url), (), resolve=NEWS)
        assert (reply.failure, room.requests) == ("refused_address", [])


def test_next_address_of_a_name_is_tried_where_the_first_takes_no_connection():
    with HostileNewsroom(host="127.0.0.2") as room:
        two = names(news_example=["127.0.0.3", "127.0.0.2"])
        url = room.url("ok", "news.example")
        assert through_door(lambda door: door.get(url), ["news.example"], resolve=two).body == BODY


@pytest.mark.parametrize("answers", [([HERE],), ([PUBLIC, HERE],), ([HERE, PUBLIC],)])
def test_name_that_turns_to_this_machine_when_it_is_connected_to_is_refused(answers):
    """What is connected to is the answer that was checked: no second look-up lies between the two."""
    with HostileNewsroom() as room:
        reply = through_door(
            lambda door: door.get("http://news.example/"), [room.netloc], resolve=rebinding(*answers)
        )
        assert (reply.failure, room.requests) == ("refused_address", [])
