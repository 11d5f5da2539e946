"""Which archived pages the ledger stands on: what re-extraction reads again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from extractors.records import PageLocation
from warehouse.arrow import aware, rows_of


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page of an article's latest revision."""

    article_id: int
    outlet: str
    url: str
    seen_at: datetime
    location: PageLocation
    source_date: datetime | None  # publication as the feed or sitemap gave it, where the page itself does not


def archived_pages(
    connection: duckdb.DuckDBPyConnection, first: date | None, last: date | None, outlet: str | None
) -> list[ArchivedPage]:
    """Return the pages of the articles published from `first` to `last`, both included, in the archive's order.

    None leaves a side open, or takes every outlet. An article without a date counts by the day it was first seen.
    """
    rows = rows_of(connection, PAGES, {"first": first, "last": last, "outlet": outlet})
    return [
        ArchivedPage(
            row["article_id"], row["outlet"], row["url"], aware(row["seen_at"]),
            PageLocation(row["warc_file"], row["warc_offset"]),
            aware(row["source_date"]) if row["source_date"] else None,
        )
        for row in rows
    ]  # fmt: skip


PAGES = """
SELECT a.article_id, a.outlet, a.url, r.seen_at, r.warc_file, r.warc_offset,
       if(a.published_source = 'feed', a.published_at, NULL) AS source_date
FROM articles a JOIN revisions r ON r.article_id = a.article_id AND r.revision = a.revision
WHERE r.warc_file IS NOT NULL
  AND ($outlet::VARCHAR IS NULL OR a.outlet = $outlet)
  AND ($first::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at)::DATE >= $first::DATE)
  AND ($last::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at)::DATE <= $last::DATE)
ORDER BY a.outlet, r.warc_file, r.warc_offset
"""
