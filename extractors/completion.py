"""Paragraphs, lists and sub-headings that the reading of a page lost, put back where they stand in the page.

A figure in a lost paragraph is a lost figure. Two kinds are found: siblings of what was kept, and bodies that a page
splits over several containers of the same make (for an advertisement between them), of which only one was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from lxml.html import HtmlElement

from extractors.wording import SENTENCE_END, count_tokens, fold, holds, one_line

BLOCK_TAGS = ("p", "ul", "ol", "h2", "h3", "h4", "div")  # a div counts where no block is in it
INNER_BLOCKS = tuple("p div ul ol h1 h2 h3 h4 section article table figure header blockquote".split())
HEADINGS = frozenset({"h2", "h3", "h4"})
FEWEST_TOKENS = 4
WRAPPERS = frozenset({"div", "section", "span"})
MOST_WRAPPERS = 3
MANY = 4  # a make is the body's where one of so many kept paragraphs stands in it
LONGEST_TEXT, MOST_BLOCKS = 400_000, 8_000  # beyond these nothing is looked for: no article is so long
PIECE_LETTERS = 20
Thing = TypeVar("Thing")
NEIGHBOURS = 2  # kept paragraphs that make their parent part of the body


@dataclass(slots=True)
class Block:
    """A paragraph, list or sub-heading of the page. `line` is the line of the text that holds it, if one does."""

    element: HtmlElement
    places: tuple[HtmlElement, ...]  # its parent, then what that stands in if it holds nothing else
    lines: list[str]
    folded: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Make:
    """What containers of one body have in common: tag, words of the class, and the article they stand in."""

    tag: object
    words: frozenset[str]
    article: HtmlElement | None

    def resembles(self, other: Make) -> bool:
        """Tell whether two containers are of one make: the same but for a modifier in the class."""
        shared = len(self.words & other.words)
        return (
            self.tag == other.tag
            and self.article is other.article
            and shared >= 1
            and 2 * shared >= max(len(self.words), len(other.words))
        )


def _make(element: HtmlElement) -> Make:
    words = frozenset((element.get("class") or "").split())
    return Make(element.tag, words, next(element.iterancestors("article", "main"), None))


@dataclass(frozen=True, slots=True)
class Body:
    """Where the kept paragraphs stand: in which elements, in containers of which makes, and in `div`s of which."""

    places: set[HtmlElement]
    around: set[HtmlElement]  # what those elements stand in
    makes: set[Make]
    divs: set[Make]

    def holds(self, block: Block) -> bool:
        """Tell whether a block is a neighbour of what was kept or, if a paragraph, in a container of its make."""
        if block.element.tag == "div":
            return _make(block.element) in self.divs
        if block.places[-1] in self.places and (len(block.places) == 1 or not block.places[0].get("class")):
            return True
        return block.element.tag == "p" and any(_make(p).resembles(make) for p in block.places for make in self.makes)

    def begins_with(self, block: Block) -> bool:
        """Tell whether a paragraph stands just outside the body: some wrap all but the first for who pays."""
        return block.element.tag == "p" and block.places[0] in self.around


def complete(lines: Sequence[str], tree: HtmlElement) -> list[str]:
    """Return the lines with what stands between or beside them in the page put back."""
    if sum(map(len, lines)) > LONGEST_TEXT:
        return list(lines)
    elements = islice(tree.iter(*BLOCK_TAGS), MOST_BLOCKS)
    blocks = [block for element in elements if (block := _read(element)) is not None]
    _find_lines(blocks, lines)
    body = _find_body([block for block in blocks if block.line is not None])
    after: dict[int, list[str]] = {}
    added: list[str] = []
    position, begun = -1, False
    for i, block in enumerate(blocks):
        if block.line is not None:
            position, begun = max(position, block.line), begun or block.places[-1] in body.places
        elif (body.holds(block) or (not begun and body.begins_with(block))) and _belongs(block):
            if block.element.tag in HEADINGS and not _is_followed(blocks, i):
                continue
            after.setdefault(position, []).extend(block.lines)
            added.append(block.folded)
    whole = " ".join(added)
    own = [[] if _is_part(line, whole) else [line] for line in lines]
    return [line for i in range(-1, len(lines)) for line in (own[i] if i >= 0 else []) + after.get(i, [])]


def _find_body(kept: Sequence[Block]) -> Body:
    """Return where kept blocks stand; of several that hold one line, the first."""
    paragraphs = list({block.line: block for block in reversed(kept) if block.element.tag == "p"}.values())
    places = _frequent(Counter(block.places[-1] for block in paragraphs), NEIGHBOURS)
    makes = Counter(make for block in paragraphs for make in set(map(_make, block.places)) if make.words)
    divs = Counter(make for block in kept if block.element.tag == "div" and (make := _make(block.element)).words)
    return Body(
        places,
        {parent for place in places if (parent := place.getparent()) is not None and parent.tag != "body"},
        _frequent(makes, max(NEIGHBOURS, len(paragraphs) // MANY)),
        _frequent(divs, NEIGHBOURS + 1),
    )


def _frequent(counts: Counter[Thing], least: int) -> set[Thing]:
    return {thing for thing, number in counts.items() if number >= least}


def _is_part(line: str, added: str) -> bool:
    """Tell whether a line is a piece of a paragraph that was put back whole."""
    folded = fold(line)
    return len(folded) >= PIECE_LETTERS and folded in added


def _read(element: HtmlElement) -> Block | None:
    places = _places(element)
    if not places or (element.tag == "div" and (not element.get("class") or _has_blocks(element))):
        return None
    if element.tag in ("ul", "ol"):
        texts = [f"- {text}" for item in element.iterchildren("li") if (text := one_line(item.text_content()))]
    else:
        texts = [text] if (text := one_line(element.text_content())) else []
    folded = fold(" ".join(texts))
    return Block(element, places, texts, folded) if folded else None


def _has_blocks(element: HtmlElement) -> bool:
    return next(element.iterchildren(*INNER_BLOCKS), None) is not None


def _places(element: HtmlElement) -> tuple[HtmlElement, ...]:
    """Return the parent of a block, and what wrappers stand in that hold nothing else, innermost first."""
    places: list[HtmlElement] = []
    parent = element.getparent()
    while parent is not None and len(places) <= MOST_WRAPPERS:
        places.append(parent)
        if len(parent) != 1 or parent.tag not in WRAPPERS:
            break
        parent = parent.getparent()
    return tuple(places)


def _find_lines(blocks: Sequence[Block], lines: Sequence[str]) -> None:
    """Note in each block the line that holds it: its own, or any that it stands in."""
    index: dict[str, int] = {}
    for i, line in enumerate(lines):
        index.setdefault(fold(line), i)
    whole = fold(" ".join(lines))
    position = 0
    for block in blocks:
        found = index.get(block.folded, index.get(fold(block.lines[0])))
        if found is not None:
            position = block.line = found
        elif holds(whole, block.folded):
            block.line = position


def _belongs(block: Block) -> bool:
    """Tell whether a block is text of its own, not a teaser or a label."""
    text = " ".join(block.lines)
    if block.element.tag == "div" and not SENTENCE_END.search(text):
        return False
    if count_tokens(text) < (2 if block.element.tag in HEADINGS else FEWEST_TOKENS):
        return False
    linked = sum(len(fold(a.text_content())) for a in block.element.iter("a"))
    # A sentence may be a link for the most part; what is a link for half and no sentence is a teaser.
    return linked < (0.85 if SENTENCE_END.search(text) else 0.5) * len(block.folded)


def _is_followed(blocks: Sequence[Block], i: int) -> bool:
    """Tell whether the block after a sub-heading was kept, with the same parent: else it heads something else."""
    following = next(iter(blocks[i + 1 : i + 2]), None)
    return following is not None and following.line is not None and following.places[-1] is blocks[i].places[-1]
