"""Write what was found in articles, in place of what their earlier revisions held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.arrow import registered, rows_of, table_of
from warehouse.brought_article import Brought
from warehouse.gather import place_rows, store_sightings, withdraw_sightings
from warehouse.rows import FIGURES, MEETINGS, MENTIONS, figure_rows, meeting_rows, mention_rows, sighting_key

KEY = pa.schema({"article_id": pa.int64()})
MEETING_IDS = pa.schema({"meeting_id": pa.int64()})


@dataclass(slots=True)
class Contents:
    """Rows that a load brought, gathered over its waves; what the alert rules look at."""

    figures: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[dict[str, Any]] = field(default_factory=list)  # figures that stood there before
    reported: dict[int, bool] = field(default_factory=dict)  # claim: whether it was reported before this load


def store_contents(connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought], contents: Contents) -> None:
    """Replace what was found in these articles by what was found now, and add it to `contents`.

    Sightings and meetings stay when an outlet rewrites its article: it did say so. They go when better extractors
    read the same page again and no longer find them: it never did.
    """
    if not brought:
        return
    figures, mentions = figure_rows(brought), mention_rows(brought)
    place_rows(connection, figures)
    meetings = meeting_rows(mentions)
    old_figures, old_mentions = _take_out(connection, brought)
    with registered(connection, incoming=table_of(figures, FIGURES)):
        connection.execute(INSERT_FIGURES)
    with registered(connection, incoming=table_of(mentions, MENTIONS)):
        connection.execute(INSERT_MENTIONS)
    for claim_id, reported in store_sightings(connection, figures).items():
        contents.reported.setdefault(claim_id, reported)
    with registered(connection, incoming=table_of(meetings, MEETINGS)):
        connection.execute(MERGE_MEETINGS)
    reread = {one.extraction.article_id for one in brought if one.change == "reread"}
    if reread:
        _withdraw_figures(connection, [f for f in old_figures if f["article_id"] in reread], figures)
        _withdraw_meetings(connection, [m for m in old_mentions if m["article_id"] in reread], meetings)
    contents.figures += figures
    contents.mentions += mentions
    contents.meetings += meetings
    contents.replaced += old_figures


def _take_out(connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought]) -> tuple[list[Any], list[Any]]:
    """Delete the figures and mentions of known articles; return them."""
    known = [{"article_id": one.extraction.article_id} for one in brought if one.change != "new"]
    if not known:
        return [], []
    with registered(connection, incoming=table_of(known, KEY)):
        figures, mentions = rows_of(connection, OLD_FIGURES), rows_of(connection, OLD_MENTIONS)
        connection.execute("DELETE FROM figures WHERE article_id IN (SELECT article_id FROM incoming)")
        connection.execute("DELETE FROM diplomacy WHERE article_id IN (SELECT article_id FROM incoming)")
    return figures, mentions


def _withdraw_figures(connection: duckdb.DuckDBPyConnection, old: list[Any], new: list[dict[str, Any]]) -> None:
    kept = {row["sighting_id"] for row in new}
    gone = {sighting_key(f["claim_id"], f["article_id"], f["claimant"]): f["claim_id"] for f in old}
    withdraw_sightings(connection, {sighting: claim for sighting, claim in gone.items() if sighting not in kept})


def _withdraw_meetings(connection: duckdb.DuckDBPyConnection, old: list[Any], new: list[dict[str, Any]]) -> None:
    gone = {row["meeting_id"] for row in meeting_rows(old)} - {row["meeting_id"] for row in new}
    with registered(connection, incoming=table_of(({"meeting_id": m} for m in sorted(gone)), MEETING_IDS)):
        connection.execute("DELETE FROM meetings WHERE meeting_id IN (SELECT meeting_id FROM incoming)")


OLD_FIGURES = """
SELECT f.*, c.topic_id
FROM figures f SEMI JOIN incoming i ON f.article_id = i.article_id
JOIN claims c ON c.claim_id = f.claim_id
"""
OLD_MENTIONS = """
SELECT m.mention_id, m.article_id, m.event, m.actors, m.targets, m.status, m.rule
FROM diplomacy m SEMI JOIN incoming i ON m.article_id = i.article_id
"""
INSERT_FIGURES = """
INSERT INTO figures BY NAME
SELECT figure_id, article_id, revision, start, "end", sentence, low, high, qualifier, measure, item, subject,
       location, claimant, claimant_text, status, as_of, claim_id, rule, posted_at
FROM incoming
"""
INSERT_MENTIONS = """
INSERT INTO diplomacy BY NAME
SELECT mention_id, article_id, revision, start, "end", sentence, event, actors, targets, status, as_of, rule,
       posted_at
FROM incoming
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
