"""Fit the weights of extractors/plausibility.json to labelled text, and say how they do on text left out.

usage: python -m tests.bench.fit_plausibility LABELLED.jsonl [--write] [--penalty 6.0]

Labelled text is in the form of the gold set: id, text, published, diplomacy with span and event. A proposal counts
as right where a mention of its event stands in its sentence, each mention used once. Documents are left out in
FOLDS groups to choose the threshold; the weights written are those of all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from extractors.context import Context, Document, build_context
from extractors.diplomacy import mention_candidates, propose_mentions
from extractors.parsing import parse_sentences
from extractors.plausibility import Proposal, features

FOLDS = 10
RAREST = 3  # a feature seen less often than this gets no weight
STEPS = 60


def proposals_of(rows: list[dict[str, Any]]) -> list[list[Proposal]]:
    """Return what the rules propose for each document."""
    contexts: list[Context] = []
    for row in rows:
        day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        contexts.append(build_context(Document(row["text"], day, "en", row.get("title"))))
    wanted = [(i, index) for i, context in enumerate(contexts) for index in sorted(mention_candidates(context))]
    docs = parse_sentences(contexts[i].sentences[index].text for i, index in wanted)
    parsed: list[dict[int, Any]] = [{} for _ in rows]
    for (i, index), doc in zip(wanted, docs, strict=True):
        parsed[i][index] = doc
    return [propose_mentions(context, found) for context, found in zip(contexts, parsed, strict=True)]


def labels(row: dict[str, Any], proposals: list[Proposal]) -> list[int]:
    """Return 1 for each proposal that a labelled mention answers to, overlapping ones first."""
    pairs = []
    for i, gold in enumerate(row["diplomacy"]):
        for j, proposal in enumerate(proposals):
            mention, (start, end) = proposal.mention, gold["span"]
            if mention.event != gold["event"]:
                continue
            overlap = min(end, mention.end) - max(start, mention.start)
            at = row["text"].find(mention.sentence)
            inside = at <= start < at + len(mention.sentence)
            if overlap > 0 or inside:
                pairs.append(
                    (overlap > 0, set(gold["actors"]) == set(mention.actors), -abs(start - mention.start), i, j)
                )
    golds: set[int] = set()
    right: set[int] = set()
    for *_, i, j in sorted(pairs, reverse=True):
        if i not in golds and j not in right:
            golds.add(i)
            right.add(j)
    return [int(j in right) for j in range(len(proposals))]


def fit(matrix: np.ndarray, answers: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a logistic regression with a quadratic penalty, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (likely - answers) + penalty * weights
        curvature = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + penalty * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def best_threshold(likely: np.ndarray, answers: np.ndarray, total: int) -> tuple[float, float]:
    """Return the threshold with the best F1 on detection, and that F1."""
    tried = [
        (2 * answers[likely >= t].sum() / max(1, (likely >= t).sum() + total), t) for t in np.arange(0.1, 0.8, 0.02)
    ]
    score, threshold = max(tried)
    return float(threshold), float(score)


def table_of(held: list[list[str]], rarest: int = RAREST) -> tuple[np.ndarray, dict[str, int]]:
    """Return one row a proposal and one column a feature seen `rarest` times, and where each feature stands."""
    counts = Counter(name for names in held for name in names)
    columns = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= rarest))}
    matrix = np.zeros((len(held), len(columns)))
    for i, names in enumerate(held):
        matrix[i, [columns[name] for name in names if name in columns]] = 1
    return matrix, columns


def left_out(matrix: np.ndarray, answers: np.ndarray, groups: np.ndarray, penalty: float) -> np.ndarray:
    """Return how likely each proposal is by weights fitted without its document."""
    likely = np.zeros(len(answers))
    for fold in range(FOLDS):
        out = groups == fold
        likely[out] = 1 / (1 + np.exp(-matrix[out] @ fit(matrix[~out], answers[~out], penalty)))
    return likely


def main() -> int:
    """Fit, print the scores on documents left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--penalty", type=float, default=6.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.labelled for line in path.read_text("utf8").splitlines() if line]
    rows = [row for row in rows if row.get("lang", "en") == "en"]
    proposals = proposals_of(rows)
    total = sum(len(row["diplomacy"]) for row in rows)
    matrix, columns = table_of([list(features(p)) for found in proposals for p in found])
    groups = np.array([i % FOLDS for i, found in enumerate(proposals) for _ in found])
    answers = np.array([a for row, found in zip(rows, proposals, strict=True) for a in labels(row, found)])
    likely = left_out(matrix, answers, groups, options.penalty)
    threshold, score = best_threshold(likely, answers, total)
    right = answers[likely >= threshold]
    everything = 2 * answers.sum() / (len(answers) + total)
    print(f"{len(answers)} proposals, {answers.sum()} right, of {total} mentions; all kept: F1 {everything:.3f}")
    print(
        f"left out: F1 {score:.3f} at {threshold:.2f}, precision {right.mean():.3f}, recall {right.sum() / total:.3f}"
    )
    if options.write:
        weights = fit(matrix, answers, options.penalty)
        table = {"threshold": threshold} | {n: round(float(weights[i]), 3) for n, i in columns.items()}
        target = Path(__file__).parents[2] / "extractors" / "plausibility.json"
        target.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
