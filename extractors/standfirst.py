"""The standfirst of an article: the lines between headline and body that sum it up, where the page shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from extractors.naming import name_of
from extractors.wording import SENTENCE_END, count_tokens, fold, holds, one_line

EDGE = r"(?:^|$|[-_ :/])"
# What makers of pages call it, in the languages of the outlets read so far.
STANDFIRST_NAME = re.compile(
    EDGE + r"(?:stand[-_ ]?first|sub[-_ ]?titles?|sub[-_ ]?head(?:line|ing)?|lead|lede|dec?k|intro|introduction|"
    r"excerpt|summary|synopsis|abstract|strap(?:line)?|tagline|teaser|vorspann|chapo|chapeau|entradilla|bajada|epigraph|"
    r"sommario|occhiello|catenaccio|ingress|manchet|spot|ozet|zajawka|description(?!-colou?r))" + EDGE
)
# A block with one of these names, or inside one, sums nothing up.
OTHER_NAME = re.compile(
    EDGE + r"(?:captions?|credits?|copyright|authors?|byline|bio|date|time|timestamp|meta|share|social|nav|ads?|"
    r"advert|breadcrumbs?|newsletter|related|tags?|comments?|cookie|consent|audio|player|video|tooltip|hidden|modal|image|"
    r"img|media|gallery|photo|picture|button|label|paywall|subscribe|promo|list|fact|factbox|infobox|listen|rating|"
    r"disclaimer)" + EDGE
)
NOT_INSIDE = frozenset(
    {"figure", "figcaption", "aside", "nav", "footer", "button", "form", "ul", "ol", "table", "time", "address", "a"}
)
BLOCK_TAGS = ("p", "div", "h2", "h3", "h4", "section", "strong", "span")
CHILD_BLOCKS = tuple("p div h1 h2 h3 h4 section ul ol figure article header table aside".split())
NEAR = 60  # blocks after the headline among which the standfirst stands
NAMED_TOKENS, UNNAMED_TOKENS = range(4, 130), range(8, 90)
MOST_PARTS = 3
MOST_LETTERS = 1_500  # of a block that are counted: more is no standfirst
MOST_IN_DATELINE = 10  # tokens of "Updated 28 April 2023, 18:11 CEST"
YEAR = re.compile(r"(?:19|20)\d\d")
MOST_WRAPPERS = 5
SENTENCE_TAGS = ("p", "h2", "h3", "h4")
ENOUGH = 25  # letters that make a block recognisable


Kind = Literal["declared", "named", "sentence", "other"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text near the headline. `kind`: declared by the page, named so, a sentence, or other."""

    text: str
    folded: str
    kind: Kind


def read_blocks(tree: HtmlElement, titles: Sequence[str], descriptions: Sequence[str]) -> list[Block]:
    """Return the visible blocks after the headline that may sum the article up, in order; body paragraphs too."""
    declared = [fold(d) for d in descriptions if count_tokens(d) in NAMED_TOKENS]
    blocks: list[Block] = []
    headline = _headline(tree, titles)
    if headline is not None:
        near = islice(_text_blocks(headline), NEAR)
        blocks = [b for element in near if (b := _read_block(element, declared))]
    return blocks


def choose_standfirst(blocks: Sequence[Block], known: str) -> list[str]:
    """Return the blocks that are the standfirst and not in the body; none if the body follows the headline at once.

    `known` is the folded text of the body: its first block ends the search. What the page itself declares as its
    description comes first, then what is named as a standfirst, then the first whole sentence.
    """
    above: list[Block] = []
    for block in blocks:
        found_in_body = holds(known, block.folded)
        if found_in_body and len(block.folded) > ENOUGH:
            break
        if not found_in_body and all(block.folded not in other.folded for other in above):
            above.append(block)
    for kinds, most in ((("declared", "named"), MOST_PARTS), (("sentence",), 1)):
        if found := [block.text for block in above if block.kind in kinds]:
            return found[:most]
    return []


def _read_block(element: HtmlElement, declared: Sequence[str]) -> Block | None:
    text = one_line(element.text_content()) or ""
    tokens = count_tokens(text[:MOST_LETTERS])
    if tokens < NAMED_TOKENS.start:
        return None
    folded = fold(text)
    kind: Kind = "other"
    if not _stands_elsewhere(element):
        if any(_is_declared(folded, d) for d in declared):
            kind = "declared"
        elif tokens in NAMED_TOKENS and not _is_dateline(text, tokens) and _is_named(element, len(text)):
            kind = "named"
        elif tokens in UNNAMED_TOKENS and element.tag in SENTENCE_TAGS and SENTENCE_END.search(text):
            kind = "sentence"
    return Block(text, folded, kind) if kind != "other" or len(folded) > ENOUGH else None


def _is_dateline(text: str, tokens: int) -> bool:
    return tokens <= MOST_IN_DATELINE and YEAR.search(text) is not None and not SENTENCE_END.search(text)


def _is_declared(folded: str, declared: str) -> bool:
    """Tell whether a block is the declared description, cut short on either side or with a place before it."""
    if len(declared) <= ENOUGH or len(folded) <= ENOUGH:
        return folded == declared
    return folded.startswith(declared) or declared.startswith(folded) or (folded.endswith(declared))


def _text_blocks(headline: HtmlElement) -> Iterator[HtmlElement]:
    for element in headline.xpath("following::*"):
        if element.tag in BLOCK_TAGS and not any(True for _ in element.iterchildren(*CHILD_BLOCKS)):
            yield element


def _headline(tree: HtmlElement, titles: Sequence[str]) -> HtmlElement | None:
    """Return the heading that shows one of the article's titles, be it with a kicker; else the first of all."""
    known = {fold(title) for title in titles}
    first = None
    for heading in islice(tree.iter("h1", "h2", "h3"), 60):
        folded = fold(heading.text_content())
        if folded in known or any(len(title) > ENOUGH and title in folded for title in known):
            return heading
        first = heading if first is None and heading.tag == "h1" else first
    return first


def _stands_elsewhere(element: HtmlElement) -> bool:
    """Tell whether a block is, or is in, something that is no part of the article's head."""
    places = (element, *islice(element.iterancestors(), 3))
    if any(place.tag in NOT_INSIDE for place in places):
        return True
    return not STANDFIRST_NAME.search(name_of(element)) and any(OTHER_NAME.search(name_of(p)) for p in places[:2])


def _is_named(element: HtmlElement, letters: int) -> bool:
    """Tell whether a block, or what holds it and little else, is named as a standfirst."""
    place: HtmlElement | None = element
    for _ in range(MOST_WRAPPERS):
        if place is None or len(place.text_content()) > 2 * letters + ENOUGH:
            return False
        if place.get("itemprop") == "description" or STANDFIRST_NAME.search(name_of(place)):
            return True
        place = place.getparent()
    return False
