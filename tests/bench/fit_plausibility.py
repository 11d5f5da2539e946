"""Fit the weights of extractors/plausibility.json to labelled text, and say how they do on text left out.

usage: python -m tests.bench.fit_plausibility LABELLED.jsonl [--passages UNLABELLED.jsonl] [--times 2] [--write]

Labelled text is in the form of the gold set: id, text, published, diplomacy with span and event. Further passages
were read for this fit: read_passages.jsonl beside this file holds their labels without their text, which --passages
gives. Some were labelled whole ("diplomacy"); of others each proposal was judged alone ("judged": start, end, event,
1 or 0). All of these are learnt from, never measured on; --times says how much more the labelled text counts. A
proposal counts as right where a mention of its event stands in its sentence, each mention used once. Documents are
left out in FOLDS groups to choose the threshold; the weights written are those of all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from extractors.plausibility import Proposal, features, most_plausible
from tests.bench.labelled import answers as answers_of
from tests.bench.labelled import english_rows, passages, proposals_of

FOLDS = 5
RAREST = 3  # a feature seen less often than this gets no weight
STEPS = 60
SLACK = 0.004
PLATEAU = 5  # thresholds averaged over, so that no chance peak is taken


def fit(matrix: np.ndarray, answers: np.ndarray, counts: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a logistic regression with a quadratic penalty, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (counts * (likely - answers)) + penalty * weights
        curvature = (matrix * (counts * likely * (1 - likely))[:, None]).T @ matrix + penalty * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def right_of(
    proposals: list[list[Proposal]], answers: list[list[int]], likely: np.ndarray, least: float
) -> np.ndarray:
    """Return the answers of the proposals that a threshold keeps, one a word."""
    chances = iter(likely)
    kept: list[int] = []
    for found, known in zip(proposals, answers, strict=True):
        known_of = {id(p): a for p, a in zip(found, known, strict=True)}
        kept += [known_of[id(p)] for p in most_plausible(found, [next(chances) for _ in found], least)]
    return np.array(kept)


def best_threshold(
    proposals: list[list[Proposal]], answers: list[list[int]], likely: np.ndarray, total: int
) -> tuple[float, float]:
    """Return the highest threshold whose F1 on detection is within SLACK of the best, and that F1.

    Of equals the stricter: a mention with its sides wrong is worse than none.
    """
    tried = np.arange(0.2, 0.6, 0.02)
    scores = []
    for least in tried:
        kept = right_of(proposals, answers, likely, least)
        scores.append(2 * kept.sum() / max(1, len(kept) + total))
    level = np.convolve(scores, np.ones(PLATEAU) / PLATEAU, "valid")
    best = int(np.flatnonzero(level >= level.max() - SLACK)[-1]) + PLATEAU // 2
    return float(tried[best]), float(scores[best])


def judged(row: dict[str, Any], proposals: list[Proposal]) -> list[tuple[Proposal, int]]:
    """Return the proposals of a passage that were judged one by one, each with its answer."""
    left = [tuple(j) for j in row["judged"]]
    found = []
    for proposal in proposals:
        mention = proposal.mention
        same = next((j for j in left if j[2] == mention.event and j[0] < mention.end and mention.start < j[1]), None)
        if same is not None:
            left.remove(same)
            found.append((proposal, int(same[3])))
    return found


def table_of(held: list[list[str]], rarest: int = RAREST) -> tuple[np.ndarray, dict[str, int]]:
    """Return one row a proposal and one column a feature seen `rarest` times, and where each feature stands."""
    counts = Counter(name for names in held for name in names)
    columns = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= rarest))}
    matrix = np.zeros((len(held), len(columns)))
    for i, names in enumerate(held):
        matrix[i, [columns[name] for name in names if name in columns]] = 1
    return matrix, columns


def left_out(
    matrix: np.ndarray, answers: np.ndarray, counts: np.ndarray, groups: np.ndarray, penalty: float
) -> np.ndarray:
    """Return how likely each proposal is by weights fitted without its document; group -1 is never left out."""
    likely = np.zeros(len(answers))
    for fold in range(FOLDS):
        out = groups == fold
        weights = fit(matrix[~out], answers[~out], counts[~out], penalty)
        likely[out] = 1 / (1 + np.exp(-matrix[out] @ weights))
    return likely


def write(threshold: float, weights: np.ndarray, columns: dict[str, int]) -> None:
    """Write the weights, one feature a line."""
    table = {"threshold": round(threshold, 2)} | {n: round(float(weights[i]), 3) for n, i in columns.items()}
    target = Path(__file__).parents[2] / "extractors" / "plausibility.json"
    target.write_text(json.dumps(table, indent=0, ensure_ascii=False) + "\n", "utf8")


def _options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--penalty", type=float, default=8.0)
    parser.add_argument("--times", type=float, default=1.0, help="how often each labelled proposal counts")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Fit, print the scores on documents left out, and write the weights if asked."""
    options = _options()
    rows = english_rows(options.labelled)
    whole, single = passages(options.passages)
    proposals, further = proposals_of(rows), proposals_of(whole)
    alone = [pair for row, found in zip(single, proposals_of(single), strict=True) for pair in judged(row, found)]
    total = sum(len(row["diplomacy"]) for row in rows)
    known = [[int(a is not None) for a in answers_of(row, found)] for row, found in zip(rows, proposals, strict=True)]
    read = [
        pair
        for row, found in zip(whole, further, strict=True)
        for pair in zip(found, [int(a is not None) for a in answers_of(row, found)], strict=True)
    ]
    own = [pair for found, right in zip(proposals, known, strict=True) for pair in zip(found, right, strict=True)]
    groups = [i % FOLDS for i, found in enumerate(proposals) for _ in found]
    everything = [*own, *read, *alone]
    matrix, columns = table_of([list(features(p)) for p, _ in everything])
    answers = np.array([right for _, right in everything])
    counts = np.array([options.times] * len(own) + [1.0] * (len(everything) - len(own)))
    folds = np.array(groups + [-1] * (len(everything) - len(own)))
    likely = left_out(matrix, answers, counts, folds, options.penalty)[: len(own)]
    threshold, score = best_threshold(proposals, known, likely, total)
    kept = right_of(proposals, known, likely, threshold)
    print(
        f"{len(own)} proposals, {answers[: len(own)].sum()} right, of {total} mentions, each counts {options.times}"
    )
    print(f"learnt from alone: {len(read)} of passages labelled whole, {len(alone)} judged one by one")
    print(
        f"left out: F1 {score:.3f} at {threshold:.2f}, precision {kept.mean():.3f}, recall {kept.sum() / total:.3f}"
    )
    if options.write:
        write(threshold, fit(matrix, answers, counts, options.penalty), columns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
