"""Run the re-extraction flow from the command line: progress, then figures gained, lost and changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.console_run import DONE, PARTLY, flow_shown, refuse_silent_server
from flows.outlets import chosen_outlets, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, day_given, load_settings

if TYPE_CHECKING:
    from warehouse.rereading import FigureChange, ReadingReport

COLUMNS = ("outlet", "pages", "gained", "lost", "changed", "left")
SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def run_reextract(
    start: str | None, end: str | None, outlet: str | None, dry_run: bool, console: Console, messages: Console
) -> int:
    """Run the flow once and print its report; returns the exit code.

    Raises ConfigurationError for dates or an outlet that cannot be, before Prefect starts.
    """
    first, last = day_given("--from", start), day_given("--to", end)
    if first and last and first > last:
        raise ConfigurationError(f"--from {first} is after --to {last}")
    settings = load_settings()
    chosen_outlets(read_configuration(settings.outlets), [outlet] if outlet else None)
    refuse_silent_server()
    with flow_shown(messages, settings.home, "reextract"):
        from flows.reextract import reextract

        report = asyncio.run(reextract(first, last, outlet, dry_run))
    print_report(report, console)
    if dry_run:
        console.print("nothing is switched; `muster reextract` without --dry-run does it, and reads nothing again")
    failed = [left for left in report.left if left.failed]
    for left in failed:
        why = visible(f"{left.url} was not read: {left.reason} ({left.detail})")
        messages.print(f"muster: {why}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if failed else DONE


def print_report(report: ReadingReport, console: Console) -> None:
    """Print the counts by outlet, then the changes, then the pages that hold no article any more."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "outlet" else "right")
    for row in report.counts:
        table.add_row(*(str(row[name]) for name in COLUMNS))
    console.print(table)
    for change in report.changes:
        console.print(told(change), soft_wrap=True)
    more = sum(row[kind] for row in report.counts for kind in SIGNS) - len(report.changes)
    if more:
        console.print(f'and {more} more changes: muster sql "FROM figure_changes"')
    for left in report.left:
        if not left.failed:
            console.print(Text(visible(f"left as it was: {left.url} ({left.reason})")), soft_wrap=True)


def told(change: FigureChange) -> Text:
    """Return one change as two lines: what it is, then the sentence and the address."""
    before, after = change.before or {}, change.after or {}
    if before and after:
        names = [name for name in before if before[name] != after[name]]
        words = "; ".join(f"{name} {_word(before[name])} → {_word(after[name])}" for name in names)
    else:
        said = (before or after).items()
        words = ", ".join(f"{name} {_word(value)}" for name, value in said if value not in (None, "", []))
    return Text(visible(f"{SIGNS[change.kind]} {words}\n    {change.sentence}  {change.url}"))


def _word(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value) or "none"
    return "none" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
