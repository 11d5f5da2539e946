"""Feeds: which addresses an outlet names in RSS 0.9-2.0, RDF, Atom or JSON Feed."""

from __future__ import annotations

import calendar
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from extractors.records import Candidate

# feedparser takes 13 s for 10,000 items and 94 s for 50,000 (measured); news feeds have 20 to 200.
MOST_ITEMS = 10_000
# One tag with 20,000 attributes costs feedparser 18 s; real ones have a handful.
MOST_ATTRIBUTES = 200
EARLIEST_YEAR = 1990  # before the web: a date from there is a default or a mistake

ITEM_START = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)(?=[\s>/])", re.I)
ITEM_END = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.I)
TAG = re.compile(rb"<[^<>]+")
HTML_START = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
FEED_LINK = re.compile(r"<link\b[^<>]*\btype\s*=\s*[\"']?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]*>", re.I)
HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--.*?--)>", re.S)
# C0 and C1 controls, and the marks that turn the direction of text around.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class FeedError(Exception):
    """What came is no feed that can be read: `reason` in one word, `detail` for people."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class FeedReading:
    """The candidates of a feed, in its order, and what was left out with the reason."""

    candidates: tuple[Candidate, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    link: str | None
    title: str | None
    date: str | None
    parsed_date: Any = None  # feedparser's reading of it


def read_feed(body: bytes, url: str, outlet: str, content_type: str | None = None) -> FeedReading:
    """Return the addresses that a feed names, each once.

    Raises FeedError: empty, feed_is_html (`detail` names the feeds that the page links to), entity_declared,
    too_many_attributes, not_a_feed.
    """
    if not body.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise FeedError("empty", f"{_bare(url)}: the feed is empty")
    dropped: list[str] = []
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        items = list(_json_items(body, url))
    else:
        items = list(_xml_items(_guarded(body, url, dropped), url, content_type))
    if len(items) > MOST_ITEMS:
        dropped.append(f"{len(items) - MOST_ITEMS} items after the first {MOST_ITEMS}")
    candidates: dict[str, Candidate] = {}
    for item in items[:MOST_ITEMS]:
        link = _web_link(item.link, url)
        if link is None:
            dropped.append(f"{_plain(item.title) or 'an item without a title'}: {_no_link(item.link)}")
        elif link not in candidates:
            moment = _moment(item)
            candidates[link] = Candidate(outlet, link, _plain(item.title), moment, "feed")
    return FeedReading(tuple(candidates.values()), tuple(dropped))


def _bare(url: str) -> str:
    """Return an address without its query and user name, which may be secret."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _guarded(body: bytes, url: str, dropped: list[str]) -> bytes:
    """Return the XML with what feedparser cannot bear refused or cut."""
    # Without its zero bytes UTF-16 and UTF-32 read as ASCII, as far as mark-up goes.
    ascii_view = body.replace(b"\0", b"") if b"\0" in body[:64] else body
    if HTML_START.match(ascii_view.lstrip(b"\xef\xbb\xbf\xff\xfe")[:5000]):
        links = _feeds_linked(body.decode("utf-8", "replace"), url)
        hint = f"; it links to {', '.join(links)}" if links else "; it links to no feed"
        raise FeedError("feed_is_html", f"{_bare(url)}: a web page and not a feed{hint}")
    if re.search(rb"<!ENTITY", ascii_view, re.I) and re.search(rb"<!DOCTYPE", ascii_view, re.I):
        raise FeedError("entity_declared", f"{_bare(url)}: the feed declares entities, as feeds that attack do")
    if any(tag.group().count(b"=") > MOST_ATTRIBUTES for tag in TAG.finditer(ascii_view)):
        raise FeedError("too_many_attributes", f"{_bare(url)}: a tag with more than {MOST_ATTRIBUTES} attributes")
    return _first_items(body, dropped)


def _first_items(body: bytes, dropped: list[str]) -> bytes:
    """Cut the items after the first MOST_ITEMS out, so that what is left is still well-formed."""
    starts = [m.start() for m in ITEM_START.finditer(body)]
    if len(starts) <= MOST_ITEMS:
        return body
    ends = [m.end() for m in ITEM_END.finditer(body)]
    dropped.append(f"{len(starts) - MOST_ITEMS} items after the first {MOST_ITEMS}")
    cut = starts[MOST_ITEMS]
    return body[:cut] + (body[ends[-1] :] if ends and ends[-1] > cut else b"")


def _feeds_linked(page: str, url: str) -> list[str]:
    hrefs = (HREF.search(tag.group()) for tag in FEED_LINK.finditer(page[:500_000]))
    found = (_web_link(html.unescape(next(g for g in m.groups() if g is not None)), url) for m in hrefs if m)
    return list(dict.fromkeys(link for link in found if link))[:5]


def _xml_items(body: bytes, url: str, content_type: str | None) -> Iterator[_Item]:
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    # Bytes in a stream: given a str, feedparser would open it as a file or an address.
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.version and not parsed.entries:
        raise FeedError("not_a_feed", f"{_bare(url)}: neither RSS, Atom nor JSON Feed")
    for entry in parsed.entries:
        yield _Item(
            link=entry.get("feedburner_origlink") or entry.get("link"),
            title=entry.get("title"),
            date=entry.get("published") or entry.get("updated"),
            parsed_date=entry.get("published_parsed") or entry.get("updated_parsed"),
        )


def _json_items(body: bytes, url: str) -> Iterator[_Item]:
    """Read JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    not_a_feed = FeedError("not_a_feed", f"{_bare(url)}: JSON, but not JSON Feed")
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise not_a_feed from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise not_a_feed
    for item in items:
        if isinstance(item, dict):
            texts = {k: v for k, v in item.items() if isinstance(v, str)}
            yield _Item(
                link=texts.get("url") or texts.get("external_url"),
                title=texts.get("title"),
                date=texts.get("date_published") or texts.get("date_modified"),
            )


def _web_link(link: str | None, base: str) -> str | None:
    """Return a link as an absolute http(s) address, or None."""
    try:
        absolute = urljoin(base, "".join((link or "").split()))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if link and link.strip() and parts.scheme in ("http", "https") and parts.hostname else None


def _no_link(link: str | None) -> str:
    scheme = (link or "").strip().partition(":")[0][:20]
    return f"its link is no web address ({scheme}:)" if link and ":" in link else "it has no link"


def _plain(title: str | None) -> str | None:
    """Return a title as text: mark-up out, entities read (feeds often escape twice), control characters out."""
    text = MARKUP.sub("", title or "")
    text = MARKUP.sub("", html.unescape(text))
    text = " ".join(CONTROLS.sub("", text).split())
    return text or None


def _moment(item: _Item) -> datetime | None:
    """Return the item's date in UTC, or None when it has none that can be meant."""
    moment = _read_date(item)
    if moment is None:
        return None
    try:
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
    return moment if moment.year >= EARLIEST_YEAR else None


def _read_date(item: _Item) -> datetime | None:
    text = (item.date or "").strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    # feedparser knows the odd formats, but makes 1 March of 30 February: taken only where its day stands in the text.
    parts = item.parsed_date
    if not parts or not re.search(rf"\d{{4}}\D|\D0?{parts.tm_mday}\D", text):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC)
    except (ValueError, TypeError, OverflowError):
        return None
