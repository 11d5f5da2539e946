"""`muster doctor`: what is wrong and the mend."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import httpx
from rich.console import Console
from rich.text import Text

from flows.deliver import ATOM, TERMINAL, channels
from flows.outlets import Outlet, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError, Settings
from warehouse.connection import WarehouseDamaged, WarehouseNewer
from warehouse.door import QueryRefused
from warehouse.habits import Habit
from warehouse.health import OutletHealth, outlet_habits, outlet_health, undelivered_by_channel
from warehouse.ownrules import RuleBroken, own_rules, run_own_rule

LEAST_FREE_BYTES = 1_000_000_000
LATE = timedelta(hours=24)  # the slowest an outlet is looked at
WALL_SHARE = 0.2  # of pages that are no articles: a wall, a consent page, a redesign
LATELY_DAYS, MOST_REASONS = 14, 4  # as warehouse/health.py counts; reasons that a line names
MARK = {"good": ("ok", "green"), "note": ("note", "yellow"), "wrong": ("wrong", "red")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    state: Literal["good", "note", "wrong"]
    what: str
    says: str
    mend: str = ""


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


def _outlet(health: OutletHealth, habit: Habit | None, outlet: Outlet, now: datetime) -> Finding:
    said = _history(health, habit)
    if habit and habit.resting_since:
        why = f"rests since {_time(habit.resting_since)}: {habit.failed_looks} looks failed in a row ({habit.reason})"
        return Finding(
            "wrong", outlet.id, f"{why}, next look {_time(habit.next_look_at)}; {said}",
            f"muster outlets check {outlet.id}; set enabled = false to leave it out",
        )  # fmt: skip
    if health.last_success_at is None:
        why = f"never answered: {health.last_reason}" if health.last_reason else "never looked at"
        return Finding("wrong", outlet.id, why, f"muster monitor --outlet {outlet.id}")
    pause = outlet.every or (habit.pause if habit else timedelta(0))
    if now - health.last_success_at > max(LATE, 4 * pause):
        why = f"no answer since {_time(health.last_success_at)}: {health.last_reason or 'not looked at'}; {said}"
        return Finding("wrong", outlet.id, why, "is the schedule running?")
    if health.pages >= 10 and health.not_articles / health.pages > WALL_SHARE:
        share = f"{health.not_articles} of the last {health.pages} pages were no articles ({health.last_refusal})"
        return Finding(
            "wrong", outlet.id, f"{share}; {said}",
            "a wall or a redesign: look at the pages, set `article` or `prune`",
        )  # fmt: skip
    return Finding("good", outlet.id, said)


def _history(health: OutletHealth, habit: Habit | None) -> str:
    """Return in words when an outlet last answered, when it last had news, its habit and what it refused."""
    parts = [f"{health.articles} articles"]
    parts += [f"last answer {_time(health.last_success_at)}"] if health.last_success_at else []
    parts += [f"last new article {_time(health.last_new_at)}"] if health.last_new_at else []
    parts += [f"about {health.lately / LATELY_DAYS:.1f} a day"] if health.lately else []
    parts += [f"looked at every {_short(habit.pause)}"] if habit else []
    parts += [f"{habit.failed_looks} failed looks in a row"] if habit and habit.failed_looks else []
    refusals = ", ".join(f"{reason} ×{times}" for reason, times in health.refusals[:MOST_REASONS])
    return ", ".join(parts) + (f"; refused in {LATELY_DAYS} days: {refusals}" if refusals else "")


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _short(pause: timedelta) -> str:
    minutes = round(pause.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"


def _warehouse(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.published_path.exists():
        yield Finding("wrong", "warehouse", f"nothing at {settings.published_path} yet", "muster monitor")
        return
    try:
        health = outlet_health(settings.published_path)
        habits = outlet_habits(settings.published_path)
        waiting = undelivered_by_channel(settings.published_path)
    except (QueryRefused, WarehouseDamaged, WarehouseNewer, OSError) as error:
        yield Finding("wrong", "warehouse", str(error), "keep the file and ask; the archive holds every page")
        return
    yield Finding(
        "good", "warehouse", f"{settings.published_path}, {settings.published_path.stat().st_size / 1e6:.1f} MB"
    )
    try:
        outlets = [o for o in read_configuration(settings.outlets).outlets if o.enabled]
    except ConfigurationError:
        outlets = []  # said already
    for outlet in outlets:
        yield _outlet(health.get(outlet.id, OutletHealth()), habits.get(outlet.id), outlet, now)
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
    if not settings.rules or not settings.published_path.exists():
        return
    files = own_rules(settings.rules)
    if not files:
        yield Finding("wrong", "rules", f"no SQL file in {settings.rules}", "check MUSTER_RULES")
    for file in files:
        try:
            found = len(run_own_rule(settings.published_path, file))
            yield Finding("good", f"rule {file.name}", f"runs; {found} rows for the last load")
        except RuleBroken as error:
            yield Finding("wrong", f"rule {file.name}", str(error), "mend the SQL")


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _configuration, _storage, lambda s: _warehouse(s, s.clock()), _rules, _schedule, _channels,
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
