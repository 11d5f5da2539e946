"""Texts reduced to what makes them the same: words counted, letters folded."""

from __future__ import annotations

import re
import unicodedata

# A character of a script that is written without spaces counts as one word.
UNSPACED = "぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”“»)\]]*$")
NO_LETTERS = re.compile(r"[\W_]+")
PIECE = 12  # letters, by which a text is found again
MOST_PIECES = 12  # so that the time of a search does not grow with the part
SHARE = 0.8


def count_tokens(text: str) -> int:
    """Return the number of words."""
    return len(TOKEN.findall(text))


def fold(text: str) -> str:
    """Return only the letters and digits of a text, lower-cased: what is the same line by any typography."""
    return NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def one_line(text: str | None) -> str | None:
    """Return a text with its white space evened out; None when nothing is left."""
    return " ".join((text or "").split()) or None


def holds(whole: str, part: str) -> bool:
    """Tell whether a folded text holds another, be it with readings of names or marks of its own in between."""
    if part in whole:
        return True
    step = max(PIECE, len(part) // MOST_PIECES)
    pieces = [part[i : i + PIECE] for i in range(0, len(part) - PIECE + 1, step)]
    return len(pieces) > 1 and sum(piece in whole for piece in pieces) >= SHARE * len(pieces)
