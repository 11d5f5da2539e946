"""Commands that overlap: one run at a time, and who comes second is told so at once."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.newsroom.hostile import HostileNewsroom

PROJECT = Path(__file__).parents[2]
TICK = threading.Event()  # never set


@pytest.mark.timeout(400)
def test_of_ten_commands_at_once_nine_end_with_75_and_start_nothing(tmp_path):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "PREFECT_"))}
    environment = inherited | {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "MUSTER_HOME": str(tmp_path / "data"),
        "MUSTER_OUTLETS": str(tmp_path / "outlets.toml"),
        "MUSTER_ALLOW_PRIVATE": "127.0.0.1",
    }
    with HostileNewsroom() as room:
        (tmp_path / "outlets.toml").write_text(f'[mute]\nname = "Mute"\nfeeds = ["{room.url("mute")}"]\n')
        command = [sys.executable, "-m", "flows", "monitor"]
        runs = [subprocess.Popen(command, env=environment, cwd=PROJECT, stdout=-1, stderr=-1) for _ in range(10)]
        try:
            while sum(run.poll() is not None for run in runs) < 9:
                TICK.wait(0.05)
            (first,) = [run for run in runs if run.poll() is None]  # it waits for the mute outlet still
        finally:
            for run in runs:
                run.kill()
        said = {run: run.communicate()[1].decode() for run in runs}
    for run in runs:
        if run is not first:
            assert run.returncode == 75
            assert said[run].startswith(f"muster: another run (process {first.pid}) is using ")
            assert "starting Prefect" not in said[run]
