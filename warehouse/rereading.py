"""What better extractors change: figures gained, lost and changed in the readings beside what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import duckdb

from extractors.records import FIGURE_SAYS
from warehouse.archived import IN_SCOPE, Scope
from warehouse.arrow import rows_of

MOST_TOLD = 500  # changes, and pages left as they were, that a report lists; its counts tell of all
Kind = Literal["gained", "lost", "changed"]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that a reading found and the other did not, or found otherwise."""

    kind: Kind
    outlet: str
    url: str
    sentence: str
    before: Mapping[str, Any] | None  # what it says, by the names of FIGURE_SAYS; None: it was not there
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Left:
    """A page whose figures stay as they were, and why."""

    outlet: str
    url: str
    reason: str
    detail: str | None
    failed: bool  # False: it was read, and holds no article for today's extractors


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How the readings differ from what is in force."""

    counts: tuple[Mapping[str, Any], ...]  # a row an outlet: pages read, figures gained, lost, changed, pages left
    changes: tuple[FigureChange, ...]  # the first MOST_TOLD
    left: tuple[Left, ...]  # the first MOST_TOLD, those that failed before the others


def compare_readings(connection: duckdb.DuckDBPyConnection, scope: Scope) -> ReadingReport:
    """Return how the readings of these articles differ from what is in force.

    Figures are of the same words if they stand in the same sentence of the same article and begin in the same order.
    Leaves two temporary tables: `compared`, the readings that could be switched to, numbered by `place`, and
    `differences`, as `figure_changes` has them. Memory follows DuckDB's limit, not the archive.
    """
    connection.execute(COMPARED, asdict(scope))
    connection.execute(DIFFERENCES)
    return ReadingReport(
        tuple(rows_of(connection, COUNTS)),
        tuple(FigureChange(**row) for row in rows_of(connection, TOLD, {"most": MOST_TOLD})),
        tuple(Left(**row) for row in rows_of(connection, LEFT, {"most": MOST_TOLD})),
    )


SAYS = ", ".join(f'{name} := "{name}"' for name in FIGURE_SAYS)
COMPARED = f"""
CREATE OR REPLACE TEMP TABLE compared AS
SELECT r.article_id, r.outlet, r.url, r.reason, r.detail, r.failed,
       row_number() OVER (ORDER BY r.reason IS NOT NULL, a.outlet, r.article_id) - 1 AS place
FROM readings r JOIN articles a ON a.article_id = r.article_id AND a.revision = r.revision
WHERE {IN_SCOPE}
"""  # noqa: S608  # only our own text goes in
# Equal figures pair off first, the nth with the nth; of the rest those of one sentence pair in order.
DIFFERENCES = f"""
CREATE OR REPLACE TEMP TABLE differences AS
WITH old AS (
    SELECT article_id, sentence, start, struct_pack({SAYS}) AS says
    FROM figures SEMI JOIN (FROM compared WHERE reason IS NULL) USING (article_id)
), new AS (
    SELECT article_id, sentence, start, struct_pack({SAYS}) AS says
    FROM reading_figures SEMI JOIN (FROM compared WHERE reason IS NULL) USING (article_id)
), old_ones AS (
    SELECT *, row_number() OVER (PARTITION BY article_id, sentence, says ORDER BY start) AS nth FROM old
), new_ones AS (
    SELECT *, row_number() OVER (PARTITION BY article_id, sentence, says ORDER BY start) AS nth FROM new
), gone AS (
    SELECT *, row_number() OVER (PARTITION BY article_id, sentence ORDER BY start) AS place
    FROM old_ones ANTI JOIN new_ones USING (article_id, sentence, says, nth)
), come AS (
    SELECT *, row_number() OVER (PARTITION BY article_id, sentence ORDER BY start) AS place
    FROM new_ones ANTI JOIN old_ones USING (article_id, sentence, says, nth)
)
SELECT c.outlet, c.article_id, c.url,
       CASE WHEN g.says IS NULL THEN 'gained' WHEN n.says IS NULL THEN 'lost' ELSE 'changed' END AS kind,
       coalesce(g.sentence, n.sentence) AS sentence, g.says AS "before", n.says AS "after",
       c.place, coalesce(g.start, n.start) AS start
FROM gone g FULL JOIN come n ON (g.article_id, g.sentence, g.place) = (n.article_id, n.sentence, n.place)
JOIN compared c ON c.article_id = coalesce(g.article_id, n.article_id)
"""  # noqa: S608
COUNTS = """
SELECT c.outlet, count(*) FILTER (c.reason IS NULL) AS pages, coalesce(any_value(d.gained), 0) AS gained,
       coalesce(any_value(d.lost), 0) AS lost, coalesce(any_value(d.changed), 0) AS changed,
       count(*) FILTER (c.reason IS NOT NULL) AS "left"
FROM compared c LEFT JOIN (
    SELECT outlet, count(*) FILTER (kind = 'gained') AS gained, count(*) FILTER (kind = 'lost') AS lost,
           count(*) FILTER (kind = 'changed') AS changed
    FROM differences GROUP BY outlet
) d ON d.outlet = c.outlet
GROUP BY c.outlet ORDER BY c.outlet
"""
TOLD = """
SELECT kind, outlet, url, sentence, "before", "after" FROM differences ORDER BY place, start, kind LIMIT $most
"""
LEFT = """
SELECT outlet, url, reason, detail, failed FROM compared WHERE reason IS NOT NULL
ORDER BY failed DESC, place LIMIT $most
"""
