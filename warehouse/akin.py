"""Which claims may be a figure told in other words: readings of one fact differ in side, place, measure or item.

Claims keep DESIGN.md's exact key. An alert does not rest on it alone: a repeat in few words leaves the side or the
place out, "sent" is read where another outlet wrote "stationed", and a tool that tells such repeats as news is soon
not read any more.
"""

from __future__ import annotations

from itertools import product

import duckdb
import pyarrow as pa

from warehouse.arrow import registered, table_of

KINDS = pa.schema(
    {"measure": pa.string(), "item": pa.string(), "other_measure": pa.string(), "other_item": pa.string()}
)
PEOPLE = frozenset("troops reservists conscripts mercenaries peacekeepers advisers civilians children people".split())
# Any two of a set may be one thing in the words of two outlets.
ITEMS = (
    PEOPLE,
    frozenset({"drone", "missile", "munition"}),
    frozenset({"tank", "armoured_vehicle", "artillery", "air_defence", "vehicle", "equipment"}),
    frozenset({"aircraft", "helicopter", "drone"}),
    frozenset({"ship", "vehicle", "equipment"}),
    frozenset({"air_defence", "missile"}),
    frozenset({"formation"}),
)
MEASURES = (
    frozenset({"strength", "deployment", "mobilisation", "attack"}),
    frozenset({"deployment", "supply"}),
    frozenset({"killed", "casualties"}),
    frozenset({"wounded", "casualties"}),
    frozenset({"deployment", "withdrawal"}),
    *(frozenset({m}) for m in ("withdrawal", "supply", "captured", "missing", "deserted", "displaced", "destroyed")),
)


def _akin(groups: tuple[frozenset[str], ...]) -> set[tuple[str, str]]:
    return {(one, other) for group in groups for one, other in product(sorted(group), repeat=2)}


KIN = tuple(
    {"measure": m, "item": i, "other_measure": n, "other_item": j}
    for (m, n), (i, j) in product(sorted(_akin(MEASURES)), sorted(_akin(ITEMS)))
)


def find_akin(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary tables `told_before` and `akin_topics` for the figures of `told`.

    `told_before` has the figures whose number an earlier report gave, and parts of a toll of their own article;
    `akin_topics` the topics that may be a figure's own, read otherwise, with the claims on them.
    """
    with registered(connection, kin=table_of(KIN, KINDS)):
        connection.execute(TOLD_BEFORE)
    connection.execute(AKIN_CLAIMS)


# A number of three digits that say something, 11,500 or 143, is seldom told of two facts at once: its place may be
# read otherwise. A number below ten is told of many events: all must agree, nearly at once. Numbers are met by their
# step (2 % apart is the next at most), and what cannot be one falls away in the join: a load must not look at every
# claim of its measures.
TOLD_BEFORE = """
CREATE OR REPLACE TEMP TABLE told_before AS
WITH fresh AS (
    SELECT *, coalesce(number, low) AS n, coalesce(number, high) AS m FROM told WHERE alone AND first_report
), earlier AS (
    SELECT claim_id, measure, item, subject, location, status, coalesce(number, low) AS n,
           coalesce(number, high) AS m, first_published_at AS since, last_published_at AS until, spots,
           reported_at, NULL::BIGINT AS article_id, NULL::INTEGER AS start, NULL AS sentence
    FROM claims
    WHERE last_published_at >= (SELECT min("at") - INTERVAL 90 DAY FROM fresh) AND reported_at IS NOT NULL
    UNION ALL
    SELECT claim_id, measure, item, subject, location, status, n, m, "at", "at", spots, NULL, article_id, start,
           sentence
    FROM fresh
), stepped AS (
    SELECT figure_id, measure, item, status, subject,
           "at" - CASE WHEN stock THEN INTERVAL 90 DAY ELSE INTERVAL 7 DAY END AS since,
           "at" + INTERVAL 7 DAY AS until,
           CASE WHEN qualifier = 'order' THEN n ELSE n / 1.02 END AS least,
           CASE WHEN qualifier = 'order' THEN m ELSE n / 0.98 END AS most,
           unnest(CASE WHEN qualifier = 'order' THEN range(number_step(n), number_step(m) + 1)
                       ELSE range(number_step(n) - 1, number_step(n) + 2) END) AS step
    FROM fresh
), asked AS MATERIALIZED (
    SELECT s.* EXCLUDE (measure, item), k.other_measure AS measure, k.other_item AS item
    FROM stepped s JOIN kin k ON k.measure = s.measure AND k.item = s.item
), near AS MATERIALIZED (
    SELECT e.*, a.figure_id
    FROM (SELECT *, number_step(n) AS step FROM earlier) e
    JOIN asked a ON a.measure = e.measure AND a.item = e.item AND a.status = e.status AND a.step = e.step
                    AND e.until >= a.since AND e.until <= a.until AND e.n >= a.least AND e.n <= a.most
    WHERE a.subject IS NULL OR e.subject IS NULL OR a.subject = e.subject
), pairs AS (
    SELECT f.figure_id, f.n, f.measure = e.measure AS same_measure, f.item = e.item AS same_item,
           f.measure IN ('killed', 'wounded', 'casualties') AS harm,
           maybe_one(f.subject, e.subject, f.location, e.location) AS one_thing,
           (len(f.location) = 0 OR len(e.location) = 0 OR list_has_any(f.location, e.location)) AS one_place,
           spots_apart(f.spots, e.spots) AS apart,
           greatest(f."at" - e.until, e.since - f."at") AS gap,
           coalesce(f.article_id = e.article_id, false) AS same_article,
           three_digits(f.n) AS distinct_number
    FROM near e JOIN fresh f ON f.figure_id = e.figure_id
    WHERE e.claim_id <> f.claim_id
      AND e.until BETWEEN f."at" - CASE WHEN f.stock THEN INTERVAL 90 DAY ELSE INTERVAL 7 DAY END
                      AND f."at" + INTERVAL 7 DAY
      AND (e.reported_at < f.seen_at
           OR (e.reported_at IS NULL AND e.sentence <> f.sentence
               AND (e.since, e.article_id, e.start) < (f."at", f.article_id, f.start)))
      AND (f.qualifier = 'order' AND e.n >= f.n AND e.m <= f.m
           OR abs(e.n - f.n) <= 0.02 * e.n AND abs(e.m - f.m) <= 0.02 * e.m)
), again AS (
    SELECT figure_id, f.article_id, f.measure FROM pairs JOIN fresh f USING (figure_id)
    WHERE NOT (same_article AND NOT same_item)
      AND CASE WHEN pairs.n < 10 THEN one_thing AND (same_measure OR NOT harm) AND NOT apart AND gap <= INTERVAL 2 DAY
               ELSE one_thing OR distinct_number OR (one_place AND same_measure AND gap <= INTERVAL 2 DAY) END
)
SELECT f.figure_id FROM fresh f JOIN told g
  ON g.article_id = f.article_id AND coalesce(g.number, g.low) > f.n
     AND (g.topic_id = f.topic_id OR (g.measure = f.measure AND g.item = 'people' AND f.item = 'civilians'))
WHERE f.measure IN ('killed', 'wounded', 'casualties') AND says_part(f.sentence, g.sentence = f.sentence)
UNION
SELECT figure_id FROM again
UNION
-- "four missiles" beside 111 drones that were told: the rest of what the earlier report told
SELECT figure_id FROM pairs JOIN fresh f USING (figure_id)
WHERE same_measure AND same_item AND NOT harm AND NOT same_article AND NOT apart AND gap <= INTERVAL 2 DAY
  AND (f.article_id, f.measure) IN (SELECT (article_id, measure) FROM again);
"""
# What a claimant may have counted before in other words. Of other topics only what the last week brought, unless both
# count what there is of one side or in one country: longer ago a side left out is likelier another side.
AKIN_CLAIMS = """
CREATE OR REPLACE TEMP TABLE akin_topics AS
WITH topics AS (
    SELECT topic_id, any_value(measure) AS measure, any_value(item) AS item, any_value(status) AS status,
           any_value(subject) AS subject, any_value(location) AS location, bool_or(stock) AS stock,
           flatten(list(spots)) AS spots, min("at") AS since, max("at") AS until
    FROM told WHERE alone GROUP BY topic_id
), recent AS (
    SELECT topic_id, any_value(measure) AS measure, any_value(item) AS item, any_value(status) AS status,
           any_value(subject) AS subject, any_value(location) AS location,
           flatten(list(coalesce(spots, []))) AS spots,
           min(first_published_at) AS since, max(last_published_at) AS until
    FROM claims
    WHERE reported_at IS NOT NULL AND last_published_at >= (SELECT min(since) - INTERVAL 90 DAY FROM topics)
    GROUP BY topic_id
)
SELECT topic_id, topic_id AS akin_id FROM topics
UNION
SELECT t.topic_id, c.topic_id
FROM topics t JOIN recent c
  ON c.measure = t.measure AND c.status = t.status AND c.topic_id <> t.topic_id
     AND c.until >= t.since
         - CASE WHEN t.stock AND list_has_any(c.location, t.location) THEN INTERVAL 90 DAY
                WHEN t.stock AND c.subject = t.subject THEN INTERVAL 30 DAY
                ELSE INTERVAL 7 DAY END
     AND c.since <= t.until
WHERE (c.item = t.item
       OR (c.item IN ('people', 'civilians') AND t.item IN ('people', 'civilians'))
       -- a toll that only goes on does not say again whether they were soldiers
       OR (t.item = 'people' AND c.item = 'troops' AND list_has_any(t.spots, c.spots))
       OR (c.item IN ('troops', 'people', 'peacekeepers') AND t.item IN ('troops', 'people', 'peacekeepers')
           AND t.measure NOT IN ('killed', 'wounded', 'casualties', 'missing')))
  AND maybe_one(t.subject, c.subject, t.location, c.location);
"""
