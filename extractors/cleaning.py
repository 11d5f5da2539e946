"""The text of an article out of its tree: body and standfirst, without title line, captions and furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import use_config

from extractors.completion import complete
from extractors.dropped import left_out, military_numbers
from extractors.furniture import NEVER_TEXT_TAGS, prune_furniture
from extractors.labels import drop_labels
from extractors.markup import LIBRARY_FAILURES
from extractors.metadata import Metadata
from extractors.standfirst import choose_standfirst, read_blocks
from extractors.wording import count_tokens, fold

# Below its minimum, 250 letters, trafilatura takes a fallback that joins title, by-line and text in one line: a date
# then stands beside a number. An agency's brief is shorter than that.
SHORT_TEXTS = use_config()
SHORT_TEXTS.set("DEFAULT", "MIN_EXTRACTED_SIZE", "50")
FEW_TOKENS = 200  # below this the stricter reading has often cut the article: 9 of 257 measured pages
LONG_LINE = 40  # letters
CHEAP_TEXT = 100_000  # characters of a page read in the cheap mode
LAYOUT_TABLES = "//table[descendant::td[count(p) > 1 or h1 or h2 or table]]"
TABLE_PARTS = "./thead|./tbody|./tfoot|./tr|./*/tr|./tr/td|./tr/th|./*/tr/td|./*/tr/th|./caption"
TITLE_LINES = 6  # the title line stands among these, if it does


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text of an article, a paragraph or list item a line, and the military numbers of its page not in it."""

    text: str
    dropped: tuple[str, ...] = ()


def clean_page(tree: HtmlElement, metadata: Metadata, prune: Sequence[str] = ()) -> Cleaned:
    """Return the article of a page, cut out of its tree; an empty text if there is none."""
    prune_tree(tree, prune)
    etree.strip_elements(tree, *NEVER_TEXT_TAGS, with_tail=False)
    open_layout_tables(tree)
    shown = military_numbers(tree, metadata.article_body)
    text = _text(tree, metadata)
    return Cleaned(text, left_out(shown, text, *metadata.titles))


def paragraphs_alone(tree: HtmlElement, prune: Sequence[str] = ()) -> Cleaned:
    """Return the long paragraphs of a page, whatever is in them: for one that `clean_page` takes too long on."""
    prune_tree(tree, prune)
    etree.strip_elements(tree, *NEVER_TEXT_TAGS, with_tail=False)
    part = tree.find(".//article")
    lines = [" ".join(p.text_content().split()) for p in (tree if part is None else part).iter("p")]
    text = "\n".join(dict.fromkeys(line for line in lines if len(line) >= LONG_LINE))
    return Cleaned(text if len(text) <= CHEAP_TEXT else text[:CHEAP_TEXT].rpartition("\n")[0])


def _text(tree: HtmlElement, metadata: Metadata) -> str:
    above = read_blocks(tree, metadata.titles, metadata.descriptions)
    prune_furniture(tree)
    text = _extract(tree)
    lines = [line for line in text.split("\n") if line.strip()]
    lines = complete(lines, tree) if lines else lines
    lines = drop_title(drop_repeats(lines), metadata.titles)
    lines = choose_standfirst(above, fold(" ".join(lines))) + lines
    lines = drop_labels(lines, metadata.authors)
    return rescue("\n".join(lines), metadata.article_body)


def prune_tree(tree: HtmlElement, prune: Sequence[str]) -> None:
    """Take out of the tree what an outlet's XPaths name; one that is no XPath is passed over."""
    for expression in prune:
        try:
            found = tree.xpath(expression)
        except etree.XPathError:
            continue
        for element in found if isinstance(found, list) else ():
            if isinstance(element, HtmlElement) and element.getparent() is not None:
                element.drop_tree()


def open_layout_tables(tree: HtmlElement) -> None:
    """Turn tables that lay a page out into plain boxes: read as data, all their columns become the text.

    A table of data has words and numbers in its cells; one for layout has paragraphs, headings or another table.
    """
    for table in tree.xpath(LAYOUT_TABLES):
        for element in (table, *table.xpath(TABLE_PARTS)):
            element.tag = "div"


def _extract(tree: HtmlElement) -> str:
    text = _trafilatura(tree, precision=True)
    if count_tokens(text) < FEW_TOKENS:
        text = max(_trafilatura(tree, precision=False), text, key=count_tokens)
    return text


def _trafilatura(tree: HtmlElement, *, precision: bool) -> str:
    try:
        found = trafilatura.extract(
            tree, include_comments=False, include_tables=True, favor_precision=precision, config=SHORT_TEXTS
        )
    except LIBRARY_FAILURES:
        return ""  # what a broken tree makes of its rules: the page is read as one without text
    return found or ""


def drop_title(lines: list[str], titles: Sequence[str]) -> list[str]:
    """Return the lines without the one that repeats the headline."""
    known = {fold(title) for title in titles}
    return [line for i, line in enumerate(lines) if i >= TITLE_LINES or fold(line) not in known]


def drop_repeats(lines: list[str]) -> list[str]:
    """Return the lines with each long one once: a figure said twice on a page is one figure.

    Of two in other typography the one of fewer words stays: pages set the first letter apart for its size.
    """
    found: dict[str, str] = {}
    for i, line in enumerate(lines):
        folded = fold(line)
        key = folded if len(folded) >= LONG_LINE else str(i)
        found[key] = min(found.get(key, line), line, key=count_tokens)
    return list(found.values())


def rescue(text: str, article_body: str | None) -> str:
    """Return the JSON-LD articleBody where the page itself shows next to nothing of it."""
    if article_body and count_tokens(text) < 60 and count_tokens(article_body) > 2 * count_tokens(text):
        return "\n".join(" ".join(line.split()) for line in article_body.splitlines() if line.strip())
    return text
