"""What stands in an article's page and is no part of its text: teasers, captions, embeds, boxes, label lines.

The rules name kinds of things by the words that authors of pages use for them, never a publisher.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

from extractors.naming import name_of

# Never text of an article, wherever they stand.
NEVER_TEXT_TAGS = (
    "script", "style", "svg", "noscript", "iframe", "link", "template", "nav", "footer", "aside", "button", "select",
    "input", "textarea", "option", "video", "audio", "canvas", "object", "embed", "map", "dialog", "figcaption",
    "head",
)  # fmt: skip
# Words of a class or id that name furniture. A word here is a whole word of the name: "related" is found in
# "article__related-article" and "relatedArticles", not in "correlated".
FURNITURE_WORDS = (
    r"recirc|recirculation|recommended|recommendation|recommendations|"
    r"(?:read|more|see|also)[-_ ]?(?:more|also|next|on|from|stories|articles|news)|readmore|"
    r"most[-_ ]?(?:read|popular|viewed)|"
    r"popular|trending|up[-_ ]?next|promobox|newsletter|newsletters|subscribe|subscription|signup|sign[-_ ]up|"
    r"(?:twitter|x)[-_ ]tweet|tweet|instagram[-_ ]media|tiktok[-_ ]embed|fb[-_ ]post|telegram[-_ ]post|"
    r"caption|captions|photo[-_ ]?credit|image[-_ ]?credit|copyright|"
    r"author[-_ ]{0,2}(?:bio|biography|box|info|card|description)|about[-_ ]the[-_ ]author|biography|"
    r"visually[-_ ]hidden|sr[-_ ]only|screen[-_ ]reader[-_ ]text|tooltip|modal|popup|consent|cookie|gdpr|"
    r"breadcrumb|breadcrumbs|taglist|tags|share|sharing|social|advert|advertisement|sponsored|taboola|outbrain|"
    r"comments|disqus|donate|donation|disclaimer|polls?|quiz|survey"
)
# Names that some give to the article's own standfirst: furniture only where they hold a link.
LINKING_NAME = re.compile(r"(?:^|[-_ :/])(?:related|teasers?|promo)(?:$|[-_ :/])")
FURNITURE_NAME = re.compile(rf"(?:^|[-_ :/])(?:{FURNITURE_WORDS})(?:$|[-_ :/])")
BLOCKS = frozenset("div section ul ol p blockquote span figure li h2 h3 h4 h5 details article a table dl".split())
# Boxes of a picture with its caption, where they hold one.
PICTURE_NAME = re.compile(r"(?:^|[-_ :/])(?:images?|img|photos?|pictures?|gallery|slideshow|figure)(?:$|[-_ :/])")
LONGEST_CAPTION = 350  # letters
# No rule takes more than this share of the page's paragraph text: a class of the whole layout is no furniture.
MOST = 0.25


def prune_furniture(tree: HtmlElement) -> None:
    """Take furniture out of a tree, in place."""
    total = sum(len(p.text_content()) for p in tree.iter("p")) or 1
    for element in [e for e in tree.iter(BLOCKS) if _is_named_furniture(e)]:
        if (
            element.getparent() is not None
            and _paragraph_text(element) <= MOST * total
            and not _holds_article(element)
        ):
            _take_out(element)
    for element in [e for e in tree.iter("ul", "ol", "p", "h2", "h3", "h4") if _is_link_only(e)]:
        if element.getparent() is not None:
            element.drop_tree()


def _take_out(element: HtmlElement) -> None:
    """Take an element out of its tree; a line break stays where it kept the text after it from that before."""
    parent, tail = element.getparent(), element.tail
    if parent is None or element.tag == "span" or not (tail and tail.strip()):
        element.drop_tree()
        return
    gap = parent.makeelement("br")
    gap.tail, element.tail = tail, None
    parent.replace(element, gap)


def _is_named_furniture(element: HtmlElement) -> bool:
    name = name_of(element)
    if name == " ":
        return False
    if _names_furniture(name) or (_names_links(name) and element.find(".//a[@href]") is not None):
        return True
    return _names_picture(name) and element.find(".//img") is not None and _letters(element) <= LONGEST_CAPTION


@lru_cache(maxsize=20_000)
def _names_furniture(name: str) -> bool:
    return FURNITURE_NAME.search(name) is not None


@lru_cache(maxsize=20_000)
def _names_links(name: str) -> bool:
    return LINKING_NAME.search(name) is not None


@lru_cache(maxsize=20_000)
def _names_picture(name: str) -> bool:
    return PICTURE_NAME.search(name) is not None


def _holds_article(element: HtmlElement) -> bool:
    """Tell whether an element holds the headline or what the page marks as the body, whatever its name."""
    return element.get("itemprop") == "articleBody" or any(
        inner.tag == "h1" or inner.get("itemprop") == "articleBody" for inner in element.iterdescendants("h1", "div")
    )


def _paragraph_text(element: HtmlElement) -> int:
    return sum(len(p.text_content()) for p in element.iter("p"))


def _is_link_only(element: HtmlElement) -> bool:
    """Tell whether all the text of a paragraph or of each item of a list is that of a link to another page."""
    links = element.findall(".//a[@href]")
    if not links:
        return False
    text = _letters(element)
    linked = sum(_letters(a) for a in links if not a.get("href", "").startswith("#"))
    if element.tag in ("ul", "ol"):
        items = element.findall("li")
        return len(items) > 0 and linked >= 0.9 * text and len(links) >= len(items)
    return linked >= 0.95 * text and text > 15


def _letters(element: HtmlElement) -> int:
    return sum(map(len, "".join(element.itertext()).split()))
