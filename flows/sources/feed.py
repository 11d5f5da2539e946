"""Feeds: which addresses an outlet names in RSS 0.9-2.0, RDF, Atom or JSON Feed."""

from __future__ import annotations

import calendar
import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import struct_time

import feedparser

from extractors.markup import LIBRARY_FAILURES
from extractors.records import Candidate
from flows.sources.feedguard import (
    MOST_ITEMS,
    FeedError,
    bare,
    feed_text,
    first_items,
    refuse_what_is_no_feed,
    web_link,
)

__all__ = ["FeedError", "FeedReading", "read_feed"]

EARLIEST_YEAR = 1990  # before the web: a date from there is a default or a mistake
MOST_TITLE = 5_000  # characters of a title that are looked at
MARKUP = re.compile(r"<(?:/?[A-Za-z][^<>]*|!--[^<>]*--)>")
# C0 and C1 controls, and the marks that turn the direction of text around.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Zone names that not every reader knows; those that mean two zones are left out. feedparser takes "10:00:00 UTC"
# after an ISO date for midnight.
ZONES = {
    "UTC": "+0000", "GMT": "+0000", "MSK": "+0300", "EET": "+0200", "EEST": "+0300", "CET": "+0100", "CEST": "+0200",
    "BST": "+0100",
}  # fmt: skip
ZONE_NAME = re.compile(rf"\b(?:{'|'.join(ZONES)})$")


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
    read_date: struct_time | None = None  # feedparser's reading of it, in UTC


def read_feed(
    body: bytes, url: str, outlet: str, content_type: str | None = None, most_items: int = MOST_ITEMS
) -> FeedReading:
    """Return the addresses that a feed names, each once.

    `url` is where the feed was found: links are relative to it. A date is the feed's own claim in UTC, None when
    there is none or none that can be meant; one in the future stays as it is.
    Raises FeedError: empty, feed_is_html (its `detail` names the feeds that the page links to), entity_declared,
    too_many_attributes, broken_feed, not_a_feed.
    """
    text = feed_text(body, content_type)
    if not text:
        raise FeedError("empty", f"{bare(url)}: the feed is empty")
    items: Iterable[_Item]
    if text.startswith("{"):
        items, surplus = _json_items(text, url, most_items)
    else:
        refuse_what_is_no_feed(text, url)
        text, surplus = first_items(text, most_items)
        items = _xml_items(text, url)
    candidates: dict[str, Candidate] = {}
    dropped = [f"{surplus} items after the first {most_items}"] if surplus else []
    for item in items:
        link, title = web_link(item.link, url), _plain(item.title)
        if link is None:
            dropped.append(f"{title or 'an item without a title'}: {_no_link(item.link)}")
        elif link not in candidates:
            candidates[link] = Candidate(outlet, link, title, _moment(item), "feed")
    return FeedReading(tuple(candidates.values()), tuple(dropped))


def _xml_items(text: str, url: str) -> Iterator[_Item]:
    try:
        # Bytes in a stream: given a str, feedparser would open it as a file or an address.
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            sanitize_html=False,  # titles are made plain here, nothing else is kept
            resolve_relative_uris=False,
        )
    except LIBRARY_FAILURES as error:  # found by fuzzing: tags that end before they begin, huge references
        raise FeedError("broken_feed", f"{bare(url)}: cannot be read ({type(error).__name__}: {error})") from error
    if not parsed.version and not parsed.entries:
        raise FeedError("not_a_feed", f"{bare(url)}: neither RSS, Atom nor JSON Feed")
    for entry in parsed.entries:
        known = dict(entry)  # an entry itself gives "published" for "updated", and warns about it
        yield _Item(
            link=known.get("feedburner_origlink") or known.get("link"),
            title=known.get("title"),
            date=known.get("published") or known.get("updated"),
            read_date=known.get("published_parsed") or known.get("updated_parsed"),
        )


def _json_items(text: str, url: str, most_items: int) -> tuple[list[_Item], int]:
    """Return the items of JSON Feed 1.0 or 1.1 (jsonfeed.org), and how many were too many."""
    not_a_feed = FeedError("not_a_feed", f"{bare(url)}: JSON, but not JSON Feed")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise not_a_feed from error
    entries = feed.get("items")
    if not isinstance(entries, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise not_a_feed
    items = []
    for entry in entries[:most_items]:
        known = entry if isinstance(entry, dict) else {}
        # Half a surrogate pair can be written in JSON, and nowhere else.
        texts = {k: v.encode("utf-8", "replace").decode() for k, v in known.items() if isinstance(v, str)}
        items.append(
            _Item(
                link=texts.get("url") or texts.get("external_url"),
                title=texts.get("title"),
                date=texts.get("date_published") or texts.get("date_modified"),
            )
        )
    return items, max(0, len(entries) - most_items)


def _no_link(link: str | None) -> str:
    scheme, colon, _ = (link or "").strip().partition(":")
    named = f" ({scheme[:20]}:)" if colon and scheme.isalpha() else ""
    return f"its link is no web address{named}" if link else "it has no link"


def _plain(title: str | None) -> str | None:
    """Return a title as text: mark-up out, entities read (feeds often escape twice), control characters out."""
    text = MARKUP.sub("", (title or "")[:MOST_TITLE])
    text = MARKUP.sub("", html.unescape(text))
    return " ".join(CONTROLS.sub("", text).split()) or None


def _moment(item: _Item) -> datetime | None:
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
    text = ZONE_NAME.sub(lambda zone: ZONES[zone.group()], text)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    # feedparser reads odd forms too, but makes 1 March of 30 February: taken only where the day stands in the text.
    day = item.read_date.tm_mday if item.read_date else 0
    if item.read_date is None or not re.search(rf"(?<!\d)0?{day}(?!\d)", text):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(item.read_date), UTC)
    except (ValueError, OverflowError):
        return None
