"""Near-copies among 100,000 other articles: are they found, are others left alone, what does an article cost?

    python -m tests.bench.copies [articles in the ledger, default 100000]

Families of invented agency texts: cut from the end, under a new headline, with another lead, with a paragraph of the
paper's own. Beside them texts that are no copies: they quote the agency, tell the same in other words, or are
yesterday's daily report with other numbers. Prints precision, recall, the kinds missed, and milliseconds
of CPU an article: of the look-up alone and of the whole load, of all texts at once and of twenty.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from extractors.records import Article, Extraction, key64
from warehouse.alerts import AlertPolicy
from warehouse.articles import _judge
from warehouse.batch import Batch
from warehouse.connection import open_warehouse
from warehouse.copies import mark_copies
from warehouse.load import load_batch

NOW = datetime(2021, 12, 1, 12, tzinfo=UTC)
FAMILIES = 150
OUTLETS, FEW = 40, 20
CHUNK = 5_000
WHO = "the ministry|the governor|a spokesman|the general staff|officials|the mayor|a diplomat|the envoy".split("|")
DID = "said|told reporters|announced|confirmed|denied|wrote|reported|warned".split("|")
WHAT = "column|convoy|battalion|bridge|warehouse|delegation|depot|village|airfield|ceasefire|corridor|crossing".split(
    "|"
)
HOW = "had moved|was hit|stood ready|was lost|had been seen|would return|was closed|came under fire|was held".split(
    "|"
)
WHERE = "near the river|in the north|at dawn|outside the town|on the coast|by the border|after the talks".split("|")
DAILY = (
    "The daily report counted losses since the war began, the general staff said.",
    "Personnel: about {0} people, of them {1} in the last day, it said in its summary.",
    "Tanks: {2}, of them {3} in the last day, it said in the same summary of the day.",
    "Artillery systems: {4}, of them {5} in the last day, the summary went on to say.",
    "The figures are being checked, and the intensity of the fighting makes it difficult.",
)


def sentence(chance: random.Random) -> str:
    """Return a sentence of its own: so many words that chance makes no two alike."""
    parts = [chance.choice(WHO).capitalize(), chance.choice(DID), "that the", chance.choice(WHAT), chance.choice(HOW)]
    parts += [chance.choice(WHERE), "with", str(chance.randint(2, 9_999)), "people and", chance.choice(WHAT)]
    return " ".join([*parts, chance.choice(HOW), chance.choice(WHERE)]) + "."


def text_of(chance: random.Random, sentences: int) -> list[str]:
    return [sentence(chance) for _ in range(sentences)]


def variants(chance: random.Random, agency: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield copies of an agency's text, each with its kind."""
    keep = max(3, round(len(agency) * chance.uniform(0.5, 0.85)))
    yield "cut from the end", " ".join(agency[:keep])
    yield "new headline", " ".join(agency)
    yield "changed lead", " ".join([*text_of(chance, 2), *agency[2:]])
    yield "added paragraph", " ".join([*agency, "\n", *text_of(chance, max(2, len(agency) // 4))])


def others(chance: random.Random, agency: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield texts that are no copies although they share something."""
    yield "quotes it", " ".join([*agency[:2], *text_of(chance, len(agency))])
    yield "own words", " ".join(text_of(chance, len(agency)))
    numbers = [chance.randint(1_000, 99_999) for _ in range(6)]
    yield "daily report", " ".join(DAILY).format(*numbers)


def fill(connection: duckdb.DuckDBPyConnection, articles: int) -> None:
    """Write the ledger's other articles, straight into its tables. Their bands are made by the first load."""
    chance = random.Random(1)
    for first in range(0, articles, CHUNK):
        texts = [" ".join(text_of(chance, chance.randint(8, 25))) for _ in range(first, min(first + CHUNK, articles))]
        rows = {"n": list(range(first, first + len(texts))), "text": texts}
        held = pa.table(rows)  # noqa: F841  # DuckDB finds it by name
        connection.execute(
            "INSERT INTO articles (article_id, outlet, url, published_day_only, first_seen_at, revised_at, "
            "last_checked_at, revision, text, text_hash, status) "
            "SELECT n + 1, 'old' || n % 40, 'https://old.test/' || n, false, $at, $at, $at, 1, text, n, 'live' "
            "FROM held",
            {"at": NOW.replace(tzinfo=None) - timedelta(days=30)},
        )
    connection.execute("CHECKPOINT")


def extraction(outlet: str, name: str, text: str, at: datetime) -> Extraction:
    url = f"https://{outlet}.test/{name}"
    article = Article(url, f"Headline {name}", text, (), "en", at, "meta")
    return Extraction(outlet, key64("bench", outlet, name), article, (), (), at, None, "bench")


def load(connection: duckdb.DuckDBPyConnection, number: int, texts: Sequence[Extraction]) -> float:
    """Load a batch; return its seconds of CPU."""
    batch = Batch(number, "monitor", texts[0].seen_at, (), tuple(texts), tuple({e.outlet for e in texts}))
    began = time.process_time()
    load_batch(connection, batch, AlertPolicy(), (), batch.started_at)
    return time.process_time() - began


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chance = random.Random(2)
    agencies = [text_of(chance, chance.randint(6, 30)) for _ in range(FAMILIES)]
    first = [extraction("wire", str(i), " ".join(text), NOW) for i, text in enumerate(agencies)]
    first += [extraction("wire", "daily", " ".join(DAILY).format(*range(1_000, 1_006)), NOW)]
    later, kinds = [], {}
    for i, agency in enumerate(agencies):
        for j, (kind, text) in enumerate([*variants(chance, agency), *others(chance, agency)]):
            one = extraction(f"paper{(i + 7 * j) % OUTLETS}", f"{i}-{j}", text, NOW + timedelta(hours=2))
            later.append(one)
            kinds[one.article_id] = (kind, first[i].article_id if j < 4 else None)
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "bench.duckdb") as connection:
        fill(connection, articles)
        load(connection, 1, first)
        timed = {len(some): (looked_up(connection, some), 0.0) for some in (later, later[:FEW])}
        timed[FEW] = (timed[FEW][0], load(connection, 2, later[:FEW]))
        timed[len(later)] = (timed[len(later)][0], load(connection, 2, later))
        query = "SELECT article_id, syndicated_from FROM articles WHERE revised_run = 2"
        found = dict(connection.execute(query).fetchall())
    report(kinds, found, articles)
    for number, (looked, loaded) in sorted(timed.items()):
        each = 1000 / number
        print(
            f"{number} at once: {each * looked:.2f} ms of CPU an article for the look-up, {each * loaded:.2f} to load"
        )


def looked_up(connection: duckdb.DuckDBPyConnection, texts: Sequence[Extraction]) -> float:
    """Return the seconds of CPU that the look-up of new articles takes; nothing of it is kept."""
    judged = [brought for e in texts if (brought := _judge(e, None, reread=False))]
    connection.execute("BEGIN")
    began = time.process_time()
    mark_copies(connection, judged)
    seconds = time.process_time() - began
    connection.execute("ROLLBACK")
    return seconds


def report(kinds: dict[int, tuple[str, int | None]], found: dict[int, int | None], articles: int) -> None:
    right = sum(found[a] is not None and found[a] == original for a, (_, original) in kinds.items())
    told = sum(original is not None for original in found.values())
    copies = sum(original is not None for _, original in kinds.values())
    missed = Counter(kind for a, (kind, original) in kinds.items() if original is not None and found[a] != original)
    false = Counter(kind for a, (kind, original) in kinds.items() if original is None and found[a] is not None)
    print(f"{articles:,} other articles, {copies} copies, {len(kinds) - copies} that are none")
    print(f"precision {right / max(told, 1):.3f}  recall {right / copies:.3f}")
    print(f"missed {dict(missed)}  false {dict(false)}")


if __name__ == "__main__":
    main()
