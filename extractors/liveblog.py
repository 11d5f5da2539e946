"""The posts of a live blog: pieces of one page that each have a time of their own.

A page lists its posts in JSON-LD, or shows several siblings that each bear a time; lists of teasers do so too, but
they are not in the article's text. So posts count only where the text is made of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.html import HtmlElement

from extractors.dates import is_possible
from extractors.jsonld import Node, text_of
from extractors.moments import parse_moment
from extractors.records import Section
from extractors.wording import fold, one_line

OTHER_TIMES = "//*[@data-timestamp or (@itemprop='datePublished' and (@content or @datetime))]"
FEWEST = 3  # posts that make a live blog
MOST_TIMES, MOST_LEVELS, MOST_PARENTS = 600, 40, 6  # that are looked at
MOST_POSTS = 1_000
BLOCKS = ("h2", "h3", "h4", "p", "li", "div")
SIGN, SIGNS = 24, 4  # letters a post is found again by, beginnings of so many of its blocks
LEAST_SIGN = 6  # letters of a short headline
FAR = 1_500  # characters
LEAST_SHARE = 0.5  # of the text that stands in posts


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the page has it: its time, and the folded beginnings of its first blocks, to find it in the text."""

    at: datetime
    signs: tuple[str, ...]
    title: str | None = None
    url: str | None = None


def read_posts(tree: HtmlElement, updates: Sequence[Node], now: datetime | None) -> list[list[Post]]:
    """Return the lists of posts that a page may be made of: as it declares them, else as its mark-up shows them."""
    declared = [post for update in islice(updates, MOST_POSTS) if (post := _declared(update, now))]
    found = [declared] if len(declared) >= FEWEST else []
    return found + list(_shown(tree, now))


def place_posts(text: str, lists: Sequence[Sequence[Post]]) -> tuple[Section, ...]:
    """Return the posts as sections of the text, in its order; none where the text is not made of posts.

    A section ends where the next begins; what stands before the first is no post's.
    """
    if not lists:
        return ()
    starts = line_starts(text)
    for posts in lists:
        placed: dict[int, Post] = {}
        for post in posts:
            if (start := start_of(post.signs, starts)) is not None:
                placed.setdefault(start, post)
        order = sorted(placed)
        if len(order) >= FEWEST and len(text) - order[0] >= LEAST_SHARE * len(text):
            ends = [start - 1 for start in order[1:]] + [len(text)]
            return tuple(
                Section(start, end, placed[start].at, placed[start].title, placed[start].url)
                for start, end in zip(order, ends, strict=True)
            )
    return ()


def line_starts(text: str) -> dict[str, int]:
    """Return where each line of a text begins, by its folded beginning; a beginning of several lines is left out."""
    starts: dict[str, int] = {}
    repeated: set[str] = set()
    offset = 0
    for line in text.split("\n"):
        sign = fold(line)[:SIGN]
        if starts.setdefault(sign, offset) != offset:
            repeated.add(sign)
        offset += len(line) + 1
    return {sign: start for sign, start in starts.items() if sign not in repeated}


def start_of(signs: Sequence[str], starts: dict[str, int]) -> int | None:
    """Return where a post begins in the text. A headline far above its body stands in a summary at the top."""
    found = sorted(starts[sign] for sign in signs if sign in starts)
    near = [start for start in found if found[-1] - start <= FAR]
    return near[0] if near else None


def body_of_posts(updates: Sequence[Node]) -> str | None:
    """Return the text of the posts that a page declares, a headline or paragraph a line; None if it declares none."""
    lines = [
        line
        for update in islice(updates, MOST_POSTS)
        for line in (text_of(update.get("headline")), *str(update.get("articleBody") or "").split("\n"))
        if line and line.strip()
    ]
    return "\n".join(lines) or None


def _declared(update: Node, now: datetime | None) -> Post | None:
    at = _time(text_of(update.get("datePublished")), now)
    title, url = text_of(update.get("headline")), text_of(update.get("url")) or text_of(update.get("@id"))
    body = str(update.get("articleBody") or update.get("text") or "")
    signs = tuple(s for line in (title or "", *body.split("\n")[:SIGNS]) if (s := _sign(line)))
    return Post(at, signs, title, url if url and url.startswith("http") else None) if at and signs else None


def _shown(tree: HtmlElement, now: datetime | None) -> Iterator[list[Post]]:
    """Yield the posts of each element with several children that bear times, those with the most first."""
    marks = [time for time in tree.iter("time") if time.get("datetime")]
    if len(marks) < FEWEST:
        marks = tree.xpath(OTHER_TIMES)
    if len(marks) < FEWEST:
        return
    children: dict[HtmlElement, dict[HtmlElement, HtmlElement]] = defaultdict(dict)
    for mark in marks[:MOST_TIMES]:
        child = mark
        for parent in islice(mark.iterancestors(), MOST_LEVELS):
            children[parent].setdefault(child, mark)
            child = parent
    likely = sorted((p for p in children if len(children[p]) >= FEWEST), key=lambda p: -len(children[p]))
    for parent in likely[:MOST_PARENTS]:
        yield [post for child, mark in children[parent].items() if (post := _shown_post(child, mark, now))]


def _shown_post(child: HtmlElement, mark: HtmlElement, now: datetime | None) -> Post | None:
    """Return the post that begins with a child of the list; a bare time belongs to the first text after it."""
    at = _time(mark.get("datetime") or mark.get("data-timestamp") or mark.get("content"), now)
    signs = list(islice(signs_of(child), SIGNS))
    following = child.itersiblings()
    while not signs and (child := next(following, None)) is not None:
        signs = list(islice(signs_of(child), SIGNS))
    anchor = next((e.get("id") for e in (child, mark) if e is not None and e.get("id")), None)
    return Post(at, tuple(signs), None, f"#{anchor}" if anchor else None) if at and signs else None


def signs_of(element: HtmlElement) -> Iterator[str]:
    """Yield the folded beginnings of an element's blocks, to find them in the text by."""
    for block in element.iter(*BLOCKS):
        if (block.tag != "div" or not len(block)) and (sign := _sign(block.text_content())):
            yield sign


def _sign(text: str) -> str | None:
    folded = fold(one_line(text) or "")
    return folded[:SIGN] if len(folded) >= LEAST_SIGN else None


def _time(text: str | None, now: datetime | None) -> datetime | None:
    moment = parse_moment(text)
    return moment.at if moment and not moment.day_only and is_possible(moment.at, now) else None
