"""The three page shapes of the newsroom: mark-up around the same kind of text, as unlike as outlets' are."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template

from tests.newsroom.articles import Article, Version, in_zone
from tests.newsroom.outlets import COURIER, HERALD, WIRE, article_path

FOLDER = Path(__file__).parent / "pages"
TEMPLATES = {o.id: Template((FOLDER / f"{o.id}.html").read_text("utf-8")) for o in (HERALD, COURIER, WIRE)}
NOT_FOUND = (FOLDER / "capital-herald-missing.html").read_bytes()
# Headlines of articles that are elsewhere; their figures are not those of the page they stand on.
MOST_READ = (
    "At Least 77 Killed as Shells Hit Market in Border Town",
    "Navy Sends 6 Warships Through Strait Ahead of Drills",
    "2,300 Fighters Surrender After Siege, Commander Says",
)
OTHERS = "".join(f'<li><a href="/elsewhere/{i}">{title}</a></li>' for i, title in enumerate(MOST_READ))


def _text(words: str) -> str:
    return escape(words, quote=False)


def _blocks(version: Version) -> list[str]:
    """Return the body as HTML blocks: paragraphs, and list items that follow each other in one list."""
    blocks: list[str] = []
    items: list[str] = []
    for text in (*version.body, ""):
        if text.startswith("- "):
            items.append(f"<li>{_text(text[2:])}</li>")
            continue
        if items:
            blocks.append("<ul>" + "".join(items) + "</ul>")
            items = []
        if text:
            blocks.append(f"<p>{_text(text)}</p>")
    return blocks


def _json_ld(article: Article, version: Version, url: str, published: str, modified: str) -> str:
    """Return several blocks, of which one is the article, as The Moscow Times has them; none holds the text."""
    home = url.split(HERALD.id)[0] + HERALD.id
    paper = {"@type": "NewsMediaOrganization", "name": HERALD.name, "url": home}
    crumbs = [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": home},
        {"@type": "ListItem", "position": 2, "name": "News", "item": f"{home}/news"},
    ]
    news = {
        "@type": "NewsArticle", "headline": version.title, "description": version.intro, "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url}, "datePublished": published, "dateModified": modified,
        "author": {"@type": "Person", "name": article.author} if article.author else paper, "publisher": paper,
        "articleSection": article.section, "keywords": ["Ukraine", "Russia", "war"],
    }  # fmt: skip
    parts: list[dict[str, object]] = [
        {**paper},
        {"@type": "WebSite", "name": HERALD.name, "url": home},
        {"@type": "BreadcrumbList", "itemListElement": crumbs},
        news,
    ]
    return "\n".join(
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org"} | part)}</script>'
        for part in parts
    )


def _related(headline: str) -> str:
    """Return the teaser of another article inside the text, figure and all."""
    return (
        '<div class="article__block article__block--article"><aside class="article__related-article">'
        f'<a href="/{HERALD.id}/2026/02/27/elsewhere-a83990"><span class="label">news</span>'
        f"<h3>{_text(headline)}</h3><p>{_text(headline)}, officials reported on Friday.</p></a></aside></div>"
    )


def _herald_fields(article: Article, version: Version, url: str) -> dict[str, str]:
    assert article.published
    published = in_zone(article.published, HERALD.hours)
    # The byline shows the time of the update once there was one, as The Moscow Times does.
    shown = in_zone(version.modified, HERALD.hours) if version.modified else published
    modified = f'<meta property="article:modified_time" content="{shown.isoformat()}">' if version.modified else ""
    blocks = [f'<div class="article__block article__block--html">{block}</div>' for block in _blocks(version)]
    if article.teaser:
        blocks.insert(2, _related(article.teaser))
    return {
        "published": published.isoformat(),
        "modified": modified,
        "section": article.section,
        "json_ld": _json_ld(article, version, url, published.isoformat(), shown.isoformat()),
        "shown": shown.isoformat(),
        "shown_day": f"{shown:%B} {shown.day}, {shown.year}",
        "intro": _text(version.intro),
        "blocks": "\n".join(blocks),
    }


def _courier_fields(article: Article, version: Version, url: str) -> dict[str, str]:
    stamp = ""
    if article.published:
        when = in_zone(article.published, COURIER.hours)
        words = f"{when:%B} {when.day}, {when.year} {when:%H:%M}"
        stamp = f'<time class="entry-date published" datetime="{when.isoformat()}">{words}</time> '
    return {
        "stamp": stamp,
        "intro": f"<p><strong>{_text(version.intro)}</strong></p>" if version.intro else "",
        "blocks": "\n".join(_blocks(version)),
    }


def _wire_fields(article: Article, version: Version, url: str) -> dict[str, str]:
    assert article.published
    return {
        "day": f"{in_zone(article.published, WIRE.hours):%Y-%m-%d}",
        "intro": f"<p><b>{_text(version.intro)}</b></p>",
        "blocks": "\n".join(_blocks(version)),
    }


FIELDS = {HERALD.id: _herald_fields, COURIER.id: _courier_fields, WIRE.id: _wire_fields}
CONTENT_TYPES = {
    HERALD.id: "text/html; charset=utf-8",
    COURIER.id: "text/html; charset=UTF-8",
    WIRE.id: "text/html",  # the encoding stands in the page alone, as old servers do
}
ENCODINGS = {o.id: o.encoding for o in (HERALD, COURIER, WIRE)}


def page(article: Article, version: Version, base: str) -> tuple[bytes, str]:
    """Return the body and the content type of an article's page."""
    outlet = article.outlet
    url = base + article_path(article, version)
    common = {
        "title": escape(version.title),
        "description": escape(version.intro or version.body[0]),
        "url": url,
        "author": escape(article.author),
        "number": str(article.number),
        "others": OTHERS,
    }
    html = TEMPLATES[outlet].substitute(common | FIELDS[outlet](article, version, url))
    return html.encode(ENCODINGS[outlet]), CONTENT_TYPES[outlet]
