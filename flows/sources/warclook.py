"""Take an outlet's pages out of WARC files into the own archive: a backfill that asks nobody for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from extractors.addresses import article_key
from extractors.records import Candidate, PageLocation
from flows.archive import FOLDER, Archive
from flows.outlets import Outlet
from flows.sources.look import SourceLook
from flows.sources.warc import WarcPage, WarcPages
from flows.sources.wayback import original_address

PAGES_AT_ONCE = 100  # between two questions to the ledger; of at most 10 MB each, as a rule of 0.1

# Which of these addresses, each with its article_id, the ledger does not have.
Missing = Callable[[Sequence[tuple[str, int]]], Sequence[str]]


def take_warc_pages(
    archive: Archive, home: Path, outlet: Outlet, pages: WarcPages, missing: Missing, *, keep: bool = True
) -> tuple[SourceLook, dict[str, PageLocation]]:
    """Return the candidates in WARC files, and for each that is missing where it now lies in the archive.

    A page that the own archive holds stays where it is. Of several captures of an article the first is taken. The
    problem of the look names the files that end too early. Without `keep` nothing is archived.
    """
    candidates: dict[int, Candidate] = {}
    saved: dict[str, PageLocation] = {}
    for chunk in _chunks(iter(pages)):
        new: dict[int, WarcPage] = {}
        for page in chunk:
            if page.reply.failure:
                pages.dropped[page.reply.failure] += 1
                continue
            key = article_key(outlet.id, original_address(page.reply.url), outlet.article)
            if key not in candidates:
                candidates[key] = Candidate(outlet.id, page.reply.url, None, None, "warc")
                new[key] = page
        wanted = set(missing([(page.reply.url, key) for key, page in new.items()]))
        for page in new.values():
            if keep and page.reply.url in wanted:
                saved[page.reply.url] = _location(archive, home, page)
    archive.sync()
    dropped = tuple((reason, n) for reason, n in pages.dropped.most_common() if n)
    return SourceLook(tuple(candidates.values()), (), dropped, "; ".join(pages.cuts) or None), saved


def _chunks(pages: Iterator[WarcPage]) -> Iterator[list[WarcPage]]:
    while chunk := list(islice(pages, PAGES_AT_ONCE)):
        yield chunk


def _location(archive: Archive, home: Path, page: WarcPage) -> PageLocation:
    if isinstance(page.source, Path):
        path = page.source.resolve()
        if path.is_relative_to((home / FOLDER).resolve()):
            return PageLocation(path.relative_to(home.resolve()).as_posix(), page.offset)
    return archive.append(page.reply)
