"""Run the backfill flow from the command line: progress while it runs, then what it brought and what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast, get_args

from rich.console import Console

from flows.console_run import DONE, PARTLY, flow_shown, refuse_silent_server
from flows.outlets import chosen_outlets, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, load_settings, make_home
from flows.sources.remotewarc import is_address

SOURCES = ("sitemap", "feed", "wayback", "list")  # as flows.backfillsources.Source, which takes two seconds to import
WARC = "warc"  # not to be named by hand: it needs files


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"{option}: {text!r} is no date; write it as 2021-12-01") from None


def _checked(outlet: str, start: str, end: str, source: str, warc: Sequence[str]) -> tuple[date, date]:
    """Return the first and the last day; raises ConfigurationError for what cannot be."""
    first, last = _day("--from", start), _day("--to", end)
    if first > last:
        raise ConfigurationError(f"--from {first} is after --to {last}")
    for place in warc:
        if not (is_address(place) or Path(place).is_file()):
            raise ConfigurationError(f"--warc: there is no file {place}")
    if source not in SOURCES:
        raise ConfigurationError(f"--source: {source!r} is none of {', '.join(SOURCES)}")
    settings = load_settings()
    chosen_outlets(read_configuration(settings.outlets), [outlet])
    make_home(settings)
    return first, last


def run_backfill(
    outlet: str,
    start: str,
    end: str,
    source: str,
    dry_run: bool,
    console: Console,
    messages: Console,
    warc: Sequence[str] = (),
) -> int:
    """Run the flow once and print what it brought; returns the exit code. With `warc` files they are the source.

    Raises ConfigurationError for dates, a source or an outlet that cannot be, before Prefect starts.
    """
    first, last = _checked(outlet, start, end, source, warc)
    refuse_silent_server()
    with flow_shown(messages, load_settings().home, "backfill"):
        from flows.backfill import backfill
        from flows.backfillsources import Source
        from flows.backfilltable import told_left
        from flows.runtable import terminal_table

        assert get_args(Source) == (*SOURCES, WARC)  # noqa: S101  # two lists of one thing, kept alike
        given = cast(Source, WARC if warc else source)
        report = asyncio.run(backfill(outlet, first, last, given, dry_run, warc=list(warc)))
    console.print(terminal_table(report.run))
    console.print(told_left(report), markup=False, highlight=False)
    for name, why in report.run.failed:
        messages.print(f"muster: {name} failed: {visible(why)}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if report.run.failed else DONE
