"""What every finder needs to know of a document: its sentences, parties and speakers, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from extractors.introductions import introduced
from extractors.parties import PartyMatch, find_parties
from extractors.records import Section
from extractors.referents import Referents, build_referents
from extractors.sentences import Sentence, split_sentences

# Half a character, as broken JSON leaves it: no encoding and no database takes it.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text to read. `published` dates its "today"; a section of a live blog has its own."""

    text: str
    published: date | None = None
    language: str | None = "en"
    title: str | None = None
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A document with its sentences and the parties named in it (offsets into the whole text)."""

    document: Document
    sentences: tuple[Sentence, ...]
    parties: tuple[PartyMatch, ...]
    referents: Referents

    def parties_in(self, sentence: Sentence) -> tuple[PartyMatch, ...]:
        """Return the party matches inside a sentence, in order."""
        return tuple(p for p in self.parties if sentence.start <= p.start and p.end <= sentence.end)


def build_context(document: Document) -> Context:
    """Return the context of a document; its parties hold the persons that the text itself introduces.

    Half characters are read as U+FFFD, so that every offset stays.
    """
    document = replace(document, text=LONE_SURROGATE.sub("\ufffd", document.text))
    sentences = split_sentences(document.text)
    named = find_parties(document.text, document.published)
    parties = tuple(sorted([*named, *introduced(document.text, named)], key=lambda p: p.start))
    return Context(document, sentences, parties, build_referents(sentences, parties))
