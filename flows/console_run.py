"""Run the monitor flow from the command line: progress while it runs, then the table of what it brought."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator

from rich.console import Console
from rich.status import Status

from flows.outlets import chosen_outlets, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, load_settings, make_home

DONE, PARTLY, BUSY = 0, 1, 75


class _Progress(logging.Handler):
    """Shows the run's messages: the last one beside a spinner on a terminal, else a line each."""

    def __init__(self, messages: Console, status: Status | None) -> None:
        super().__init__(logging.INFO)
        self.messages, self.status = messages, status

    def emit(self, record: logging.LogRecord) -> None:
        text = visible(record.getMessage())
        if record.levelno < logging.WARNING and self.status:
            self.status.update(text)
        else:
            self.messages.print(text, markup=False, highlight=False, soft_wrap=True)


def _start_prefect() -> None:
    """Start Prefect's own server, where none is named, so that Ctrl-C ends us and does not reach the server.

    A terminal sends Ctrl-C to the server too: killed by it, it left the run without anyone to tell of its end, and
    while it was starting, Prefect took a refused connection for "not up yet" and waited for two minutes. A process
    and a thread keep the signals blocked that their maker had blocked; so a thread starts it, and we wait. The import
    is under the block because an interrupt inside it comes out as any other error.
    """
    failed: list[Exception] = []
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        from prefect.client.orchestration import get_client

        def start() -> None:
            try:
                with get_client(sync_client=True) as client:
                    client.hello()
            except Exception as error:  # noqa: BLE001  # raised again below, in the thread that can tell of it
                failed.append(error)

        starter = threading.Thread(target=start, daemon=True)
        starter.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    starter.join()
    if failed:
        raise failed[0]


@contextlib.contextmanager
def shown(messages: Console) -> Iterator[None]:
    """Start Prefect, and show the messages of a run for as long as the block lasts."""
    log = logging.getLogger("muster")
    log.propagate = False
    with contextlib.ExitStack() as stack:
        status = stack.enter_context(messages.status("starting Prefect")) if messages.is_terminal else None
        handler = _Progress(messages, status)
        log.addHandler(handler)
        stack.callback(log.removeHandler, handler)
        if not status:
            log.info("starting Prefect")
        _start_prefect()
        yield


def refuse_silent_server() -> None:
    """Say so at once when the Prefect server that the user names does not answer."""
    import httpx

    address = os.environ.get("PREFECT_API_URL")
    if address:
        try:
            httpx.get(f"{address}/health", timeout=5, trust_env=False).raise_for_status()
        except httpx.HTTPError as error:
            raise ConfigurationError(
                f"the Prefect server at PREFECT_API_URL={address} does not answer ({error}); start it, or unset "
                "PREFECT_API_URL to run without one"
            ) from error


def run_monitor(outlets: list[str] | None, only_due: bool, console: Console, messages: Console) -> int:
    """Run the flow once and print what it brought; returns the exit code."""
    settings = load_settings()  # what is wrong with it is told before Prefect starts
    chosen_outlets(read_configuration(settings.outlets), outlets)
    make_home(settings)
    refuse_silent_server()
    with shown(messages):
        from prefect.exceptions import CancelledRun

        from flows.monitor import monitor
        from flows.runtable import terminal_table

        try:
            report = asyncio.run(monitor(outlets, only_due))
        except CancelledRun as error:
            messages.print(f"muster: {error}", markup=False, highlight=False, soft_wrap=True)
            return BUSY
    console.print(terminal_table(report))
    for name, why in report.failed:
        messages.print(f"muster: {name} failed: {visible(why)}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if report.failed else DONE
