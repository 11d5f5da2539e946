"""Dates in the body of a page: marked by `time`, in its title, in what is named a date, under its heading.

htmldate is not asked: of the two measured pages that only show their date it dated one wrong, from a teaser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.moments import MONTHS, parse_moment
from extractors.naming import name_of
from extractors.wording import one_line

NAMED = (
    "//time | //*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'publish') or "
    "contains(@class,'Publish') or contains(@class,'posted') or contains(@class,'timestamp')]"
)
DATE_NAME = re.compile(
    r"(?:^|[-_ :/])(?:date|dateline|datetime|pubdate|published|publish|publication|posted|timestamp)(?:$|[-_ :/])"
)
ELSEWHERE = re.compile(
    r"(?:^|[-_ :/])(?:comments?|related|teasers?|sidebar|footer|nav|menu|header-?bar|topbar|updated?|modified|"
    r"weather|event|card)(?:$|[-_ :/])"
)
ELSEWHERE_TAGS = frozenset({"aside", "nav", "footer", "li", "a"})
LONGEST, MOST = 60, 5  # characters of a dateline; elements that are looked at
TIME_ATTRIBUTES = ("datetime", "data-timestamp", "data-datetime", "data-utc")
MOST_TIMES, MOST_LOOKED_AT = 3, 40
FEWEST_TEASERS = 3  # articles side by side
LONGEST_OF_ALL = 200  # characters of several datelines in one element
BETWEEN = re.compile(r"\s*[|•·]\s*")
SAYS_CHANGED = re.compile(r"updat|modif|edited|aktualisiert|обновл|оновл|actualiz|mis à jour|güncelle", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[٠-٩۰-۹]{4}")
NEAR, LONG_TEXT = 25, 120  # elements after the heading; characters that only a paragraph of the text has
MOST_BESIDE = 4  # words beside a date that stands alone: "Published on Tuesday", a name
NO_WORD = re.compile(r"[\W\d_]+")
TITLE_DATE = re.compile(r"(?<!\d)(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)\s*$")


def marked_times(tree: HtmlElement) -> Iterator[str]:
    """Yield the times that `time` elements of the article mark, without those of other articles and of changes."""
    given = " or ".join(f"@{name}" for name in TIME_ATTRIBUTES)
    elements = tree.xpath(f"(//article//time | //main//time)[{given}]")[:MOST_LOOKED_AT]
    own = (e for e in elements if not SAYS_CHANGED.search(f"{name_of(e)} {e.get('itemprop') or ''}"))
    texts = (text for e in own if not _is_teasers(e) for name in TIME_ATTRIBUTES if (text := e.get(name)))
    yield from islice(texts, MOST_TIMES)


def _is_teasers(element: HtmlElement) -> bool:
    """Tell whether a time stands in one of several articles side by side, without the page's heading."""
    around = next(element.iterancestors("article"), None)
    if around is None or around.find(".//h1") is not None:
        return False
    beside = around.getparent()
    return beside is not None and len(beside.findall("article")) >= FEWEST_TEASERS


def shown_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts on a page that show a date of its own, the likeliest first."""
    title = one_line(tree.findtext(".//title"))
    if title and (match := TITLE_DATE.search(title)):
        yield match.group()
    yield from islice(_named_dates(tree), MOST)
    yield from islice(_dates_under_heading(tree), 1)


def _named_dates(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath(NAMED):
        text = one_line(element.text_content())
        if not text or len(text) > LONGEST_OF_ALL or not re.search(r"\d", text):
            continue
        if (element.tag == "time" or DATE_NAME.search(name_of(element))) and not is_elsewhere(element):
            parts = BETWEEN.split(text) if SAYS_CHANGED.search(text) else [text]
            yield from (part for part in parts if len(part) <= LONGEST and not SAYS_CHANGED.search(part))


def _dates_under_heading(tree: HtmlElement) -> Iterator[str]:
    """Yield what stands between the heading and the text, and is a date with a few words at most."""
    heading = next(tree.iterfind(".//h1"), None)
    if heading is None:
        return
    for element in heading.xpath(f"following::*[position() <= {NEAR}]"):
        text = one_line(element.text_content()) if isinstance(element.tag, str) else None
        if not text:
            continue
        if len(text) >= LONG_TEXT and element.tag == "p":
            return
        if len(text) <= LONGEST and YEAR.search(text) and not SAYS_CHANGED.search(text) and not is_elsewhere(element):
            moment = parse_moment(text)
            if moment and _words_beside(text) <= MOST_BESIDE:
                yield text


def _words_beside(text: str) -> int:
    """Return how many words a dateline has beside the names of months and zones."""
    return sum(w.lower() not in MONTHS and len(w) > 2 for w in NO_WORD.split(text) if w)


def is_elsewhere(element: HtmlElement) -> bool:
    """Tell whether a date stands in what belongs to other pages, or says when something was changed."""
    places = [element, *islice(element.iterancestors(), 5)]
    return any(place.tag in ELSEWHERE_TAGS or ELSEWHERE.search(name_of(place)) for place in places)
