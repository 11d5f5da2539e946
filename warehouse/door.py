"""The SQL door: one question to the published copy, read-only, that reaches no file, no network, and no long life."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.doorkeeper import REFUSALS, REFUSED, QueryRefused, open_published

__all__ = ["NothingPublished", "QueryRefused", "QueryTimeout", "ask", "query"]

PASSED_ON = ("PATH", "PYTHONPATH", "LANG")  # of the environment, which holds secrets
THREADS = 2  # as the doorkeeper allows: processor time may run twice as fast as the clock


class QueryTimeout(Exception):
    """The question took longer than it may."""


class NothingPublished(Exception):
    """There is no published warehouse yet."""


def query(published: Path, sql: str, *, limit: int | None = None, timeout_seconds: float = 30) -> pa.Table:
    """Return the answer to one reading statement of anyone's, at most `limit` rows of it.

    DESCRIBE of a table shows the comment on each column. Raises QueryRefused, QueryTimeout, NothingPublished, or
    DuckDB's own error for what it cannot understand.
    """
    _require(published)
    order = {
        "published": str(published.resolve()),
        "sql": sql,
        "limit": limit,
        "cpu_seconds": math.ceil(timeout_seconds * THREADS) + 5,
    }
    command = [sys.executable, "-P", "-m", "warehouse.doorkeeper"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the question goes in as data
            command,
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=timeout_seconds,
            check=False,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired as error:
        raise QueryTimeout(f"the question took longer than {timeout_seconds:g} seconds") from error
    if done.returncode != 0:
        raise _refusal(done.returncode, done.stderr)
    return pa.ipc.open_stream(done.stdout).read_all()


def ask(published: Path, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """Return the answer to one of Muster's own questions, in this process, with values given apart from the SQL."""
    _require(published)
    with open_published(published) as connection:
        cursor = connection.execute(sql, dict(parameters)) if parameters else connection.execute(sql)
        return cursor.to_arrow_table()


def _require(published: Path) -> None:
    if not published.exists():
        raise NothingPublished(f"{published} is not there yet: run `muster monitor` first")


def _refusal(code: int, told: bytes) -> Exception:
    """Return the error that a doorkeeper's end stands for."""
    if code != REFUSED:
        return QueryRefused("the question needs more memory or time than it may have")
    refusal = json.loads(told)
    kind = REFUSALS.get(refusal["kind"], getattr(duckdb, refusal["kind"], QueryRefused))
    error: Exception = kind(refusal["message"])
    return error
