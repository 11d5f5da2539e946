from dataclasses import replace
from time import monotonic

import pytest

from flows.web.failures import WebFailure
from flows.web.waste import SOUND_SECONDS, Waste
from tests.flows.web.asking import QUICK, through_door
from tests.newsroom.hostile import HostileNewsroom


def test_sound_answers_waste_nothing_however_many():
    waste = Waste(10)
    for _ in range(100):
        waste.add("news.example", SOUND_SECONDS)
    assert waste.left("news.example") == 10 + SOUND_SECONDS


def test_what_a_host_wastes_is_taken_from_its_next_request_and_from_no_other_hosts():
    waste = Waste(10)
    waste.add("slow.example", SOUND_SECONDS + 7)
    assert (waste.left("slow.example"), waste.left("news.example")) == (3 + SOUND_SECONDS, 10 + SOUND_SECONDS)


def test_host_that_wasted_all_is_asked_no_more():
    waste = Waste(10)
    waste.add("slow.example", 60)
    with pytest.raises(WebFailure, match="timeout: not asked: the host has kept this run waiting for 10 s"):
        waste.left("slow.example")


def test_page_after_page_that_drips_costs_one_deadline_and_not_one_each():
    async def pages(door):
        return [await door.get(room.url(f"drip?{n}")) for n in range(20)]

    with HostileNewsroom() as room:
        began = monotonic()
        replies = through_door(pages, [room.netloc], limits=replace(QUICK, waste_seconds=0.5))
    assert {r.failure for r in replies} == {"timeout"}
    assert len([p for p in room.requests if p.startswith("/drip")]) == 1
    assert monotonic() - began < 15
