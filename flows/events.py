"""Tell Prefect of each alert, so that its automations can act on it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect.events import emit_event

from flows.plain import link, plain
from warehouse.raised import raised_alerts

PREFIX = "muster.alert."
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "alert.muster")  # of our own, for ids of events
MOST_TITLE = 300


def emit_alerts(published: Path, alert_ids: Sequence[int]) -> int:
    """Emit an event `muster.alert.<rule>` for each of these alerts; return how many were handed to Prefect.

    An event is in a queue when this returns, and Prefect sends it from a thread of its own: what its server does, or
    that none is there for longer than the run, costs neither the run nor the delivery of the alert. It gets there
    once or not at all; what must not be lost goes over the channels.
    """
    return sum(emit_event(**alert_event(row)) is not None for row in raised_alerts(published, alert_ids))


def alert_event(row: dict[str, Any]) -> dict[str, Any]:
    """Return an alert, as warehouse.raised gives it, in the words of emit_event. Text from pages is made plain.

    The id comes from the alert's, so that a server that hears of it twice keeps it once. The event's own time is that
    of sending, as Prefect sets it; when the alert was raised, which may be long ago in a replay, is in the payload.
    """
    title = plain(row["title"], MOST_TITLE)
    return {
        "event": f"{PREFIX}{row['rule']}",
        "resource": {"prefect.resource.id": f"{PREFIX}{row['alert_id']}", "prefect.resource.name": title},
        "id": uuid.uuid5(NAMESPACE, str(row["alert_id"])),
        "payload": {
            "alert_id": str(row["alert_id"]),  # JSON readers round numbers above 2**53
            "rule": row["rule"],
            "raised_at": row["raised_at"].isoformat(),
            "outlet": row["outlet"],
            "title": title,
            "url": link(row["url"] or ""),
            "claim": {**row["claim"], "claim_id": str(row["claim"]["claim_id"])} if row["claim"] else None,
        },
    }
