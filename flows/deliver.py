"""Deliver alerts from the outbox: at least once, each channel on its own, none able to hold up another."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from flows.digest import digests, of_days_past
from flows.plain import link, plain
from flows.quiet import QuietHours
from flows.settings import Settings
from warehouse.outbox import Delivery, due_deliveries, record_attempt

ATOM = "atom"  # alerts.atom, rewritten each run
TERMINAL = "terminal"  # only when no address is set
SEND_SECONDS = 15  # the start of the sending process, and one message
MESSAGE_SECONDS = 5  # each message more
MOST_A_RUN = 50  # messages to one channel in one run; the rest go with the next

alert_log = logging.getLogger("muster.alerts")


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """What came of one channel in one run."""

    channel: str
    delivered: int
    failed: int
    error: str | None


def channels(settings: Settings) -> dict[str, str]:
    """Return label → address of every channel; a label tells the service and not the secret."""
    named = {}
    for address in settings.notify_addresses:
        digest = hashlib.blake2b(address.encode(), digest_size=3).hexdigest()
        named[f"{address.split(':', 1)[0].lower()}-{digest}"] = address
    return {ATOM: "", **(named or {TERMINAL: ""})}


def message(delivery: Delivery) -> dict[str, str]:
    """Return what is sent for an alert; its id is stable, so that a reader can tell a repeat."""
    lines = [plain(line) for line in delivery.body.splitlines() if line.strip()]
    lines += [link(delivery.url or ""), f"alert {delivery.alert_id}"]
    return {
        "id": str(delivery.alert_id),
        "title": plain(delivery.title, 200),
        "body": "\n".join(line for line in lines if line),
    }


def _without_secrets(error: str, address: str) -> str:
    """Return an error text that gives away no part of the address: it is stored and shown."""
    for part in sorted(re.split(r"[/:@?&=]+", address.partition("://")[2]), key=len, reverse=True):
        if len(part) > 3:
            error = error.replace(part, "…")
    return plain(error, 200)


def send_apart(address: str, messages: Sequence[dict[str, str]], limit: float) -> dict[str, str | None]:
    """Send in a process that is killed after `limit` seconds; returns id → error, None when delivered."""
    order = json.dumps({"address": address, "messages": messages})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows.send"],
            input=order,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
        output, why = done.stdout, f"sender ended with {done.returncode}"
    except subprocess.TimeoutExpired as error:
        partial = error.stdout or b""
        output = partial.decode() if isinstance(partial, bytes) else partial
        why = f"no answer within {limit:g} s"
    results: dict[str, str | None] = dict.fromkeys((m["id"] for m in messages), why)
    for line in output.splitlines():
        with contextlib.suppress(ValueError):  # a line cut by the kill
            said = json.loads(line)
            results[said["id"]] = said["error"] and _without_secrets(said["error"], address)
    return results


def _send_terminal(messages: Sequence[dict[str, str]]) -> dict[str, str | None]:
    for one in messages:
        alert_log.warning("%s\n  %s", one["title"], one["body"].replace("\n", "\n  "))
    return dict.fromkeys((m["id"] for m in messages), None)


def _send_digests(address: str, waiting: Sequence[Delivery]) -> dict[str, str | None]:
    """Send the alerts in messages of many; returns alert id → error, None when delivered."""
    parts = list(digests(waiting))
    sent = send_apart(address, [message for message, _ in parts], SEND_SECONDS + MESSAGE_SECONDS * len(parts))
    return {str(d.alert_id): sent[message["id"]] for message, alerts in parts for d in alerts}


def _by_channel(
    deliveries: Sequence[Delivery], now: datetime, daily: bool
) -> Iterator[tuple[str, list[Delivery], bool]]:
    """Yield each channel with what goes to it now, and whether as a digest: the feed and the terminal cost nobody."""
    for channel in sorted({d.channel for d in deliveries}):
        waiting = [d for d in deliveries if d.channel == channel]
        digest = daily and channel not in (ATOM, TERMINAL)
        waiting = of_days_past(waiting, now) if digest else waiting[:MOST_A_RUN]
        if waiting:
            yield channel, waiting, digest


def deliver_due(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    write_feed: Callable[[], None],
    now: datetime,
    daily: bool = False,
    quiet: QuietHours | None = None,
) -> list[ChannelReport]:
    """Send what is due on every configured channel and record each attempt; returns one report a channel.

    `write_feed` rewrites alerts.atom, which holds all alerts, so one call delivers everything that waits for it. With
    `daily`, a day's alerts go to the notification addresses in one message, when the day is over. In quiet hours what
    is due to them waits, and no try is counted.
    """
    addresses = channels(settings)
    reports = []
    for channel, waiting, digest in _by_channel(due_deliveries(connection, now), now, daily):
        if quiet is not None and quiet.holds(now) and channel not in (ATOM, TERMINAL):
            continue
        if channel not in addresses:
            continue  # no longer configured: it stays in the outbox, and doctor names it
        messages = [message(d) for d in waiting]
        if channel == ATOM:
            write_feed()
            results: dict[str, str | None] = dict.fromkeys((m["id"] for m in messages), None)
        elif channel == TERMINAL:
            results = _send_terminal(messages)
        elif digest:
            results = _send_digests(addresses[channel], waiting)
        else:
            results = send_apart(addresses[channel], messages, SEND_SECONDS + MESSAGE_SECONDS * len(messages))
        for delivery in waiting:
            error = results[str(delivery.alert_id)]
            record_attempt(connection, delivery.alert_id, channel, error is None, error, now)
        errors = [e for e in results.values() if e]
        reports.append(ChannelReport(channel, len(results) - len(errors), len(errors), errors[0] if errors else None))
    return reports
