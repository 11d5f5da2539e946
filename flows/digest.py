"""One message a day in place of one an alert: `[alerts] digest = "daily"`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from extractors.records import key64
from flows.plain import link, plain
from warehouse.outbox import Delivery

DAILY = "daily"
MOST_ALERTS = 10  # in one message: about 3,000 characters, and chat services cut at 4,000


def of_days_past(waiting: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """Return the alerts of the days before today, UTC: today's wait until the day is over."""
    return [d for d in waiting if d.raised_at.date() < now.date()]


def digests(waiting: Sequence[Delivery]) -> Iterator[tuple[dict[str, str], list[Delivery]]]:
    """Yield each message with the alerts in it, by day and oldest first.

    A message's id is that of its alerts: the same alerts tried again are the same message.
    """
    for day in sorted({d.raised_at.date() for d in waiting}):
        alerts = [d for d in waiting if d.raised_at.date() == day]
        parts = [alerts[first : first + MOST_ALERTS] for first in range(0, len(alerts), MOST_ALERTS)]
        for number, part in enumerate(parts, 1):
            which = f", part {number} of {len(parts)}" if len(parts) > 1 else ""
            count = "1 alert" if len(alerts) == 1 else f"{len(alerts)} alerts"
            message = {
                "id": str(key64("digest", *sorted(d.alert_id for d in part))),
                "title": f"Muster, {day.isoformat()}: {count}{which}",
                "body": "\n".join(line for d in part for line in _lines(d)),
            }
            yield message, part


def _lines(delivery: Delivery) -> Iterator[str]:
    yield f"• {plain(delivery.title, 200)}"
    if address := link(delivery.url or ""):
        yield address
    yield f"alert {delivery.alert_id}"
