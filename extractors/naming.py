"""The words that makers of pages give to the parts of them: class and id, made comparable."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
LONGEST = 300  # characters of a name that are read


def name_of(element: HtmlElement) -> str:
    """Return the words of an element's class and id, lower-cased, "-" between those of "camelCase"."""
    return _words(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=20_000)
def _words(name: str) -> str:
    return CAMEL.sub("-", name[:LONGEST]).lower()
