"""Which addresses are due to be looked at, and what to send along so that nothing unchanged is sent again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow as pa

from extractors.records import key64
from warehouse.arrow import registered, stored_time, table_of

# DESIGN.md: every run in the first day, every 6 hours to the third, daily to the fourteenth, then no more.
SCHEDULE = (
    (timedelta(days=1), timedelta(0)),
    (timedelta(days=3), timedelta(hours=6)),
    (timedelta(days=14), timedelta(days=1)),
)
WHOLE_WITHIN = timedelta(hours=6)
PAIRS = pa.schema({"place": pa.int32(), "url": pa.string(), "address_id": pa.int64(), "article_id": pa.int64()})
NAMES = pa.schema({"outlet": pa.string()})
URLS = pa.schema({"url": pa.string(), "address_id": pa.int64()})


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last good answer of an address gave to ask with again."""

    etag: str | None
    last_modified: str | None
    body_hash: int | None


def pages_due(connection: duckdb.DuckDBPyConnection, pages: Sequence[tuple[str, int]], now: datetime) -> list[str]:
    """Return which of these addresses, each with its article_id, to fetch now, in the order given.

    One never asked for is due, unless its article is known under another address: that one's times then count. Of
    several that led to one article, such as its AMP page, the first is.
    """
    if not pages:
        return []
    with registered(connection, incoming=pairs_table(pages)):
        known = connection.execute(KNOWN_PAGES).fetchall()
    at = stored_time(now)
    due: dict[object, str] = {}
    for url, first, last, published, article_id in known:
        if _is_due(first, last, published, at):
            due.setdefault(article_id or url, url)
    return list(due.values())


def count_known(connection: duckdb.DuckDBPyConnection, pages: Sequence[tuple[str, int]]) -> int:
    """Return how many of these addresses, each with its article_id, were asked for before."""
    if not pages:
        return 0
    with registered(connection, incoming=pairs_table(pages)):
        return sum(first is not None for _, first, *_ in connection.execute(KNOWN_PAGES).fetchall())


def pairs_table(pages: Sequence[tuple[str, int]]) -> pa.Table:
    """Return addresses, each with its article_id, as a table to join with."""
    rows = (
        {"place": place, "url": url, "address_id": key64("address", url), "article_id": article_id}
        for place, (url, article_id) in enumerate(pages)
    )
    return table_of(rows, PAIRS)


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was asked for before."""

    outlet: str
    url: str
    article_id: int | None  # None: it held no article
    feed_said: datetime | None  # when it was published, as a feed had it


def known_pages_due(connection: duckdb.DuckDBPyConnection, outlets: Sequence[str], now: datetime) -> list[KnownPage]:
    """Return the known pages due now, newest first.

    A page is looked at again although the feed no longer names it, or answered 304: else one that failed were lost.
    """
    with registered(connection, incoming=table_of(({"outlet": o} for o in outlets), NAMES)):
        known = connection.execute(
            KNOWN_ARTICLES, {"kinds": ["page"], "since": stored_time(now) - SCHEDULE[-1][0]}
        ).fetchall()
    at = stored_time(now)
    return [
        KnownPage(outlet, url, article_id, said and said.replace(tzinfo=UTC))
        for outlet, url, article_id, first, last, published, said in known
        if _is_due(first, last, published, at)
    ]


def feed_validators(connection: duckdb.DuckDBPyConnection, urls: Iterable[str]) -> dict[str, Validators]:
    """Return the validators of the last good answer of each address that has given one."""
    rows = ({"url": url, "address_id": key64("address", url)} for url in dict.fromkeys(urls))
    with registered(connection, incoming=table_of(rows, URLS)):
        known = connection.execute(VALIDATORS).fetchall()
    return {url: Validators(etag, last_modified, body_hash) for url, etag, last_modified, body_hash in known}


def feeds_asked_plainly(connection: duckdb.DuckDBPyConnection, urls: Iterable[str], now: datetime) -> set[str]:
    """Return which of these feeds are to be asked without validators.

    Some servers repeat an ETag, or a Last-Modified, on a feed that changed, and answer 304 for ever: a feed that was
    seen to do so in the last month, and to find out, each that gave nothing but 304 for six hours.
    """
    rows = ({"url": url, "address_id": key64("address", url)} for url in dict.fromkeys(urls))
    at = stored_time(now)
    times = {"lately": at - timedelta(days=30), "whole_since": at - WHOLE_WITHIN}
    with registered(connection, incoming=table_of(rows, URLS)):
        return {row[0] for row in connection.execute(ASKED_PLAINLY, times).fetchall()}


def _is_due(first: datetime | None, last: datetime | None, published: datetime | None, at: datetime) -> bool:
    if first is None or last is None:
        return True
    # A date after the first look is no date of publication, and would keep the page due for ever.
    age = at - min(published or first, first)
    pause = next((pause for until, pause in SCHEDULE if age < until), None)
    return pause is not None and at - last >= pause


# A page counts by its address or by its article: one hash join each, so that neither scans the ledger a row a pair.
KNOWN_PAGES = """
WITH seen AS (
    SELECT i.place, a.article_id, a.first_fetched_at, a.last_fetched_at
    FROM incoming i JOIN addresses a ON a.address_id = i.address_id
    UNION ALL
    SELECT i.place, a.article_id, a.first_fetched_at, a.last_fetched_at
    FROM incoming i JOIN addresses a ON a.article_id = i.article_id
), times AS (
    SELECT place, min(first_fetched_at) AS first, max(last_fetched_at) AS last, max(article_id) AS article_id
    FROM seen GROUP BY place
)
SELECT i.url, t.first, t.last, p.published_at, t.article_id
FROM incoming i LEFT JOIN times t ON t.place = i.place
LEFT JOIN articles p ON p.article_id = coalesce(t.article_id, i.article_id)
ORDER BY i.place
"""
# A page that failed or held no article is known by its address alone.
KNOWN_ARTICLES = """
SELECT a.outlet, arg_max(a.url, a.last_fetched_at), any_value(a.article_id), min(a.first_fetched_at),
       max(a.last_fetched_at), any_value(p.published_at),
       any_value(list_filter(p.dates, lambda said: said.source = 'feed')[1]."at")
FROM addresses a LEFT JOIN articles p ON p.article_id = a.article_id
WHERE a.outlet IN (SELECT outlet FROM incoming) AND list_contains($kinds, a.kind)
      AND coalesce(p.published_at, a.first_fetched_at) > $since
GROUP BY a.outlet, coalesce(a.article_id, a.address_id)
ORDER BY min(coalesce(p.published_at, a.first_fetched_at)) DESC, coalesce(a.article_id, a.address_id)
"""
VALIDATORS = """
SELECT i.url, a.etag, a.last_modified, a.body_hash
FROM incoming i JOIN addresses a ON a.address_id = i.address_id
WHERE a.last_good_at IS NOT NULL
"""
ASKED_PLAINLY = """
WITH whole AS (
    SELECT f.url, coalesce(f.etag, f.last_modified) AS version, f.body_hash, f.fetched_at
    FROM fetches f SEMI JOIN incoming i ON f.url = i.url
    WHERE f.kind = 'feed' AND f.status = 200 AND f.body_hash IS NOT NULL AND f.fetched_at > $lately
)
SELECT url FROM whole WHERE version IS NOT NULL GROUP BY url, version HAVING count(DISTINCT body_hash) > 1
UNION
SELECT url FROM whole GROUP BY url HAVING max(fetched_at) <= $whole_since
"""
