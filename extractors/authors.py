"""Names of people from what pages write into their author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MAX_AUTHORS = 30
LONGEST_NAME = 80
ADDRESS = re.compile(r"https?://\S*|www\.\S+|\S+@\S+|^@\w+$|^/\S+$")
LEAD_IN = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words)\s+)?(?:by|von|par|por|di|de|od|av|af|door|автор|от)\s*:?\s+|^(?:author|autor|autorin|text)\s*:\s*",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\s*[;|/]\s*|\s+(?:and|und|et|y|og|och|e|и|та|&)\s+|\s*,\s*(?:and|und|et)\s+|、|・(?=\S{4,})")
ROLE_TAIL = re.compile(r"\s*(?:\([^()]{0,60}\)|\[[^\[\]]{0,60}\])\s*$")


def clean_authors(
    ld_authors: Sequence[tuple[str, str]], meta_authors: Iterable[str], sites: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of an article's authors, in order, each once; from JSON-LD, else from meta.

    Addresses, handles and the outlet's own name are no authors, unless nobody else is named.
    """
    people = _names((name for name, _ in ld_authors), sites)
    return tuple((people or _names(meta_authors, sites))[:MAX_AUTHORS])


def _names(values: Iterable[str], sites: Sequence[str]) -> list[str]:
    found: dict[str, str] = {}
    for value in values:
        for part in split_names(value):
            found.setdefault(part.casefold(), part)
    own = {_bare(site) for site in sites}
    people = [name for key, name in found.items() if _bare(key) not in own]
    return people or list(found.values())


def split_names(value: str) -> list[str]:
    """Return the single names in one author field."""
    if len(value) > 400:
        return []
    value = ADDRESS.sub(" ", value)
    parts = (p for piece in BETWEEN.split(value) for p in _split_commas(piece))
    return [name for part in parts if (name := _clean(part))]


def _split_commas(piece: str) -> list[str]:
    """Split at commas where each part could be a whole name; "Smith, John" stays one."""
    parts = [p.strip() for p in piece.split(",")]
    return parts if len(parts) > 1 and sum(" " in p for p in parts) >= len(parts) - 1 else [piece]


def _clean(part: str) -> str | None:
    name = LEAD_IN.sub("", ROLE_TAIL.sub("", part.strip())).strip(' \t,;:|-–—•·"')
    letters = sum(c.isalpha() for c in name)
    return name if letters >= 2 and len(name) <= LONGEST_NAME else None


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
