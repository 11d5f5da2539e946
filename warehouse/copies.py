"""Find the articles that carry another outlet's text, so that an agency's copies count as one source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from warehouse.arrow import registered, rows_of, table_of
from warehouse.brought_article import Brought
from warehouse.texts import shared_share, sketch

LEAST_LENGTH = 300  # characters; shorter texts are alike by chance or by being a wall
LEAST_SHARE = 0.6  # of its sentences: outlets cut an agency's text and add a line of their own
MOST_CANDIDATES = 20  # looked at for one article
PARTS = pa.schema({"article_id": pa.int64(), "outlet": pa.string(), "part": pa.int64()})


@dataclass(frozen=True, slots=True)
class Original:
    """An article that another may be a copy of. `source` is the agency that it credits alone, else its outlet."""

    article_id: int
    outlet: str
    source: str
    text: str
    text_hash: int


def mark_copies(connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought]) -> list[Brought]:
    """Return the articles in order of publication, each with the one at another outlet whose text it carries.

    Of those in the same load the first published is the original; one loaded before comes before them all.
    """
    sketches = {
        one.extraction.article_id: sketch(one.extraction.article.text)
        for one in brought
        if len(one.extraction.article.text) >= LEAST_LENGTH
    }
    candidates = _stored_candidates(connection, brought, sketches)
    by_part: dict[int, list[Original]] = defaultdict(list)
    marked = []
    for one in sorted(brought, key=lambda b: (b.at, b.extraction.article_id)):
        parts = sketches.get(one.extraction.article_id, ())
        here = {original.article_id: original for part in parts for original in by_part[part]}
        original = _original(one, [*candidates.get(one.extraction.article_id, []), *here.values()])
        if original is None:
            for part in parts:
                by_part[part].append(_as_original(one))
            marked.append(one)
        else:
            whole = original.text_hash == one.text_hash
            marked.append(
                replace(one, syndicated_from=original.article_id, source_outlet=original.source, copied_whole=whole)
            )
    _store(connection, sketches, brought)
    return marked


def _original(one: Brought, candidates: Sequence[Original]) -> Original | None:
    text = one.extraction.article.text
    for original in candidates[:MOST_CANDIDATES]:
        if original.outlet != one.extraction.outlet and (
            original.text_hash == one.text_hash or shared_share(text, original.text) >= LEAST_SHARE
        ):
            return original
    return None


def _as_original(one: Brought) -> Original:
    extraction = one.extraction
    return Original(
        extraction.article_id, extraction.outlet, one.source_outlet, extraction.article.text, one.text_hash
    )


def _stored_candidates(
    connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought], sketches: dict[int, tuple[int, ...]]
) -> dict[int, list[Original]]:
    """Return for each article those of other outlets in the ledger that share parts, the first seen first."""
    outlets = {one.extraction.article_id: one.extraction.outlet for one in brought}
    rows = ({"article_id": a, "outlet": outlets[a], "part": p} for a, parts in sketches.items() for p in parts)
    found: dict[int, list[Original]] = defaultdict(list)
    with registered(connection, incoming=table_of(rows, PARTS)):
        for row in rows_of(connection, CANDIDATES, {"most": MOST_CANDIDATES}):
            found[row.pop("copy_id")].append(Original(**row))
    return found


def _store(
    connection: duckdb.DuckDBPyConnection, sketches: dict[int, tuple[int, ...]], brought: Sequence[Brought]
) -> None:
    known = [{"article_id": b.extraction.article_id, "outlet": "", "part": 0} for b in brought if b.change != "new"]
    if known:
        with registered(connection, incoming=table_of(known, PARTS)):
            connection.execute("DELETE FROM sketches WHERE article_id IN (SELECT article_id FROM incoming)")
    rows = ({"article_id": a, "outlet": "", "part": p} for a, parts in sketches.items() for p in parts)
    with registered(connection, incoming=table_of(rows, PARTS)):
        connection.execute("INSERT INTO sketches BY NAME SELECT article_id, part FROM incoming")


# A quarter of a sketch in common is worth reading both texts; candidates are originals, never copies themselves.
CANDIDATES = """
WITH shared AS (
    SELECT i.article_id AS copy_id, i.outlet AS copy_outlet, s.article_id, count(*) AS parts
    FROM incoming i JOIN sketches s ON s.part = i.part AND s.article_id <> i.article_id
    GROUP BY ALL
), sizes AS (
    SELECT article_id AS copy_id, count(*) AS size FROM incoming GROUP BY article_id
)
SELECT s.copy_id, a.article_id, a.outlet, coalesce(a.agency, a.outlet) AS source, a.text, a.text_hash
FROM shared s JOIN sizes z ON z.copy_id = s.copy_id JOIN articles a ON a.article_id = s.article_id
WHERE s.parts * 4 >= z.size AND a.outlet <> s.copy_outlet AND a.syndicated_from IS NULL
QUALIFY row_number() OVER (PARTITION BY s.copy_id ORDER BY s.parts DESC, a.first_seen_at, a.article_id) <= $most
ORDER BY s.copy_id, s.parts DESC, a.first_seen_at, a.article_id
"""
