"""Gather figures into claims in the ledger: their sightings, and each claim counted again from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.arrow import TIME, registered, rows_of, table_of
from warehouse.claims import STOCK_WINDOW, Claim, Number, Sighting, place_figures, window_of
from warehouse.rows import FIGURES, sighting_key

TOPICS = pa.schema({"topic_id": pa.int64(), "article_id": pa.int64(), "change": pa.string(), "at": TIME})
SIGHTING_IDS = pa.schema({"sighting_id": pa.int64(), "claim_id": pa.int64()})


def place_rows(connection: duckdb.DuckDBPyConnection, figures: list[dict[str, Any]]) -> None:
    """Give each figure row its claim, among the claims of its topic that are alive around its time."""
    held: dict[int, set[int]] = defaultdict(set)
    with registered(connection, incoming=table_of(figures, TOPICS)):
        for article_id, claim_id in connection.execute(HELD_CLAIMS).fetchall():
            held[article_id].add(claim_id)
        known = [
            Claim(
                r["claim_id"], r["topic_id"], Number(r["low"], r["high"], r["qualifier"]), r["first_at"], r["last_at"]
            )
            for r in rows_of(connection, CANDIDATES, {"window": STOCK_WINDOW})
        ]
    placed, _ = place_figures((_sighting(row) for row in figures), known, held)
    for row in figures:
        row["claim_id"] = placed[row["figure_id"]]
        row["sighting_id"] = sighting_key(row["claim_id"], row["article_id"], row["claimant"])


def store_sightings(connection: duckdb.DuckDBPyConnection, figures: list[dict[str, Any]]) -> dict[int, bool]:
    """Write the sightings of placed figures and count their claims; return which claims were reported before."""
    with registered(connection, incoming=table_of(figures, FIGURES)):
        reported: dict[int, bool] = dict(connection.execute(REPORTED).fetchall())
        connection.execute(MERGE_SIGHTINGS)
        connection.execute(INSERT_CLAIMS)
        _count_claims(connection)
    return reported


def withdraw_sightings(connection: duckdb.DuckDBPyConnection, claims: Mapping[int, int]) -> None:
    """Take sightings back, given with their claims. A claim left without any goes too, unless it was alerted on."""
    rows = [{"sighting_id": sighting, "claim_id": claim} for sighting, claim in claims.items()]
    with registered(connection, incoming=table_of(rows, SIGHTING_IDS)):
        connection.execute("DELETE FROM sightings WHERE sighting_id IN (SELECT sighting_id FROM incoming)")
        _count_claims(connection)
        connection.execute(DROP_CLAIMS)


def _count_claims(connection: duckdb.DuckDBPyConnection) -> None:
    """Count the claims of `incoming` again.

    An update reads every column of what it looks at. What a load touches is mostly of the last weeks and stands near
    the end of the tables: rows before the first of it are passed over.
    """
    (firsts,) = connection.execute(FIRST_ROWS).fetchall()
    connection.execute(COUNT_CLAIMS, {"first_claim": firsts[0], "first_sighting": firsts[1]})


def _sighting(row: dict[str, Any]) -> Sighting:
    number = Number(row["low"], row["high"], row["qualifier"])
    window = window_of(row["measure"], row["sentence"])
    return Sighting(row["figure_id"], row["topic_id"], row["article_id"], row["start"], number, row["at"], window)


HELD_CLAIMS = """
SELECT DISTINCT s.article_id, s.claim_id
FROM sightings s
JOIN (SELECT DISTINCT article_id, topic_id FROM incoming WHERE change <> 'new') i
  ON s.article_id = i.article_id AND s.topic_id = i.topic_id
"""
CANDIDATES = """
SELECT c.claim_id, c.topic_id, c.low, c.high, c.qualifier, c.first_published_at AS first_at,
       c.last_published_at AS last_at
FROM claims c
JOIN (SELECT topic_id, min("at") - $window AS since, max("at") + $window AS until, bool_or(change <> 'new') AS known
      FROM incoming GROUP BY topic_id) i
  ON c.topic_id = i.topic_id AND (i.known OR (c.last_published_at >= i.since AND c.first_published_at <= i.until))
"""
REPORTED = """
SELECT i.claim_id, coalesce(bool_or(c.reported_at IS NOT NULL), false)
FROM (SELECT DISTINCT claim_id FROM incoming) i LEFT JOIN claims c ON c.claim_id = i.claim_id
GROUP BY i.claim_id
"""
MERGE_SIGHTINGS = """
MERGE INTO sightings s
USING (SELECT * FROM incoming
       QUALIFY row_number() OVER (PARTITION BY sighting_id ORDER BY valid DESC, "at", start) = 1) i
ON s.sighting_id = i.sighting_id
WHEN MATCHED THEN UPDATE SET published_at = i."at", valid = s.valid OR i.valid
WHEN NOT MATCHED THEN INSERT
    (sighting_id, claim_id, topic_id, article_id, outlet, source_outlet, claimant, claimant_text, published_at,
     seen_at, valid)
    VALUES (i.sighting_id, i.claim_id, i.topic_id, i.article_id, i.outlet, i.source_outlet, i.claimant,
            i.claimant_text, i."at", i.seen_at, i.valid)
"""
INSERT_CLAIMS = """
INSERT INTO claims BY NAME
SELECT i.claim_id, i.topic_id, i.measure, i.item, i.subject, i.location, i.status, i.number, i.low, i.high,
       i.qualifier, i.seen_at AS first_seen_at, i.seen_at AS last_seen_at, i."at" AS first_published_at,
       i."at" AS last_published_at, i.article_id AS first_article_id, 0 AS sightings, [] AS outlets,
       0 AS independent_sources, [] AS claimants, i.spots
FROM incoming i ANTI JOIN claims c ON c.claim_id = i.claim_id
QUALIFY row_number() OVER (PARTITION BY i.claim_id ORDER BY i."at", i.article_id, i.qualifier = 'order', i.start) = 1
"""
FIRST_ROWS = """
SELECT (SELECT coalesce(min(c.rowid), 0) FROM claims c SEMI JOIN incoming i ON c.claim_id = i.claim_id),
       (SELECT coalesce(min(s.rowid), 0) FROM sightings s SEMI JOIN incoming i ON s.claim_id = i.claim_id)
"""
# Counted again from the sightings each time, never added to: loading the same batch twice changes nothing.
COUNT_CLAIMS = """
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
           coalesce(list_sort(list(DISTINCT s.claimant) FILTER (s.claimant <> 'unknown')), []) AS claimants
    FROM sightings s JOIN (SELECT DISTINCT claim_id FROM incoming) i ON s.claim_id = i.claim_id
    WHERE s.rowid >= $first_sighting
    GROUP BY s.claim_id
) n ON c.claim_id = n.claim_id AND c.rowid >= $first_claim
WHEN MATCHED THEN UPDATE SET
    first_seen_at = n.first_seen_at, last_seen_at = n.last_seen_at, first_published_at = n.first_published_at,
    last_published_at = n.last_published_at, reported_at = n.reported_at, first_article_id = n.first_article_id,
    sightings = n.sightings, outlets = n.outlets, independent_sources = n.independent_sources,
    claimants = n.claimants
"""
DROP_CLAIMS = """
DELETE FROM claims
WHERE claim_id IN (SELECT claim_id FROM incoming)
  AND claim_id NOT IN (SELECT s.claim_id FROM sightings s SEMI JOIN incoming i ON s.claim_id = i.claim_id)
  AND claim_id NOT IN (SELECT claim_id FROM alerts WHERE claim_id IS NOT NULL)
"""
