"""What is no article, and the one word that says why.

A page is refused only on two grounds together: it has few words of its own, or nothing says that it is an article;
and its words or its make are those of a wall, an error, an index. What is short and nothing of that is a brief.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

from lxml.html import HtmlElement

from extractors.metadata import PUBLISHED_META, Metadata
from extractors.wording import SENTENCE_END, count_tokens, fold, one_line

# Every reason that NotArticle.reason may hold. The first eight are found before or while the page is parsed.
REASONS = {
    "empty": "no bytes, or only white space",
    "not_html": "a PDF, an image, a feed, JSON, plain bytes",
    "too_large": "more bytes than are read",
    "too_deep": "nested beyond what can be read",
    "too_many_paragraphs": "more paragraphs than are read: reading time grows with their square",
    "too_many_elements": "more elements than are read",
    "too_many_attributes": "more attributes in one tag than are read",
    "unreadable": "the libraries that read pages failed on it",
    "bot_wall": "a check for robots, or a refusal",
    "not_found_page": "the site says that there is no such page, whatever the status",
    "error_page": "the site says that it failed",
    "consent_wall": "a request for consent in place of the article",
    "paywall_stub": "the first words, and an offer to subscribe",
    "index_page": "a list of other articles",
    "script_shell": "nothing but scripts that would draw the page",
    "gallery": "pictures without a text",
    "no_text": "too few words to be anything",
}

FEWEST = 10  # words of a text; a flash of one sentence has more
FEW_ON_WALL = 150  # words at most on a wall or an error page, menus aside
FEW_IF_DECLARED = 30  # a wall does not say that it is an article of such a date
FEW_ON_STUB = 120
FEW_ON_CONSENT = 400  # consent texts are long
CONSENT_PHRASES, WORDS_A_PHRASE = 3, 30
MANY_TEASERS = 6
MOSTLY_LINKS, ALL_LINKS = 0.6, 0.9
LONG_PARAGRAPH, FULL_LINE = 45, 25  # words; teasers are shorter
WHOLE_LINE, HEADLINE = 15, 4  # words
GALLERY_WORDS, MANY_PICTURES = 40, 5
SHELL_WORDS = 40
EXCUSE = re.compile(r"^\W*(?:sorry|oops|whoops|uh[- ]?oh|oh no|hmm+|hoppla|ups|oups|vaya|ой|упс)\b\W*", re.IGNORECASE)
TITLE_PARTS = re.compile(r"\s+[|–—·•»-]\s+|\s*[|｜]\s*")
TEASERS = "//h2[.//a[@href]] | //h3[.//a[@href]] | //h4[.//a[@href]] | //a[.//h2 or .//h3 or .//h4]"
LIST_TYPES = ("CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage")

_WORDS = tomllib.loads(resources.files("extractors").joinpath("walls.toml").read_text(encoding="utf-8"))
_TITLES = {reason: frozenset(map(fold, words["titles"])) for reason, words in _WORDS.items()}
_PHRASES = {reason: tuple(map(fold, words["phrases"])) for reason, words in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class PageShape:
    """What the page is made of before anything is cut from it."""

    words: int  # all that is visible
    folded: str
    headings: tuple[str, ...]  # the title tag, then headings of the first level
    linked: float  # share of the visible letters that stand in links
    teasers: int  # headings that are links to other pages
    pictures: int
    scripts: int


def measure(tree: HtmlElement) -> PageShape:
    """Return the shape of a page as parsed, scripts included."""
    body = tree.find("body")
    visible = " ".join(_visible_text(tree if body is None else body))
    headings = [one_line(tree.findtext(".//title")), *(one_line(h.text_content()) for h in tree.iterfind(".//h1"))]
    return PageShape(
        words=count_tokens(visible),
        folded=fold(visible),
        headings=tuple(heading for heading in headings[:4] if heading),
        linked=sum(len(text) for a in tree.iter("a") for text in a.itertext()) / max(1, len(visible)),
        teasers=int(tree.xpath(f"count({TEASERS})")),
        pictures=int(tree.xpath("count(//img | //picture)")),
        scripts=int(tree.xpath("count(//script)")),
    )


def needs_a_look(text: str, metadata: Metadata) -> bool:
    """Tell whether a page may be no article at all: it has few words, or nothing on it says that it is one."""
    return not is_declared(metadata) or count_tokens(text[:4000]) < FEW_ON_WALL


def is_declared(metadata: Metadata) -> bool:
    """Tell whether the page says of itself that it is an article, with a date."""
    if metadata.node:
        return bool(metadata.node.get("datePublished") or metadata.node.get("headline"))
    return _is_dated(metadata) and "article" in " ".join(metadata.meta.get("og:type", ["article"])).lower()


def find_wall(text: str, metadata: Metadata, page: PageShape) -> str | None:
    """Return the reason why a page is no article, or None when it is one."""
    words, declared = count_tokens(text), is_declared(metadata)
    if wall := _titled_wall(words, page, declared=declared):
        return wall
    if not declared and (wall := _worded_wall(text, words, page)):
        return wall
    if words < FEW_ON_STUB and _holds("paywall_stub", page.folded) and _is_cut(text, metadata):
        return "paywall_stub"
    if not declared and _is_index(text, metadata, page):
        return "index_page"
    if words < (FEWEST if declared else GALLERY_WORDS) and page.pictures >= MANY_PICTURES:
        return "gallery"
    if words < FEWEST:
        return "script_shell" if page.words < SHELL_WORDS and page.scripts else "no_text"
    return None


def _titled_wall(words: int, page: PageShape, *, declared: bool) -> str | None:
    """Return the wall that a page is by its title; one that is declared an article may be titled "Forbidden"."""
    if declared and words >= FEW_IF_DECLARED:
        return None
    if _has_title("not_found_page", page.headings):
        return "not_found_page"
    titled = (reason for reason in ("bot_wall", "error_page") if _has_title(reason, page.headings))
    return next(titled, None) if words < FEW_ON_WALL else None


def _worded_wall(text: str, words: int, page: PageShape) -> str | None:
    """Return the wall that a page which is not declared an article is by its phrases."""
    if page.words < FEW_ON_WALL:
        if page.words < SHELL_WORDS and _holds("script_shell", page.folded):
            return "script_shell"
        for reason in ("bot_wall", "not_found_page", "error_page"):
            if _holds(reason, page.folded):
                return reason
    asks = _is_dense(fold(text), words) or _has_title("consent_wall", page.headings)
    if words < FEW_ON_CONSENT and asks:
        return "consent_wall"
    return "consent_wall" if words < FEWEST and _is_dense(page.folded, page.words) else None


def _is_dense(folded: str, words: int) -> bool:
    """Tell whether a text of so many words speaks of consent time and again."""
    found = sum(folded.count(phrase) for phrase in _PHRASES["consent_wall"])
    return found >= CONSENT_PHRASES and found * WORDS_A_PHRASE >= words


def _is_cut(text: str, metadata: Metadata) -> bool:
    """Tell whether the page itself says that the article goes on for those who pay, or breaks off."""
    free = str(metadata.node.get("isAccessibleForFree", "")).lower()
    return free in ("false", "no") or text.rstrip().endswith(("…", "...")) or count_tokens(text) < FEW_ON_STUB / 2


def _is_index(text: str, metadata: Metadata, page: PageShape) -> bool:
    """Tell whether a page that is not declared an article lists others: many teasers, and little of its own."""
    if _is_dated(metadata) or "article" in " ".join(metadata.meta.get("og:type", ())).lower():
        return False
    lines = [count_tokens(line) for line in text.split("\n")]
    paragraphs = sum(tokens >= LONG_PARAGRAPH for tokens in lines)
    if any(kind in metadata.page_types for kind in LIST_TYPES):
        return paragraphs < 3
    full = sum(tokens >= FULL_LINE for tokens in lines)
    if page.teasers >= MANY_TEASERS and paragraphs < 2 and 2 * full < page.teasers and not _is_brief(text, page):
        return True
    return (page.linked >= MOSTLY_LINKS and paragraphs == 0) or page.linked >= ALL_LINKS


def _is_brief(text: str, page: PageShape) -> bool:
    """Tell whether a text is no more than some sentences under a headline: a list's heading is a word or a name."""
    lines = text.split("\n")
    whole = [line for line in lines if count_tokens(line) >= WHOLE_LINE and SENTENCE_END.search(line)]
    headed = any(count_tokens(heading) >= HEADLINE for heading in page.headings[1:])
    return headed and len(whole) >= 2 and len(whole) == len(lines) and 2 * len(whole) < page.teasers


def _is_dated(metadata: Metadata) -> bool:
    """Tell whether the head of the page dates it; dates in its body may be those of teasers."""
    return any(name in metadata.meta for name in PUBLISHED_META)


def _has_title(reason: str, titles: tuple[str, ...]) -> bool:
    known = _TITLES[reason]
    parts = (EXCUSE.sub("", part) for title in titles for part in (title, *TITLE_PARTS.split(title)))
    return any(fold(part) in known for part in parts)


def _holds(reason: str, folded: str) -> bool:
    return any(phrase in folded for phrase in _PHRASES[reason])


def _visible_text(body: HtmlElement) -> list[str]:
    hidden = {"script", "style", "noscript", "template", "svg"}
    texts: list[str] = []
    for element in body.iter():
        if element.tag not in hidden and element.text:
            texts.append(element.text)
        if element.tail and element is not body:
            texts.append(element.tail)
    return texts
