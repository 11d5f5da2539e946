"""Show a table of results: for the terminal, as CSV, JSON or Parquet. Text from pages stays text in each."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.plain import link, visible


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


# What the three questions show in a terminal; every other format has all columns.
IN_TABLES = (
    "date", "raised_at", "outlet", "rule", "number", "measure", "item", "subject", "where", "claimant", "event",
    "actors", "targets", "status", "as_of", "title", "sentence", "body",
)  # fmt: skip
IDS = ("figure_id", "mention_id", "alert_id")  # for `muster explain`, where there is room for 19 digits
WIDE = 150
WORDY = ("sentence", "body", "text", "detail")
NEVER_WRAPPED = ("date", "raised_at", "number", "low", "high")
# A spreadsheet runs what begins with one of these (OWASP ASVS 5, 1.2.10).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime):
        # The warehouse keeps UTC without a zone; outside it a time without one would be read as local.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_json_value(v) for v in value]
    if isinstance(value, dict):
        return {k: _json_value(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, list):
        value = " ".join(str(v) for v in value)
    if isinstance(value, str):
        value = visible(value)
        return "'" + value if value.startswith(FORMULA) else value
    return _json_value(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    return visible(str(value))


def _column(field: pa.Field) -> dict[str, Any]:
    numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
    words = field.name in WORDY
    return {
        "header": field.name,
        "justify": "right" if numeric else "left",
        "overflow": "fold",
        "no_wrap": field.name in NEVER_WRAPPED,
        "ratio": 1 if words else None,
        "min_width": 30 if words else None,
    }


def _print_table(result: pa.Table, console: Console, only: Sequence[str] | None) -> None:
    """Print columns side by side; with `only`, those, and the address as a link behind the outlet's name."""
    ids = console.width >= WIDE
    names = [n for n in result.column_names if only is None or n in only or (ids and n in IDS)]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(**_column(result.schema.field(name)))
    for row in result.to_pylist():
        address = link(row.get("url") or "") if only else ""
        table.add_row(*(Text(_cell(row[n]), f"link {address}" if n == "outlet" and address else "") for n in names))
    console.print(table)


def print_result(result: pa.Table, how: Format, console: Console, only: Sequence[str] | None = None) -> None:
    """Print a result to standard output; `only` names the columns that a terminal has room for."""
    if how is Format.table:
        _print_table(result, console, only)
    elif how is Format.csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(result.column_names)
        writer.writerows([_csv_cell(v) for v in row.values()] for row in result.to_pylist())
        sys.stdout.write(text.getvalue())
    elif how is Format.json:
        for row in result.to_pylist():
            sys.stdout.write(json.dumps(_json_value(row), ensure_ascii=False) + "\n")
    else:
        pq.write_table(result, sys.stdout.buffer)
    sys.stdout.flush()
