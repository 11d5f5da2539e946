"""The feeds of the newsroom: RSS 2.0, Atom and RDF in windows-1251, none with the text of an article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.newsroom.articles import Article, Version, in_zone
from tests.newsroom.outlets import COURIER, HERALD, WIRE, Outlet, article_path

Out = Sequence[tuple[Article, Version]]


def _rss(outlet: Outlet, out: Out, base: str, now: datetime) -> str:
    items = []
    for article, version in out:
        url = escape(base + article_path(article, version))
        date = format_datetime(in_zone(article.published, outlet.hours)) if article.published else ""
        items.append(
            f"<item><title>{escape(version.title)}</title><link>{url}</link>"
            f"<description><![CDATA[{version.intro}]]></description>"
            f'<guid isPermaLink="true">{url}</guid><pubDate>{date}</pubDate></item>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{outlet.name} - News</title><link>{base}/{outlet.id}/news</link><description>Invented news"
        f"</description><language>en-us</language><lastBuildDate>{format_datetime(now)}</lastBuildDate><ttl>600</ttl>\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


def _atom(outlet: Outlet, out: Out, base: str, now: datetime) -> str:
    entries = []
    for article, version in out:
        url = escape(base + article_path(article, version))
        dates = ""
        if article.published:
            published = in_zone(article.published, outlet.hours)
            updated = in_zone(version.modified, outlet.hours) if version.modified else published
            dates = f"<published>{published.isoformat()}</published><updated>{updated.isoformat()}</updated>"
        entries.append(
            f"<entry><author><name>{escape(article.author)}</name></author>"
            f'<title type="html"><![CDATA[{version.title}]]></title>'
            f'<link rel="alternate" type="text/html" href="{url}"/><id>{base}/{outlet.id}/?p={article.number}</id>'
            f'{dates}<summary type="html"><![CDATA[{version.intro or version.body[0]}]]></summary></entry>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-US">'
        f'<title type="text">{outlet.name}</title><updated>{now.isoformat()}</updated>'
        f"<id>{base}{outlet.feed_path}</id>"
        f'<link rel="self" type="application/atom+xml" href="{base}{outlet.feed_path}"/>'
        '<generator uri="https://wordpress.org/" version="6.7">WordPress</generator>\n'
        + "\n".join(entries)
        + "\n</feed>\n"
    )


def _rdf(outlet: Outlet, out: Out, base: str, now: datetime) -> str:
    urls = [escape(base + article_path(article, version)) for article, version in out]
    items = [
        f'<item rdf:about="{url}"><title>{escape(version.title)}</title><link>{url}</link></item>'
        for url, (_, version) in zip(urls, out, strict=True)
    ]
    return (
        '<?xml version="1.0" encoding="windows-1251"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{base}{outlet.feed_path}"><title>{outlet.name} (Северный телеграф)</title>'
        f"<link>{base}/{outlet.id}/</link><description>Briefs</description><dc:date>{now.isoformat()}</dc:date>"
        "<items><rdf:Seq>"
        + "".join(f'<rdf:li rdf:resource="{url}"/>' for url in urls)
        + "</rdf:Seq></items></channel>\n"
        + "\n".join(items)
        + "\n</rdf:RDF>\n"
    )


FEEDS = {
    HERALD.id: (_rss, "application/rss+xml; charset=utf-8"),
    COURIER.id: (_atom, "application/atom+xml; charset=UTF-8"),
    WIRE.id: (_rdf, "text/xml"),  # the encoding stands in the XML declaration alone, as such servers do
}


def feed(outlet: Outlet, out: Out, base: str, now: datetime) -> tuple[bytes, str]:
    """Return the body and the content type of an outlet's feed over what is out."""
    write, content_type = FEEDS[outlet.id]
    return write(outlet, out, base, now).encode(outlet.encoding), content_type
