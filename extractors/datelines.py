"""Dates that a page only shows: in its title, in a `time` without an attribute, in what is named a date.

htmldate is not asked: of the two measured pages that only show their date it dated one wrong, from a teaser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.naming import name_of
from extractors.wording import one_line

NAMED = (
    "//time | //*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'publish') or "
    "contains(@class,'Publish') or contains(@class,'posted') or contains(@class,'timestamp')]"
)
DATE_NAME = re.compile(
    r"(?:^|[-_ :/])(?:date|datetime|pubdate|published|publish|publication|posted|timestamp)(?:$|[-_ :/])"
)
ELSEWHERE = re.compile(
    r"(?:^|[-_ :/])(?:comments?|related|teasers?|sidebar|footer|nav|menu|header-?bar|topbar|updated?|modified|"
    r"weather|event|card)(?:$|[-_ :/])"
)
ELSEWHERE_TAGS = frozenset({"aside", "nav", "footer", "li", "a"})
LONGEST, MOST = 60, 5  # characters of a dateline; elements that are looked at
TITLE_DATE = re.compile(r"(?<!\d)(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)\s*$")


def shown_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts on a page that show a date of its own, the likeliest first."""
    title = one_line(tree.findtext(".//title"))
    if title and (match := TITLE_DATE.search(title)):
        yield match.group()
    yield from islice(_named_dates(tree), MOST)


def _named_dates(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(NAMED):
        text = one_line(element.text_content())
        if not text or len(text) > LONGEST or not re.search(r"\d", text):
            continue
        if (element.tag == "time" or DATE_NAME.search(name_of(element))) and not _is_elsewhere(element):
            yield text


def _is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether a date stands in what belongs to other pages, or says when something was changed."""
    places = [element, *islice(element.iterancestors(), 5)]
    return any(place.tag in ELSEWHERE_TAGS or ELSEWHERE.search(name_of(place)) for place in places)
