"""When two texts are the same, and how much of one stands in another."""

from __future__ import annotations

import re

from extractors.records import key64

SPACE_AND_MARKS = re.compile(r"[\W_]+")
# Between two digits a mark is part of the number: "1.5 million" must not hash like "15 million".
IN_NUMBER = re.compile(r"(?<=\d)[\W_]+(?=\d)")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»’)\]]*\s+|\n+")
SENTENCE_LEAST = 30  # letters and digits; shorter ones ("Read more.") stand in any article


def hash_text(text: str) -> int:
    """Return a hash that is blind to white space and punctuation, but not to what stands between two digits."""
    return key64(blind(text))


def blind(text: str) -> str:
    """Return the letters and digits of a text alone, with what stands between two digits."""
    parts: list[str] = []
    last = 0
    for gap in IN_NUMBER.finditer(text):
        parts += [text[last : gap.start()], "".join(gap[0].split()) or " "]
        last = gap.end()
    parts.append(text[last:])
    # Every second part is what stands between digits, and is kept.
    return "".join(p if i % 2 else SPACE_AND_MARKS.sub("", p) for i, p in enumerate(parts))


def hash_sentences(text: str) -> dict[int, int]:
    """Return the hash of each sentence long enough to tell texts apart, with its length in letters and digits."""
    sentences: dict[int, int] = {}
    for sentence in SENTENCE_END.split(text):
        length = len(SPACE_AND_MARKS.sub("", sentence))
        if length >= SENTENCE_LEAST:
            sentences[hash_text(sentence)] = length
    return sentences


def shared_share(text: str, other: str) -> float:
    """Return how much of a text's sentences stand in another, 0 to 1, by their length."""
    sentences = hash_sentences(text)
    shared = sentences.keys() & hash_sentences(other).keys()
    return sum(sentences[s] for s in shared) / sum(sentences.values()) if sentences else 0.0
