"""What a page says of its article: headline, authors, standfirst, and the times it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from extractors.authors import find_authors, is_own, shown_bylines
from extractors.datelines import marked_times, shown_dates
from extractors.dates import Claim
from extractors.jsonld import Node, find_article, node_types, read_blocks, text_of, walk
from extractors.liveblog import MOST_POSTS, body_of_posts
from extractors.wording import fold, one_line

PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "publication_date", "publishdate", "publish-date", "published_time", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "article.published", "pubdate", "date", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified",
    "article.updated", "dc.date.modified",
)  # fmt: skip
AUTHOR_META = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
    "og:article:author", "cxenseparse:author", "article:author_name",
)  # fmt: skip
SOURCE_META = ("article:source", "news_source", "syndication-source", "original-source", "dc.source", "source")
SITE_META = ("og:site_name", "application-name", "al:android:app_name", "twitter:app:name:iphone", "publisher")
DESCRIPTION_META = ("og:description", "description", "twitter:description", "dc.description")
TITLE_SEPARATOR = re.compile(r"\s+(?:[|–—·•»:-]|//|::)\s+|\s*[|｜]\s*")
CUT_SHORT, LEAST_BEGINNING = re.compile(r"\s*(?:…|\.\.\.)\s*$"), 20  # letters
SEPARATORS = " |–—·•»:-｜/"
DATE_ONLY = re.compile(r"^\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s*$")
MOST_SUFFIXES = 3
MAX_META = 400
MAX_LD_AUTHORS = 50  # a live blog listed 1,724


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page declares, each list in the order in which it is believed."""

    node: Node
    title: str | None
    titles: tuple[str, ...]  # every headline the page gives, to know the title line by
    descriptions: tuple[str, ...]
    authors: tuple[str, ...]
    published: tuple[Claim, ...]
    modified: tuple[Claim, ...]
    page_types: frozenset[str]
    meta: dict[str, list[str]] = field(default_factory=dict)
    article_body: str | None = None
    signed: tuple[str, ...] = ()  # author, by-line and source fields as written
    sites: tuple[str, ...] = ()  # names of the outlet
    updates: tuple[Node, ...] = ()  # posts of a live blog
    canonical: str | None = None  # the address that the page declares as its own


def read_metadata(tree: HtmlElement) -> Metadata:
    """Return what a page declares about its article."""
    blocks = read_blocks(tree)
    meta = _read_meta(tree)
    page_title = one_line(tree.findtext(".//title"))
    headings = _headings(tree, page_title)
    node = find_article(blocks, [*headings, *_values(meta, ("og:title",))])
    sites = tuple(_site_names(blocks, node, meta))
    declared = text_of(node.get("headline")) or text_of(node.get("name"))
    candidates = [declared, *_values(meta, ("og:title", "twitter:title", "title")), *headings, page_title]
    titles = [cut_to_heading(cut_site(title, sites), headings) for title in candidates if title]
    signed = [*_ld_authors(node, blocks), *_values(meta, AUTHOR_META)]
    authors = find_authors(tree, _ld_authors(node, blocks), _values(meta, AUTHOR_META), sites)
    if all(is_own(author, {fold(site) for site in sites}) for author in authors):
        signed += shown_bylines(tree)
    signed += [text for key in ("sourceOrganization", "creditText") if (text := text_of(node.get(key)))]
    updates = tuple(islice(_updates(blocks), MOST_POSTS))
    return Metadata(
        node=node,
        title=_typeset(titles, _values(meta, ("og:title",))),
        titles=tuple(dict.fromkeys(titles)),
        descriptions=tuple(_descriptions(node, meta)),
        authors=authors,
        published=tuple(_published(node, meta, tree)),
        modified=tuple(_modified(node, meta)),
        page_types=frozenset(kind for other in walk(blocks) for kind in node_types(other)),
        meta=meta,
        article_body=_body(node) or body_of_posts(updates),
        updates=updates,
        signed=(*signed, *_values(meta, SOURCE_META)),
        sites=sites,
        canonical=next(iter(tree.xpath("//link[@rel='canonical']/@href")), None),
    )


def _typeset(titles: list[str], og_titles: list[str]) -> str | None:
    """Return the first title, as og:title sets it where that has the same letters: JSON-LD flattens the marks."""
    first = next(iter(titles), None)
    return next((t for t in og_titles if first and fold(t) == fold(first)), first)


def _updates(blocks: list[object]) -> Iterator[Node]:
    for node in walk(blocks):
        if "LiveBlogPosting" in node_types(node):
            found = node.get("liveBlogUpdate")
            yield from (
                update for update in (found if isinstance(found, list) else [found]) if isinstance(update, dict)
            )


def _headings(tree: HtmlElement, page_title: str | None) -> list[str]:
    """Return the page's first headings; old pages have no h1, and their h2 is one where the title begins with it."""
    first = [text for h1 in tree.iterfind(".//h1") if (text := one_line(h1.text_content()))][:5]
    # Some set the name of the paper as a heading too: the title of the page begins with the article's.
    first.sort(key=lambda text: not (page_title or "").startswith(text))
    second = (one_line(h2.text_content()) for h2 in tree.iterfind(".//h2")) if not first and page_title else ()
    return first or [text for text in second if text and (page_title or "").startswith(text)][:1]


def cut_site(title: str, sites: tuple[str, ...]) -> str:
    """Return a title without the name of its site, or the date, at either end."""
    names = {fold(site) for site in sites} - {""}
    for _ in range(MOST_SUFFIXES):
        parts = [p for p in TITLE_SEPARATOR.split(title) if p.strip()]
        if len(parts) < 2:
            break
        if _names_site(parts[-1], names) or DATE_ONLY.match(parts[-1]):
            title = title[: title.rfind(parts[-1])].strip(SEPARATORS)
        elif _names_site(parts[0], names):
            title = title[title.find(parts[0]) + len(parts[0]) :].strip(SEPARATORS)
        else:
            break
    return title


def cut_to_heading(title: str, headings: list[str]) -> str:
    """Return the page's heading where a title is that and a suffix after a separator, or its beginning cut short."""
    beginning = CUT_SHORT.sub("", title)
    for heading in headings:
        if beginning != title and len(beginning) >= LEAST_BEGINNING and heading.startswith(beginning):
            return heading
        if title.startswith(heading) and TITLE_SEPARATOR.match(title[len(heading) :]):
            return heading
    return title


def _names_site(part: str, names: set[str]) -> bool:
    """Tell whether a part of a title is the site's name, or holds it and little else, or is a good part of it."""
    bare = fold(part)
    return bool(bare) and any(
        bare == name
        or (len(name) > 3 and name in bare and len(bare) <= 2.5 * len(name))
        or (len(bare) > 1 and bare in name and 2 * len(bare) >= len(name))
        for name in names
    )


def _read_meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the content of the page's meta tags by their lower-cased property, name or itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content]")[:MAX_META]:
        content = one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, []).append(content)
    return found


def _values(meta: dict[str, list[str]], keys: tuple[str, ...]) -> list[str]:
    return [value for key in keys for value in meta.get(key, ())]


def _site_names(blocks: list[object], node: Node, meta: dict[str, list[str]]) -> Iterator[str]:
    yield from _values(meta, SITE_META)
    publisher = node.get("publisher")
    for party in publisher if isinstance(publisher, list) else [publisher]:
        if name := text_of(party):
            yield name
    for other in walk(blocks):
        kind = str(other.get("@type"))
        if ("Organization" in kind or "WebSite" in kind) and (name := text_of(other.get("name"))):
            yield name


def _descriptions(node: Node, meta: dict[str, list[str]]) -> Iterator[str]:
    seen = dict.fromkeys([text_of(node.get("description")), *_values(meta, DESCRIPTION_META)])
    yield from (text for text in seen if text)


def _ld_authors(node: Node, blocks: list[object]) -> Iterator[str]:
    """Yield the names of the authors of the article node, as written, be it that it only refers to them."""
    for key in ("author", "creator"):
        value = node.get(key)
        names = []
        for author in (value if isinstance(value, list) else [value])[:MAX_LD_AUTHORS]:
            found = _named(author, blocks).get("name") if isinstance(author, dict) else author
            names += [text for name in (found if isinstance(found, list) else [found]) if (text := text_of(name))]
        if names:
            yield from names
            return


def _named(party: Node, blocks: list[object]) -> Node:
    """Return a party, or the one with its id elsewhere on the page where it is named."""
    if party.get("name") or not party.get("@id"):
        return party
    return next((n for n in walk(blocks) if n.get("@id") == party["@id"] and n.get("name")), party)


def _published(node: Node, meta: dict[str, list[str]], tree: HtmlElement) -> Iterator[Claim]:
    declared = False
    for claim in _declared(node, meta, tree):
        declared = True
        yield claim
    if not declared:
        yield from (Claim("text", text) for text in shown_dates(tree))


def _declared(node: Node, meta: dict[str, list[str]], tree: HtmlElement) -> Iterator[Claim]:
    """Yield what the page declares of its publication; the time of creation last: it is right on 0.9 of pages."""
    if text := text_of(node.get("datePublished")):
        yield Claim("jsonld", text)
    for text in _values(meta, PUBLISHED_META):
        yield Claim("meta", text)
    for element in tree.xpath("//*[@itemprop='datePublished']")[:3]:
        if text := element.get("datetime") or element.get("content") or one_line(element.text_content()):
            yield Claim("meta", text)
    for text in tree.xpath("//abbr[contains(@class,'published')]/@title")[:1]:
        yield Claim("meta", text)
    yield from (Claim("text", text) for text in marked_times(tree))
    if text := text_of(node.get("dateCreated")):
        yield Claim("jsonld", text)


def _modified(node: Node, meta: dict[str, list[str]]) -> Iterator[Claim]:
    if text := text_of(node.get("dateModified")):
        yield Claim("jsonld", text)
    for text in _values(meta, MODIFIED_META):
        yield Claim("meta", text)


def _body(node: Node) -> str | None:
    value = node.get("articleBody") or node.get("text")
    return value if isinstance(value, str) and value.strip() else None
