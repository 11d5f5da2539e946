"""Write the figures and diplomacy of articles, and gather the figures into claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa

from extractors.records import Figure, Mention, key64
from warehouse.arrow import TIME, WORDS, registered, rows_of, table_of
from warehouse.articles import Brought
from warehouse.claims import STOCK_WINDOW, Claim, Number, Sighting, place_figures, topic_key, window_of

REPORTABLE = frozenset({"actual", "planned"})
LARGEST = 10**12
CONTACTS = frozenset({"CONSULT", "AGREE", "REJECT"})
KEY = pa.schema({"article_id": pa.int64()})
FIGURES = pa.schema(
    {
        "figure_id": pa.int64(), "article_id": pa.int64(), "revision": pa.int32(), "start": pa.int32(),
        "end": pa.int32(), "sentence": pa.string(), "low": pa.int64(), "high": pa.int64(), "qualifier": pa.string(),
        "measure": pa.string(), "item": pa.string(), "subject": pa.string(), "location": WORDS,
        "claimant": pa.string(), "claimant_text": pa.string(), "status": pa.string(), "as_of": pa.date32(),
        "claim_id": pa.int64(), "rule": pa.string(), "topic_id": pa.int64(), "outlet": pa.string(),
        "source_outlet": pa.string(), "sighting_id": pa.int64(), "at": TIME, "seen_at": TIME, "valid": pa.bool_(),
        "change": pa.string(), "late": pa.bool_(), "number": pa.int64(),
    }
)  # fmt: skip
MENTIONS = pa.schema(
    {
        "mention_id": pa.int64(), "article_id": pa.int64(), "revision": pa.int32(), "start": pa.int32(),
        "end": pa.int32(), "sentence": pa.string(), "event": pa.string(), "actors": WORDS, "targets": WORDS,
        "status": pa.string(), "as_of": pa.date32(), "rule": pa.string(), "outlet": pa.string(), "at": TIME,
        "seen_at": TIME, "valid": pa.bool_(), "change": pa.string(), "late": pa.bool_(),
    }
)  # fmt: skip
MEETINGS = pa.schema(
    {
        "meeting_id": pa.int64(), "pair_id": pa.int64(), "party": pa.string(), "other_party": pa.string(),
        "event": pa.string(), "status": pa.string(), "mention_id": pa.int64(), "article_id": pa.int64(),
        "outlet": pa.string(), "at": TIME, "seen_at": TIME, "valid": pa.bool_(), "change": pa.string(),
        "late": pa.bool_(),
    }
)  # fmt: skip
TOPICS = pa.schema({"topic_id": pa.int64(), "at": TIME})


@dataclass(slots=True)
class Contents:
    """Rows that a load brought, gathered over its waves; what the alert rules look at."""

    figures: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[dict[str, Any]] = field(default_factory=list)  # figures of the revisions before
    reported: dict[int, bool] = field(default_factory=dict)  # claim: whether it was reported before this load


def store_contents(connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought], contents: Contents) -> None:
    """Replace what was found in these articles by what was found now, and add it to `contents`."""
    if not brought:
        return
    figures = list(
        _unique(
            (_figure_row(one, f) for one in brought for f in one.extraction.figures if _is_storable(f)), "figure_id"
        )
    )
    mentions = list(_unique((_mention_row(one, m) for one in brought for m in one.extraction.mentions), "mention_id"))
    _place(connection, figures)
    meetings = list(_unique((row for m in mentions for row in _meeting_rows(m)), "meeting_id"))
    _replace_rows(connection, brought, figures, mentions, contents)
    with registered(connection, incoming=table_of(figures, FIGURES)):
        for claim_id, was_reported in connection.execute(REPORTED).fetchall():
            contents.reported.setdefault(claim_id, was_reported)
        connection.execute(MERGE_SIGHTINGS)
        connection.execute(MERGE_CLAIMS)
    with registered(connection, incoming=table_of(meetings, MEETINGS)):
        connection.execute(MERGE_MEETINGS)
    contents.figures += figures
    contents.mentions += mentions
    contents.meetings += meetings


def _replace_rows(
    connection: duckdb.DuckDBPyConnection,
    brought: Sequence[Brought],
    figures: list[dict[str, Any]],
    mentions: list[dict[str, Any]],
    contents: Contents,
) -> None:
    known = [{"article_id": one.extraction.article_id} for one in brought if one.change != "new"]
    if known:
        with registered(connection, incoming=table_of(known, KEY)):
            contents.replaced += rows_of(connection, REPLACED)
            connection.execute("DELETE FROM figures WHERE article_id IN (SELECT article_id FROM incoming)")
            connection.execute("DELETE FROM diplomacy WHERE article_id IN (SELECT article_id FROM incoming)")
    with registered(connection, incoming=table_of(figures, FIGURES)):
        connection.execute(INSERT_FIGURES)
    with registered(connection, incoming=table_of(mentions, MENTIONS)):
        connection.execute(INSERT_MENTIONS)


def _place(connection: duckdb.DuckDBPyConnection, figures: list[dict[str, Any]]) -> None:
    """Give each figure row its claim, among the claims of its topic that are alive around its time."""
    topics = table_of(figures, TOPICS)
    with registered(connection, incoming=topics):
        known = [
            Claim(
                r["claim_id"], r["topic_id"], Number(r["low"], r["high"], r["qualifier"]), r["first_at"], r["last_at"]
            )
            for r in rows_of(connection, CANDIDATES, {"window": STOCK_WINDOW})
        ]
    placed, _ = place_figures((_sighting(row) for row in figures), known)
    for row in figures:
        row["claim_id"] = placed[row["figure_id"]]
        row["sighting_id"] = key64("sighting", row["claim_id"], row["article_id"], row["claimant"])


def _sighting(row: dict[str, Any]) -> Sighting:
    number = Number(row["low"], row["high"], row["qualifier"])
    window = window_of(row["measure"], row["sentence"])
    return Sighting(row["figure_id"], row["topic_id"], row["article_id"], row["start"], number, row["at"], window)


def _figure_row(one: Brought, figure: Figure) -> dict[str, Any]:
    article_id = one.extraction.article_id
    location = sorted(set(figure.location))
    return {
        **_shared(one, figure),
        "figure_id": key64("figure", article_id, one.revision, figure.start, figure.end, figure.measure, figure.item),
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "measure": figure.measure,
        "item": figure.item,
        "subject": figure.subject,
        "location": location,
        "claimant": figure.claimant,
        "claimant_text": figure.claimant_text,
        "claim_id": 0,
        "sighting_id": 0,
        "topic_id": topic_key(figure.measure, figure.item, figure.subject, location, figure.status),
        "source_outlet": one.source_outlet,
        "number": Number(figure.low, figure.high, figure.qualifier).named,
    }


def _is_storable(figure: Figure) -> bool:
    """Return whether its numbers are of this world: larger ones would not fit the column, and lose the whole batch."""
    return max(figure.low or 0, figure.high or 0) <= LARGEST


def _mention_row(one: Brought, mention: Mention) -> dict[str, Any]:
    return {
        **_shared(one, mention),
        "mention_id": key64(
            "mention", one.extraction.article_id, one.revision, mention.start, mention.end, mention.event
        ),
        "event": mention.event,
        "actors": list(mention.actors),
        "targets": list(mention.targets),
    }


def _shared(one: Brought, found: Figure | Mention) -> dict[str, Any]:
    return {
        "article_id": one.extraction.article_id,
        "revision": one.revision,
        "start": found.start,
        "end": found.end,
        "sentence": found.sentence,
        "status": found.status,
        "as_of": found.as_of,
        "rule": found.rule,
        "outlet": one.extraction.outlet,
        "at": one.at,
        "seen_at": one.seen_at,
        "valid": one.may_alert and found.status in REPORTABLE,
        "change": one.change,
        "late": one.late,
    }


def _meeting_rows(mention: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield a row for each two parties that a mention brings together: all who consult, or actor and target."""
    if mention["event"] not in CONTACTS:
        return
    actors, targets = set(mention["actors"]), set(mention["targets"])
    if mention["event"] == "CONSULT":
        pairs = set(combinations(sorted(actors | targets), 2))
    else:
        pairs = {(min(a, t), max(a, t)) for a in actors for t in targets if a != t}
    for party, other in sorted(pairs):
        yield {
            **mention,
            "meeting_id": key64("meeting", party, other, mention["article_id"], mention["event"], mention["status"]),
            "pair_id": key64("pair", party, other),
            "party": party,
            "other_party": other,
        }


def _unique(rows: Iterable[dict[str, Any]], key: str) -> Iterable[dict[str, Any]]:
    """Return the rows with each key once, the first of each: the tables have no index to refuse a second."""
    kept: dict[int, dict[str, Any]] = {}
    for row in rows:
        kept.setdefault(row[key], row)
    return kept.values()


CANDIDATES = """
SELECT c.claim_id, c.topic_id, c.low, c.high, c.qualifier, c.first_published_at AS first_at,
       c.last_published_at AS last_at
FROM claims c
JOIN (SELECT topic_id, min("at") - $window AS since, max("at") + $window AS until FROM incoming GROUP BY topic_id) i
  ON c.topic_id = i.topic_id AND c.last_published_at >= i.since AND c.first_published_at <= i.until
"""
REPLACED = """
SELECT f.figure_id, f.article_id, f.revision, f.claim_id, c.topic_id, f.low, f.high, f.qualifier
FROM figures f SEMI JOIN incoming i ON f.article_id = i.article_id
JOIN claims c ON c.claim_id = f.claim_id
"""
INSERT_FIGURES = """
INSERT INTO figures BY NAME
SELECT figure_id, article_id, revision, start, "end", sentence, low, high, qualifier, measure, item, subject,
       location, claimant, claimant_text, status, as_of, claim_id, rule
FROM incoming
"""
INSERT_MENTIONS = """
INSERT INTO diplomacy BY NAME
SELECT mention_id, article_id, revision, start, "end", sentence, event, actors, targets, status, as_of, rule
FROM incoming
"""
REPORTED = """
SELECT i.claim_id, coalesce(bool_or(c.reported_at IS NOT NULL), false)
FROM (SELECT DISTINCT claim_id FROM incoming) i LEFT JOIN claims c ON c.claim_id = i.claim_id
GROUP BY i.claim_id
"""
MERGE_SIGHTINGS = """
MERGE INTO sightings s
USING (SELECT * FROM incoming QUALIFY row_number() OVER (PARTITION BY sighting_id ORDER BY valid DESC, start) = 1) i
ON s.sighting_id = i.sighting_id
WHEN MATCHED THEN UPDATE SET published_at = i."at", valid = s.valid OR i.valid
WHEN NOT MATCHED THEN INSERT
    (sighting_id, claim_id, topic_id, article_id, outlet, source_outlet, claimant, claimant_text, published_at,
     seen_at, valid)
    VALUES (i.sighting_id, i.claim_id, i.topic_id, i.article_id, i.outlet, i.source_outlet, i.claimant,
            i.claimant_text, i."at", i.seen_at, i.valid)
"""
# Counted again from the sightings each time, never added to: loading the same batch twice changes nothing.
MERGE_CLAIMS = """
MERGE INTO claims c
USING (
    SELECT s.claim_id,
           min(s.seen_at) AS first_seen_at, max(s.seen_at) AS last_seen_at,
           min(s.published_at) AS first_published_at, max(s.published_at) AS last_published_at,
           min(s.seen_at) FILTER (s.valid) AS reported_at,
           arg_min(s.article_id, (s.published_at, s.article_id)) AS first_article_id,
           count(DISTINCT s.article_id)::INTEGER AS sightings,
           list_sort(list(DISTINCT s.outlet)) AS outlets,
           count(DISTINCT s.source_outlet)::INTEGER AS independent_sources,
           coalesce(list_sort(list(DISTINCT s.claimant) FILTER (s.claimant <> 'unknown')), []) AS claimants,
           any_value(i.first_figure) AS f
    FROM sightings s
    JOIN (SELECT claim_id, arg_min(incoming, ("at", article_id, qualifier = 'order', start)) AS first_figure
          FROM incoming GROUP BY claim_id) i
      ON s.claim_id = i.claim_id
    GROUP BY s.claim_id
) n ON c.claim_id = n.claim_id
WHEN MATCHED THEN UPDATE SET
    first_seen_at = n.first_seen_at, last_seen_at = n.last_seen_at, first_published_at = n.first_published_at,
    last_published_at = n.last_published_at, reported_at = n.reported_at, first_article_id = n.first_article_id,
    sightings = n.sightings, outlets = n.outlets, independent_sources = n.independent_sources,
    claimants = n.claimants
WHEN NOT MATCHED THEN INSERT
    (claim_id, topic_id, measure, item, subject, location, status, number, low, high, qualifier, first_seen_at,
     last_seen_at, first_published_at, last_published_at, reported_at, first_article_id, sightings, outlets,
     independent_sources, claimants)
    VALUES (n.claim_id, n.f.topic_id, n.f.measure, n.f.item, n.f.subject, n.f.location, n.f.status, n.f.number,
            n.f.low, n.f.high, n.f.qualifier, n.first_seen_at, n.last_seen_at, n.first_published_at,
            n.last_published_at, n.reported_at, n.first_article_id, n.sightings, n.outlets, n.independent_sources,
            n.claimants)
"""
MERGE_MEETINGS = """
MERGE INTO meetings m USING incoming i ON m.meeting_id = i.meeting_id
WHEN MATCHED THEN UPDATE SET published_at = i."at", valid = m.valid OR i.valid
WHEN NOT MATCHED THEN INSERT
    (meeting_id, pair_id, party, other_party, event, status, mention_id, article_id, outlet, published_at, seen_at,
     valid)
    VALUES (i.meeting_id, i.pair_id, i.party, i.other_party, i.event, i.status, i.mention_id, i.article_id, i.outlet,
            i."at", i.seen_at, i.valid)
"""
