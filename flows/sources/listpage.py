"""List pages: the addresses that a page of headlines links to, and how one list page follows another. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element

from extractors.markup import parse_page
from flows.sources.feedguard import web_link

PLACE = re.compile(r"\{(?:(?P<page>page)|offset:(?P<step>[1-9]\d{0,3}))\}")
MOST_LINKS = 2_000  # of a page
MOST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words that lead to it."""

    url: str
    title: str | None


def is_list_address(template: str) -> bool:
    """Tell whether an address has one place for the number of the page: {page}, or {offset:18} in steps of 18."""
    return len(PLACE.findall(template)) == 1


def list_address(template: str, number: int) -> str:
    """Return the address of a list page, the first being number 0: page 1, offset 0."""

    def filled(place: re.Match[str]) -> str:
        return str(number + 1) if place["page"] else str(number * int(place["step"]))

    return PLACE.sub(filled, template)


def links_of(body: bytes, url: str, content_type: str | None) -> list[Link]:
    """Return the web addresses that a page, or a fragment of one, links to, each once, in its order.

    Raises UnreadableError with the reason where there is no page to read.
    """
    found: dict[str, Link] = {}
    for anchor in parse_page(body, content_type).iter("a"):
        link = web_link(anchor.get("href"), url)
        if link and link not in found:
            found[link] = Link(link, _words(anchor))
            if len(found) == MOST_LINKS:
                break
    return list(found.values())


def _words(anchor: _Element) -> str | None:
    return " ".join("".join(str(text) for text in anchor.itertext()).split())[:MOST_TITLE] or None
