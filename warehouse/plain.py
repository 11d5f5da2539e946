"""Text of pages made harmless for one line or a few: it is data wherever an alert is shown."""

from __future__ import annotations

import unicodedata

TITLE_MOST = 300  # characters
BODY_MOST = 4000
# Controls, marks that turn the direction of text or show nothing, half surrogate pairs, what no standard assigns, and
# the separators that some readers take for line ends.
NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str, kept: str = "\n") -> str:
    """Return the text without what cannot be shown or shows as something else; of the controls `kept` stay."""
    return "".join(c for c in text if c in kept or unicodedata.category(c) not in NOT_SHOWN)


def clean_text(text: str | None) -> str:
    """Return the text with its lines, without what cannot be printed, cut at 4,000 characters."""
    text = printable((text or "").replace("\r\n", "\n").replace("\r", "\n"), kept="\n\t")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _cut("\n".join(lines).strip(), BODY_MOST)


def clean_line(text: str | None) -> str:
    """Return the text on one line, without what cannot be printed, cut at 300 characters."""
    return _cut(" ".join(clean_text(text).split()), TITLE_MOST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
