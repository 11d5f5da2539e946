"""`muster extract`: documents in, JSON out, without a warehouse or a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from extractors.article import read_page
from extractors.between import Pair, events_between
from extractors.context import Document
from extractors.reading import Reading, read_documents
from extractors.records import Article, Figure, Mention, Section, figure_says

BATCH = 100  # documents parsed together; memory follows it, not the input


class BadDocument(Exception):
    """A line or an option that gives no document; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Given:
    """One document as given: text, or a page."""

    id: str | None
    text: str | None
    html: bytes | None
    url: str | None
    title: str | None
    published: str | None  # ISO date or time
    language: str | None
    source: str | None = None  # words of who acts towards whom, where the type of the act between them is asked for
    target: str | None = None


def figure_json(figure: Figure) -> dict[str, Any]:
    """Return a figure in the form of the labelled set, with the rule that found it."""
    return {
        "span": [figure.start, figure.end],
        **figure_says(figure),
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        **_posted(figure),
        "rule": figure.rule,
    }


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return a diplomacy mention in the form of the labelled set, with the rule that found it."""
    return {
        "span": [mention.start, mention.end],
        "event": mention.event,
        "actors": list(mention.actors),
        "targets": list(mention.targets),
        "status": mention.status,
        "as_of": mention.as_of.isoformat() if mention.as_of else None,
        **_posted(mention),
        "rule": mention.rule,
    }


def _posted(found: Figure | Mention) -> dict[str, Any]:
    """Return the time of the post that it stands in; nothing outside of live blogs."""
    return {"posted_at": found.section.posted_at.isoformat()} if found.section else {}


def published_time(given: str | None) -> datetime | None:
    """Return the time that a DATE names, in UTC; raises BadDocument when it names none."""
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadDocument(f"{given!r} is no date; write it as 2021-12-01 or 2021-12-01T18:00:00+03:00") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def given_from_json(line: str, number: int) -> Given:
    """Return the document of a JSON line; raises BadDocument that names the line."""
    try:
        values = json.loads(line)
    except ValueError as error:
        raise BadDocument(f"line {number}: not JSON: {error}") from error
    if not isinstance(values, dict) or not isinstance(values.get("text", values.get("html")), str):
        raise BadDocument(f"line {number}: needs a JSON object with 'text' or 'html'")
    page = values.get("html") if "text" not in values else None

    def optional(name: str) -> str | None:
        return None if values.get(name) is None else str(values[name])

    return Given(
        id=optional("id"),
        text=values.get("text"),
        html=page.encode("utf-8", "surrogatepass") if page is not None else None,
        url=optional("url"),
        title=optional("title"),
        published=optional("published"),
        language=optional("lang"),
        source=optional("source"),
        target=optional("target"),
    )


def _page_json(article: Article) -> dict[str, Any]:
    """Return what a page tells beside what a text has: credits, what is odd about it, the posts of a live blog."""
    return {
        "agencies": list(article.agencies),
        "date_doubt": article.date_doubt,
        "dropped": list(article.dropped),
        "sections": [asdict(s) | {"posted_at": s.posted_at.isoformat()} for s in article.sections],
    }


def _prepared(given: Given) -> tuple[dict[str, Any], Document]:
    """Return the document's own fields and what the extractors read of it."""
    moment = published_time(given.published)
    sections: tuple[Section, ...] = ()
    fields: dict[str, Any] = {"id": given.id, "url": given.url, "title": given.title, "authors": []}
    if given.html is None:
        text, language, source = given.text or "", given.language, "given" if moment else None
    else:
        read = read_page(given.html, given.url or "", feed_published_at=None)
        if isinstance(read, Article):
            fields |= {"url": read.url or given.url, "title": read.title, "authors": list(read.authors)}
            fields |= _page_json(read)
            sections = read.sections
            text, language = read.text, given.language or read.language
            source = "given" if moment else read.published_source
            moment = moment or read.published_at
        else:
            fields |= {"not_article": read.reason, "detail": read.detail}
            text, language, source = "", given.language, None
    stamp = moment.isoformat() if moment else None
    fields |= {"language": language or "en", "published_at": stamp, "published_source": source, "text": text}
    day: date | None = moment.date() if moment else None
    return fields, Document(text, day, language or "en", fields["title"], sections)


def _with_findings(fields: dict[str, Any], reading: Reading) -> dict[str, Any]:
    found = {
        "figures": [figure_json(f) for f in reading.figures],
        "diplomacy": [mention_json(m) for m in reading.mentions],
    }
    return fields | ({"unread": reading.unread} if reading.unread else {}) | found


def _between(batch: list[Given]) -> dict[int, dict[str, Any]]:
    """Return by place in the batch what the source does to the target, of the texts that name both."""
    asked = {
        i: Pair(given.text, given.source, given.target)
        for i, given in enumerate(batch)
        if given.text and given.source and given.target
    }
    guesses = events_between(list(asked.values())) if asked else []
    return {
        i: {"between": {"event": guess.event, "likely": round(guess.likely, 3), "rule": guess.reason}}
        for i, guess in zip(asked, guesses, strict=True)
    }


def extract_documents(documents: Iterable[Given]) -> Iterator[dict[str, Any]]:
    """Yield one JSON object a document, in order; raises BadDocument for a date that is none."""
    remaining = iter(documents)
    while batch := list(islice(remaining, BATCH)):
        prepared = [_prepared(given) for given in batch]
        readings = read_documents([document for _, document in prepared])
        between = _between(batch)
        for i, ((fields, _), reading) in enumerate(zip(prepared, readings, strict=True)):
            yield _with_findings(fields, reading) | between.get(i, {})
