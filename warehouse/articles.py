"""Decide what each extraction changes in the ledger, and write articles and their revisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import Extraction
from warehouse.arrow import TIME, WORDS, registered, rows_of, stored, stored_time, table_of
from warehouse.brought_article import Brought, Change
from warehouse.copies import mark_copies
from warehouse.texts import blind, hash_text

DATES = pa.list_(pa.struct({"source": pa.string(), "at": TIME, "precision": pa.string(), "zone_minutes": pa.int32()}))
INCOMING = pa.schema(
    {
        "article_id": pa.int64(), "outlet": pa.string(), "url": pa.string(), "title": pa.string(), "authors": WORDS,
        "language": pa.string(), "published_at": TIME, "published_source": pa.string(),
        "published_day_only": pa.bool_(), "modified_at": TIME, "seen_at": TIME, "revision": pa.int32(),
        "text": pa.string(), "text_hash": pa.int64(), "syndicated_from": pa.int64(), "warc_file": pa.string(),
        "warc_offset": pa.int64(), "extractor_version": pa.string(), "modified_source": pa.string(), "dates": DATES,
        "date_doubt": pa.string(), "agencies": WORDS, "agency": pa.string(),
    }
)  # fmt: skip
SECTIONS = pa.schema(
    {
        "article_id": pa.int64(), "revision": pa.int32(), "start": pa.int32(), "end": pa.int32(), "posted_at": TIME,
        "title": pa.string(), "url": pa.string(),
    }
)  # fmt: skip
KEYS = pa.schema({"article_id": pa.int64(), "seen_at": TIME})


def store_articles(
    connection: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], run_id: int, *, reread: bool
) -> list[Brought]:
    """Write what is new or revised; return it. Each article may be among the extractions once.

    A page whose text did not change only moves the time of the last look. With `reread`, the latest revision is
    written again in place: better extractors read the same page.
    """
    keys = table_of(({"article_id": e.article_id, "seen_at": stored_time(e.seen_at)} for e in extractions), KEYS)
    with registered(connection, incoming=keys):
        known = {row["article_id"]: row for row in rows_of(connection, KNOWN)}
        connection.execute(TOUCH)
    changed = [one for e in extractions if (one := _judge(e, known.get(e.article_id), reread)) is not None]
    brought = mark_copies(connection, changed)
    _write(connection, brought, run_id)
    return brought


def _judge(extraction: Extraction, known: dict[str, Any] | None, reread: bool) -> Brought | None:
    """Return what an extraction changes, None if nothing."""
    text_hash = hash_text(extraction.article.text)
    seen_at = stored_time(extraction.seen_at)
    published_at = stored(extraction.article.published_at)
    change: Change
    if known is None:
        change, revision = "new", 1
    elif reread:
        change, revision = "reread", known["revision"]
    elif known["text_hash"] == text_hash or seen_at < known["revised_at"]:
        return None  # the same text; or an older capture than the one the ledger stands on
    else:
        change, revision = "revised", known["revision"] + 1
    if known is not None and published_at is None:
        published_at = known["published_at"]
    before = ""
    if known is not None and change == "revised" and known["extractor_version"] != extraction.extractor_version:
        before = blind(known["text"])
    return Brought(
        extraction, change, revision, text_hash, published_at, seen_at, None,
        extraction.article.agency or extraction.outlet, blind_before=before,
    )  # fmt: skip


def _write(connection: duckdb.DuckDBPyConnection, brought: Iterable[Brought], run_id: int) -> None:
    rows = [_row(one) for one in brought]
    if not rows:
        return
    with registered(connection, incoming=table_of(rows, INCOMING)):
        connection.execute(MERGE_ARTICLES, {"run_id": run_id})
        connection.execute(MERGE_REVISIONS)
        connection.execute(DROP_SECTIONS)
    with registered(connection, incoming=table_of(_section_rows(brought), SECTIONS)):
        connection.execute("INSERT INTO sections BY NAME FROM incoming")


def _section_rows(brought: Iterable[Brought]) -> list[dict[str, Any]]:
    return [
        {
            **asdict(section),
            "article_id": one.extraction.article_id,
            "revision": one.revision,
            "posted_at": stored_time(section.posted_at),
        }
        for one in brought
        for section in one.extraction.article.sections
    ]


def _row(one: Brought) -> dict[str, Any]:
    extraction, article = one.extraction, one.extraction.article
    return {
        "article_id": extraction.article_id,
        "outlet": extraction.outlet,
        "url": article.url,
        "title": article.title,
        "authors": list(article.authors),
        "language": article.language,
        "published_at": one.published_at,
        "published_source": article.published_source,
        "published_day_only": article.published_day_only,
        "modified_at": stored(article.modified_at),
        "seen_at": one.seen_at,
        "revision": one.revision,
        "text": article.text,
        "text_hash": one.text_hash,
        "syndicated_from": one.syndicated_from,
        "warc_file": extraction.location.warc_file if extraction.location else None,
        "warc_offset": extraction.location.warc_offset if extraction.location else None,
        "extractor_version": extraction.extractor_version,
        "modified_source": article.modified_source,
        "dates": [{**asdict(said), "at": stored_time(said.at)} for said in article.dates],
        "date_doubt": article.date_doubt,
        "agencies": list(article.agencies),
        "agency": article.agency,
    }


KNOWN = """
SELECT a.article_id, a.revision, a.text_hash, a.revised_at, a.published_at, a.text, r.extractor_version
FROM articles a
JOIN (SELECT DISTINCT article_id FROM incoming) i ON a.article_id = i.article_id
LEFT JOIN revisions r ON r.article_id = a.article_id AND r.revision = a.revision
"""
TOUCH = """
UPDATE articles SET last_checked_at = i.seen_at, status = 'live'
FROM incoming i WHERE articles.article_id = i.article_id AND articles.last_checked_at < i.seen_at
"""
MERGE_ARTICLES = """
MERGE INTO articles a USING incoming i ON a.article_id = i.article_id
WHEN MATCHED THEN UPDATE SET
    url = i.url, title = i.title, authors = i.authors, language = i.language, published_at = i.published_at,
    published_source = coalesce(i.published_source, a.published_source),
    published_day_only = i.published_day_only, modified_at = i.modified_at,
    revised_at = CASE WHEN i.revision > a.revision THEN i.seen_at ELSE a.revised_at END,
    last_checked_at = greatest(a.last_checked_at, i.seen_at), revision = i.revision, text = i.text,
    text_hash = i.text_hash, syndicated_from = i.syndicated_from, revised_run = $run_id,
    modified_source = i.modified_source, dates = i.dates, date_doubt = i.date_doubt, agencies = i.agencies,
    agency = i.agency
WHEN NOT MATCHED THEN INSERT
    (article_id, outlet, url, title, authors, language, published_at, published_source, published_day_only,
     modified_at, first_seen_at, revised_at, last_checked_at, revision, text, text_hash, syndicated_from, status,
     revised_run, modified_source, dates, date_doubt, agencies, agency)
    VALUES (i.article_id, i.outlet, i.url, i.title, i.authors, i.language, i.published_at, i.published_source,
            i.published_day_only, i.modified_at, i.seen_at, i.seen_at, i.seen_at, i.revision, i.text, i.text_hash,
            i.syndicated_from, 'live', $run_id, i.modified_source, i.dates, i.date_doubt, i.agencies, i.agency)
"""
MERGE_REVISIONS = """
MERGE INTO revisions r USING incoming i ON r.article_id = i.article_id AND r.revision = i.revision
WHEN MATCHED THEN UPDATE SET
    title = i.title, text = i.text, text_hash = i.text_hash, extractor_version = i.extractor_version
WHEN NOT MATCHED THEN INSERT
    (article_id, revision, seen_at, title, text, text_hash, warc_file, warc_offset, extractor_version)
    VALUES (i.article_id, i.revision, i.seen_at, i.title, i.text, i.text_hash, i.warc_file, i.warc_offset,
            i.extractor_version)
"""
# Those of earlier revisions stay.
DROP_SECTIONS = """
DELETE FROM sections USING incoming i WHERE sections.article_id = i.article_id AND sections.revision = i.revision
"""
