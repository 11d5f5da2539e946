"""Text of pages made harmless for one line or a few: it is data wherever an alert is shown."""

from __future__ import annotations

import re

TITLE_MOST = 300  # characters
BODY_MOST = 4000
# Controls but for tab and newline; marks that turn the direction of text or show nothing; lone surrogates.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def clean_text(text: str | None) -> str:
    """Return the text with its lines, without what cannot be printed, cut at 4,000 characters."""
    text = UNPRINTABLE.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _cut("\n".join(lines).strip(), BODY_MOST)


def clean_line(text: str | None) -> str:
    """Return the text on one line, without what cannot be printed, cut at 300 characters."""
    return _cut(" ".join(clean_text(text).split()), TITLE_MOST)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
