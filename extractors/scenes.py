"""What the acts of one sentence are read by: its parse, its parties and times, who speaks, what the title names."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from extractors.arguments import Arguments
from extractors.context import Context, Document
from extractors.embedding import swallowed_by_others
from extractors.lexicon import Hit
from extractors.network import Impression
from extractors.parties import ACTING, find_parties
from extractors.salience import Salience
from extractors.sentences import Sentence
from extractors.when import TimeMention, is_past_period, resolve_when


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what its acts are read by."""

    sentence: Sentence
    arguments: Arguments
    salience: Salience
    times: Sequence[TimeMention]
    published: date | None
    setting: int
    past: bool  # the sentence before it, in the same paragraph, is history
    swallowed: frozenset[int]  # tokens of hits that are the content of another act
    hits: int  # predicates found in the sentence
    speaker: str | None  # who speaks in it
    title: tuple[str, ...]  # the parties of the document's title
    impression: Impression
    people: Mapping[int, str]  # the party of each token that names one or stands for one

    @property
    def parties(self) -> int:
        """Return how many acting parties the sentence names."""
        return len({m.code for m in self.arguments.party.values() if m.kind in ACTING})


def _after_history(context: Context, index: int) -> bool:
    """Return whether the sentence before one, in its paragraph, speaks of a past period."""
    published = context.document.published
    if index == 0 or published is None:
        return False
    before = context.sentences[index - 1]
    if "\n" in context.document.text[before.end : context.sentences[index].start]:
        return False
    return any(is_past_period(t, published) for t in resolve_when(before.text, published))


def arguments_of(context: Context, index: int, doc: Doc) -> Arguments:
    """Return the parties of one parsed sentence with the places that they take in it."""
    sentence, referents = context.sentences[index], context.referents
    return Arguments(
        doc,
        sentence.start,
        context.parties_in(sentence),
        functools.partial(referents.resolve, index),
        functools.partial(referents.resolve_both, index),
    )


def build_scene(
    context: Context,
    index: int,
    doc: Doc,
    hits: list[Hit],
    salience: Salience,
    setting: int,
    title: tuple[str, ...],
    impression: Impression,
) -> Scene:
    """Return the scene of one parsed sentence."""
    sentence, referents, published = context.sentences[index], context.referents, context.document.published
    arguments = arguments_of(context, index, doc)
    return Scene(
        sentence,
        arguments,
        salience,
        times=resolve_when(doc.text, published),
        published=published,
        setting=setting,
        past=_after_history(context, index),
        swallowed=frozenset(swallowed_by_others(hits)),
        hits=len(hits),
        speaker=referents.resolve(index, sentence.start, "we"),
        title=title,
        impression=impression,
        people=arguments.everyone(),
    )


def in_title(document: Document) -> tuple[str, ...]:
    """Return the parties that a document's title names, in order."""
    found = find_parties(document.title or "", document.published)
    return tuple(dict.fromkeys(p.code for p in found if p.kind in ACTING))
