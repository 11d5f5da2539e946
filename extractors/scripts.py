"""The body of an article that a page holds only in its scripts, as data for them to draw it from.

Seen with frameworks that send the page's state as JSON, or as JSON inside strings: the body is then the longest
string that is markup with paragraphs. Data without markup is left alone: it may be any story's.
"""

from __future__ import annotations

import json
import re
from itertools import islice

import re2
from lxml import html
from lxml.html import HtmlElement

from extractors.markup import LIBRARY_FAILURES
from extractors.wording import count_tokens, one_line

# re2, whose time is linear also on a string that never ends.
LITERAL = re2.compile(r'(?s)"(?:[^"\\]|\\.)*"')
LONG = 300  # characters of a string that may be a body
PARAGRAPH_MARK = re.compile(r"</p>|<br\s*/?>", re.IGNORECASE)
FEWEST_MARKS, FEWEST_TOKENS = 3, 60
MOST_TEXT, MOST_LITERALS = 3_000_000, 200  # characters of scripts, strings of one script, that are looked at
LINES = ("p", "li", "h2", "h3", "h4", "blockquote")


def body_in_scripts(tree: HtmlElement) -> str:
    """Return the text of the longest string of markup in a page's scripts, a paragraph a line; empty without one."""
    found = [text for script in tree.iter("script") for text in _texts(script.text or "")]
    best = max(found, key=count_tokens, default="")
    return best if count_tokens(best) >= FEWEST_TOKENS else ""


def _texts(script: str, depth: int = 0) -> list[str]:
    """Return the texts of the strings of markup in a script, and in strings that are themselves data."""
    texts: list[str] = []
    literals = (match.group() for match in LITERAL.finditer(script[:MOST_TEXT]))
    for literal in islice((literal for literal in literals if len(literal) >= LONG), MOST_LITERALS):
        try:
            value = json.loads(literal, strict=False)
        except (ValueError, RecursionError):
            continue
        inner = _texts(value, depth + 1) if depth == 0 and '"' in value else []
        if not inner and len(PARAGRAPH_MARK.findall(value)) >= FEWEST_MARKS:
            inner = [_lines(value[value.index("<") :])]  # what stands before it is the number of a chunk
        texts += inner
    return texts


def _lines(markup: str) -> str:
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except LIBRARY_FAILURES:
        return ""
    for pause in tree.iter("br"):
        pause.tail = f"\n{pause.tail or ''}"
    blocks = [block for block in tree.iter(*LINES) if not any(True for _ in block.iterdescendants(*LINES))]
    text = "\n".join((block if blocks else tree).text_content() for block in (blocks or [tree]))
    return "\n".join(line for part in text.split("\n") if (line := one_line(part)))
