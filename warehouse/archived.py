"""Which archived pages the ledger stands on: what re-extraction reads again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import duckdb

from extractors.records import PageLocation
from warehouse.arrow import aware, rows_of


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles are meant: published from `first` to `last`, both included, of one outlet. None leaves it open.

    An article without a date counts by the day it was first seen.
    """

    first: date | None = None
    last: date | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """The page of an article's latest revision."""

    article_id: int
    revision: int
    outlet: str
    url: str
    seen_at: datetime
    location: PageLocation
    source_date: datetime | None  # publication as the feed or sitemap gave it, where the page itself does not


def unread_pages(connection: duckdb.DuckDBPyConnection, scope: Scope, most: int) -> list[ArchivedPage]:
    """Return the first pages of these articles that have no reading beside them yet, in the archive's order."""
    rows = rows_of(connection, UNREAD, {**asdict(scope), "most": most})
    return [
        ArchivedPage(
            row["article_id"], row["revision"], row["outlet"], row["url"], aware(row["seen_at"]),
            PageLocation(row["warc_file"], row["warc_offset"]),
            aware(row["source_date"]) if row["source_date"] else None,
        )
        for row in rows
    ]  # fmt: skip


def count_unread(connection: duckdb.DuckDBPyConnection, scope: Scope) -> int:
    """Return how many pages `unread_pages` has still to give."""
    return int(connection.execute(f"SELECT count(*) FROM ({PAGES})", asdict(scope)).fetchall()[0][0])  # noqa: S608


# The articles of a scope, `a`; the conditions that every question about one shares.
IN_SCOPE = """
    ($outlet::VARCHAR IS NULL OR a.outlet = $outlet)
AND ($first::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at)::DATE >= $first::DATE)
AND ($last::DATE IS NULL OR coalesce(a.published_at, a.first_seen_at)::DATE <= $last::DATE)
"""
PAGES = f"""
SELECT a.article_id, a.revision, a.outlet, a.url, r.seen_at, r.warc_file, r.warc_offset,
       if(a.published_source = 'feed', a.published_at, NULL) AS source_date
FROM articles a JOIN revisions r ON r.article_id = a.article_id AND r.revision = a.revision
ANTI JOIN readings n ON n.article_id = a.article_id AND n.revision = a.revision
WHERE r.warc_file IS NOT NULL AND {IN_SCOPE}
"""  # noqa: S608  # only our own text goes in
UNREAD = f"{PAGES} ORDER BY a.outlet, r.warc_file, r.warc_offset LIMIT $most"
