"""Drive the real flow over the simulated news stream, and measure the alerts it raises.

    python -m tests.bench.stream                   prints precision and recall by rule, each false and missed alert
    python -m tests.bench.stream --texts           without pages and flow: what the texts give, in seconds
    python -m tests.bench.stream --stream autumn   another folder of tests/newsroom/streams; the first is spring

An error is the rules' where it is there too when the stream's labels are loaded in place of what was read; else
extraction's where the bare texts give it too; else the page's: cleaning, dates, or the flow.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

import flows  # noqa: F401  # sets what Prefect reads at import
from extractors.addresses import article_key
from extractors.context import Context, Document, build_context
from extractors.locations import Places
from extractors.reading import Reading, read_documents
from extractors.records import Article, Extraction, Figure, Mention
from extractors.spots import spots_of
from tests.newsroom.stories import STREAMS, Find, Story, Version, World, read_world
from tests.newsroom.stream import Stream
from warehouse.alerts import AlertPolicy
from warehouse.batch import Batch
from warehouse.connection import open_warehouse
from warehouse.load import load_batch

Readings = dict[tuple[int, datetime], Reading]  # by story and version
BASE = "http://stream.test"
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?[”\"]?")
# An alert's numbers are its claim's, and what its article tells the claim with.
ALERTS = """
SELECT DISTINCT a.alert_id, a.rule, a.url, a.title, split_part(a.body, chr(10), 1) AS sentence,
       unnest([c.low, c.high, f.low, f.high]) AS number
FROM alerts a
LEFT JOIN claims c ON c.claim_id = a.claim_id
LEFT JOIN (SELECT f.*, b.url FROM figures f JOIN articles b USING (article_id)) f
  ON f.claim_id = a.claim_id AND regexp_extract(f.url, '[0-9]+$') = regexp_extract(a.url, '[0-9]+$')
WHERE a.rule <> 'summary'
"""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert raised or due. `numbers` are what its claim was told with in its article; empty for a talk."""

    rule: str
    story: int
    numbers: frozenset[int]
    title: str
    sentence: str

    def is_of(self, other: Alert, *, rule: bool = True) -> bool:
        """Return whether both are one: of one article, rule and number; a contact by its article alone."""
        same = self.story == other.story and (not rule or self.rule == other.rule)
        return same and (bool(self.numbers & other.numbers) or (not self.numbers and not other.numbers))


def sentence_at(text: str, start: int) -> str:
    """Return the sentence around an offset of a text."""
    return next(m for m in SENTENCE.finditer(text) if m.start() <= start < m.end())[0].strip()


def due(world: World) -> list[Alert]:
    """Return the alerts that the stream must raise."""
    return [
        Alert(f.rule, s.number, frozenset({f.number}) if f.number else frozenset(), f.words, _sentence(v, f))
        for s in world.stories
        for v in s.versions
        for f in v.finds
        if f.rule
    ]


def _sentence(version: Version, find: Find) -> str:
    return sentence_at(version.text, version.text.index(find.words))


def raised(warehouse: Path) -> list[Alert]:
    """Return the alerts that stand in a warehouse, but for summaries."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(ALERTS).fetchall()
    numbers: dict[int, set[int]] = {}
    for row in rows:
        numbers.setdefault(row[0], set()).update({row[5]} - {None})
    once = {row[0]: row for row in rows}
    return [
        Alert(rule, int(re.search(r"-(\d+)$", url)[1]), frozenset(numbers[alert_id]), title, sentence)
        for alert_id, rule, url, title, sentence, _ in once.values()
    ]


def run_flow(world: World, home: Path) -> list[Alert]:
    """Run the monitor flow at every moment of the stream; return the alerts it raised."""
    from prefect.testing.utilities import prefect_test_harness

    from flows.monitor import monitor

    logging.disable(logging.CRITICAL)  # the table is what is wanted, not the course of sixty runs

    with Stream(world) as stream, prefect_test_harness(server_startup_timeout=120):
        (home / "outlets.toml").write_text(stream.outlets_toml(), encoding="utf-8")
        for name, value in {
            "HOME": home, "WAREHOUSE": home / "warehouse.duckdb", "OUTLETS": home / "outlets.toml", "NOTIFY": "",
            "ALLOW_PRIVATE": "127.0.0.1", "DELAY_SECONDS": "0",
        }.items():  # fmt: skip
            os.environ[f"MUSTER_{name}"] = str(value)
        for now in world.moments():
            stream.now = now
            os.environ["MUSTER_NOW"] = now.isoformat()
            report = asyncio.run(monitor())
            for outlet, why in report.failed:  # the outage is meant; any other spoils the measure
                print(f"{now:%d %B %H:%M}: {outlet}: {why}", file=sys.stderr)
    return raised(home / "published.duckdb")


def labels(world: World) -> Readings:
    """Return the stream's labels as if they had been read."""
    return {(s.number, v.at): _labels_of(v) for s in world.stories for v in s.versions}


def _labels_of(version: Version) -> Reading:
    finds = [(f, _place(version, f)) for f in version.finds]
    context = build_context(Document(version.text, None, "en", version.title))
    figures = tuple(
        Figure(**p, rule="label", spots=_spots(context, p["start"]), **f.fields)
        for f, p in finds
        if "measure" in f.fields
    )
    mentions = tuple(
        Mention(**p, rule="label", **({"targets": ()} | f.fields)) for f, p in finds if "event" in f.fields
    )
    return Reading(figures, mentions)


def _spots(context: Context, start: int) -> tuple[str, ...]:
    sentence = next(s for s in context.sentences if s.start <= start < s.end)
    return spots_of(context, Places(context), sentence)


def _place(version: Version, find: Find) -> dict[str, Any]:
    start = version.text.index(find.words)
    return {"start": start, "end": start + len(find.words), "sentence": sentence_at(version.text, start)}


def read_texts(world: World) -> Readings:
    """Return what the extractors find in the stream's texts, without a page around them."""
    versions = [(s, v) for s in world.stories for v in s.versions]
    documents = [Document(v.text, s.published.date() if s.published else None, "en", v.title) for s, v in versions]
    return {(s.number, v.at): r for (s, v), r in zip(versions, read_documents(documents), strict=True)}


def run_loads(world: World, path: Path, readings: Readings) -> list[Alert]:
    """Load readings at every moment of the stream, without a flow; return the alerts raised."""
    loaded: set[tuple[int, datetime]] = set()
    connection = open_warehouse(path)
    for number, now in enumerate(world.moments(), 1):
        extractions = [e for s in world.stories for e in _extractions(world, s, now, readings, loaded)]
        batch = Batch(number, "monitor", now, (), tuple(extractions), tuple(world.outlets))
        load_batch(connection, batch, AlertPolicy(), (), now)
    connection.close()
    return raised(path)


def _extractions(
    world: World, story: Story, now: datetime, readings: Readings, loaded: set[tuple[int, datetime]]
) -> Iterator[Extraction]:
    version = story.at(now)
    down = world.is_down(story.outlet, now)
    if not version or version.wall or down or (story.number, version.at) in loaded:
        return
    loaded.add((story.number, version.at))
    url = BASE + story.path(version)
    key = article_key(story.outlet, url, world.outlets[story.outlet].pattern)
    published = story.published.astimezone(UTC) if story.published else None
    article = Article(url, version.title, version.text, (), "en", published, "jsonld" if published else None)
    reading = readings[story.number, version.at]
    yield Extraction(story.outlet, key, article, reading.figures, reading.mentions, now, None, "stream")


def compare(wanted: list[Alert], got: list[Alert]) -> tuple[list[Alert], list[Alert], list[Alert]]:
    """Return the alerts that are right, false and missed."""
    left, right, missed = list(got), [], []
    for one in wanted:
        match = next((a for a in left if a.is_of(one)), None)
        (right if match else missed).append(one)
        if match:
            left.remove(match)
    return right, left, missed


def cause_of(one: Alert, by_labels: list[Alert], by_texts: list[Alert]) -> str:
    """Return whose error it is, by the errors that the labels and the texts alone give too."""
    if any(one.is_of(other) for other in by_labels):
        return "rule"
    return "extraction" if any(one.is_of(other) for other in by_texts) else "page"


def show(title: str, wanted: list[Alert], got: list[Alert], by_labels: list[Alert], by_texts: list[Alert]) -> None:
    """Print the table, then each alert that is false or missed, and how many of each cause."""
    right, false, missed = compare(wanted, got)
    counts = [Counter(a.rule for a in group) for group in (right, false, missed)]
    print(f"\n{title}\n{'rule':<18}{'right':>6}{'false':>6}{'missed':>7}{'precision':>10}{'recall':>8}")
    for rule in (*sorted(set().union(*counts)), "all"):
        r, f, m = (c.total() if rule == "all" else c[rule] for c in counts)
        print(f"{rule:<18}{r:>6}{f:>6}{m:>7}{r / max(r + f, 1):>10.2f}{r / max(r + m, 1):>8.2f}")
    causes: Counter[str] = Counter()
    for at, name, group in ((1, "false", false), (2, "missed", missed)):
        for a in sorted(group, key=lambda a: a.story):
            cause = cause_of(a, compare(wanted, by_labels)[at], compare(wanted, by_texts)[at])
            causes[f"{name} by {cause}"] += 1
            print(f"{name} {a.rule} ({cause}) {a.story}: {a.title}\n    {a.sentence}")
    print(*(f"{count} {what}" for what, count in sorted(causes.items())), sep=", ")


def main() -> None:
    """Measure, in a folder that is gone afterwards."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stream", choices=STREAMS, default="spring")
    parser.add_argument("--texts", action="store_true", help="without pages and flow")
    asked = parser.parse_args()
    world = read_world(asked.stream)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        wanted, by_labels = due(world), run_loads(world, home / "labels.duckdb", labels(world))
        by_texts = run_loads(world, home / "texts.duckdb", read_texts(world))
        show("With the labels in place of what was read", wanted, by_labels, by_labels, by_texts)
        if asked.texts:
            show("With what the texts give", wanted, by_texts, by_labels, by_texts)
        else:
            show("The flow", wanted, run_flow(world, home), by_labels, by_texts)


if __name__ == "__main__":
    main()
