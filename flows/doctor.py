"""`muster doctor`: what is wrong and the mend."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

import httpx
from rich.console import Console
from rich.text import Text

from flows.deliver import ATOM, TERMINAL, channels
from flows.expectations import Finding, outlet_findings
from flows.outlets import read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, Settings
from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer, open_warehouse, try_reading
from warehouse.door import QueryRefused
from warehouse.health import OutletHealth, outlet_habits, outlet_health, undelivered_by_channel
from warehouse.ownrules import RuleBroken, own_rules, run_own_rule
from warehouse.publish import publish

LEAST_FREE_BYTES = 1_000_000_000
MARK = {"good": ("ok", "green"), "note": ("note", "yellow"), "wrong": ("wrong", "red")}


def _configuration(settings: Settings) -> Iterator[Finding]:
    try:
        configuration = read_configuration(settings.outlets)
    except ConfigurationError as error:
        yield Finding("wrong", "configuration", str(error), "mend that line")
        return
    enabled = sum(o.enabled for o in configuration.outlets)
    yield Finding(
        "good", "configuration", f"{configuration.path}: {enabled} outlets enabled of {len(configuration.outlets)}"
    )
    if not settings.contact:
        yield Finding(
            "note", "contact", "the User-Agent names nobody", "set MUSTER_CONTACT to a page or an address of yours"
        )


def _storage(settings: Settings) -> Iterator[Finding]:
    home = settings.home
    folder = home if home.exists() else home.absolute().parent
    if not os.access(folder, os.W_OK):
        yield Finding("wrong", "home", f"{home} cannot be written to", "mend its rights, or set MUSTER_HOME")
        return
    free = shutil.disk_usage(folder).free
    state: Literal["good", "wrong"] = "good" if free >= LEAST_FREE_BYTES else "wrong"
    yield Finding(state, "disk", f"{free / 1e9:.1f} GB free under {home}", "" if state == "good" else "make room")
    archive = home / "pages"
    files = sum(1 for _ in archive.rglob("*.warc.gz")) if archive.exists() else 0
    yield Finding("good", "archive", f"{files} WARC files under {archive}")


def _ledger(settings: Settings) -> Iterator[Finding]:
    """Look at the writer's own file: queries go to the copy, and would not tell that it is damaged."""
    if not settings.warehouse_path.exists():
        return
    try:
        try_reading(settings.warehouse_path)
    except WarehouseBusy:
        return  # a run is at work on it
    except WarehouseDamaged as error:
        yield Finding("wrong", "ledger", error.what, "muster rebuild")
    except WarehouseNewer as error:
        yield Finding("wrong", "ledger", str(error), "take the newer program")


def _warehouse(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.published_path.exists():
        yield Finding("wrong", "warehouse", f"nothing at {settings.published_path} yet", "muster monitor")
        return
    try:
        health = outlet_health(settings.published_path)
        habits = outlet_habits(settings.published_path)
        waiting = undelivered_by_channel(settings.published_path)
    except (QueryRefused, WarehouseDamaged, WarehouseNewer, OSError) as error:
        yield Finding("wrong", "warehouse", str(error), "follow that; the archive holds every page")
        return
    yield Finding(
        "good", "warehouse", f"{settings.published_path}, {settings.published_path.stat().st_size / 1e6:.1f} MB"
    )
    try:
        outlets = [o for o in read_configuration(settings.outlets).outlets if o.enabled]
    except ConfigurationError:
        outlets = []  # said already
    for outlet in outlets:
        yield from outlet_findings(health.get(outlet.id, OutletHealth()), habits.get(outlet.id), outlet, now)
    for channel, (count, error_text) in waiting.items():
        gone = "" if channel in channels(settings) else " (no longer configured)"
        yield Finding(
            "wrong", f"channel {channel}", f"{count} alerts not delivered{gone}: {error_text}", "check MUSTER_NOTIFY"
        )


def _channels(settings: Settings) -> Iterator[Finding]:
    named = channels(settings)
    if TERMINAL in named:
        yield Finding("good", "channels", f"alerts go to {settings.home / 'alerts.atom'} and the terminal")
        return
    import apprise

    for label, address in named.items():
        known = label == ATOM or apprise.Apprise.instantiate(address) is not None
        if known:
            yield Finding("good", f"channel {label}", "address understood")
        else:
            yield Finding("wrong", f"channel {label}", "not an address that Apprise knows", "check MUSTER_NOTIFY")


def _schedule(_settings: Settings) -> Iterator[Finding]:
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        yield Finding(
            "note", "schedule", "PREFECT_API_URL is not set: nothing known of a schedule",
            "to schedule runs, follow `Schedule it` in the README",
        )  # fmt: skip
        return
    try:
        reply = httpx.get(f"{address}/deployments/name/monitor/monitor", timeout=5, trust_env=False)
    except httpx.HTTPError as error:
        yield Finding("wrong", "schedule", f"the Prefect server does not answer: {error}", "prefect server start")
        return
    if reply.status_code == 404:
        yield Finding("wrong", "schedule", "the server knows no deployment monitor/monitor", "prefect deploy --all")
    elif reply.is_success and reply.json().get("status") == "NOT_READY":
        yield Finding("wrong", "schedule", "no worker polls the work pool", "prefect worker start --pool muster")
    else:
        yield Finding("good", "schedule", "monitor/monitor is deployed and a worker polls")


def _rules(settings: Settings) -> Iterator[Finding]:
    if not settings.rules:
        return
    files = own_rules(settings.rules)
    if not files:
        yield Finding("wrong", "rules", f"no SQL file in {settings.rules}", "check MUSTER_RULES")
        return
    with _published(settings) as published:
        for file in files:
            try:
                found = len(run_own_rule(published, file))
                yield Finding("good", f"rule {file.name}", f"runs; {found} rows for the last load")
            except RuleBroken as error:
                yield Finding("wrong", f"rule {file.name}", str(error), "mend the SQL")


@contextmanager
def _published(settings: Settings) -> Iterator[Path]:
    """Yield the published copy; before the first run one that holds nothing, so that rules can be tried already."""
    if settings.published_path.exists():
        yield settings.published_path
        return
    with tempfile.TemporaryDirectory() as folder:
        empty, published = Path(folder) / "warehouse.duckdb", Path(folder) / "published.duckdb"
        connection = open_warehouse(empty)
        publish(connection, empty, published)
        connection.close()
        yield published


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _configuration, _storage, _ledger, lambda s: _warehouse(s, s.clock()), _rules, _schedule, _channels,
)  # fmt: skip


def examine(settings: Settings) -> list[Finding]:
    """Return what every check found, in order."""
    return [finding for check in CHECKS for finding in check(settings)]


def print_findings(findings: list[Finding], console: Console) -> int:
    """Print the findings; returns 1 if anything is wrong, else 0."""
    for finding in findings:
        mark, colour = MARK[finding.state]
        line = Text.assemble((f"{mark:<6}", colour), f"{finding.what}: {visible(finding.says)}")
        if finding.mend:
            line.append(f"\n      → {finding.mend}")
        console.print(line, soft_wrap=True)
    return int(any(f.state == "wrong" for f in findings))
