"""Score event types on single sentences whose source and target are given.

usage: python -m tests.bench.plover SENTENCES.jsonl [--errors OUT.txt] [--rules]

One sentence a line: {"id", "text", "source", "target", "event"}; event null where it is none of the eleven types.
The source and the target are given to the finder as the sentence's parties, in place of those that the gazetteer
knows, so that what is measured is the event type alone. With --rules the type is that of the mention found: of
several the one whose sides are the given ones, then the one that names most of them, then the first.

Without it the type is that of extractors/between.py. Sentences that its model was fitted on are counted and named;
what tests/bench/fit_eventtypes.py prints of those is measured with each left out of the fit.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors.between import SOURCE, TARGET, Pair, events_between, see
from extractors.eventtypes import NOTHING
from extractors.parsing import parse_sentences
from extractors.plausibility import plausible
from extractors.proposals import Proposal
from extractors.records import Mention
from tests.bench.confusion import print_table


def pair_of(row: dict[str, Any]) -> Pair:
    """Return the sentence of a row with its given sides."""
    return Pair(row["text"], row["source"], row["target"])


def digest(text: str) -> str:
    """Return a short hash of a sentence, to know it again without keeping it."""
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


@functools.cache
def fitted_on() -> frozenset[str]:
    """Return the hashes of the sentences that the weights were fitted to."""
    return frozenset(json.loads(files("tests.bench").joinpath("eventtypes_seen.json").read_text("utf8")))


def chosen(proposals: list[Proposal]) -> Mention | None:
    """Return the mention that is about the given sides."""

    def fit(mention: Mention) -> int:
        sides = {*mention.actors, *mention.targets}
        return 2 * len(sides & {SOURCE, TARGET}) + (mention.actors[:1] == (SOURCE,))

    return max((p.mention for p in plausible(proposals)), key=fit, default=None)


def by_rules(rows: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Return the event and rule of the mention found in each sentence."""
    pairs = [pair_of(row) for row in rows]
    docs = parse_sentences(p.text for p in pairs)
    found = [chosen(see(pair, doc).proposals) for pair, doc in zip(pairs, docs, strict=True)]
    return [(mention.event, mention.rule) if mention else (None, "") for mention in found]


def by_model(rows: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Return the event between the given sides of each sentence, and what speaks loudest for it."""
    return [(guess.event, guess.reason) for guess in events_between([pair_of(row) for row in rows])]


def print_scores(table: Counter[tuple[str, str]]) -> None:
    """Print type accuracy, silence on other types, and the confusion table of (labelled, found)."""
    eleven = {pair: n for pair, n in table.items() if pair[0] != NOTHING}
    right, total = sum(n for (gold, got), n in eleven.items() if gold == got), sum(eleven.values())
    found = sum(n for (_, got), n in eleven.items() if got != NOTHING)
    others = sum(n for (gold, _), n in table.items() if gold == NOTHING)
    print(f"type accuracy {right / total:.3f} ({right} of {total}), {right / found:.3f} where a mention was found")
    print(f"no mention on sentences of other types {table[NOTHING, NOTHING] / others:.3f} (of {others})")
    print_table(table)


def main() -> int:
    """Print the scores of the sentences in a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--rules", action="store_true", help="take the type of the mention found, without the model")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.sentences.read_text("utf8").splitlines() if line.strip()]
    known = sum(digest(row["text"]) in fitted_on() for row in rows)
    if known and not options.rules:
        print(f"{known} of {len(rows)} sentences were fitted on: fit_eventtypes measures those left out of the fit")
    table: Counter[tuple[str, str]] = Counter()
    errors = []
    for row, (event, rule) in zip(rows, by_rules(rows) if options.rules else by_model(rows), strict=True):
        gold, got = row["event"] or NOTHING, event or NOTHING
        table[gold, got] += 1
        if gold != got:
            errors.append(f"{gold}\t{got}\t{rule}\t{row['source']} > {row['target']}\t{row['text']}")
    print_scores(table)
    if options.errors:
        options.errors.write_text("\n".join(sorted(errors)) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
