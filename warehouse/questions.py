"""The three questions asked most of the published warehouse: which figures, which talks, which alerts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.arrow import aware
from warehouse.door import ask


@dataclass(frozen=True, slots=True)
class Filter:
    """What to leave out; None leaves nothing out. Codes and names are as in the tables."""

    since: date | None = None  # published (alerts: raised) on this day or later, UTC
    subject: str | None = None
    item: str | None = None
    claimant: str | None = None
    outlet: str | None = None
    limit: int | None = None


def figures(published: Path, wanted: Filter) -> pa.Table:
    """Return figures, newest first, one row a figure."""
    return ask(published, FIGURES, _parameters(wanted))


def talks(published: Path, wanted: Filter, between: tuple[str, str] | None = None) -> pa.Table:
    """Return diplomacy mentions, newest first. `subject` is any party in them; `item` and `claimant` mean nothing."""
    one, other = between or (None, None)
    values = _parameters(wanted)
    return ask(published, TALKS, {k: values[k] for k in TALK_PARAMETERS} | {"one": one, "other": other})


def alerts(published: Path, wanted: Filter, *, undelivered: bool = False) -> pa.Table:
    """Return alerts, newest first, with how many channels have them, how many still wait, and what the last try met.

    `undelivered` leaves only those that some channel has not got, dead letters included.
    """
    return ask(published, ALERTS, {**_parameters(wanted), "undelivered": undelivered})


def newest_alerts(published: Path, most: int) -> list[dict[str, Any]]:
    """Return the newest alerts as rows of alert_id, rule, raised_at (aware), title, body, url."""
    rows = ask(published, NEWEST, {"most": most}).to_pylist()
    return [{**row, "raised_at": aware(row["raised_at"])} for row in rows]


def _parameters(wanted: Filter) -> dict[str, Any]:
    return {
        "since": wanted.since,
        "subject": wanted.subject,
        "item": wanted.item,
        "claimant": wanted.claimant,
        "outlet": wanted.outlet,
        "most": wanted.limit,
    }


TALK_PARAMETERS = ("since", "subject", "outlet", "most")
FIGURES = """
SELECT coalesce(a.published_at, a.first_seen_at)::DATE AS "date", a.outlet,
       number_words(f.low, f.high, f.qualifier) AS number, f.measure, f.item, f.subject,
       array_to_string(f.location, ', ') AS "where", f.claimant, f.claimant_text, f.status, f.sentence, a.url,
       f.figure_id, f.claim_id
FROM figures f JOIN articles a ON a.article_id = f.article_id
WHERE ($since::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at) >= $since::DATE)
  AND ($subject::VARCHAR IS NULL OR f.subject = $subject)
  AND ($item::VARCHAR IS NULL OR f.item = $item)
  AND ($claimant::VARCHAR IS NULL OR f.claimant = $claimant)
  AND ($outlet::VARCHAR IS NULL OR a.outlet = $outlet)
ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, f.article_id, f.start
LIMIT coalesce($most::BIGINT, 9223372036854775807)
"""
TALKS = """
SELECT coalesce(a.published_at, a.first_seen_at)::DATE AS "date", a.outlet, d.event,
       array_to_string(d.actors, ', ') AS actors, array_to_string(d.targets, ', ') AS targets, d.status, d.as_of,
       d.sentence, a.url, d.mention_id
FROM diplomacy d JOIN articles a ON a.article_id = d.article_id
WHERE ($since::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at) >= $since::DATE)
  AND ($subject::VARCHAR IS NULL OR list_contains(d.actors, $subject) OR list_contains(d.targets, $subject))
  AND ($one::VARCHAR IS NULL OR list_contains(d.actors || d.targets, $one))
  AND ($other::VARCHAR IS NULL OR list_contains(d.actors || d.targets, $other))
  AND ($outlet::VARCHAR IS NULL OR a.outlet = $outlet)
ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, d.article_id, d.start
LIMIT coalesce($most::BIGINT, 9223372036854775807)
"""
ALERTS = """
SELECT a.raised_at, a.rule, a.title, a.body, a.url, a.outlet, a.alert_id, coalesce(d.delivered, 0) AS delivered,
       coalesce(d.waiting, 0) AS waiting, d.trouble
FROM alerts a
LEFT JOIN (SELECT alert_id, count(*) FILTER (state = 'delivered') AS delivered,
                  count(*) FILTER (state <> 'delivered') AS waiting,
                  string_agg(channel || if(state = 'dead', ' (given up)', '') || ': ' || error, '; ' ORDER BY channel)
                      FILTER (state <> 'delivered' AND error IS NOT NULL) AS trouble
           FROM deliveries GROUP BY alert_id) d ON d.alert_id = a.alert_id
LEFT JOIN claims c ON c.claim_id = a.claim_id
WHERE ($since::DATE IS NULL OR a.raised_at >= $since::DATE)
  AND ($subject::VARCHAR IS NULL OR c.subject = $subject)
  AND ($item::VARCHAR IS NULL OR c.item = $item)
  AND ($claimant::VARCHAR IS NULL OR list_contains(c.claimants, $claimant))
  AND ($outlet::VARCHAR IS NULL OR a.outlet = $outlet)
  AND (NOT $undelivered OR coalesce(d.waiting, 0) > 0)
ORDER BY a.raised_at DESC, a.alert_id
LIMIT coalesce($most::BIGINT, 9223372036854775807)
"""
NEWEST = """
SELECT alert_id, rule, raised_at, title, body, coalesce(url, '') AS url
FROM alerts ORDER BY raised_at DESC, alert_id LIMIT $most
"""
