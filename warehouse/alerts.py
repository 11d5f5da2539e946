"""Run the alert rules over what a load brought, and raise each piece of news once.

A rule is a SQL file that returns `key, title, body, url, outlet, claim_id, mention_id`. It sees the tables of the
warehouse and what this load brought: `brought_articles`, `brought_figures`, `brought_meetings`, `replaced_figures`,
and `this_load`, the outlets that were looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import key64
from warehouse.arrow import TIME, WORDS, registered, rows_of, stored_time, table_of
from warehouse.plain import clean_line, clean_text

# The first that fits a claim is raised and names the others (DESIGN.md); the rest are about no claim.
CLAIM_RULES = ("revised_article", "changed_figure", "contradiction", "new_figure")
RULES = (*CLAIM_RULES, "new_contact", "summary")
ON_REQUEST = ("volume",)  # about the outlets and not the news: run only where the policy names them
ALERTS = pa.schema(
    {
        "alert_id": pa.int64(), "rule": pa.string(), "raised_at": TIME, "claim_id": pa.int64(),
        "mention_id": pa.int64(), "outlet": pa.string(), "title": pa.string(), "body": pa.string(),
        "url": pa.string(), "also": WORDS,
    }
)  # fmt: skip
KEYS = pa.schema({"key_id": pa.int64(), "alert_id": pa.int64(), "rule": pa.string(), "key": pa.string()})
DELIVERIES = pa.schema({"alert_id": pa.int64(), "channel": pa.string()})


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """What the user wants to be told: outlets.toml's [alerts]. An empty set leaves nothing out."""

    off: frozenset[str] = frozenset()  # names of rules
    on: frozenset[str] = frozenset()  # names of rules that are off unless asked for
    least_number: int | None = None  # a figure below it raises nothing; an order word counts by its lower end
    subjects: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # any of a figure's places
    claimants: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    outlet_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def wants_figure(self, row: Mapping[str, Any]) -> bool:
        """Return whether a figure (its columns) may raise an alert."""
        number = row["number"] if row["number"] is not None else row["low"] or 0
        return (
            (self.least_number is None or number >= self.least_number)
            and _among(row["subject"], self.subjects)
            and _among(row["item"], self.items)
            and _among(row["measure"], self.measures)
            and _among(row["claimant"], self.claimants)
            and self.wants_outlet(row["outlet"])
            and (not self.places or not self.places.isdisjoint(row["location"]))
        )

    def wants_outlet(self, outlet: str) -> bool:
        """Return whether anything of this outlet may raise an alert."""
        return _among(outlet, self.outlets)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of one rule."""

    rule: str
    key: str
    title: str
    body: str
    url: str | None
    outlet: str | None
    claim_id: int | None
    mention_id: int | None

    @property
    def key_id(self) -> int:
        """Return the identity of the alert it would be: the same finding is never raised again."""
        return key64(self.rule, self.key)


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert to be written: the finding that tells it, and all findings that it stands for."""

    finding: Finding
    stands_for: tuple[Finding, ...]

    @property
    def also(self) -> list[str]:
        """Return the names of the other rules that fitted."""
        return sorted({f.rule for f in self.stands_for} - {self.finding.rule}, key=_rank)


def raise_alerts(
    connection: duckdb.DuckDBPyConnection, policy: AlertPolicy, channels: Sequence[str], now: datetime
) -> list[Raised]:
    """Run the rules over what was brought; write the alerts, and one delivery each a channel."""
    wanted = [rule for rule in RULES if rule not in policy.off] + [rule for rule in ON_REQUEST if rule in policy.on]
    findings = [f for rule in wanted for f in run_rule(connection, rule)]
    raised = choose(unheard(connection, findings))
    if raised:
        write_alerts(connection, raised, channels, now)
    return raised


def run_rule(connection: duckdb.DuckDBPyConnection, rule: str) -> list[Finding]:
    """Return what a rule of warehouse/rules finds in what this load brought, in the rule's order."""
    sql = (resources.files("warehouse") / "rules" / f"{rule}.sql").read_text("utf-8")
    return [
        Finding(
            rule,
            str(row["key"]),
            clean_line(row["title"]),
            clean_text(row["body"]),
            row["url"],
            row["outlet"],
            row["claim_id"],
            row["mention_id"],
        )
        for row in rows_of(connection, sql)
    ]


def choose(findings: Iterable[Finding]) -> list[Raised]:
    """Return one alert for each piece of news: of the findings on one claim the first rule in order tells it."""
    news: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        on_claim = finding.rule in CLAIM_RULES and finding.claim_id is not None
        name = ("claim", finding.claim_id or 0) if on_claim else (finding.rule, finding.key_id)
        news.setdefault(name, []).append(finding)
    return [Raised(min(same, key=lambda f: _rank(f.rule)), tuple(same)) for same in news.values()]


def unheard(connection: duckdb.DuckDBPyConnection, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that no alert stands for yet."""
    if not findings:
        return []
    rows = ({"key_id": f.key_id, "alert_id": 0, "rule": f.rule, "key": f.key} for f in findings)
    with registered(connection, incoming=table_of(rows, KEYS)):
        heard = {row[0] for row in connection.execute(HEARD).fetchall()}
    return [f for f in findings if f.key_id not in heard]


def write_alerts(
    connection: duckdb.DuckDBPyConnection, raised: Sequence[Raised], channels: Sequence[str], now: datetime
) -> None:
    """Write alerts that were not raised before, everything they stand for, and one delivery each a channel."""
    at = stored_time(now)
    alerts = [_alert_row(one, at) for one in raised]
    keys = {
        f.key_id: {"key_id": f.key_id, "alert_id": one.finding.key_id, "rule": f.rule, "key": f.key}
        for one in raised
        for f in one.stands_for
    }
    deliveries = [{"alert_id": a["alert_id"], "channel": c} for a in alerts for c in dict.fromkeys(channels)]
    with registered(connection, incoming=table_of(alerts, ALERTS)):
        connection.execute("INSERT INTO alerts BY NAME SELECT * FROM incoming")
    with registered(connection, incoming=table_of(keys.values(), KEYS)):
        connection.execute("INSERT INTO alert_keys BY NAME SELECT * FROM incoming")
    with registered(connection, incoming=table_of(deliveries, DELIVERIES)):
        connection.execute(INSERT_DELIVERIES, {"now": at})


def _alert_row(one: Raised, at: datetime) -> dict[str, Any]:
    finding = one.finding
    body = finding.body + (f"\nAlso fits: {', '.join(one.also).replace('_', ' ')}." if one.also else "")
    return {
        "alert_id": finding.key_id,
        "rule": finding.rule,
        "raised_at": at,
        "claim_id": finding.claim_id,
        "mention_id": finding.mention_id,
        "outlet": finding.outlet,
        "title": finding.title,
        "body": body,
        "url": finding.url,
        "also": one.also,
    }


def _rank(rule: str) -> int:
    return RULES.index(rule) if rule in RULES else len(RULES)


def _among(value: str | None, wanted: frozenset[str]) -> bool:
    return not wanted or value in wanted


HEARD = "SELECT k.key_id FROM alert_keys k SEMI JOIN incoming i ON k.key_id = i.key_id"
INSERT_DELIVERIES = """
INSERT INTO deliveries BY NAME
SELECT alert_id, channel, 'due' AS state, $now AS raised_at, 0 AS attempts, $now AS next_attempt_at FROM incoming
"""
