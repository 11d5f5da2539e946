"""Run the monitor flow from the command line: progress while it runs, then the table of what it brought."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from flows.console_progress import RunMessages
from flows.outlets import chosen_outlets, read_configuration
from flows.ownserver import server_needed, start_server
from flows.pace import LOGGER
from flows.plain import visible
from flows.runlock import lent_lock
from flows.settings import ConfigurationError, load_settings, make_home

DONE, PARTLY = 0, 1


@contextlib.contextmanager
def progress(messages: Console, first: str) -> Iterator[None]:
    """Show the messages of a run for as long as the block lasts, `first` before any."""
    log = logging.getLogger("muster")
    log.propagate = False
    with contextlib.ExitStack() as stack:
        status = stack.enter_context(messages.status(first)) if messages.is_terminal else None
        handler = RunMessages(messages, status)
        for name in ("muster", LOGGER):
            logging.getLogger(name).addHandler(handler)
            stack.callback(logging.getLogger(name).removeHandler, handler)
        stack.callback(handler.close)
        if not status:
            log.info(first)
        yield


@contextlib.contextmanager
def flow_shown(messages: Console, home: Path, lock: str = "run") -> Iterator[None]:
    """Start Prefect, and show the messages of a flow for as long as the block lasts.

    Raises AlreadyRunning before anything is started where another run holds the flow's lock.
    """
    with lent_lock(home, lock), progress(messages, "starting Prefect"):
        start_server()
        with server_needed():
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
    with flow_shown(messages, settings.home):
        from flows.monitor import monitor
        from flows.runtable import terminal_table

        report = asyncio.run(monitor(outlets, only_due))
    console.print(terminal_table(report))
    for name, why in report.failed:
        messages.print(f"muster: {name} failed: {visible(why)}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if report.failed else DONE
