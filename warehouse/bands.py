"""MinHash bands: the few keys by which texts that share most of their sentences find each other in a large ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb
import pyarrow as pa
from rensa import RMinHash

from extractors.records import key64
from warehouse.arrow import registered, table_of
from warehouse.texts import SENTENCE_LEAST, hash_sentences

LEAST_LENGTH = 300  # characters; shorter texts are alike by chance or by being a wall
# Of texts with half of all their sentences in common 99.9 % share a band, with a third 94 %, with a twentieth 6 %.
BANDS, ROWS, SEED = 24, 2, 1
MAKE = key64("bands", RMinHash.ALGORITHM_VERSION, BANDS, ROWS, SEED, SENTENCE_LEAST, LEAST_LENGTH)
REFILLED = 1_000  # articles at a time
STORED = pa.schema({"article_id": pa.int64(), "band": pa.int64()})


def bands_of(text: str) -> tuple[int, ...]:
    """Return the bands of a text; none for one too short, or without a sentence long enough to tell texts apart."""
    sentences = hash_sentences(text) if len(text) >= LEAST_LENGTH else {}
    if not sentences:
        return ()
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    minhash.update([str(sentence) for sentence in sentences])
    digest = minhash.digest()
    return tuple(key64("band", band, *digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def store_bands(connection: duckdb.DuckDBPyConnection, bands: Mapping[int, Iterable[int]]) -> None:
    """Write the bands of articles that have none stored."""
    rows = ({"article_id": article_id, "band": band} for article_id, of_one in bands.items() for band in of_one)
    with registered(connection, incoming=table_of(rows, STORED)):
        connection.execute("INSERT INTO bands BY NAME FROM incoming")


def refill_bands(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the bands of the whole ledger again if those stored are of another make: once, after an upgrade."""
    if connection.execute("FROM bands_made").fetchall() == [(MAKE,)]:
        return
    connection.execute("DELETE FROM bands")
    last = -1
    while rows := connection.execute(TEXTS, {"last": last, "most": REFILLED}).fetchall():
        store_bands(connection, {article_id: bands_of(text) for article_id, text in rows})
        last = rows[-1][0]
    connection.execute("DELETE FROM bands_made")
    connection.execute("INSERT INTO bands_made VALUES ($make)", {"make": MAKE})


TEXTS = "SELECT article_id, text FROM articles WHERE article_id > $last ORDER BY article_id LIMIT $most"
