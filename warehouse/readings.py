"""Pages read again, kept beside what is in force: written while nothing changes for readers and alerts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
from pydantic import TypeAdapter

from extractors.records import Extraction
from warehouse.archived import ArchivedPage
from warehouse.arrow import TIME, registered, stored_time, table_of
from warehouse.rows import is_storable

EXTRACTION = TypeAdapter(Extraction)
READINGS = pa.schema(
    {
        "article_id": pa.int64(), "revision": pa.int32(), "outlet": pa.string(), "url": pa.string(),
        "recipe": pa.int64(), "read_at": TIME, "reason": pa.string(), "detail": pa.string(), "failed": pa.bool_(),
        "content": pa.string(),
    }
)  # fmt: skip
RECIPES = pa.schema({"outlet": pa.string(), "recipe": pa.int64()})


@dataclass(frozen=True, slots=True)
class PageReading:
    """An archived page as today's extractors read it, or why its article stays as it is."""

    page: ArchivedPage
    recipe: int  # hash of the extractors and of the outlet's rules
    read_at: datetime
    extraction: Extraction | None
    reason: str | None = None
    detail: str | None = None
    failed: bool = False  # False with a reason: it was read, and holds no article for today's extractors


def store_readings(connection: duckdb.DuckDBPyConnection, readings: Sequence[PageReading]) -> None:
    """Write readings beside what is in force, each in place of an earlier one of the same page. One transaction."""
    with registered(connection, incoming=table_of(map(_row, readings), READINGS)):
        connection.execute(MERGE)


def drop_stale(connection: duckdb.DuckDBPyConnection, recipes: Mapping[str, int]) -> None:
    """Drop what an earlier call left and is not to be used.

    That is what failed, what is of a revision no longer in force, and what was read by another recipe than its outlet
    has in `recipes`.
    """
    rows = ({"outlet": outlet, "recipe": recipe} for outlet, recipe in recipes.items())
    with registered(connection, incoming=table_of(rows, RECIPES)):
        connection.execute(DROP_STALE)


def outlets_kept(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return every outlet that the ledger has articles of."""
    return [row[0] for row in connection.execute("SELECT DISTINCT outlet FROM articles ORDER BY 1").fetchall()]


def read_content(content: str) -> Extraction:
    """Return what a row of `readings` holds."""
    return EXTRACTION.validate_python(json.loads(content))


def _row(reading: PageReading) -> dict[str, Any]:
    return {
        "article_id": reading.page.article_id,
        "revision": reading.page.revision,
        "outlet": reading.page.outlet,
        "url": reading.page.url,
        "recipe": reading.recipe,
        "read_at": stored_time(reading.read_at),
        "reason": reading.reason,
        "detail": reading.detail,
        "failed": reading.failed,
        "content": _content(reading.extraction) if reading.extraction else None,
    }


def _content(extraction: Extraction) -> str:
    """Return an extraction as JSON. Half a surrogate pair is no JSON for DuckDB: it becomes a question mark."""
    kept = replace(extraction, figures=tuple(f for f in extraction.figures if is_storable(f)))
    text = json.dumps(EXTRACTION.dump_python(kept, mode="json"), ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")


MERGE = """
MERGE INTO readings r USING incoming i ON r.article_id = i.article_id
WHEN MATCHED THEN UPDATE SET
    revision = i.revision, outlet = i.outlet, url = i.url, recipe = i.recipe, read_at = i.read_at,
    reason = i.reason, detail = i.detail, failed = i.failed, content = i.content
WHEN NOT MATCHED THEN INSERT BY NAME
"""
DROP_STALE = """
DELETE FROM readings r
WHERE r.failed
   OR NOT EXISTS (FROM incoming i WHERE i.outlet = r.outlet AND i.recipe = r.recipe)
   OR NOT EXISTS (FROM articles a WHERE a.article_id = r.article_id AND a.revision = r.revision)
"""
