"""A sample of the crash harness: one point of each kind that matters most. All of them: `make crash`."""

import pytest

from tests.crash.faults import Kind
from tests.crash.harness import SCENARIOS, Sweep
from tests.crash.stand import stand


@pytest.fixture(scope="module")
def ground():
    with stand() as one:
        yield one


@pytest.fixture(scope="module")
def creation(ground):
    return Sweep(ground, SCENARIOS[0])


def test_kill_while_the_warehouse_is_made_breaks_no_promise(creation):
    where, wrong = creation.strike(Kind.KILL, 40)
    assert where and ".warehouse.duckdb.new" in where
    assert wrong == []


def test_run_killed_twice_breaks_no_promise(ground):
    sweep = Sweep(ground, SCENARIOS[1])
    where, wrong = sweep.strike(Kind.KILL, 60, again=40)
    assert where
    assert wrong == []
