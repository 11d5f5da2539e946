"""Fit the weights of extractors/eventtypes.json to single labelled sentences, and say how they do on those left out.

usage: python -m tests.bench.fit_eventtypes SENTENCES.jsonl [--write] [--penalty 1.0]

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

from extractors.between import pair_features
from extractors.eventtypes import NOTHING
from extractors.parsing import parse_sentences
from tests.bench.descent import numbered
from tests.bench.plover import digest, pair_of, print_scores

FOLDS = 5
RAREST = 2
STEPS = 120
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


def folds_of(rows: list[dict[str, str]]) -> np.ndarray:
    """Return a group a row; all pairs of parties of one sentence are in the same group."""
    texts = {text: i for i, text in enumerate(dict.fromkeys(row["text"] for row in rows))}
    folds = np.random.default_rng(0).integers(0, FOLDS, len(texts))
    return np.array([folds[texts[row["text"]]] for row in rows])


def write(weights: np.ndarray, columns: dict[str, int], types: list[str]) -> None:
    """Write the weights worth keeping, one feature a line."""
    table = {
        name: {t: round(float(w), 2) for t, w in zip(types, weights[i], strict=True) if abs(w) >= LEAST}
        for name, i in columns.items()
    }
    lines = (f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(found)}" for name, found in table.items() if found)
    target = Path(__file__).parents[2] / "extractors" / "eventtypes.json"
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf8")


def main() -> int:
    """Fit, print the scores on sentences left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.sentences.read_text("utf8").splitlines() if line.strip()]
    docs = parse_sentences(row["text"] for row in rows)
    held = [pair_features(pair_of(row), doc) for row, doc in zip(rows, docs, strict=True)]
    gold = [row["event"] or NOTHING for row in rows]
    types = sorted(set(gold))
    answers = np.eye(len(types))[[types.index(g) for g in gold]]
    columns = numbered(held, RAREST)
    matrix = np.zeros((len(held), len(columns)))
    for i, names in enumerate(held):
        matrix[i, [columns[name] for name in names if name in columns]] = 1
    groups, got = folds_of(rows), [""] * len(rows)
    for fold in range(FOLDS):
        out = groups == fold
        weights = fit(matrix[~out], answers[~out], options.penalty)
        for i, best in zip(np.flatnonzero(out), (matrix[out] @ weights).argmax(1), strict=True):
            got[i] = types[best]
    print_scores(Counter(zip(gold, got, strict=True)))
    if options.write:
        seen = sorted({digest(row["text"]) for row in rows})
        Path(__file__).with_name("eventtypes_seen.json").write_text(json.dumps(seen, indent=0) + "\n", "utf8")
        write(fit(matrix, answers, options.penalty), columns, types)
    return 0


if __name__ == "__main__":
    sys.exit(main())
