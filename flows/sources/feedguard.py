"""From the bytes of a feed to text that feedparser can be given: decoded, bounded, and nothing that attacks it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import re2
from trafilatura.utils import detect_encoding

from extractors.markup import BYTE_ORDER_MARKS, CHARSETS

# feedparser takes a second for 10,000 items; news feeds have 20 to 200.
MOST_ITEMS = 10_000
# Its time is quadratic in the attributes of one tag: 20,000 cost 3 s, 200,000 five minutes. Real ones have a handful.
MOST_ATTRIBUTES = 1_000

ITEM_START = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)(?=[\s>/])", re.I)
ITEM_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.I)
# re2 here and below: its time is linear in what an attacker may choose.
PROLOG = r"(?is)^(?:\s|<\?.*?\?>|<!--.*?-->)*"
HTML_START = re2.compile(PROLOG + r"<(?:!doctype\s+html|html|head|body)\b")
DOCTYPE_START = re2.compile(PROLOG + "<!doctype")
XML_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,200}>", re.I)
XML_CHARSET = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
BLANK = " \t\r\n\ufeff"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, 2.2

MARKUP_PIECE = re.compile("[^<]+")  # from one "<" to the next: a tag and the text behind it
QUOTED = r"\"[^\"]*\"|'[^']*'"
TAG = re2.compile(rf"[A-Za-z](?:[^>\"']|{QUOTED})*")
ATTRIBUTE = re2.compile(rf"=\s*(?:{QUOTED})")

FEED_LINK = re.compile(
    r"<link\b[^<>]{0,500}\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]*", re.I
)
HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.I)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
MOST_NAMED = 5  # feeds of a page that an error names


class FeedError(Exception):
    """What came is no feed that can be read: `reason` in one word, `detail` for people."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def feed_text(body: bytes, content_type: str | None) -> str:
    """Return a feed's text without its XML declaration and without what XML forbids.

    Valid UTF-8 is taken as such, whatever is declared; then the charset of the XML, then that of the header: servers
    put their own default there, so that RFC 7303, which trusts the header first, would break feeds that are right.
    """
    text = next(text for text in _decodings(body, content_type) if text is not None)
    return XML_DECLARATION.sub("", NOT_XML.sub("", text).strip(BLANK), 1).strip(BLANK)


def _decodings(body: bytes, content_type: str | None) -> Iterator[str | None]:
    for mark, codec in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            yield _decoded(body, codec)
    if body[:200].count(0) > 40:  # two bytes a character, and no mark to say so
        yield _decoded(body, "utf-16-le" if body[1:2] == b"\0" else "utf-16-be")
    yield _decoded(body, "utf-8")
    labels = [label.decode("ascii", "replace") for label in XML_CHARSET.findall(body[:500])]
    labels += HEADER_CHARSET.findall(content_type or "")
    codecs = [CHARSETS[label.lower()] for label in labels if label.lower() in CHARSETS]
    for codec in codecs:
        yield _decoded(body, codec)
    for guess in [] if codecs else detect_encoding(body)[:3]:
        yield _decoded(body, guess)
    yield body.decode(codecs[0] if codecs else "utf-8", "replace")


def _decoded(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except (UnicodeError, LookupError):
        return None


def refuse_what_is_no_feed(text: str, url: str) -> None:
    """Raise FeedError for a web page, for declared entities, and for a tag with a flood of attributes."""
    if HTML_START.search(text[:20_000]):
        links = _feeds_linked(text, url)
        hint = f"it links to {', '.join(links)}" if links else "it links to no feed"
        raise FeedError("feed_is_html", f"{bare(url)}: a web page and not a feed; {hint}")
    if DOCTYPE_START.search(text) and re.search("<!entity", text, re.I):
        raise FeedError("entity_declared", f"{bare(url)}: the feed declares entities, as feeds that attack do")
    for piece in MARKUP_PIECE.finditer(text):
        if piece.group().count("=") > MOST_ATTRIBUTES and _attributes(piece.group()) > MOST_ATTRIBUTES:
            raise FeedError("too_many_attributes", f"{bare(url)}: a tag with more than {MOST_ATTRIBUTES} attributes")


def _attributes(piece: str) -> int:
    tag = TAG.match(piece)
    return len(ATTRIBUTE.findall(tag.group())) if tag else 0


def first_items(text: str, most: int) -> tuple[str, int]:
    """Return a feed with the items after the first `most` cut out, still well-formed, and how many those were."""
    starts = [found.start() for found in ITEM_START.finditer(text)]
    if len(starts) <= most:
        return text, 0
    cut, ends = starts[most], [found.end() for found in ITEM_END.finditer(text)]
    return text[:cut] + (text[ends[-1] :] if ends and ends[-1] > cut else ""), len(starts) - most


def _feeds_linked(page: str, url: str) -> list[str]:
    hrefs = (HREF.search(tag.group()) for tag in FEED_LINK.finditer(page[:500_000]))
    links = (web_link(html.unescape(href.group(1)), url) for href in hrefs if href)
    return list(dict.fromkeys(link for link in links if link))[:MOST_NAMED]


def web_link(link: str | None, base: str) -> str | None:
    """Return a link as an absolute http(s) address, or None where it is none."""
    # As browsers do (WHATWG URL, 4.4): line breaks inside are left out, blanks are encoded.
    text = re.sub(r"[\r\n\t]", "", (link or "").strip()).replace(" ", "%20")
    try:
        absolute = text if SCHEME.match(text) else urljoin(base, text)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if text and parts.scheme in ("http", "https") and parts.hostname else None


def bare(url: str) -> str:
    """Return an address without its query and user name, which may be secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
