"""Lay out what a load brought as the tables that the alert rules read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.akin import find_akin
from warehouse.alerts import AlertPolicy
from warehouse.arrow import TIME, registered, stored_time, table_of
from warehouse.batch import Batch
from warehouse.brought_article import Brought
from warehouse.claims import STOCK_WINDOW, window_of
from warehouse.contents import Contents
from warehouse.rows import FIGURES, MEETINGS

JUDGED = [pa.field("alone", pa.bool_()), pa.field("grouped", pa.bool_())]
ARTICLES = pa.schema(
    {
        "article_id": pa.int64(), "outlet": pa.string(), "outlet_name": pa.string(), "run_id": pa.int64(),
        "url": pa.string(), "title": pa.string(), "at": TIME, "seen_at": TIME, "change": pa.string(),
        "late": pa.bool_(), "grouped": pa.bool_(),
    }
)  # fmt: skip
LOOKED_AT = pa.schema({"outlet": pa.string(), "at": TIME})
NEWS_FIGURES = pa.schema([*FIGURES, *JUDGED, pa.field("first_report", pa.bool_()), pa.field("stock", pa.bool_())])
NEWS_MEETINGS = pa.schema([*MEETINGS, pa.field("start", pa.int32()), pa.field("sentence", pa.string()), *JUDGED])
REPLACED = pa.schema(
    {
        "figure_id": pa.int64(), "article_id": pa.int64(), "revision": pa.int32(), "claim_id": pa.int64(),
        "topic_id": pa.int64(), "low": pa.int64(), "high": pa.int64(), "qualifier": pa.string(), "posted_at": TIME,
    }
)  # fmt: skip


def lay_out(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    brought: Sequence[Brought],
    contents: Contents,
    policy: AlertPolicy,
    first_runs: Set[str],
) -> None:
    """Write the temporary tables that the rules read: brought_articles, brought_figures, brought_meetings,
    replaced_figures, topic_sightings, this_load.

    `alone` rows may raise an alert of their own. `grouped` ones are told in a summary: all that a backfill or the
    first run of an outlet brought, and what was found long after its publication.
    """
    latest = {one.extraction.article_id: one for one in brought}  # of several captures of one article the last
    tables = {
        "incoming_outlets": table_of(_outlet_rows(batch, policy), LOOKED_AT),
        "incoming_articles": table_of(
            (_article_row(a, batch, policy, first_runs) for a in latest.values()), ARTICLES
        ),
        "incoming_figures": table_of(_figure_rows(contents, batch, policy, first_runs), NEWS_FIGURES),
        "incoming_meetings": table_of(_meeting_rows(contents, batch, policy, first_runs), NEWS_MEETINGS),
        "incoming_replaced": table_of(contents.replaced, REPLACED),
    }
    with registered(connection, **tables):
        connection.execute(TELL)
    find_akin(connection)
    connection.execute(LAY_OUT)


def _outlet_rows(batch: Batch, policy: AlertPolicy) -> list[dict[str, Any]]:
    watched = batch.outlets if batch.kind == "monitor" else ()
    return [{"outlet": o, "at": stored_time(batch.started_at)} for o in watched if policy.wants_outlet(o)]


def _figure_rows(
    contents: Contents, batch: Batch, policy: AlertPolicy, first_runs: Set[str]
) -> Iterator[dict[str, Any]]:
    first_reports = {claim for claim, reported in contents.reported.items() if not reported}
    for row in contents.figures:
        yield {
            **row,
            **_judge(row, batch, first_runs, wanted=policy.wants_figure(row)),
            "first_report": row["valid"] and row["claim_id"] in first_reports,
            "stock": window_of(row["measure"], row["sentence"]) == STOCK_WINDOW,
        }


def _meeting_rows(
    contents: Contents, batch: Batch, policy: AlertPolicy, first_runs: Set[str]
) -> Iterator[dict[str, Any]]:
    for row in contents.meetings:
        yield {**row, **_judge(row, batch, first_runs, wanted=policy.wants_outlet(row["outlet"]))}


def _judge(row: Mapping[str, Any], batch: Batch, first_runs: Set[str], *, wanted: bool) -> dict[str, bool]:
    may = row["valid"] and wanted and not row["said_before"]
    grouped = _is_grouped(batch, row["outlet"], row["late"], first_runs)
    return {"alone": may and not grouped and batch.kind == "monitor", "grouped": may and grouped}


def _is_grouped(batch: Batch, outlet: str, late: bool, first_runs: Set[str]) -> bool:
    return batch.kind == "backfill" or late or outlet in first_runs


def _article_row(one: Brought, batch: Batch, policy: AlertPolicy, first_runs: Set[str]) -> dict[str, Any]:
    outlet = one.extraction.outlet
    return {
        "article_id": one.extraction.article_id,
        "outlet": outlet,
        "outlet_name": policy.outlet_names.get(outlet, outlet),
        "run_id": batch.run_id,
        "url": one.extraction.article.url,
        "title": one.extraction.article.title,
        "at": one.at,
        "seen_at": one.seen_at,
        "change": one.change,
        "late": one.late,
        "grouped": _is_grouped(batch, outlet, one.late, first_runs) and policy.wants_outlet(outlet),
    }


# `topic_sightings`: all that may alert on the topics brought and on those akin to them, so that no rule has to look
# through the large table. `before` is the last number known for the same thing, `elsewhere` who else carries the
# claim, `told_before` whether an earlier report gave its number (warehouse/akin.py).
TELL = """
CREATE OR REPLACE TEMP TABLE this_load AS FROM incoming_outlets;
CREATE OR REPLACE TEMP TABLE brought_articles AS FROM incoming_articles;
CREATE OR REPLACE TEMP TABLE replaced_figures AS FROM incoming_replaced;
CREATE OR REPLACE TEMP TABLE brought_meetings AS
SELECT m.*, coalesce(m.post_url, a.url) AS url
FROM incoming_meetings m JOIN brought_articles a ON a.article_id = m.article_id;
CREATE OR REPLACE TEMP TABLE told AS
SELECT f.*, coalesce(f.post_url, a.url) AS url, a.title,
       figure_words(f.low, f.high, f.qualifier, f.measure, f.item, f.subject, f.location, f.status) AS words,
       claimant_words(f.claimant, f.claimant_text, f.outlet) AS says
FROM incoming_figures f JOIN brought_articles a ON a.article_id = f.article_id;
"""
LAY_OUT = """
CREATE OR REPLACE TEMP TABLE brought_figures AS
WITH earlier AS (
    SELECT t.figure_id, max(c.last_published_at) AS known_at,
           arg_max(struct_pack(words := number_words(c.low, c.high, c.qualifier), claimants := c.claimants),
                   (c.last_published_at, c.claim_id)) AS known
    FROM told t JOIN akin_topics k ON k.topic_id = t.topic_id
    JOIN claims c ON c.topic_id = k.akin_id AND c.claim_id <> t.claim_id AND c.reported_at IS NOT NULL
                     AND c.first_published_at <= t."at"
    WHERE t.alone
    GROUP BY t.figure_id
)
SELECT t.*, t.figure_id IN (FROM told_before) AS told_before,
       'Known before: ' || e.known.words
           || CASE WHEN len(e.known.claimants) > 0
                   THEN ' (' || array_to_string(e.known.claimants, ', ') || ')' ELSE '' END
           || ', ' || strftime(e.known_at, '%-d %B %Y') || '.' AS before,
       CASE WHEN len(c.outlets) > 1
            THEN 'Also in: ' || array_to_string(list_filter(c.outlets, lambda o: o <> t.outlet), ', ') || '.'
       END AS elsewhere
FROM told t
LEFT JOIN earlier e ON e.figure_id = t.figure_id
LEFT JOIN claims c ON c.claim_id = t.claim_id;
CREATE OR REPLACE TEMP TABLE topic_sightings AS
SELECT k.topic_id, s.claim_id, s.claimant, s.article_id, s.published_at, s.seen_at
FROM sightings s JOIN akin_topics k ON s.topic_id = k.akin_id
WHERE s.valid AND s.published_at >= (SELECT min("at") - INTERVAL 90 DAY FROM told WHERE alone);
"""
