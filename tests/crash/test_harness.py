"""A sample of the crash harness: one point of each kind that matters most. All of them: `make crash`."""

import pytest

from tests.crash.faults import Kind
from tests.crash.machine import Newsroom
from tests.crash.paper import OUTLETS
from tests.crash.stand import stand
from tests.crash.sweep import SCENARIOS, Sweep

pytestmark = pytest.mark.timeout(400)  # of real runs, each with its restarts


@pytest.fixture(scope="module")
def ground():
    with stand() as one:
        yield one


@pytest.fixture(scope="module")
def creation(ground):
    return Sweep(ground, SCENARIOS[0])


def test_kill_while_the_warehouse_is_made_breaks_no_promise(creation):
    struck = creation.strike(Kind.KILL, 40)
    assert struck.where and ".warehouse.duckdb.new" in struck.where
    assert struck.wrong == []


def test_run_killed_twice_breaks_no_promise(ground):
    struck = Sweep(ground, SCENARIOS[1]).strike(Kind.KILL, 60, again=40)
    assert struck.where and struck.again
    assert struck.wrong == []


def test_ledger_says_what_was_published_rewritten_and_deleted_between_crashes(ground):
    """One way through the machine; hypothesis takes others."""
    Newsroom.ground = ground
    one = Newsroom()
    one.open()
    one.publish(outlet=OUTLETS[0])
    one.run_and_compare()
    one.rewrite(which=0)
    one.publish(outlet=OUTLETS[1])
    one.crash(call=70, kind=Kind.KILL)
    one.delete(which=0)
    one.run_and_compare()


def test_page_that_the_disk_did_not_take_is_fetched_again_although_the_feed_has_nothing_new(ground):
    struck = Sweep(ground, SCENARIOS[1]).strike(Kind.BROKEN, 17)
    assert struck.where and "/pages" in struck.where
    assert struck.wrong == []
