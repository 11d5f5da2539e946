"""What a run did, as a table: for the terminal, and as the run's Prefect artifact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rich.table import Table

from flows.deliver import ChannelReport
from flows.plain import visible
from flows.run import Run, RunReport
from warehouse.batch import LoadOutcome, OutletCounts

COLUMNS = ("outlet", "found", "fetched", "new", "revised", "figures", "mentions", "alerts")


def report_of(run: Run, outcome: LoadOutcome, deliveries: Sequence[ChannelReport]) -> RunReport:
    """Return the report of a run: counts of each outlet, and which outlet or channel failed and why."""
    failed = [(name, why) for name, state in run.outlets.items() if (why := state.failed())]
    failed += [(d.channel, f"{d.failed} alerts not delivered: {d.error}") for d in deliveries if d.failed]
    failed += [(f"rule {name}", why) for name, why in run.broken_rules]
    loaded = {c.outlet: c for c in outcome.outlets}
    counts = [
        replace(
            loaded[name],
            found=len(state.look.candidates),
            fetched=sum(f.kind == "page" and f.outcome != "failed" for f in state.fetches),
            failures=tuple(sorted(state.failures().items())),
        )
        for name, state in run.outlets.items()
    ]
    return RunReport(tuple(counts), tuple(failed), tuple(deliveries))


def _failures(counts: OutletCounts) -> str:
    return ", ".join(reason if n == 1 else f"{reason} ×{n}" for reason, n in counts.failures)


def artifact_rows(report: RunReport) -> list[dict[str, Any]]:
    """Return one row an outlet for Prefect's table artifact."""
    why = dict(report.failed)
    rows: list[dict[str, Any]] = []
    for counts in report.counts:
        row = {name: getattr(counts, name) for name in COLUMNS}
        rows.append({**row, "failures": _failures(counts), "failed": visible(why.get(counts.outlet, ""))})
    return rows


def terminal_table(report: RunReport) -> Table:
    """Return the table that `muster monitor` prints."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "outlet" else "right")
    table.add_column("failures")
    for counts in report.counts:
        cells = [str(getattr(counts, name)) for name in COLUMNS]
        table.add_row(*cells, visible(_failures(counts)))
    return table
