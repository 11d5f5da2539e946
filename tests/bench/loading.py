"""Time the load of 1,000 figures into a large ledger against the same load into a small one.

    python tests/bench/loading.py [figures in the large ledger, default 200000]

Prints milliseconds of each round by the clock and of the processor, the medians and their ratio: the cost should be
the batch's, not the ledger's.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from extractors.records import Article, Extraction, Figure, Item, Measure, Mention, key64
from warehouse.alerts import AlertPolicy
from warehouse.bands import BANDS, MAKE
from warehouse.batch import Batch, Fetch
from warehouse.connection import open_warehouse
from warehouse.load import load_batch

SMALL = 2_000
FIGURES_AN_ARTICLE = 5
ARTICLES = 200
ROUNDS = 5
PARTIES = ("RUS", "UKR", "USA", "BLR", "POL", "SYR", "ISR", "SDN")
MEASURES: tuple[Measure, ...] = ("strength", "killed", "wounded", "destroyed", "supply", "attack", "captured")
ITEMS: tuple[Item, ...] = ("troops", "civilians", "tank", "drone", "missile", "people")
NOW = datetime(2021, 12, 1, 12, tzinfo=UTC)

# A ledger as months of loads would leave it: ten sightings a claim, five figures an article.
FILL = """
INSERT INTO articles
SELECT hash(i)::UBIGINT >> 1, 'outlet' || i % 20, 'https://outlet.test/' || i, 'Title ' || i, ['A. Writer'], 'en',
       TIMESTAMP '2021-12-01' - to_minutes((i % 500000)::BIGINT), 'meta', false, NULL,
       TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01', 1,
       'Text of the article number ' || i, hash('text' || i) >> 1, NULL, 'live', NULL, NULL, NULL, NULL, NULL, NULL
FROM range($figures // 5) t(i);
INSERT INTO figures BY NAME
SELECT hash('f' || i) >> 1 AS figure_id, hash(i // 5) >> 1 AS article_id, 1 AS revision, i % 5 * 50 AS start,
       i % 5 * 50 + 20 AS "end", 'A sentence with the number ' || i AS sentence, 100 + i // 10 AS low,
       100 + i // 10 AS high, 'exact' AS qualifier, 'strength' AS measure, 'troops' AS item, 'RUS' AS subject,
       ['UKR'] AS location, 'UKR' AS claimant, 'actual' AS status,
       hash('c' || i // 10) >> 1 AS claim_id, 'bench' AS rule
FROM range($figures) t(i);
INSERT INTO claims
SELECT hash('c' || i) >> 1, hash('t' || i % 5000) >> 1, 'strength', 'troops', $parties[1 + i % 8],
       ['P' || i % 5000 // 8], 'actual',
       100 + i, 100 + i, 100 + i, 'exact', TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01',
       TIMESTAMP '2021-12-01' - to_minutes((i % 500000)::BIGINT), TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01',
       hash(i * 2) >> 1, 10, ['outlet1', 'outlet2'], 2, ['UKR'], []
FROM range($figures // 10) t(i);
INSERT INTO sightings
SELECT hash('s' || i) >> 1, hash('c' || i // 10) >> 1, hash('t' || (i // 10) % 5000) >> 1, hash(i // 5) >> 1,
       'outlet' || i % 20, 'outlet' || i % 20, 'UKR', NULL,
       TIMESTAMP '2021-12-01' - to_minutes((i % 500000)::BIGINT), TIMESTAMP '2021-12-01', true
FROM range($figures) t(i);
INSERT INTO addresses
SELECT hash('a' || i) >> 1, 'https://outlet.test/' || i, 'outlet' || i % 20, 'page', hash(i) >> 1,
       TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01', TIMESTAMP '2021-12-01', 'ok', NULL, NULL, NULL
FROM range($figures // 5) t(i);
INSERT INTO bands
SELECT hash(i // $bands) >> 1, hash('p' || i) >> 1 FROM range($figures // 5 * $bands) t(i);
INSERT INTO bands_made VALUES ($make);
"""


def fill(connection: duckdb.DuckDBPyConnection, figures: int) -> None:
    for statement in FILL.split(";"):
        if statement.strip():
            given = {"figures": figures, "parties": list(PARTIES), "bands": BANDS, "make": MAKE}
            connection.execute(statement, {name: value for name, value in given.items() if f"${name}" in statement})
    connection.execute("CHECKPOINT")


def make_batch(number: int) -> Batch:
    at = NOW + timedelta(hours=number)
    extractions = tuple(_extraction(number, i, at) for i in range(ARTICLES))
    fetches = tuple(
        Fetch(number, e.outlet, e.article.url, "page", at, 80, 200, "ok", None, None, 40_000, None, None, 7,
              e.article_id, None)
        for e in extractions
    )  # fmt: skip
    return Batch(number, "monitor", at, fetches, extractions, tuple(f"outlet{n}" for n in range(20)))


def _extraction(number: int, i: int, at: datetime) -> Extraction:
    outlet, url = f"outlet{i % 20}", f"https://outlet.test/new/{number}/{i}"
    article = Article(url, f"New {i}", f"A new text {number} {i} " * 60, (), "en", at, "meta")
    figures = tuple(_figure(number, i, n) for n in range(FIGURES_AN_ARTICLE))
    mention = Mention(0, 5, "They met.", "CONSULT", (PARTIES[i % 8], PARTIES[(i + 3) % 8]), (), "actual", "bench")
    return Extraction(outlet, key64(outlet, url), article, figures, (mention,), at, None, "bench")


def _figure(number: int, i: int, n: int) -> Figure:
    value = 1_000 + (number * 7_919 + i * 104_729 + n * 1_299_709) % 900_000
    party, claimant = PARTIES[i % 8], PARTIES[(i + n) % 8]
    return Figure(
        n * 40, n * 40 + 15, f"{value} troops were there.", value, value, "exact", MEASURES[i % 7],
        ITEMS[(i // 7) % 6], party, ("UKR",), claimant, None, "actual", "bench",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """How long one load took, in milliseconds. Where others use the machine, only the second can be trusted."""

    wall: float
    cpu: float  # of all threads


def measure(figures: int) -> list[Round]:
    with tempfile.TemporaryDirectory() as folder:
        connection = open_warehouse(Path(folder) / "bench.duckdb")
        fill(connection, figures)
        times = []
        for number in range(ROUNDS):
            batch = make_batch(number)
            began, used = time.perf_counter(), time.process_time()
            outcome = load_batch(connection, batch, AlertPolicy(), ("log",), NOW + timedelta(hours=number))
            times.append(Round((time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000))
            assert sum(c.figures for c in outcome.outlets) == ARTICLES * FIGURES_AN_ARTICLE
        connection.close()
    return times


def main() -> None:
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    small_times, large_times = measure(SMALL), measure(large)
    for figures, times in ((SMALL, small_times), (large, large_times)):
        for name in ("wall", "cpu"):
            each = [getattr(one, name) for one in times]
            shown = " ".join(f"{t:.0f}" for t in each)
            print(f"{figures:>12,} figures, {name:<4}: {shown}  median {statistics.median(each):.0f} ms")
    for name in ("wall", "cpu"):
        small, big = (statistics.median(getattr(t, name) for t in times) for times in (small_times, large_times))
        print(f"ratio of {name} {big / small:.2f}")


if __name__ == "__main__":
    main()
