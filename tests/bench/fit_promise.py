"""Fit the weights of extractors/promise.json to labelled text, and say what is lost with the sentences passed over.

usage: python -m tests.bench.fit_promise LABELLED.jsonl [--passages UNLABELLED.jsonl] [--least -1.3] [--write]

Learnt from are the sentences that name a party and a word of the lexicon (extractors/gating.py); one promises an act
where a labelled mention stands in it. What is printed is of documents left out in FOLDS groups.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from extractors.gating import acting_sentences
from extractors.promise import LEAST, words_of
from tests.bench.descent import columns_of, logistic, numbered
from tests.bench.labelled import FOLDS, Row, contexts_of, english_rows, fold_of, passages

RAREST = 4  # a feature seen in fewer sentences gets no weight
SMALLEST = 0.02  # a weight smaller than this is not written
Sentence = tuple[list[str], int, int]  # what holds of it, how many mentions stand in it, the group of its document


def sentences_of(rows: list[Row]) -> list[Sentence]:
    """Return the sentences of labelled documents that the gate lets by."""
    found: list[Sentence] = []
    for row, context in zip(rows, contexts_of(rows), strict=True):
        starts = [label["span"][0] for label in row["diplomacy"]]
        for index, parties in acting_sentences(context).items():
            sentence = context.sentences[index]
            acts = sum(sentence.start <= start < sentence.end for start in starts)
            found.append((list(words_of(sentence.text, parties)), acts, fold_of(row)))
    return found


def fitted(sentences: list[Sentence], penalty: float) -> dict[str, float]:
    """Return the weights by feature."""
    names = [held for held, *_ in sentences]
    columns = columns_of(names, numbered(names, RAREST))
    answers = np.array([acts > 0 for _, acts, _ in sentences], float)
    weights = logistic(columns, answers, np.ones(len(sentences)), penalty)
    return {n: round(float(weights[i]), 2) for n, i in columns.number.items() if abs(weights[i]) >= SMALLEST}


def main() -> int:
    """Fit, print what is passed over of documents left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--penalty", type=float, default=6.0)
    parser.add_argument("--least", type=float, default=-1.3, help="odds, as a logarithm, that are worth a parse")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sentences = sentences_of(english_rows(options.labelled) + passages(options.passages))
    passed = lost = 0
    for fold in range(FOLDS):
        weights = fitted([s for s in sentences if s[2] != fold], options.penalty)
        low = [s for s in sentences if s[2] == fold and sum(weights.get(n, 0.0) for n in s[0]) < options.least]
        passed, lost = passed + len(low), lost + sum(acts for _, acts, _ in low)
    print(f"{passed} of {len(sentences)} sentences are passed over, with {lost} of", end=" ")
    print(f"{sum(acts for _, acts, _ in sentences)} mentions")
    if options.write:
        found = {LEAST: options.least} | dict(sorted(fitted(sentences, options.penalty).items()))
        target = Path(__file__).parents[2] / "extractors" / "promise.json"
        target.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
