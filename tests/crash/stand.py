"""What a crash test stands on: one Prefect server, one process that forks runs, the paper, and a fault to strike."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from flows.workers import ONE_THREAD
from tests.crash.faults import Faults, Kind, compiled
from tests.crash.nursery import write_launcher
from tests.crash.paper import Paper
from tests.newsroom.certificates import self_signed

ROOT = Path(__file__).parents[2]
EVENT_SERVICES = ("EVENT_PERSISTER", "TASK_RUN_RECORDER", "TRIGGERS")
MOST_SECONDS = 300.0  # of one run; a usual one takes three


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    where: str | None  # the call that the fault struck
    said: str  # all that it wrote to the terminal
    megabytes: int  # the most that it, or a process that it started, held at a time


class Stand:
    """Runs `muster` in a home folder, with a fault or without."""

    def __init__(self, folder: Path, paper: Paper, faults: Faults, runner: subprocess.Popen[str], port: int) -> None:
        self.folder, self.paper, self.faults = folder, paper, faults
        self._runner, self._port = runner, port
        (folder / "outlets.toml").write_text(paper.outlets_toml())

    def muster(
        self,
        home: Path,
        now: datetime,
        *arguments: str,
        kind: Kind = Kind.COUNT,
        at: int = 0,
        after: float = 0,
        own_server: bool = False,
    ) -> Ended:
        """Run a command (`monitor` unless given) to its end; with `after`, kill it after so many seconds."""
        log = self.folder / "log"
        log.write_bytes(b"")
        settings = {"HOME": home, "WAREHOUSE": home / "warehouse.duckdb", "OUTLETS": self.folder / "outlets.toml"}
        settings |= {"NOW": now.isoformat(), "NOTIFY": self.paper.receiver}
        environment = {f"MUSTER_{name}": str(value) for name, value in settings.items()}
        self.faults.set(kind, at, home, self._port)
        assert self._runner.stdin and self._runner.stdout
        order = {"arguments": arguments or ("monitor",), "environment": environment, "log": str(log)}
        order["own_server"] = own_server
        self._runner.stdin.write(json.dumps(order) + "\n")
        self._runner.stdin.flush()
        run = int(self._runner.stdout.readline())
        # By its process group: a sender or a copy that it started goes with it.
        killer = threading.Timer(after or MOST_SECONDS, _kill_group if not after else _kill, [run])
        killer.start()
        code, megabytes = map(int, self._runner.stdout.readline().split())
        killer.cancel()
        killer.join()
        return Ended(code, self.faults.where, log.read_text(errors="replace"), megabytes)


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def _kill_group(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


@contextlib.contextmanager
def _started(
    module: str, arguments: Sequence[Path], environment: dict[str, str], log: IO[bytes]
) -> Iterator[subprocess.Popen[str]]:
    """Start one of our modules; end it, and what it started, when the block is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
                break


def _said(process: subprocess.Popen[str]) -> str:
    """Return the line in which a process says that it is ready."""
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args} did not start")
    return line


@contextlib.contextmanager
def stand(*, forked_workers: bool = True) -> Iterator[Stand]:
    """Give a stand for as long as the block lasts. Nothing of the user's own settings reaches it.

    Workers are forked from one that has loaded all, which saves two seconds a run, or started as the program does.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="muster-crash-")))
        paper = stack.enter_context(Paper())
        faults = Faults(folder / "page")
        stack.callback(faults.close)
        log = stack.enter_context((folder / "runner.log").open("wb"))
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "PREFECT_", "LD_PRELOAD"))}
        environment |= {
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_LOGGING_LEVEL": "CRITICAL",  # as the command sets it before it imports Prefect
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            # Nobody asks for the events of these runs, and to keep them costs the server more than the runs' states.
            **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in EVENT_SERVICES},
            # Nothing here speaks TLS, and each client of a run would read 140 authorities: 0.1 s a run.
            "SSL_CERT_FILE": str(self_signed(folder, "nobody").authority),
            "SSL_CERT_DIR": str(folder / "authorities"),
            "MUSTER_ALLOW_PRIVATE": "127.0.0.1",
            "MUSTER_DELAY_SECONDS": "0",
        }
        extra = {"LD_PRELOAD": compiled(folder), "FAULTPOINT_PAGE": folder / "page"}
        environment |= {name: str(path) for name, path in extra.items()}
        if forked_workers:
            environment["CRASH_PYTHON"], nursery = str(folder / "python"), folder / "nursery"
            write_launcher(folder / "python", nursery)
            _said(stack.enter_context(_started("tests.crash.nursery", [nursery], environment | ONE_THREAD, log)))
        runner = stack.enter_context(_started("tests.crash.runner", [], environment, log))
        yield Stand(folder, paper, faults, runner, urlsplit(_said(runner)).port or 0)
