"""Where a figure, mention, alert or claim comes from: the words, the rule, the archived page, who else told it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from extractors.records import Section
from warehouse.arrow import aware, rows_of
from warehouse.door import NothingPublished
from warehouse.doorkeeper import open_published


@dataclass(frozen=True, slots=True)
class Found:
    """A figure or mention in an article's text."""

    words: str  # a figure in words, or a mention's event with its parties
    marked: tuple[str, str, str]  # the sentence: before, the words found, after
    rule: str  # of the extractor
    fields: tuple[tuple[str, Any], ...]  # name and value, as in the tables


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that stood at the article's address, and where its bytes lie."""

    number: int
    seen_at: datetime
    title: str | None
    text: str
    warc_file: str | None  # relative to MUSTER_HOME
    warc_offset: int | None
    sections: tuple[Section, ...] = ()  # of a live blog


@dataclass(frozen=True, slots=True)
class Page:
    """The article that carries it, and where its bytes lie."""

    article_id: int
    outlet: str
    url: str
    title: str | None
    published_at: datetime | None
    published_source: str | None
    language: str | None
    warc_file: str | None
    warc_offset: int | None
    revisions: tuple[Revision, ...]  # earliest first


@dataclass(frozen=True, slots=True)
class Report:
    """The claim in an article by one claimant."""

    published_at: datetime
    outlet: str
    claimant: str | None
    claimant_text: str | None
    url: str
    source: str | None  # whose text it is, where not the outlet's: another outlet or an agency


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a claimant gave for the same thing."""

    published_at: datetime
    claimant: str | None
    words: str
    number: int | None  # null for a range or an order of magnitude
    low: int | None
    claim_id: int


@dataclass(frozen=True, slots=True)
class AlertStory:
    """An alert, and all that it stands for."""

    alert_id: int
    rule: str
    raised_at: datetime
    title: str
    body: str
    stands_for: tuple[tuple[str, str], ...]  # rule, key
    deliveries: tuple[tuple[str, str, int, str | None], ...]  # channel, state, attempts, last error


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is known of one thing; None or empty where it has no such thing."""

    kind: str  # "figure", "mention", "alert", "claim"
    claim_id: int | None
    alert: AlertStory | None
    found: Found | None
    page: Page | None
    reports: tuple[Report, ...]  # of the claim, earliest first
    series: tuple[Given, ...]  # of the topic, earliest first


def explain(published: Path, identifier: int) -> Explanation | None:
    """Return what is known of a figure_id, mention_id, alert_id or claim_id; None if there is no such thing.

    A claim is explained by the first article with it that still stands. A figure of an earlier revision is gone from
    the tables; an alert on it is explained by the claim's first article, or by its claim alone.
    """
    if not published.exists():
        raise NothingPublished(f"{published} is not there yet: run `muster monitor` first")
    with open_published(published) as connection:
        for kind, sql in (("figure", FIGURE), ("mention", MENTION)):
            if rows := rows_of(connection, sql, {"id": identifier}):
                return _explain(connection, kind, None, rows[0])
        if alerts := rows_of(connection, ALERT, {"id": identifier}):
            return _explain_alert(connection, alerts[0])
        if rows_of(connection, CLAIM, {"id": identifier}):
            rows = rows_of(connection, FIGURE_OF_CLAIM, {"id": identifier, "url": ""})
            return _explain(connection, "claim", None, rows[0] if rows else {"claim_id": identifier})
    return None


def _explain_alert(connection: duckdb.DuckDBPyConnection, alert: Mapping[str, Any]) -> Explanation:
    known = {"id": alert["alert_id"]}
    story = AlertStory(
        alert["alert_id"], alert["rule"], aware(alert["raised_at"]), alert["title"], alert["body"],
        tuple(connection.execute(STANDS_FOR, known).fetchall()),
        tuple(connection.execute(DELIVERIES, known).fetchall()),
    )  # fmt: skip
    rows: list[Any] = []
    if alert["claim_id"] is not None:
        rows = rows_of(connection, FIGURE_OF_CLAIM, {"id": alert["claim_id"], "url": alert["url"] or ""})
        rows = rows or [{"claim_id": alert["claim_id"]}]
    elif alert["mention_id"] is not None:
        rows = rows_of(connection, MENTION, {"id": alert["mention_id"]})
    return _explain(connection, "alert", story, rows[0] if rows else {})


def _explain(
    connection: duckdb.DuckDBPyConnection, kind: str, alert: AlertStory | None, row: Mapping[str, Any]
) -> Explanation:
    claim = {"id": row.get("claim_id")}
    stands = "sentence" in row
    return Explanation(
        kind=kind,
        claim_id=row.get("claim_id"),
        alert=alert,
        found=_found(row) if stands else None,
        page=_page(connection, row) if stands else None,
        reports=tuple(Report(aware(at), *rest) for at, *rest in connection.execute(REPORTS, claim).fetchall()),
        series=tuple(Given(aware(at), *rest) for at, *rest in connection.execute(SERIES, claim).fetchall()),
    )


def _found(row: Mapping[str, Any]) -> Found:
    fields = tuple((name, row[name]) for name in (FIGURE_FIELDS if "measure" in row else MENTION_FIELDS))
    return Found(row["words"], _marked(row), row["rule"], fields)


def _marked(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the sentence cut at the words found; the whole sentence before them if they are not in it."""
    text, sentence, start, end = row["text"], row["sentence"], row["start"], row["end"]
    at = text.find(sentence, max(0, start - len(sentence)))
    if at < 0 or not at <= start <= end <= at + len(sentence):
        return sentence, "", ""
    return sentence[: start - at], sentence[start - at : end - at], sentence[end - at :]


def _page(connection: duckdb.DuckDBPyConnection, row: Mapping[str, Any]) -> Page:
    known = {"id": row["article_id"]}
    sections: dict[int, list[Section]] = defaultdict(list)
    for number, start, end, posted_at, title, url in connection.execute(SECTIONS, known).fetchall():
        sections[number].append(Section(start, end, aware(posted_at), title, url))
    rows = connection.execute(REVISIONS, known).fetchall()
    revisions = tuple(
        Revision(number, aware(seen_at), title, text, file, offset, tuple(sections[number]))
        for number, seen_at, title, text, file, offset in rows
    )
    here = next((r for r in revisions if r.number == row["revision"]), None)
    return Page(
        row["article_id"], row["outlet"], row["url"], row["title"],
        aware(row["published_at"]) if row["published_at"] else None, row["published_source"], row["language"],
        here.warc_file if here else None, here.warc_offset if here else None, revisions,
    )  # fmt: skip


FIGURE_FIELDS = (
    "figure_id", "claim_id", "low", "high", "qualifier", "measure", "item", "subject", "location", "claimant",
    "claimant_text", "status", "as_of", "posted_at", "rule",
)  # fmt: skip
MENTION_FIELDS = ("mention_id", "event", "actors", "targets", "status", "as_of", "posted_at", "rule")
FIGURES = """
SELECT f.*, a.text, a.outlet, a.url, a.title, a.published_at, a.published_source, a.language,
       figure_words(f.low, f.high, f.qualifier, f.measure, f.item, f.subject, f.location, f.status)
           || ', ' || claimant_words(f.claimant, f.claimant_text, a.outlet) AS words
FROM figures f JOIN articles a ON a.article_id = f.article_id
"""
FIGURE = FIGURES + "WHERE f.figure_id = $id"
FIGURE_OF_CLAIM = (
    FIGURES + "WHERE f.claim_id = $id "
    "ORDER BY NOT starts_with($url, a.url), coalesce(a.published_at, a.first_seen_at), f.start LIMIT 1"
)
MENTION = """
SELECT d.*, a.text, a.outlet, a.url, a.title, a.published_at, a.published_source, a.language,
       d.event || ': ' || array_to_string(d.actors, ', ')
           || CASE WHEN len(d.targets) > 0 THEN ' → ' || array_to_string(d.targets, ', ') ELSE '' END AS words
FROM diplomacy d JOIN articles a ON a.article_id = d.article_id
WHERE d.mention_id = $id
"""
CLAIM = "SELECT claim_id FROM claims WHERE claim_id = $id"
ALERT = "SELECT * FROM alerts WHERE alert_id = $id"
STANDS_FOR = "SELECT rule, key FROM alert_keys WHERE alert_id = $id ORDER BY rule, key"
DELIVERIES = "SELECT channel, state, attempts, error FROM deliveries WHERE alert_id = $id ORDER BY channel"
REVISIONS = """
SELECT revision, seen_at, title, text, warc_file, warc_offset
FROM revisions WHERE article_id = $id ORDER BY revision
"""
SECTIONS = """
SELECT revision, start, "end", posted_at, title, url FROM sections WHERE article_id = $id ORDER BY revision, start
"""
REPORTS = """
SELECT s.published_at, s.outlet, s.claimant, s.claimant_text, a.url, nullif(s.source_outlet, s.outlet)
FROM sightings s JOIN articles a ON a.article_id = s.article_id
WHERE s.claim_id = $id ORDER BY s.published_at, s.outlet, s.sighting_id
"""
SERIES = """
SELECT published_at, claimant, words, number, low, claim_id FROM series
WHERE topic_id = (SELECT topic_id FROM claims WHERE claim_id = $id) ORDER BY published_at, claim_id, claimant
"""
