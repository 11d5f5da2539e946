"""The alerts that one load raised, with the claims they are about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warehouse.arrow import aware
from warehouse.door import ask


def raised_alerts(published: Path, alert_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return these alerts, oldest first: alert_id, rule, raised_at (aware), outlet, title, url, and `claim`.

    `claim` holds the columns that name a claim, and is None where the alert is about none.
    """
    if not alert_ids:
        return []
    rows = ask(published, RAISED, {"ids": list(alert_ids)}).to_pylist()
    return [{**row, "raised_at": aware(row["raised_at"])} for row in rows]


RAISED = """
SELECT a.alert_id, a.rule, a.raised_at, a.outlet, a.title, a.url,
       CASE WHEN c.claim_id IS NOT NULL THEN
           {'claim_id': c.claim_id, 'measure': c.measure, 'item': c.item, 'subject': c.subject,
            'location': c.location, 'status': c.status, 'number': c.number, 'low': c.low, 'high': c.high,
            'qualifier': c.qualifier, 'claimants': c.claimants} END AS claim
FROM alerts a LEFT JOIN claims c ON c.claim_id = a.claim_id
WHERE list_contains($ids, a.alert_id)
ORDER BY a.raised_at, a.alert_id
"""
