"""Cut a text into sentences, keeping their place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A full stop after one of these ends no sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt cpl adm brig cmdr rep sen gov pres st no vs jr sr inc ltd co corp "
    "u.s u.k u.n e.u u.a.e d.c a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec ft approx fig art "
    "км тыс млн млрд г гг ул".split()
)
END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n+")
# "TAIPEI — ", "MAIDUGURI, Nigeria - ", "Cairo (AFP) -- ", "PARIS, March 3 (Reuters) – ": where a report was written.
# In the sentence behind it the parser would take the city for whoever speaks.
CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,}(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,2}"
NAMES = r"[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2}"
REST = rf"(?:/{CAPITALS})?(?:, {NAMES}(?: \d{{1,2}})?){{0,2}}"
DATELINE = re.compile(
    rf"^(?:{CAPITALS}{REST}(?: \([^)\n]{{2,24}}\))?|{NAMES}{REST} \([^)\n]{{2,24}}\)) ?(?:—|–|--|-|:) (?=\S)",
    re.MULTILINE,
)
LAST_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|\.(?=[^\W\d_]))*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in its text."""

    index: int
    start: int
    end: int
    text: str


def _ends(text: str, mark: re.Match[str]) -> bool:
    if mark.group()[0] == "\n":
        return True
    following = text[mark.end() : mark.end() + 40].lstrip()
    if not following:
        return True
    if following[0].islower():
        return False
    if mark.group() == ".":
        word = LAST_WORD.search(text, max(0, mark.start() - 12), mark.start())
        if word and (word.group().lower() in ABBREVIATIONS or len(word.group()) == 1):
            # "the U.S. The ministry": an initialism may end a sentence before a capitalised article.
            return "." in word.group() and bool(re.match(r"(?:The|A|In|But|He|She|It|They|On|At)\b", following))
    return True


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, without surrounding white space; lines always end one, and so
    does a dateline."""
    sentences: list[Sentence] = []
    begin = 0
    marks = [m.end() for m in END.finditer(text) if _ends(text, m)]
    datelines = [m.end() for m in DATELINE.finditer(text)]
    for end in [*sorted({*marks, *datelines}), len(text)]:
        piece = text[begin:end]
        stripped = piece.strip()
        if stripped:
            start = begin + piece.index(stripped[0])
            sentences.append(Sentence(len(sentences), start, start + len(stripped), stripped))
        begin = end
    return tuple(sentences)
