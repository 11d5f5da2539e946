"""A sample of the crash harness: one point of each kind that matters most. All of them: `make crash`."""

import pytest

from tests.crash.faults import Kind
from tests.crash.harness import Point, Record
from tests.crash.machine import Newsroom
from tests.crash.paper import OUTLETS
from tests.crash.stand import stand
from tests.crash.sweep import SCENARIOS, Strike, Sweep

pytestmark = pytest.mark.timeout(400)  # of real runs, each with its restarts


@pytest.fixture(scope="module")
def ground():
    with stand() as one:
        yield one


@pytest.fixture(scope="module")
def creation(ground):
    return Sweep(ground, SCENARIOS[0])


def test_record_of_a_sweep_is_read_again_so_that_it_goes_on_where_it_was_cut_off(tmp_path, capsys):
    kept, lost = Point("news", "kill", 1), Point("news", "twice", 1, 26)
    record = Record(tmp_path / "record.jsonl")
    record.add(kept, Strike("fsync /home", []), 1.5)
    record.add(lost, Strike("write /home", ["alert 7 never came"], "fsync /home"), 2.0)
    again = Record(tmp_path / "record.jsonl")
    assert (again.struck, again.tell()) == (record.struck, 1)
    told = capsys.readouterr().out
    assert "alert 7 never came" in told and told.endswith("2 points, 1 broken\n")


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
