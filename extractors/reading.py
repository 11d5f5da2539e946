"""Read documents: gate their sentences, parse what is left of all of them at once, find figures and mentions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from extractors.context import Document, build_context
from extractors.diplomacy import find_mentions
from extractors.figures import figure_candidates, find_figures
from extractors.gating import mention_candidates
from extractors.network import network
from extractors.parsing import parse_sentences
from extractors.records import Figure, Mention
from extractors.russian import find_figures_ru
from extractors.sections import Piece, cut, placed
from extractors.slavic_words import MissingExtraError
from extractors.ukrainian import find_figures_uk

# Part of every revision: raise it when a change of rules should be told apart from a change of text.
EXTRACTOR_VERSION = "1"
PARSED_LANGUAGES = frozenset({"en"})
# Languages read by dictionary forms, without a parser: figures only.
FORM_LANGUAGES: dict[str, Callable[[str, date | None], list[Figure]]] = {
    "ru": find_figures_ru,
    "uk": find_figures_uk,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one document. `unread` names the language that no extractor is configured for."""

    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    unread: str | None = None


def read_documents(documents: Sequence[Document]) -> list[Reading]:
    """Return one reading a document, in order; the posts of a live blog are read one by one."""
    pieces = [cut(document) for document in documents]
    readings = iter(_read([piece.document for of_one in pieces for piece in of_one]))
    return [_joined([(piece, next(readings)) for piece in of_one]) for of_one in pieces]


def _joined(read: Sequence[tuple[Piece, Reading]]) -> Reading:
    """Return what was found in the pieces of one document."""
    return Reading(
        tuple(figure for piece, reading in read for figure in placed(reading.figures, piece)),
        tuple(mention for piece, reading in read for mention in placed(reading.mentions, piece)),
        read[0][1].unread,
    )


def _read(documents: Sequence[Document]) -> list[Reading]:
    """Return one reading a document.

    Candidate sentences of all documents go through the parser together: one call a sentence costs 2.6 times more.
    """
    contexts = [build_context(d) if (d.language or "en") in PARSED_LANGUAGES else None for d in documents]
    acting = [mention_candidates(context) if context else set() for context in contexts]
    wanted = [
        (i, index, context.sentences[index].text)
        for i, context in enumerate(contexts)
        if context
        for index in sorted(figure_candidates(context) | acting[i])
    ]
    parsed: list[dict[int, Doc]] = [{} for _ in documents]
    if wanted:
        for (i, index, _), doc in zip(wanted, parse_sentences(text for _, _, text in wanted), strict=True):
            parsed[i][index] = doc
    told = [{index: doc for index, doc in of_one.items() if index in acting[i]} for i, of_one in enumerate(parsed)]
    impressions = iter(network().read([doc for of_one in told for doc in of_one.values()]) if any(told) else ())
    return [
        Reading(
            tuple(find_figures(context, parsed[i])),
            tuple(find_mentions(context, told[i], {index: next(impressions) for index in told[i]})),
        )
        if context
        else _read_by_forms(documents[i])
        for i, context in enumerate(contexts)
    ]


def _read_by_forms(document: Document) -> Reading:
    """Read a document of another language; without an extractor, or its dictionary, it is unread."""
    finder = FORM_LANGUAGES.get(document.language or "")
    try:
        if finder:
            return Reading(tuple(finder(document.text, document.published)), ())
    except MissingExtraError:
        pass  # as a language that no extractor is written for: counted, and named in the run's table
    return Reading((), (), unread=document.language)
