"""Read a page as an article: text, title, authors, language, publication time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

import py3langid

from extractors.addresses import address_day, canonical_url, own_address
from extractors.agencies import find_credits
from extractors.cleaning import clean_page, paragraphs_alone
from extractors.dates import dates_said, modification, publication
from extractors.liveblog import Post, place_posts, read_posts
from extractors.markup import LIBRARY_FAILURES, UnreadableError, parse_page
from extractors.metadata import read_metadata
from extractors.records import Article, NotArticle, Section
from extractors.scripts import body_in_scripts
from extractors.timedposts import Mark, Told, clock_marks, marked_lines, timed_lines, timed_posts, zone_of
from extractors.walls import REASONS, find_wall, measure, needs_a_look
from extractors.wording import count_tokens

FEW_WORDS = 40  # below this the body may be in the scripts of the page
LANGUAGE_SAMPLE = 600  # characters; 300 tell all 152 measured pages as well as 1,200 do
DETAIL = 200  # characters of an error that are recorded


def read_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    prune: Sequence[str] = (),
    feed_published_at: datetime | None = None,
    now: datetime | None = None,
    pattern: str | None = None,
    cheap: bool = False,
) -> Article | NotArticle:
    """Return the article on a page, or why it holds none; never raises on any bytes.

    `prune` are XPaths of what is no part of the text. `feed_published_at` dates a page that does not date itself.
    `now` only bounds dates: one more than a day ahead of it is no publication time. `pattern` is the outlet's own of
    its articles' addresses. `cheap` takes all long paragraphs for the text, without weighing them.
    """
    address = canonical_url(url)
    try:
        tree = parse_page(body, content_type)
        metadata = read_metadata(tree)
        address = own_address(url, metadata.canonical, pattern)
        posts = read_posts(tree, metadata.updates, now)
        marks = clock_marks(tree)
        cleaned = paragraphs_alone(tree, prune) if cheap else clean_page(tree, metadata, prune)
        text = cleaned.text
        if needs_a_look(text, metadata):
            whole = parse_page(body, content_type)  # the first tree has lost what was cut from it
            text = text if count_tokens(text) >= FEW_WORDS else body_in_scripts(whole) or text
            if wall := find_wall(text, metadata, measure(whole)):
                return NotArticle(address, wall, REASONS[wall])
    except UnreadableError as error:
        return NotArticle(address, error.reason, error.detail)
    except LIBRARY_FAILURES as error:
        return NotArticle(address, "unreadable", f"{type(error).__name__}: {error}"[:DETAIL])
    day = address_day(url, pattern)
    published = publication(metadata.published, day, feed_published_at, now)
    credits = find_credits(text, metadata.signed, metadata.authors, metadata.sites)
    modified = modification(metadata.modified, published.at, now)
    said = dates_said(metadata.published, day, feed_published_at)
    zone = zone_of(said)
    told = Told(metadata.title, published.at, published.day_only, modified.at, zone) if published.at else None
    return Article(
        url=address,
        title=metadata.title,
        text=text,
        authors=metadata.authors,
        language=detect_language(text),
        published_at=published.at,
        published_source=published.source,
        modified_at=modified.at,
        published_day_only=published.day_only,
        modified_source=modified.source,
        dates=said,
        date_doubt=published.doubt,
        agencies=credits.agencies,
        agency=credits.agency,
        dropped=cleaned.dropped,
        sections=_sections(address, text, posts, marks, told, now),
    )


def _sections(
    address: str,
    text: str,
    posts: Sequence[Sequence[Post]],
    marks: Sequence[Mark],
    told: Told | None,
    now: datetime | None,
) -> tuple[Section, ...]:
    """Return the posts of a live blog: as its mark-up dates them, else by the clock, where the page has a date."""
    placed = tuple(replace(s, url=urljoin(address, s.url) if s.url else None) for s in place_posts(text, posts))
    if placed or told is None:
        return placed
    return timed_posts(text, max(timed_lines(text), marked_lines(text, marks), key=len), told, now)


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language a text is in, whatever its page claims; None without letters."""
    if not any(c.isalpha() for c in text):
        return None
    return str(py3langid.classify(text[:LANGUAGE_SAMPLE])[0])
