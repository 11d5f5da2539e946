import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from warehouse.door import query

pytestmark = pytest.mark.timeout(400)  # a busy machine takes a minute to start Prefect
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


def server_of(process):
    """Return the process id of a command's server."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            is_child = f"PPid:\t{process.pid}\n" in status.read_text()
            if is_child and "flows.ownserver" in status.with_name("cmdline").read_text():
                return int(status.parent.name)
    raise AssertionError("no server")


@pytest.mark.long  # Prefect's own retries wait two minutes
def test_server_killed_in_the_middle_of_a_run_changes_nothing_that_is_done(tmp_path, served, page, feed_of):
    pages = {"/a": (200, "text/html", page("Build-up", "Kyiv said that Russia had massed 38,000 troops.", "More."))}
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    (tmp_path / "outlets.toml").write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    settings = {"HOME": tmp_path / "data", "OUTLETS": tmp_path / "outlets.toml", "ALLOW_PRIVATE": "127.0.0.1"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "MUSTER_"))}
    environment |= {f"MUSTER_{name}": str(value) for name, value in settings.items()}
    environment |= {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_CLIENT_MAX_RETRIES": "0"}
    command = [sys.executable, "-m", "flows", "monitor"]
    with subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=-1, stderr=-1, text=True) as process:
        while "/rss" not in requests and process.poll() is None:
            TICK.wait(0.02)
        os.kill(server_of(process), signal.SIGKILL)
        error = process.communicate(timeout=170)[1]
    assert process.returncode == 1
    assert "Traceback" not in error
    assert "muster: Prefect's server went away during the run" in error
    assert query(tmp_path / "data" / "published.duckdb", "SELECT low FROM figures").to_pylist() == [{"low": 38000}]
