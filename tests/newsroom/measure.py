"""Compare what the extractors find in the newsroom's articles with what a careful reader finds.

usage: python -m tests.newsroom.measure [HOME]     prints each difference with its kind, then a tally; with the folder
of a demo that has run, also which alerts of its second step were right, missed and too many
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from extractors.context import Document
from extractors.reading import Reading, read_documents
from extractors.records import Figure, Mention
from tests.newsroom.articles import ARTICLES, EXPECTED, NEWS, Article, Version

FIGURE_FIELDS = ("low", "high", "qualifier", "measure", "item", "subject", "location", "claimant", "status")
MENTION_FIELDS = ("actors", "targets", "status")
DEFAULTS: dict[str, Any] = {"location": [], "status": "actual"}  # what a label leaves out
SETS = frozenset({"location", "actors", "targets"})


def spans(text: str, finds: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return where the words of each find stand; words said again stand at their next place."""
    taken: Counter[str] = Counter()
    places = []
    for find in finds:
        words = find["words"]
        matches = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))
        match = matches[min(taken[words], len(matches) - 1)]
        taken[words] += 1
        places.append(match.span())
    return places


def field_differences(label: dict[str, Any], found: Figure | Mention, fields: Sequence[str]) -> Iterator[str]:
    """Yield the names of the fields in which a find differs from its label."""
    for name in fields:
        wanted, got = label.get(name, DEFAULTS.get(name)), getattr(found, name)
        if (set(wanted or ()) != set(got)) if name in SETS else wanted != got:
            yield name


def pair_up(
    text: str, labels: Sequence[dict[str, Any]], found: Sequence[Figure] | Sequence[Mention]
) -> tuple[list[tuple[dict[str, Any], Figure | Mention]], list[dict[str, Any]], list[Figure | Mention]]:
    """Return labels with the find that overlaps each (mentions: of the same event), labels missed, finds too many."""
    left: list[Figure | Mention] = list(found)
    pairs, missed = [], []
    for label, (start, end) in zip(labels, spans(text, labels), strict=True):
        event = label.get("event")
        fits = (f for f in left if f.start < end and start < f.end and getattr(f, "event", None) == event)
        if match := next(fits, None):
            left.remove(match)
            pairs.append((label, match))
        else:
            missed.append(label)
    return pairs, missed, left


def differences(
    kind: str, text: str, labels: Sequence[dict[str, Any]], found: Sequence[Any]
) -> Iterator[tuple[str, str]]:
    """Yield each difference as its kind and one line about it."""
    fields = FIGURE_FIELDS if kind == "figure" else MENTION_FIELDS
    pairs, missed, surplus = pair_up(text, labels, found)
    for label, match in pairs:
        wrong = list(field_differences(label, match, fields))
        for name in wrong:
            wanted, got = label.get(name, DEFAULTS.get(name)), getattr(match, name)
            yield f"{kind} {name}", f"{label['words']!r}: {got!r}, should be {wanted!r}"
        yield (f"{kind} right", "") if not wrong else (f"{kind} found", "")
    for label in missed:
        yield f"{kind} missed", f"{label['words']!r} {label.get('measure') or label['event']}"
    for extra in surplus:
        what = extra.measure if kind == "figure" else extra.event
        yield f"{kind} surplus", f"{text[extra.start : extra.end]!r} {what} in: {extra.sentence[:90]}"


def readings() -> list[tuple[Article, Version, Reading]]:
    """Return the reading of every version of every article, read from its text and not from its page."""
    versions = [(a, v) for a in ARTICLES for v in a.versions]
    documents = [Document(v.text, a.published.date() if a.published else None, "en", v.title) for a, v in versions]
    return [(a, v, reading) for (a, v), reading in zip(versions, read_documents(documents), strict=True)]


def alert_differences(home: Path) -> Iterator[tuple[str, str]]:
    """Yield each alert of the second step as right, missed or surplus; by its rule, number and address."""
    with duckdb.connect(str(home / "published.duckdb"), read_only=True) as connection:
        raised = connection.execute("SELECT rule, title, url FROM alerts WHERE rule <> 'summary'").fetchall()
    for item in NEWS[2]:
        version = EXPECTED[item["article"], 2]
        figure = next((f for f in version.figures if f["words"] == item["words"]), None)
        number = f"{figure.get('low', figure.get('high')):,}" if figure else ""
        fits = (
            a for a in raised if a[0] == item["rule"] and number in a[1].split(" of ")[0] and version.slug in a[2]
        )
        if match := next(fits, None):
            raised.remove(match)
            yield "alert right", ""
        else:
            yield "alert missed", f"{item['rule']}: {item['words']} ({item['article']})"
    for rule, title, url in raised:
        yield "alert surplus", f"{rule}: {title} ({url.rpartition('/')[2] or url})"


def main() -> None:
    """Print every difference, then how many of each kind."""
    tally: Counter[str] = Counter()
    for what, line in alert_differences(Path(sys.argv[1])) if len(sys.argv) > 1 else ():
        tally[what] += 1
        print(f"{what}: {line}" if line else what)
    for article, version, reading in readings():
        for kind, labels, found in (
            ("figure", version.figures, reading.figures),
            ("mention", version.mentions, reading.mentions),
        ):
            for what, line in differences(kind, version.text, labels, found):
                tally[what] += 1
                if line:
                    print(f"{article.name} {version.step}: {what}: {line}")
    for what, count in sorted(tally.items()):
        print(f"{count:5} {what}")


if __name__ == "__main__":
    main()
