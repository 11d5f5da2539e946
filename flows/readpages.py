"""From archived pages to what the loader takes: clean, extract. The same for tonight's run and for old pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors.addresses import article_key
from extractors.records import Article, Extraction
from flows.archivereader import read_reply
from flows.collect import FetchedPage
from flows.outlets import Outlet
from flows.sources.wayback import original_address
from flows.workbench import DocumentParts, ReadingParts
from flows.workers import BrokenJob, Workers
from warehouse.batch import Fetch

# Documents are read together, since the parser is then faster: so many, and so much text, that a batch of usual ones
# takes a second or two, and one of nothing but diplomacy less than half of what a job may.
MOST_DOCUMENTS, MOST_CHARACTERS = 16, 40_000
# An outlet full of pages that break their workers must not keep the other outlets' alerts waiting: each time halves
# what the next job has, and after so many times the rest is left unread. All together it costs under a minute.
MOST_BROKEN, LEAST_SECONDS = 6, 2.0


class _Reader:
    """Does the jobs of one outlet in the worker, as long as its pages do not break it again and again."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._seconds = workers.limits.wall_seconds
        self._broken = 0

    def do(self, task: str, *arguments: Any, pages: int = 1) -> Any:
        """Return what the task gives; raises BrokenJob. Of several pages nobody knows yet which one broke it."""
        if self._broken >= MOST_BROKEN:
            raise BrokenJob("given_up", f"pages before it broke their workers {self._broken} times")
        try:
            return self._workers.call(task, *arguments, seconds=self._seconds)
        except BrokenJob:
            self._broken += pages == 1
            self._seconds = min(self._seconds, max(LEAST_SECONDS, self._seconds / 2))
            raise

    def do_cheaply(self, broken: BrokenJob, task: str, *arguments: Any) -> Any:
        """Return what the task gives in its cheap mode, tried once where the page broke it; raises that BrokenJob."""
        try:
            return self.do(task, *arguments, True)
        except BrokenJob:
            raise broken from None


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that is an article, on its way to an extraction."""

    fetch: Fetch
    article: Article

    def document(self, outlet: Outlet) -> DocumentParts:
        """Return what the extractors read of it."""
        article = self.article
        day = article.published_at.date() if article.published_at else None
        return article.text, day, outlet.language or article.language, article.title, article.sections

    def extraction(self, reading: ReadingParts, version: str) -> Extraction:
        """Return the article with what was found in it."""
        figures, mentions, _ = reading
        return Extraction(
            outlet=self.fetch.outlet,
            article_id=self.fetch.article_id or 0,
            article=self.article,
            figures=figures,
            mentions=mentions,
            seen_at=self.fetch.fetched_at,
            location=self.fetch.location,
            extractor_version=version,
        )


def _failed(fetch: Fetch, error: BrokenJob) -> Fetch:
    """Return the row of a page that broke its worker. Its bytes stay in the archive, where `location` says."""
    return replace(fetch, outcome="extract_failed", article_id=None, reason=error.reason, detail=error.detail)


def _read_cheaply(fetch: Fetch, error: BrokenJob) -> Fetch:
    """Return the row of a page that was read in the cheap mode, which says so."""
    return replace(fetch, detail=f"read in the cheap mode: {error}")


def _clean(home: Path, outlet: Outlet, page: FetchedPage, now: datetime, reader: _Reader) -> Fetch | _Read:
    assert page.fetch.location is not None  # noqa: S101  # fetch_pages hands on only what it archived
    reply = read_reply(home, page.fetch.location)
    said = page.wanted.candidate.published_at if page.wanted.candidate else None
    url = original_address(reply.final_url)
    arguments = (reply.body, url, reply.header("content-type"), outlet.prune, outlet.article, said, now)
    fetch = page.fetch
    try:
        article = reader.do("clean", *arguments)
    except BrokenJob as error:
        try:
            article, fetch = reader.do_cheaply(error, "clean", *arguments), _read_cheaply(fetch, error)
        except BrokenJob:
            return _failed(fetch, error)
    if isinstance(article, Article):
        key = article_key(outlet.id, article.url, outlet.article)
        return _Read(replace(fetch, article_id=key, dropped=article.dropped), article)
    return replace(fetch, outcome="not_article", article_id=None, reason=article.reason, detail=article.detail)


def _batches(articles: Sequence[_Read]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    characters = 0
    for article in articles:
        characters += len(article.article.text)
        if batch and (len(batch) == MOST_DOCUMENTS or characters > MOST_CHARACTERS):
            yield batch
            batch, characters = [], len(article.article.text)
        batch.append(article)
    if batch:
        yield batch


def _extract(
    outlet: Outlet, batch: Sequence[_Read], reader: _Reader
) -> Iterator[tuple[Fetch, Extraction | None, str | None]]:
    """Yield for each article its row, its extraction if it did not break the worker, the language that nothing reads.

    A batch that breaks its worker is read one by one. Halving it again and again would cost a worker and its wall
    limit at each step, four for 16 documents; one by one, the others cost two seconds.
    """
    try:
        version, readings = reader.do("read", [page.document(outlet) for page in batch], pages=len(batch))
    except BrokenJob as error:
        if len(batch) == 1:
            yield _extract_cheaply(outlet, batch[0], reader, error)
        else:
            for page in batch:
                yield from _extract(outlet, [page], reader)
        return
    for page, reading in zip(batch, readings, strict=True):
        yield page.fetch, page.extraction(reading, version), reading[2]


def _extract_cheaply(
    outlet: Outlet, page: _Read, reader: _Reader, error: BrokenJob
) -> tuple[Fetch, Extraction | None, str | None]:
    try:
        version, [reading] = reader.do_cheaply(error, "read", [page.document(outlet)])
    except BrokenJob:
        return _failed(page.fetch, error), None, None
    return _read_cheaply(page.fetch, error), page.extraction(reading, version), reading[2]


def read_pages(
    home: Path, outlet: Outlet, pages: Sequence[FetchedPage], now: datetime, workers: Workers
) -> tuple[list[Fetch], list[Extraction], dict[str, int]]:
    """Return the `fetches` rows, the extractions, and how many articles no extractor could read, by language.

    A page that breaks the worker it is read in is tried once more in the cheap mode, which its row then says; broken
    there too it is a row with the outcome "extract_failed". It costs no other page.
    """
    reader = _Reader(workers)
    cleaned = [_clean(home, outlet, page, now, reader) for page in pages]
    batches = _batches([page for page in cleaned if isinstance(page, _Read)])
    found = (result for batch in batches for result in _extract(outlet, batch, reader))
    fetches: list[Fetch] = []
    extractions: list[Extraction] = []
    unread: Counter[str] = Counter()
    for page in cleaned:
        fetch, extraction, language = next(found) if isinstance(page, _Read) else (page, None, None)
        fetches.append(fetch)
        extractions += [extraction] if extraction else []
        unread.update([language] if language else [])
    return fetches, extractions, dict(unread)
