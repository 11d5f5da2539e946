"""Read a page as an article: text, title, authors, language, publication time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from extractors.records import Article, NotArticle


def read_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    prune: Sequence[str] = (),
    feed_published_at: datetime | None = None,
    now: datetime | None = None,
) -> Article | NotArticle:
    """Return the article on a page, or why it holds none; never raises on any bytes.

    `prune` are XPaths of what is no part of the text. `feed_published_at` dates a page that does not date itself.
    `now` only bounds dates: one more than a day ahead of it is no publication time.
    """
    return NotArticle(url, "empty")
