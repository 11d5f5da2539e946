"""What each rewrite of an article did to its figures, by today's extractors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import Figure
from warehouse.explain import Page, Revision
from warehouse.inwords import figures_in_words


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What the texts of two revisions that follow each other say otherwise."""

    revision: int  # the later one
    added: tuple[str, ...]  # figures in words
    changed: tuple[tuple[str, str], ...]  # before, after: another number of the same thing
    dropped: tuple[str, ...]


def rewrites_of(published: Path, page: Page) -> list[Rewrite]:
    """Return what each revision after the first added, changed and dropped; nothing for an article read once.

    The tables keep the figures of the latest revision only, so the kept texts are read again.
    """
    if len(page.revisions) < 2:
        return []
    day = page.published_at.date() if page.published_at else None
    texts = [Document(r.text, day, page.language, r.title) for r in page.revisions]
    readings = [reading.figures for reading in read_documents(texts)]
    later: Sequence[Revision] = page.revisions[1:]
    return [
        compared(published, revision.number, before, after)
        for revision, before, after in zip(later, readings, readings[1:], strict=False)
    ]


def compared(published: Path, revision: int, before: Iterable[Figure], after: Iterable[Figure]) -> Rewrite:
    """Return how two readings differ. Where a figure stands in its text, and by which rule, makes no difference."""
    old, new = _by_number(published, before), _by_number(published, after)
    gone, come = list((old - new).elements()), list((new - old).elements())
    changed = []
    for thing, was in list(gone):
        now = next((pair for pair in come if pair[0] == thing), None)
        if now:
            gone.remove((thing, was))
            come.remove(now)
            changed.append((was, now[1]))
    return Rewrite(revision, tuple(w for _, w in come), tuple(changed), tuple(w for _, w in gone))


def _by_number(published: Path, figures: Iterable[Figure]) -> Counter[tuple[tuple[object, ...], str]]:
    """Return the figures as what they are about, by whose word, and themselves in words."""
    kept = list(figures)
    words = figures_in_words(published, kept)
    return Counter(
        ((f.measure, f.item, f.subject, f.location, f.claimant, f.status), w)
        for f, w in zip(kept, words, strict=True)
    )
