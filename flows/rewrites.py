"""What each rewrite of an article did to its figures, by today's extractors; of a live blog post by post."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import Figure
from warehouse.explain import Page, Revision
from warehouse.inwords import figures_in_words

Counted = Counter[tuple[tuple[object, ...], str]]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What the texts of two revisions that follow each other say otherwise, in one post or outside of posts."""

    revision: int  # the later one
    added: tuple[str, ...]  # figures in words
    changed: tuple[tuple[str, str], ...]  # before, after: another number of the same thing
    dropped: tuple[str, ...]
    posted_at: datetime | None = None  # of the post of a live blog


def rewrites_of(published: Path, page: Page) -> list[Rewrite]:
    """Return what each revision after the first added, changed and dropped; nothing for an article read once.

    The tables keep the figures of the latest revision only, so the kept texts are read again.
    """
    if len(page.revisions) < 2:
        return []
    day = page.published_at.date() if page.published_at else None
    texts = [Document(r.text, day, page.language, r.title, r.sections) for r in page.revisions]
    readings = [reading.figures for reading in read_documents(texts)]
    return [
        rewrite
        for (before, old), (after, new) in pairwise(zip(page.revisions, readings, strict=True))
        for rewrite in _between(published, before, after, old, new)
    ]


def _between(
    published: Path, before: Revision, after: Revision, old: Sequence[Figure], new: Sequence[Figure]
) -> list[Rewrite]:
    """Return how two readings differ. A revision whose posts are not known is compared as one text."""
    if not (before.sections and after.sections):
        old, new = [[replace(f, section=None) for f in figures] for figures in (old, new)]
    return compared(published, after.number, old, new)


def compared(published: Path, revision: int, before: Iterable[Figure], after: Iterable[Figure]) -> list[Rewrite]:
    """Return how two readings differ, outside of posts first, then post by post; one that is empty if nowhere.

    Where a figure stands in its text or post, and by which rule, makes no difference.
    """
    old, new = _by_post(published, before), _by_post(published, after)
    posts = sorted(old.keys() | new.keys(), key=lambda at: (at is not None, at))
    rewrites = [_difference(revision, at, old[at], new[at]) for at in posts if old[at] != new[at]]
    return rewrites or [Rewrite(revision, (), (), ())]


def _difference(revision: int, posted_at: datetime | None, old: Counted, new: Counted) -> Rewrite:
    gone, come = list((old - new).elements()), list((new - old).elements())
    changed = []
    for thing, was in list(gone):
        now = next((pair for pair in come if pair[0] == thing), None)
        if now:
            gone.remove((thing, was))
            come.remove(now)
            changed.append((was, now[1]))
    return Rewrite(revision, tuple(w for _, w in come), tuple(changed), tuple(w for _, w in gone), posted_at)


def _by_post(published: Path, figures: Iterable[Figure]) -> dict[datetime | None, Counted]:
    """Return the figures of each post, those outside of posts under None: what they are about, and in words."""
    kept = list(figures)
    found: dict[datetime | None, Counted] = defaultdict(Counter)
    for f, words in zip(kept, figures_in_words(published, kept), strict=True):
        thing = (f.measure, f.item, f.subject, f.location, f.claimant, f.status)
        found[f.section.posted_at if f.section else None][thing, words] += 1
    return found
