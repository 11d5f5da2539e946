"""Run a rebuild from the command line: progress, then what the new warehouse holds and what it could not have."""

from __future__ import annotations

from rich.console import Console

from flows.console_run import DONE, PARTLY, progress
from flows.outlets import read_configuration
from flows.plain import visible
from flows.rebuild import RebuildReport, rebuild
from flows.settings import Settings
from warehouse.connection import old_beside

MOST_UNREAD = 20  # pages that are named


def run_rebuild(settings: Settings, console: Console, messages: Console) -> int:
    """Rebuild the warehouse and print what came of it; returns the exit code."""
    configuration = read_configuration(settings.outlets)
    with progress(messages, "reading the archive"):
        report = rebuild(settings, configuration)
    warehouse = settings.warehouse_path
    for line in told(report):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if old_beside(warehouse).exists():
        kept = f"The warehouse before is kept as {old_beside(warehouse)}; delete it when you miss nothing."
        console.print(kept, markup=False, highlight=False, soft_wrap=True)
    for url, why in report.unread[:MOST_UNREAD]:
        messages.print(f"muster: {visible(f'{url}: {why}')}", markup=False, highlight=False, soft_wrap=True)
    return PARTLY if report.lost or report.unread else DONE


def told(report: RebuildReport) -> list[str]:
    """Return what came of a rebuild in sentences."""
    lines = [f"Rebuilt: {report.articles} articles, from {report.pages} pages in {report.loads} loads."]
    if report.old.path is None:
        lines.append(
            f"No alert was raised, and those of before are gone: {report.old.why}, and no published copy can be read."
        )
    else:
        from_copy = f" from {report.old.path}, for {report.old.why}" if report.old.why else "; none is told twice"
        lines.append(f"Alerts taken over: {report.alerts_kept}{from_copy}.")
    counts = (
        (report.alerts_raised, "Alerts of loads that the warehouse had lost: {}; the next run delivers them."),
        (report.lost, "Articles of the warehouse before that the archive does not have, and so not this one: {}."),
        (len(report.unread), "Pages that could not be read out of the archive: {}."),
        (report.unowned, "Pages in older archive files that no outlet of outlets.toml can have asked for: {}."),
    )
    return lines + [sentence.format(count) for count, sentence in counts if count]
