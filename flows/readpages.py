"""From archived pages to what the loader takes: clean, extract. The same for tonight's run and for old pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from extractors.addresses import article_key
from extractors.article import read_page
from extractors.context import Document
from extractors.reading import EXTRACTOR_VERSION, read_documents
from extractors.records import Article, Extraction
from flows.archive import read_reply
from flows.collect import FetchedPage
from flows.outlets import Outlet
from flows.sources.wayback import original_address
from warehouse.batch import Fetch


def _read_one(home: Path, outlet: Outlet, page: FetchedPage, now: datetime) -> tuple[Fetch, Article | None]:
    assert page.fetch.location is not None  # noqa: S101  # fetch_pages hands on only what it archived
    reply = read_reply(home, page.fetch.location)
    read = read_page(
        reply.body,
        original_address(reply.final_url),
        content_type=reply.header("content-type"),
        prune=outlet.prune,
        feed_published_at=page.wanted.candidate.published_at if page.wanted.candidate else None,
        now=now,
    )
    if isinstance(read, Article):
        key = article_key(outlet.id, read.url, outlet.article)
        return replace(page.fetch, article_id=key), read
    return replace(page.fetch, outcome="not_article", article_id=None, reason=read.reason, detail=read.detail), None


def read_pages(
    home: Path, outlet: Outlet, pages: Sequence[FetchedPage], now: datetime
) -> tuple[list[Fetch], list[Extraction], dict[str, int]]:
    """Return the `fetches` rows, the extractions, and how many articles no extractor could read, by language."""
    fetches: list[Fetch] = []
    articles: list[tuple[Fetch, Article]] = []
    for page in pages:
        fetch, article = _read_one(home, outlet, page, now)
        fetches.append(fetch)
        if article:
            articles.append((fetch, article))
    readings = read_documents(
        [
            Document(
                a.text, a.published_at.date() if a.published_at else None, outlet.language or a.language, a.title
            )
            for _, a in articles
        ]
    )
    unread: dict[str, int] = {}
    extractions = []
    for (fetch, article), reading in zip(articles, readings, strict=True):
        if reading.unread:
            unread[reading.unread] = unread.get(reading.unread, 0) + 1
        extractions.append(
            Extraction(
                outlet=outlet.id,
                article_id=fetch.article_id or 0,
                article=article,
                figures=reading.figures,
                mentions=reading.mentions,
                seen_at=fetch.fetched_at,
                location=fetch.location,
                extractor_version=EXTRACTOR_VERSION,
            )
        )
    return fetches, extractions, unread
