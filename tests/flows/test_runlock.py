import asyncio
import logging
import subprocess
import sys

import pytest

from flows.runlock import AlreadyRunning, run_lock, run_lock_when_free

HOLD = """
import sys
from pathlib import Path
from flows.runlock import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_second_run_is_refused_at_once_and_told_who_holds_the_lock(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning, match=str(holder.pid)), run_lock(tmp_path):
            pass
        holder.kill()
    with run_lock(tmp_path):  # the lock died with its process
        pass


@pytest.fixture
def told():
    """What the run's log says, whatever other tests made of its handlers."""
    messages, log = [], logging.getLogger("muster")
    handler = logging.Handler()
    handler.emit = lambda record: messages.append(record.getMessage())
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield messages
    log.removeHandler(handler)
    log.setLevel(level)


def test_lock_is_waited_for_and_the_wait_is_told_once_and_ends(tmp_path, told):
    async def hold(patience):
        async with run_lock_when_free(tmp_path, patience):
            return "held"

    async def let_go_when_told(holder):
        waiting = asyncio.create_task(hold(60))
        while not told:
            await asyncio.sleep(0)
        holder.kill()
        return await waiting

    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning, match=str(holder.pid)):
            asyncio.run(hold(0))
        assert asyncio.run(let_go_when_told(holder)) == "held"
    assert told == ["waiting for another run to end"]
