"""Score event types on single sentences whose source and target are given.

usage: python -m tests.bench.plover SENTENCES.jsonl [--errors OUT.txt] [--rules]

One sentence a line: {"id", "text", "source", "target", "event"}; event null where it is none of the eleven types.
The source and the target are given to the finder as the sentence's parties, in place of those that the gazetteer
knows, so that what is measured is the event type alone. With --rules the type is that of the mention found: of
several the one whose sides are the given ones, then the one that names most of them, then the first.

The type model is a bench's own: the product names types by the lexicon and finds its sides itself, so nothing in it
asks for the type between two given sides. Sentences that the model was fitted on are counted and named; what
tests/bench/fit_eventtypes.py prints of those is measured with each left out of the fit.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractors.context import Context, Document
from extractors.diplomacy import propose_mentions
from extractors.parsing import parse_sentences
from extractors.parties import PartyMatch
from extractors.plausibility import plausible
from extractors.proposals import Proposal
from extractors.records import Mention
from extractors.referents import build_referents
from extractors.sentences import Sentence
from tests.bench.confusion import print_table
from tests.bench.eventtypes import NOTHING, digest, fitted_on, type_between, type_features

SOURCE, TARGET = "source", "target"


def given_parties(text: str, source: str, target: str) -> tuple[PartyMatch, ...]:
    """Return the source and the target as parties where the sentence has their words."""
    found: list[PartyMatch] = []
    for words, code in ((source, SOURCE), (target, TARGET)):
        at = text.find(words)
        if at < 0:
            at = text.lower().find(words.lower())
        if at >= 0 and not any(p.start < at + len(words) and at < p.end for p in found):
            found.append(PartyMatch(at, at + len(words), words, code, "body"))
    return tuple(sorted(found, key=lambda p: p.start))


def proposals_of(row: dict[str, Any], doc: Doc) -> tuple[list[Proposal], set[int], set[int]]:
    """Return what the rules propose for a sentence, and the tokens of its source and of its target."""
    text = row["text"]
    sentences = (Sentence(0, 0, len(text), text),)
    parties = given_parties(text, row["source"], row["target"])
    context = Context(Document(text), sentences, parties, build_referents(sentences, parties))
    tokens = {
        code: {t.i for p in parties if p.code == code for t in doc if p.start <= t.idx < p.end}
        for code in (SOURCE, TARGET)
    }
    return propose_mentions(context, {0: doc}), tokens[SOURCE], tokens[TARGET]


def sentence_features(row: dict[str, Any], doc: Doc) -> set[str]:
    """Return the features of a sentence with its source and target given."""
    proposals, source, target = proposals_of(row, doc)
    return type_features(doc, source, target, proposals)


def chosen(proposals: list[Proposal]) -> Mention | None:
    """Return the mention that is about the given sides."""

    def fit(mention: Mention) -> int:
        sides = {*mention.actors, *mention.targets}
        return 2 * len(sides & {SOURCE, TARGET}) + (mention.actors[:1] == (SOURCE,))

    return max((p.mention for p in plausible(proposals)), key=fit, default=None)


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
    for row, doc in zip(rows, parse_sentences(r["text"] for r in rows), strict=True):
        proposals, source, target = proposals_of(row, doc)
        mention = chosen(proposals)
        guess = type_between(doc, source, target, proposals)
        event, rule = (mention.event, mention.rule) if mention else (None, "")
        if not options.rules:
            event, rule = guess.event, guess.reason
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
