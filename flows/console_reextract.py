"""Run the re-extraction flow from the command line: progress, then figures gained, lost and changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.console_run import DONE, PARTLY, flow_shown, refuse_silent_server
from flows.outlets import chosen_outlets, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, day_given, load_settings

if TYPE_CHECKING:
    from flows.reextract import Change, ReextractReport

MOST_CHANGES = 500  # listed; the counts tell of all
COLUMNS = ("outlet", "pages", "gained", "lost", "changed", "left")
SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def run_reextract(start: str | None, end: str | None, outlet: str | None, console: Console, messages: Console) -> int:
    """Run the flow once and print its report; returns the exit code.

    Raises ConfigurationError for dates or an outlet that cannot be, before Prefect starts.
    """
    first, last = day_given("--from", start), day_given("--to", end)
    if first and last and first > last:
        raise ConfigurationError(f"--from {first} is after --to {last}")
    settings = load_settings()
    chosen_outlets(read_configuration(settings.outlets), [outlet] if outlet else None)
    refuse_silent_server()
    with flow_shown(messages, settings.home):
        from flows.reextract import reextract

        report = asyncio.run(reextract(first, last, outlet))
    print_report(report, console)
    failed = [unread for unread in report.unread if unread.failed]
    for unread in failed:
        why = visible(f"{unread.url} was not read: {unread.reason} ({unread.detail})")
        messages.print(f"muster: {why}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if failed else DONE


def print_report(report: ReextractReport, console: Console) -> None:
    """Print the counts by outlet, then each change, then the pages that hold no article any more."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "outlet" else "right")
    for row in report.counts():
        table.add_row(*(str(row[name]) for name in COLUMNS))
    console.print(table)
    for change in report.changes[:MOST_CHANGES]:
        console.print(told(change), soft_wrap=True)
    if len(report.changes) > MOST_CHANGES:
        console.print(f"and {len(report.changes) - MOST_CHANGES} more changes")
    for unread in report.unread:
        if not unread.failed:
            console.print(Text(visible(f"left as it was: {unread.url} ({unread.reason})")), soft_wrap=True)


def told(change: Change) -> Text:
    """Return one change as two lines: what it is, then the sentence and the address."""
    figure = change.figure
    if figure.kind == "changed":
        after = dict(figure.after)
        words = "; ".join(f"{name} {_word(value)} → {_word(after[name])}" for name, value in figure.before)
    else:
        words = _figure(figure.after or figure.before)
    return Text(visible(f"{SIGNS[figure.kind]} {words}\n    {figure.sentence}  {change.url}"))


def _figure(fields: Sequence[tuple[str, Any]]) -> str:
    """Return all fields of a figure that say something."""
    return ", ".join(f"{name} {_word(value)}" for name, value in fields if value not in (None, "", ()))


def _word(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value) or "none"
    return "none" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
