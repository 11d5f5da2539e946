"""Read one sitemap file: pure, bounded, and never for nothing: what is whole is kept, what is cut is named."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from flows.sources.moments import written_moment

# sitemaps.org: at most 50,000 entries and 50 MB a file, unpacked.
MOST_ENTRIES = 50_000
MOST_BYTES = 50 * 1024 * 1024
MOST_ADDRESS = 2_048
GZIP = b"\x1f\x8b"
ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
TAGS = [f"{{*}}{name}" for pair in ROOTS.items() for name in pair]
BARE_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
FIRST_TAG = re.compile(rb"<([A-Za-z][\w:.-]{0,40})")


class SitemapError(Exception):
    """A file that no address can be read from; `reason` is one word, `detail` a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page that a sitemap names."""

    url: str
    last_modified: date | datetime | None = None
    published: datetime | None = None  # of a news sitemap
    title: str | None = None  # of a news sitemap


@dataclass(frozen=True, slots=True)
class SitemapChild:
    """A further sitemap that an index names."""

    url: str
    last_modified: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapReading:
    """What a sitemap names, in its order. `cut` says in a sentence what is missing, None if it is whole."""

    pages: tuple[SitemapPage, ...]
    children: tuple[SitemapChild, ...]
    cut: str | None = None


@dataclass(slots=True)
class _Found:
    root: bool = False
    pages: list[SitemapPage] = field(default_factory=list)
    children: list[SitemapChild] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.pages) + len(self.children)


def read_sitemap(body: bytes, url: str) -> SitemapReading:
    """Return what a sitemap names: XML (also an index, or with news tags) or text, plain or gzip by its first bytes.

    Raises SitemapError (empty, not_gzip, not_a_sitemap, broken). Of a file that is broken or too long, what came
    before the cut is kept and `cut` says so.
    """
    body, cut = _unpacked(body)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SitemapError("empty", f"{url} is empty")
    if start[:1] == b"<" or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found, broken = _read_xml(start if start[:1] == b"<" else body, url)
    else:
        found, broken = _read_text(start, url)
    return SitemapReading(tuple(found.pages), tuple(found.children), cut or broken)


def _unpacked(body: bytes) -> tuple[bytes, str | None]:
    """Return the plain bytes, at most MOST_BYTES, and what is wrong with them; all members of a gzip file count."""
    parts: list[bytes] = []
    room = MOST_BYTES
    if body[:2] != GZIP:
        return body[:room], f"longer than {MOST_BYTES:,} bytes; the rest is left out" if len(body) > room else None
    while body[:2] == GZIP:
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(body, room))
        except zlib.error as error:
            if not any(parts):
                raise SitemapError("not_gzip", f"it begins like gzip and is none: {error}") from error
            return b"".join(parts), f"the gzip stream breaks off: {error}"
        room -= len(parts[-1])
        if room <= 0:
            return b"".join(parts), f"longer than {MOST_BYTES:,} bytes unpacked; the rest is left out"
        if not member.eof:
            return b"".join(parts), "the gzip stream ends too early"
        body = member.unused_data
    return b"".join(parts), None


def _read_xml(body: bytes, url: str) -> tuple[_Found, str | None]:
    if b"<!ENTITY" in body[:65_536]:
        raise SitemapError("not_a_sitemap", f"{url} declares XML entities, which no sitemap needs")
    try:
        return _entries(body, url, found := _Found())
    except etree.XMLSyntaxError as error:
        problem = error
    mended = BARE_AMPERSAND.sub(b"&amp;", body)
    if mended != body:
        try:
            return _entries(mended, url, found := _Found())
        except etree.XMLSyntaxError as error:
            problem = error
    if not found.root:
        raise _no_sitemap(body, url) from problem
    if not len(found):
        raise SitemapError("broken", f"{url} is broken before its first entry: {problem.msg}") from problem
    return found, f"broken after {len(found):,} entries: {problem.msg}"


def _no_sitemap(body: bytes, url: str) -> SitemapError:
    first = FIRST_TAG.search(body[:65_536])
    name = first[1].decode("ascii", "replace") if first else "no tag"
    kind = {"html": "a web page", "rss": "an RSS feed", "feed": "an Atom feed"}.get(name.lower(), f"<{name}>")
    return SitemapError("not_a_sitemap", f"{url} is {kind}, where a sitemap has <urlset> or <sitemapindex>")


def _entries(body: bytes, url: str, found: _Found) -> tuple[_Found, str | None]:
    """Add the entries to `found` as they are read; raises XMLSyntaxError at the place where the file is broken."""
    for entry in _whole_elements(body, found):
        if len(found) == MOST_ENTRIES:
            return found, f"more than {MOST_ENTRIES:,} entries; the rest is left out"
        _add(entry, url, found)
    if not found.root:
        raise _no_sitemap(body, url)
    return found, None


def _whole_elements(body: bytes, found: _Found) -> Iterator[Any]:
    """Yield each entry of the root, and forget it afterwards: memory stays that of one entry."""
    events = etree.iterparse(
        io.BytesIO(body), events=("start", "end"), tag=TAGS, resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in events:
        parent = element.getparent()
        name = etree.QName(element).localname
        if parent is None:
            found.root = found.root or name in ROOTS
        elif event == "end" and ROOTS.get(etree.QName(parent).localname) == name:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del parent[0]


def _add(entry: Any, base: str, found: _Found) -> None:
    namespace = etree.QName(entry).namespace
    own = {q.localname: _text(e) for e, q in _named(entry) if q.namespace == namespace}
    address = _address(own.get("loc"), base)
    if address is None:
        return
    modified = written_moment(own.get("lastmod"))
    if etree.QName(entry).localname == "sitemap":
        found.children.append(SitemapChild(address, modified))
        return
    news = {q.localname: _text(e) for e, q in _named(entry, "{*}news/*")}
    published = written_moment(news.get("publication_date"))
    if published is not None and not isinstance(published, datetime):
        published = datetime.combine(published, time(), UTC)
    found.pages.append(SitemapPage(address, modified, published, news.get("title") or None))


def _named(entry: Any, path: str = "*") -> Iterator[tuple[Any, etree.QName]]:
    for element in entry.iterfind(path):
        if isinstance(element.tag, str):  # comments have none
            yield element, etree.QName(element)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _address(text: str | None, base: str) -> str | None:
    """Return the http address that a text names, resolved; None for none."""
    if not text or len(text) > MOST_ADDRESS:
        return None
    try:
        address = urljoin(base, text)
    except ValueError:
        return None
    return address if re.match(r"https?://[^/\s]", address, re.I) else None


def _read_text(body: bytes, url: str) -> tuple[_Found, str | None]:
    found = _Found(root=True)
    nonsense = 0
    for line in io.BytesIO(body):
        text = line.decode("utf-8", "replace").strip()
        if not text:
            continue
        if not re.match(r"https?://\S+$", text, re.I) or len(text) > MOST_ADDRESS:
            nonsense += 1
            if nonsense > len(found) + 20:
                break
            continue
        if len(found) == MOST_ENTRIES:
            return found, f"more than {MOST_ENTRIES:,} entries; the rest is left out"
        found.pages.append(SitemapPage(text))
    if nonsense > len(found):
        raise SitemapError("not_a_sitemap", f"{url} is a text that is no list of addresses")
    return found, f"{nonsense} lines are no addresses" if nonsense else None
