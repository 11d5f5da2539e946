"""Who says so, in Russian and Ukrainian: beside a verb of speech, behind "по данным", in the next sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.slavic_parties import named_parties
from extractors.slavic_words import Lexicon, Word

STOPS = frozenset(',.;:()«»"—–!?…')
NOT_NAMED = frozenset("он она они его ее её их это об этом свой він вона вони його її цьому про".split())
REPORT = frozenset("говориться сообщение говорить ведомство повідомлення відомство йтися".split())
# A private outlet speaks for no state.
OUTLETS = frozenset("агентство газета телеканал радио сми издание журналист агенція видання змі журналіст".split())
FEWEST, MOST = 1, 9  # words of a name


@dataclass(frozen=True, slots=True)
class Source:
    """Who states something: code and words; both None where the outlet does."""

    code: str | None
    text: str | None


OUTLET = Source(None, None)


def _source(text: str, words: Sequence[Word], table: Lexicon) -> Source | None:
    words = [w for w in words if w.kind != "mark"]
    while words and (words[0].part in {"ADVB", "CONJ", "PRCL", "PREP", "NPRO"} or words[0].kind == "number"):
        words = words[1:]
    if not FEWEST <= len(words) <= MOST or words[0].forms & (NOT_NAMED | REPORT):
        return None
    if not any(w.part == "NOUN" or w.text[0].isupper() for w in words):
        return None
    parties = [] if any(w.forms & OUTLETS for w in words) else named_parties(words, table)
    return Source(parties[0].code if parties else "unknown", text[words[0].start : words[-1].end])


def _until(words: Sequence[Word], start: int, step: int) -> list[Word]:
    """Return the words from one on to the next comma, forwards or backwards."""
    found: list[Word] = []
    at = start
    while 0 <= at < len(words) and not (words[at].kind == "mark" and words[at].text in STOPS):
        found.append(words[at])
        at += step
    return found if step > 0 else found[::-1]


def sentence_source(text: str, words: Sequence[Word], table: Lexicon) -> Source | None:
    """Return whom a sentence names as its source; None where it names nobody."""
    for at, word in enumerate(words):
        if word.forms & table.according and at and words[at - 1].text.lower() in {"по", "за"}:
            found = _source(text, _until(words, at + 1, 1), table)
            if found:
                return found
    for at, word in enumerate(words):
        if word.part in {"VERB", "GRND"} and word.forms & table.saying:
            before, after = _until(words, at - 1, -1), _until(words, at + 1, 1)
            found = _source(text, before, table) or _source(text, after, table)
            if found:
                return found
    return None


def document_sources(texts: Sequence[str], sentences: Sequence[Sequence[Word]], table: Lexicon) -> list[Source]:
    """Return who states each sentence: itself, the next one ("Об этом сообщил …"), or the one before it."""
    own = [sentence_source(text, words, table) for text, words in zip(texts, sentences, strict=True)]
    found: list[Source] = []
    for at, words in enumerate(sentences):
        source = own[at]
        following = sentences[at + 1] if at + 1 < len(sentences) else ()
        if source is None and [w.text.lower() for w in following[:2]] in (["об", "этом"], ["про", "це"]):
            source = own[at + 1]
        quoted = any(w.forms & REPORT for w in words) or (
            bool(words) and words[0].text.lower() in {"он", "она", "він"}
        )
        if source is None and quoted and found:
            source = found[-1]
        found.append(source or OUTLET)
    return found
