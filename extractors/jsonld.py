"""The JSON-LD of a page: which node describes the article, read with patience for broken blocks."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from extractors.wording import fold

Node = Mapping[str, Any]

MAX_BLOCKS = 60
MAX_BLOCK = 2_000_000  # characters
MAX_NODES = 5_000
# Parts that describe something else than the page: an article inside them is a teaser or a citation.
FOREIGN_KEYS = frozenset(
    "itemListElement isPartOf citation mentions about review comment relatedLink hasPart publisher author image "
    "video associatedMedia breadcrumb isBasedOn potentialAction subjectOf liveBlogUpdate".split()
)
ARTICLE_TYPE = re.compile(r"(?:^|[/:])(?:\w*Article|\w*BlogPosting|Report|\w*NewsItem|Review\w*|SocialMediaPosting)$")
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,20}?\*/)\s*|\s*(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)


def read_blocks(tree: HtmlElement) -> list[Any]:
    """Return the parsed JSON-LD blocks of a page; a block that cannot be mended is left out."""
    scripts = tree.xpath("//script[contains(translate(@type,'LDJSON','ldjson'),'ld+json')]")[:MAX_BLOCKS]
    texts = ("".join(script.itertext())[:MAX_BLOCK] for script in scripts)
    return [block for block in map(_load, texts) if block is not None]


def find_article(blocks: list[Any], titles: Collection[str] = ()) -> Node:
    """Return the node that describes the page's article, or an empty one.

    Where several do, the one whose headline is among the page's own `titles`, else the first with a headline and a
    date: pages put teasers after the article itself.
    """
    nodes = [node for node in walk(blocks) if is_article(node)]
    dated = [n for n in nodes if n.get("datePublished") and (n.get("headline") or n.get("name"))]
    known = {fold(title) for title in titles}
    own = [n for n in dated if fold(text_of(n.get("headline")) or "") in known] if len(dated) > 1 else []
    return next(iter(own or dated or nodes), {})


def walk(blocks: list[Any]) -> Iterator[Node]:
    """Yield the nodes that may describe the page, outermost first, without those that stand for other things."""
    queue: list[Any] = list(blocks)
    seen = 0
    while queue and seen < MAX_NODES:
        value = queue.pop(0)
        seen += 1
        if isinstance(value, list):
            queue[:0] = value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            queue.extend(v for k, v in value.items() if k not in FOREIGN_KEYS and isinstance(v, dict | list))


def node_types(node: Node) -> list[str]:
    """Return the types of a node as written."""
    found = node.get("@type")
    return [t for t in (found if isinstance(found, list) else [found]) if isinstance(t, str)]


def is_article(node: Node) -> bool:
    """Tell whether a node is an article of some kind."""
    return any(ARTICLE_TYPE.search(t.strip()) for t in node_types(node))


def text_of(value: Any) -> str | None:
    """Return a JSON-LD value as one line of text, entities resolved, or None."""
    if isinstance(value, list):
        return next(filter(None, map(text_of, value[:3])), None)
    if isinstance(value, dict):
        return text_of(value.get("@value") or value.get("name"))
    if not isinstance(value, str):
        return None
    text = value
    for _ in range(2):  # some are escaped twice
        if "&" not in text:
            break
        text = entities.unescape(text)
    return " ".join(text.split()) or None


def _load(text: str) -> Any:
    """Return a block parsed, mended where needed; None when it stays broken. Deep nesting counts as broken."""
    for mend in (str, _mend, _mend_escaped):
        try:
            return json.loads(mend(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mend(text: str) -> str:
    return TRAILING_COMMA.sub("", WRAPPING.sub("", WRAPPING.sub("", text)).replace("\\'", "'"))


def _mend_escaped(text: str) -> str:
    return _mend(entities.unescape(text))
