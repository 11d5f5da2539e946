"""Prefect's server for one command, where the user names none: it ends with the command, however that ends.

Prefect starts one by itself, but that one outlives a `kill -9` of its maker, and a Ctrl-C in a terminal reaches it
while the run still needs it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flows.lifeline import end_with_parent

START_SECONDS = 120.0  # 6 s on a quiet machine; Prefect's own limit of 20 failed on a busy one
END_SECONDS = 5.0
ROOT = str(Path(__file__).parent.parent)
START = "import sys; sys.path.insert(0, sys.argv[1]); from flows.ownserver import serve; serve({}, {})"


class ServerNotStarted(Exception):
    """Prefect's server did not get as far as an answer."""


class ServerLost(Exception):
    """Prefect's server went away under a run."""


@contextlib.contextmanager
def server_needed() -> Iterator[None]:
    """Raise ServerLost where the block fails because no server answers any more.

    The run itself needs none: its work goes on to the end, and only then Prefect has nobody to tell.
    """
    import httpx

    try:
        yield
    except httpx.HTTPStatusError as error:
        said = str(error).partition(" - ")[0]
        raise ServerLost(f"Prefect's server failed ({said}); is the disk full that holds PREFECT_HOME?") from error
    except httpx.TransportError as error:
        raise ServerLost(
            f"Prefect's server went away during the run ({error}); what was loaded and sent stays, and the next run "
            "goes on from there"
        ) from error


@contextlib.contextmanager
def no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back until the block is left: inside an import it would come out as any other error."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def start_server() -> None:
    """Start a server and point Prefect at it; nothing where the user names one. Raises ServerNotStarted."""
    with no_interrupt():
        from prefect.context import refresh_global_settings_context
        from prefect.settings import PREFECT_API_URL
    if PREFECT_API_URL.value():
        return
    os.environ["PREFECT_API_URL"] = _started()
    refresh_global_settings_context()


def _started() -> str:
    """Return the address of a server that answers and ends with this process."""
    import httpx

    lifeline, _held = os.pipe()  # `_held` stays open for as long as this process lives
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryFile("w+") as errors:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        process = subprocess.Popen(  # noqa: S603  # our own code, with numbers
            [sys.executable, "-P", "-c", START.format(listener.fileno(), lifeline), ROOT],
            pass_fds=(listener.fileno(), lifeline),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,  # Ctrl-C is for the run, which then ends its server
            env={k: v for k, v in os.environ.items() if not k.startswith("MUSTER_")},
        )
        atexit.register(_end, process)
        # The server alone holds the port now: a request waits for it to answer, and fails at once when it ends.
        listener.close()
        os.close(lifeline)
        try:
            httpx.get(f"{address}/health", timeout=START_SECONDS, trust_env=False).raise_for_status()
        except httpx.HTTPError as error:
            errors.seek(0)
            why = errors.read().strip().splitlines()[-1:] or [str(error)]
            raise ServerNotStarted(f"Prefect's own server did not start: {why[0]}") from error
    return address


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(listener: int, lifeline: int) -> None:
    """Be the server, on a socket that already listens, until the lifeline closes."""
    end_with_parent(lifeline)
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True, final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on")).run(
        sockets=[socket.socket(fileno=listener)]
    )
