"""Show a table of results: for the terminal, as CSV, JSON or Parquet. Text from pages stays text in each."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.plain import visible


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


# A spreadsheet runs what begins with one of these (OWASP ASVS 5, 1.2.10).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
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


def _print_table(result: pa.Table, console: Console) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for field in result.schema:
        numeric = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        identity = field.name.endswith("_id") or field.name == "url"
        table.add_column(
            field.name, justify="right" if numeric else "left", overflow="fold", no_wrap=numeric and identity
        )
    for row in result.to_pylist():
        table.add_row(*(Text(_cell(value)) for value in row.values()))
    console.print(table)
    if not sys.stdout.isatty():
        return
    console.print(f"[dim]{result.num_rows} rows[/dim]")


def print_result(result: pa.Table, how: Format, console: Console) -> None:
    """Print a result to standard output."""
    if how is Format.table:
        _print_table(result, console)
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
