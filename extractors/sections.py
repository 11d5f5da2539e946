"""Cut a live blog into its posts, each read as a document of its own, and put what was found back together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.context import Document
from extractors.records import Figure, Mention, Section

Found = TypeVar("Found", Figure, Mention)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document that is read alone, and where it begins."""

    document: Document
    start: int
    section: Section | None


def cut(document: Document) -> list[Piece]:
    """Return what stands before the first post, then the posts; one piece for a document that has none.

    "Today" in a post is the day of the post, and "he" is nobody of the post before.
    """
    whole = replace(document, sections=())
    if not document.sections:
        return [Piece(whole, 0, None)]
    lead = replace(whole, text=document.text[: document.sections[0].start])
    return [Piece(lead, 0, None)] + [
        Piece(replace(whole, text=document.text[s.start : s.end], published=s.posted_at.date()), s.start, s)
        for s in document.sections
    ]


def placed(found: Sequence[Found], piece: Piece) -> list[Found]:
    """Return what was found in a piece as it stands in its document."""
    return [
        replace(one, start=one.start + piece.start, end=one.end + piece.start, section=piece.section) for one in found
    ]
