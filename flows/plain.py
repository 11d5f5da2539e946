"""Text from a page is data: what a sink could take for a mention, a link, mark-up or a command is taken out of it."""

from __future__ import annotations

import re

from warehouse.plain import printable

# What chat services read as mark-up or as a call to everyone, with look-alikes that they do not.
LOOKALIKES = str.maketrans(
    {"<": "‹", ">": "›", "@": "＠", "`": "ʼ", "*": "∗", "_": "＿", "[": "［", "]": "］", "|": "¦"}
)
SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]{1,15}):(?=//)")


def visible(text: str) -> str:
    """Return a text without control characters, direction overrides and invisible marks; line ends stay."""
    return printable(text)


def plain(text: str, most: int = 600) -> str:
    """Return a text fit for a message: one line, nothing a chat service acts on, at most so many characters."""
    line = " ".join(visible(text.replace("\t", " ")).split())
    line = SCHEME.sub(r"\1：", line).translate(LOOKALIKES)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def link(url: str) -> str:
    """Return an address that stays one address in any sink, or an empty text if it is no http address."""
    if not re.match(r"https?://[^\s/?#]", url):
        return ""
    return re.sub(r"[\s<>\"'`|\\^{}\x00-\x20]", lambda m: f"%{ord(m[0]):02X}", visible(url))
