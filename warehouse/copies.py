"""Find the articles that carry another outlet's text, so that an agency's copies count as one source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow as pa

from warehouse.arrow import registered, rows_of, table_of
from warehouse.bands import bands_of, refill_bands, store_bands
from warehouse.brought_article import Brought
from warehouse.texts import shared_share

LEAST_SHARE = 0.6  # of its sentences: outlets cut an agency's text and add a line of their own
MOST_CANDIDATES = 20  # looked at for one article
INCOMING = pa.schema({"article_id": pa.int64(), "outlet": pa.string(), "band": pa.int64()})
KNOWN = pa.schema({"article_id": pa.int64()})


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
    refill_bands(connection)
    bands = {one.extraction.article_id: bands_of(one.extraction.article.text) for one in brought}
    candidates = _stored_candidates(connection, brought, bands)
    by_band: dict[int, list[Original]] = defaultdict(list)
    marked = []
    for one in sorted(brought, key=lambda b: (b.at, b.extraction.article_id)):
        own = bands[one.extraction.article_id]
        here = {original.article_id: original for band in own for original in by_band[band]}
        original = _original(one, [*candidates.get(one.extraction.article_id, []), *here.values()])
        if original is None:
            for band in own:
                by_band[band].append(_as_original(one))
            marked.append(one)
        else:
            whole = original.text_hash == one.text_hash
            marked.append(
                replace(one, syndicated_from=original.article_id, source_outlet=original.source, copied_whole=whole)
            )
    _forget(connection, brought)
    store_bands(connection, bands)
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
    connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought], bands: Mapping[int, Sequence[int]]
) -> dict[int, list[Original]]:
    """Return for each article those of other outlets in the ledger that share bands, the most alike first."""
    outlets = {one.extraction.article_id: one.extraction.outlet for one in brought}
    rows = ({"article_id": a, "outlet": outlets[a], "band": b} for a, of_one in bands.items() for b in of_one)
    found: dict[int, list[Original]] = defaultdict(list)
    with registered(connection, incoming=table_of(rows, INCOMING)):
        for row in rows_of(connection, CANDIDATES, {"most": MOST_CANDIDATES}):
            found[row.pop("copy_id")].append(Original(**row))
    return found


def _forget(connection: duckdb.DuckDBPyConnection, brought: Sequence[Brought]) -> None:
    """Delete the bands of what known articles said before."""
    known = [{"article_id": one.extraction.article_id} for one in brought if one.change != "new"]
    if known:
        with registered(connection, incoming=table_of(known, KNOWN)):
            connection.execute("DELETE FROM bands WHERE article_id IN (SELECT article_id FROM incoming)")


# Candidates are originals, never copies themselves. How many bands they share tells how alike they are.
CANDIDATES = """
WITH shared AS (
    SELECT i.article_id AS copy_id, i.outlet AS copy_outlet, b.article_id, count(*) AS bands
    FROM incoming i JOIN bands b ON b.band = i.band AND b.article_id <> i.article_id
    GROUP BY ALL
)
SELECT s.copy_id, a.article_id, a.outlet, coalesce(a.agency, a.outlet) AS source, a.text, a.text_hash
FROM shared s JOIN articles a ON a.article_id = s.article_id
WHERE a.outlet <> s.copy_outlet AND a.syndicated_from IS NULL
QUALIFY row_number() OVER (PARTITION BY s.copy_id ORDER BY s.bands DESC, a.first_seen_at, a.article_id) <= $most
ORDER BY s.copy_id, s.bands DESC, a.first_seen_at, a.article_id
"""
