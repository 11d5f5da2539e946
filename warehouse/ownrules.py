"""Rules of the user's own: SQL files in a folder, asked of the published copy through the SQL door.

A rule returns `key, title, body, url`, and may return `outlet`. It sees every public table; `latest_figures`,
`latest_mentions` and `latest_articles` are what the last load brought. The name of the file is the name of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.alerts import ON_REQUEST, RULES, Finding, Raised, unheard, write_alerts
from warehouse.door import QueryRefused, QueryTimeout, query
from warehouse.plain import clean_line, clean_text

REQUIRED = ("key", "title", "body", "url")
MOST_ALERTS = 100  # a load; a rule that returns more asks the whole ledger and not what the load brought
SECONDS = 10.0


class RuleBroken(Exception):
    """A rule of the user's own that cannot be run, and why."""


@dataclass(frozen=True, slots=True)
class OwnAlerts:
    """What the user's own rules raised, and which of them are broken: (file name, why)."""

    alert_ids: tuple[int, ...]
    broken: tuple[tuple[str, str], ...]


def raise_own_alerts(
    connection: duckdb.DuckDBPyConnection, published: Path, folder: Path, channels: Sequence[str], now: datetime
) -> OwnAlerts:
    """Run the rules of a folder and write what they find, in one transaction. The same finding is never raised again.

    To be called after each publishing, and before the next load: what was found and not written is then found again.
    """
    findings: list[Finding] = []
    broken: list[tuple[str, str]] = []
    for file in own_rules(folder):
        try:
            findings += run_own_rule(published, file)
        except RuleBroken as error:
            broken.append((file.name, str(error)))
    connection.execute("BEGIN")
    try:
        raised = [Raised(f, (f,)) for f in {f.key_id: f for f in unheard(connection, findings)}.values()]
        if raised:
            write_alerts(connection, raised, channels, now)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return OwnAlerts(tuple(one.finding.key_id for one in raised), tuple(broken))


def own_rules(folder: Path) -> list[Path]:
    """Return the rule files of a folder by name, none if there is no such folder."""
    return sorted(folder.glob("*.sql")) if folder.is_dir() else []


def run_own_rule(published: Path, file: Path, seconds: float = SECONDS) -> list[Finding]:
    """Return what a rule finds. Raises RuleBroken where it does not run, does not only read, or takes too long."""
    if file.stem in (*RULES, *ON_REQUEST):
        raise RuleBroken(f"'{file.stem}' is one of Muster's own rules: give the file another name")
    try:
        table = query(published, file.read_text("utf-8"), limit=MOST_ALERTS + 1, timeout_seconds=seconds)
    except (QueryRefused, QueryTimeout, duckdb.Error, OSError, UnicodeDecodeError) as error:
        raise RuleBroken(str(error).strip()) from error
    missing = [name for name in REQUIRED if name not in table.column_names]
    if missing:
        raise RuleBroken(f"no column {', '.join(missing)}: a rule returns {', '.join(REQUIRED)}")
    if table.num_rows > MOST_ALERTS:
        raise RuleBroken(
            f"more than {MOST_ALERTS} rows: ask what the load brought, latest_figures or latest_mentions"
        )
    return [_finding(file.stem, row) for row in table.to_pylist() if row["key"] is not None]


def _finding(rule: str, row: dict[str, Any]) -> Finding:
    return Finding(
        rule=rule,
        key=str(row["key"]),
        title=clean_line(_text(row["title"])) or rule,
        body=clean_text(_text(row["body"])),
        url=_text(row["url"]),
        outlet=_text(row.get("outlet")),
        claim_id=None,
        mention_id=None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
