import subprocess
import sys

import pytest

from flows.runlock import AlreadyRunning, run_lock

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
