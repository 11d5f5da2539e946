import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parents[2]
COMMAND = """
import subprocess
import flows.ownserver
started = []
popen = subprocess.Popen
class Seen(popen):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        started.append(self.pid)
subprocess.Popen = Seen
flows.ownserver.start_server()
from prefect import flow
@flow
def nothing():
    return 7
print(nothing(), *started, flush=True)
input()
"""
TICK = threading.Event()


@contextmanager
def a_command(folder, **more):
    """Start a server and run a flow through it; yields the process and the server's process id."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "MUSTER_"))}
    environment = inherited | {"PREFECT_HOME": str(folder), "PREFECT_LOGGING_LEVEL": "CRITICAL"} | more
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND], env=environment, cwd=PROJECT, stdin=-1, stdout=-1, stderr=-1, text=True
    ) as process:
        try:
            said = process.stdout.readline().split()
            yield process, said
        finally:
            process.kill()


def is_gone(pid):
    """Return whether a process ends within ten seconds. One that nobody has reaped is gone too."""
    for _ in range(100):
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        TICK.wait(0.1)
    return False


def test_server_serves_a_flow_and_dies_with_a_command_that_is_killed(tmp_path):
    with a_command(tmp_path) as (process, said):
        result, server = map(int, said)
        assert result == 7
        assert Path(f"/proc/{server}").exists()
        process.send_signal(signal.SIGKILL)
        assert is_gone(server)


def test_server_that_cannot_start_is_told_in_a_sentence(tmp_path):
    with a_command(tmp_path, PREFECT_API_DATABASE_CONNECTION_URL="nonsense://") as (process, said):
        assert said == []
        assert "ServerNotStarted: Prefect's own server did not start: " in process.communicate(timeout=60)[1]
