"""Fit the weights of extractors/eventtypes.json to single labelled sentences, and say how they do on those left out.

usage: python tests/bench/fit_eventtypes.py SENTENCES.jsonl [--write] [--penalty 2.0]

Sentences as tests/bench/plover.py reads them. What is printed is measured on sentences left out of the fit, in FOLDS
groups; the weights written are those of all of them, small ones dropped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from extractors.eventtypes import NOTHING
from extractors.parsing import parse_sentences
from tests.bench.plover import print_scores, sentence_features

FOLDS = 10
RAREST = 2
STEPS = 300
LEAST = 0.1  # a weight smaller than this is not written


def fit(matrix: np.ndarray, answers: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a multinomial logistic regression with a quadratic penalty, by accelerated descent."""
    weights = np.zeros((matrix.shape[1], answers.shape[1]))
    ahead, momentum = weights.copy(), 1.0
    rate = 1.0 / (0.25 * np.linalg.norm(matrix, 2) ** 2 + penalty)
    for _ in range(STEPS):
        scores = matrix @ ahead
        powers = np.exp(scores - scores.max(1, keepdims=True))
        likely = powers / powers.sum(1, keepdims=True)
        moved = ahead - rate * (matrix.T @ (likely - answers) + penalty * ahead)
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / faster * (moved - weights)
        weights, momentum = moved, faster
    return weights


def main() -> int:
    """Fit, print the scores on sentences left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.sentences.read_text("utf8").splitlines() if line.strip()]
    docs = parse_sentences(row["text"] for row in rows)
    held = [sentence_features(row, doc) for row, doc in zip(rows, docs, strict=True)]
    gold = [row["event"] or NOTHING for row in rows]
    types = sorted(set(gold))
    answers = np.eye(len(types))[[types.index(g) for g in gold]]
    counts = Counter(name for names in held for name in names)
    columns = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= RAREST))}
    matrix = np.zeros((len(rows), len(columns)))
    for i, names in enumerate(held):
        for name in names & columns.keys():
            matrix[i, columns[name]] = 1
    # A sentence may stand in the file with several pairs of parties: all of them are left out together.
    texts = {text: i for i, text in enumerate(dict.fromkeys(row["text"] for row in rows))}
    folds = np.random.default_rng(0).integers(0, FOLDS, len(texts))
    groups = np.array([folds[texts[row["text"]]] for row in rows])
    got = [""] * len(rows)
    for fold in range(FOLDS):
        out = groups == fold
        weights = fit(matrix[~out], answers[~out], options.penalty)
        for i, best in zip(np.flatnonzero(out), (matrix[out] @ weights).argmax(1), strict=True):
            got[i] = types[best]
    print_scores(Counter(zip(gold, got, strict=True)))
    if options.write:
        weights = fit(matrix, answers, options.penalty)
        table = {
            name: {t: round(float(w), 2) for t, w in zip(types, weights[i], strict=True) if abs(w) >= LEAST}
            for name, i in columns.items()
        }
        kept = {name: found for name, found in table.items() if found}
        lines = ",\n".join(
            f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(found)}" for name, found in kept.items()
        )
        target = Path(__file__).parents[2] / "extractors" / "eventtypes.json"
        target.write_text("{\n" + lines + "\n}\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
