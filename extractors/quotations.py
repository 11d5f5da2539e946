"""Where quotations lie in a whole text, over its sentences."""

from __future__ import annotations

import re

QUOTES = re.compile(r"[“”\"]|\n")


def find_quotation_spans(text: str) -> list[tuple[int, int]]:
    """Return where quotations lie; one left open lasts to the end of its line."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in QUOTES.finditer(text):
        sign = mark.group()
        if sign == "\n":
            if opened is not None:
                spans.append((opened, mark.start()))
            opened = None
        elif opened is None and sign != "”":
            opened = mark.start()
        elif opened is not None and sign != "“":
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans
