"""Decide what each extraction changes in the ledger, and write articles and their revisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import duckdb
import pyarrow as pa

from extractors.records import Extraction, key64
from warehouse.arrow import TIME, WORDS, registered, rows_of, stored, stored_time, table_of

Change = Literal["new", "revised", "reread"]
AHEAD = timedelta(days=1)  # a date further ahead than this is no date
LATE = timedelta(days=3)  # found longer after publication than this, an article is history
SYNDICATED_LEAST = 300  # characters; shorter texts are alike by chance or by being a wall

SPACE_AND_MARKS = re.compile(r"[\W_]+")
# Between two digits a mark is part of the number: "1.5 million" must not hash like "15 million".
IN_NUMBER = re.compile(r"(?<=\d)[\W_]+(?=\d)")
INCOMING = pa.schema(
    {
        "article_id": pa.int64(), "outlet": pa.string(), "url": pa.string(), "title": pa.string(), "authors": WORDS,
        "language": pa.string(), "published_at": TIME, "published_source": pa.string(),
        "published_day_only": pa.bool_(), "modified_at": TIME, "seen_at": TIME, "revision": pa.int32(),
        "text": pa.string(), "text_hash": pa.int64(), "syndicated_from": pa.int64(), "warc_file": pa.string(),
        "warc_offset": pa.int64(), "extractor_version": pa.string(),
    }
)  # fmt: skip
KEYS = pa.schema({"article_id": pa.int64(), "text_hash": pa.int64(), "outlet": pa.string(), "seen_at": TIME})


@dataclass(frozen=True, slots=True)
class Brought:
    """An extraction that changes the ledger. Times are as the warehouse keeps them: UTC, without a zone."""

    extraction: Extraction
    change: Change
    revision: int
    text_hash: int
    published_at: datetime | None  # also where only an earlier revision had a date
    seen_at: datetime
    syndicated_from: int | None
    source_outlet: str

    @property
    def at(self) -> datetime:
        """Return when it was published, or when it was read where no date can be believed."""
        return self.published_at if self.published_at and self.dated else self.seen_at

    @property
    def dated(self) -> bool:
        """Return whether it has a date that can be believed."""
        return self.published_at is not None and self.published_at <= self.seen_at + AHEAD

    @property
    def may_alert(self) -> bool:
        """Return whether what it says can be news: dated, and its own text."""
        return self.dated and self.syndicated_from is None

    @property
    def late(self) -> bool:
        """Return whether it was found so long after its publication that it is history."""
        # A day without a time of day may mean any hour of it.
        allowance = LATE + AHEAD if self.extraction.article.published_day_only else LATE
        return self.change == "new" and self.seen_at - self.at > allowance


def hash_text(text: str) -> int:
    """Return a hash that is blind to white space and punctuation, but not to what stands between two digits."""
    parts: list[str] = []
    last = 0
    for gap in IN_NUMBER.finditer(text):
        parts += [text[last : gap.start()], "".join(gap[0].split()) or " "]
        last = gap.end()
    parts.append(text[last:])
    # Every second part is what stands between digits, and is kept.
    return key64("".join(p if i % 2 else SPACE_AND_MARKS.sub("", p) for i, p in enumerate(parts)))


def store_articles(
    connection: duckdb.DuckDBPyConnection, extractions: Sequence[Extraction], run_id: int, *, reread: bool
) -> list[Brought]:
    """Write what is new or revised; return it. Each article may be among the extractions once.

    A page whose text did not change only moves the time of the last look. With `reread`, the latest revision is
    written again in place: better extractors read the same page.
    """
    hashes = {e.article_id: hash_text(e.article.text) for e in extractions}
    keys = table_of(
        (
            {
                "article_id": e.article_id,
                "text_hash": hashes[e.article_id],
                "outlet": e.outlet,
                "seen_at": stored_time(e.seen_at),
            }
            for e in extractions
        ),
        KEYS,
    )
    with registered(connection, incoming=keys):
        known = {row["article_id"]: row for row in rows_of(connection, KNOWN)}
        copies = {row["article_id"]: row for row in rows_of(connection, COPIES)}
        connection.execute(TOUCH)
    brought = []
    originals: dict[int, Brought] = {}
    for extraction in sorted(extractions, key=_publication):
        one = _judge(extraction, hashes[extraction.article_id], known.get(extraction.article_id), reread)
        if one is None:
            continue
        one = _as_copy(one, copies.get(extraction.article_id), originals.get(one.text_hash))
        originals.setdefault(one.text_hash, one)
        brought.append(one)
    _write(connection, brought, run_id)
    return brought


def _publication(extraction: Extraction) -> tuple[datetime, int]:
    return extraction.article.published_at or extraction.seen_at, extraction.article_id


def _judge(extraction: Extraction, text_hash: int, known: dict[str, Any] | None, reread: bool) -> Brought | None:
    """Return what an extraction changes, None if nothing."""
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
    return Brought(extraction, change, revision, text_hash, published_at, seen_at, None, extraction.outlet)


def _as_copy(one: Brought, stored_copy: dict[str, Any] | None, in_batch: Brought | None) -> Brought:
    """Return it with the article whose text it carries, if another outlet had the text before."""
    if len(one.extraction.article.text) < SYNDICATED_LEAST:
        return one
    original, outlet = None, one.source_outlet
    if stored_copy is not None:
        original, outlet = stored_copy["original"], stored_copy["original_outlet"]
    elif in_batch is not None and in_batch.extraction.outlet != one.extraction.outlet:
        original, outlet = in_batch.extraction.article_id, in_batch.extraction.outlet
    return Brought(
        one.extraction, one.change, one.revision, one.text_hash, one.published_at, one.seen_at, original, outlet
    )


def _write(connection: duckdb.DuckDBPyConnection, brought: Iterable[Brought], run_id: int) -> None:
    rows = [_row(one) for one in brought]
    if not rows:
        return
    with registered(connection, incoming=table_of(rows, INCOMING)):
        connection.execute(MERGE_ARTICLES, {"run_id": run_id})
        connection.execute(MERGE_REVISIONS)


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
    }


KNOWN = """
SELECT a.article_id, a.revision, a.text_hash, a.revised_at, a.published_at
FROM articles a SEMI JOIN incoming i ON a.article_id = i.article_id
"""
COPIES = """
SELECT i.article_id,
       arg_min(a.article_id, (a.first_seen_at, a.article_id)) AS original,
       arg_min(a.outlet, (a.first_seen_at, a.article_id)) AS original_outlet
FROM incoming i JOIN articles a ON a.text_hash = i.text_hash AND a.outlet <> i.outlet
WHERE a.syndicated_from IS NULL
GROUP BY i.article_id
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
    text_hash = i.text_hash, syndicated_from = i.syndicated_from, revised_run = $run_id
WHEN NOT MATCHED THEN INSERT
    (article_id, outlet, url, title, authors, language, published_at, published_source, published_day_only,
     modified_at, first_seen_at, revised_at, last_checked_at, revision, text, text_hash, syndicated_from, status,
     revised_run)
    VALUES (i.article_id, i.outlet, i.url, i.title, i.authors, i.language, i.published_at, i.published_source,
            i.published_day_only, i.modified_at, i.seen_at, i.seen_at, i.seen_at, i.revision, i.text, i.text_hash,
            i.syndicated_from, 'live', $run_id)
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
