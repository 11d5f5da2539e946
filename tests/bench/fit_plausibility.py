"""Fit the weights of extractors/plausibility.json to labelled text, and say how they do on text left out.

usage: python -m tests.bench.fit_plausibility LABELLED.jsonl [--passages UNLABELLED.jsonl] [--networks without{}.npz]
       [--write]

Labelled text is that of tests/bench/labelled.py. A proposal counts as right where a mention of its event stands in
its sentence, each mention used once. Documents are left out in FOLDS groups to choose the threshold; the weights
written are those of all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from extractors.evidence import features
from extractors.plausibility import most_plausible
from extractors.proposals import Proposal
from tests.bench.descent import columns_of, logistic, numbered
from tests.bench.labelled import Row, answers, english_rows, networks, passages, proposals_of

FOLDS = 5
GOLD = 2.0  # how often a proposal of the files counts
RAREST = 3  # a feature seen less often than this gets no weight
LEAST = 0.02  # a weight smaller than this is not written
PRECISE = 0.6  # F's beta: who watches for news leaves a tool that cries wolf
PLATEAU = 5  # thresholds averaged over, so that no chance peak is taken
TRIED = np.arange(0.2, 0.6, 0.02)


class Judged(NamedTuple):
    """A proposal with the labelled mention that answers to it, and whether it is of the files."""

    proposal: Proposal
    answer: Row | None
    gold: bool


def both_sides(proposal: Proposal, answer: Row) -> bool:
    """Return whether both sides of a proposal are those of its label."""
    mention = proposal.mention
    return set(mention.actors) == set(answer["actors"]) and set(mention.targets) == set(answer["targets"])


def kept_at(documents: list[list[Judged]], likely: list[list[float]], least: float) -> list[Judged]:
    """Return the proposals that a threshold keeps, one a word."""
    kept: list[Judged] = []
    for known, chances in zip(documents, likely, strict=True):
        stay = {id(p) for p in most_plausible([j.proposal for j in known], chances, least)}
        kept += [j for j in known if id(j.proposal) in stay]
    return kept


def scores_at(documents: list[list[Judged]], likely: list[list[float]], least: float, total: int) -> np.ndarray:
    """Return at a threshold F1 of detection and of both sides, precision, recall, and what the threshold is worth.

    That is F of detection and of both sides together, precision weighed more than recall by PRECISE: a mention with
    its sides wrong is worth half of one, and a false one costs more than one missed.
    """
    kept = kept_at(documents, likely, least)
    right = [(p, a) for p, a, _ in kept if a is not None]
    sides = sum(both_sides(p, a) for p, a in right)
    size = max(1, len(kept) + total)
    worth = (1 + PRECISE**2) * (len(right) + sides) / (len(kept) + PRECISE**2 * total)
    known = 2 * len(right) / size, 2 * sides / size, len(right) / max(1, len(kept)), len(right) / max(1, total)
    return np.array([*known, worth])


def weights_of(known: list[Judged], penalty: float) -> dict[str, float]:
    """Return the fitted weights by feature."""
    names = [list(features(j.proposal)) for j in known]
    columns = columns_of(names, numbered(names, RAREST))
    answers_to = np.array([j.answer is not None for j in known], float)
    weights = logistic(columns, answers_to, np.array([GOLD if j.gold else 1.0 for j in known]), penalty)
    return {name: round(float(weights[i]), 3) for name, i in columns.number.items() if abs(weights[i]) >= LEAST}


def chances_by(weights: dict[str, float], known: list[Judged]) -> list[float]:
    """Return how likely each proposal is by some weights."""
    scores = [sum(weights.get(name, 0.0) for name in features(j.proposal)) for j in known]
    return [float(1 / (1 + np.exp(-score))) for score in scores]


def left_out(documents: list[list[Judged]], groups: list[int], penalty: float) -> list[list[float]]:
    """Return how likely each proposal is by weights fitted without its document."""
    likely: list[list[float]] = [[] for _ in documents]
    for fold in range(FOLDS):
        known = [j for of, group in zip(documents, groups, strict=True) if group != fold for j in of]
        weights = weights_of(known, penalty)
        for i, group in enumerate(groups):
            if group == fold:
                likely[i] = chances_by(weights, documents[i])
    return likely


def main() -> int:
    """Fit, print the scores on documents left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--networks", help="networks that never saw a group of documents, as without{}.npz")
    parser.add_argument("--penalty", type=float, default=30.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    gold = english_rows(options.labelled)
    rows = gold + passages(options.passages)
    documents = [
        [Judged(p, a, i < len(gold)) for p, a in zip(found, answers(row, found), strict=True)]
        for i, (row, found) in enumerate(zip(rows, proposals_of(rows, networks(options.networks)), strict=True))
    ]
    likely = left_out(documents, [zlib.crc32(row["text"].encode()) % FOLDS for row in rows], options.penalty)
    totals = [len(row["diplomacy"]) for row in rows]
    table = np.array([scores_at(documents, likely, least, sum(totals)) for least in TRIED])
    best = int(np.convolve(table[:, -1], np.ones(PLATEAU) / PLATEAU, "valid").argmax()) + PLATEAU // 2
    print(f"{sum(map(len, documents))} proposals for {sum(totals)} mentions of {len(rows)} texts")
    for many, which in ((len(gold), "the files"), (len(rows), "all")):
        scores = scores_at(documents[:many], likely[:many], TRIED[best], sum(totals[:many]))
        print("left out of the fit at {:.2f}, {}: F1 {:.3f}, both sides {:.3f}, P {:.3f}, R {:.3f}".format(
            TRIED[best], which, *scores
        ))  # fmt: skip
    if options.write:
        everything = [j for of in documents for j in of]
        found = {"threshold": round(float(TRIED[best]), 2)} | weights_of(everything, options.penalty)
        target = Path(__file__).parents[2] / "extractors" / "plausibility.json"
        target.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
