"""Score event types on single sentences whose source and target are given.

usage: python tests/bench/plover.py SENTENCES.jsonl [--errors OUT.txt]

One sentence a line: {"id", "text", "source", "target", "event"}; event null where it is none of the eleven types.
The source and the target are given to the finder as the sentence's parties, in place of those that the gazetteer
knows, so that what is measured is the event type alone. Of several mentions in a sentence the one counts whose sides
are the given ones, then the one that names most of them, then the first.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from pathlib import Path

from extractors.context import Context, Document
from extractors.diplomacy import find_mentions
from extractors.parsing import parse_sentences
from extractors.parties import PartyMatch
from extractors.records import Mention
from extractors.referents import build_referents
from extractors.sentences import Sentence

SOURCE, TARGET = "source", "target"
NOTHING = "-"


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


def chosen(mentions: list[Mention]) -> Mention | None:
    """Return the mention that is about the given sides."""

    def fit(mention: Mention) -> int:
        sides = {*mention.actors, *mention.targets}
        return 2 * len(sides & {SOURCE, TARGET}) + (mention.actors[:1] == (SOURCE,))

    return max(mentions, key=fit, default=None)


def predicted(rows: list[dict[str, str]]) -> list[Mention | None]:
    """Return the mention found for each sentence, or None."""
    answers = []
    for row, doc in zip(rows, parse_sentences(r["text"] for r in rows), strict=True):
        text = row["text"]
        sentences = (Sentence(0, 0, len(text), text),)
        parties = given_parties(text, row["source"], row["target"])
        context = Context(Document(text), sentences, parties, build_referents(sentences, parties))
        answers.append(chosen(find_mentions(context, {0: doc})))
    return answers


def main() -> int:
    """Print type accuracy, silence on other types, and the confusion table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--errors", type=Path)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.sentences.read_text("utf8").splitlines() if line.strip()]
    table: collections.Counter[tuple[str, str]] = collections.Counter()
    errors = []
    for row, mention in zip(rows, predicted(rows), strict=True):
        gold, got = row["event"] or NOTHING, mention.event if mention else NOTHING
        table[gold, got] += 1
        if gold != got:
            rule = mention.rule if mention else ""
            errors.append(f"{gold}\t{got}\t{rule}\t{row['source']} > {row['target']}\t{row['text']}")
    types = sorted({g for g, _ in table} | {p for _, p in table})
    eleven = [(g, p, n) for (g, p), n in table.items() if g != NOTHING]
    others = [(p, n) for (g, p), n in table.items() if g == NOTHING]
    right = sum(n for g, p, n in eleven if g == p)
    total = sum(n for *_, n in eleven)
    print(f"type accuracy {right / total:.3f} ({right} of {total})")
    found = [(g, p, n) for g, p, n in eleven if p != NOTHING]
    print(f"type accuracy where a mention was found {right / sum(n for *_, n in found):.3f}")
    quiet = sum(n for p, n in others if p == NOTHING)
    print(f"no mention on sentences of other types {quiet / sum(n for _, n in others):.3f}")
    print("gold\\got".ljust(11) + "".join(t[:9].rjust(10) for t in types))
    for gold in types:
        print(gold.ljust(11) + "".join(str(table[gold, got] or ".").rjust(10) for got in types))
    if options.errors:
        options.errors.write_text("\n".join(sorted(errors)) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
