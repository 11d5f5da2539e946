"""Fit the weights of extractors/plausibility.json to labelled text, and say how they do on text left out.

usage: python -m tests.bench.fit_plausibility LABELLED.jsonl [--passages UNLABELLED.jsonl] [--times 2] [--write]

Labelled text is that of tests/bench/labelled.py; of some passages each proposal was judged alone ("judged": start,
end, event, 1 or 0), and these are learnt from, never measured on. A proposal counts as right where a mention of its
event stands in its sentence, each mention used once. Documents are left out in FOLDS groups to choose the threshold;
the weights written are those of all of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np

from extractors.evidence import features
from extractors.plausibility import most_plausible
from extractors.proposals import Proposal
from tests.bench.descent import columns_of, logistic, numbered
from tests.bench.labelled import Row, answers, english_rows, passages, proposals_of

FOLDS = 5
RAREST = 3  # a feature seen less often than this gets no weight
LEAST = 0.02  # a weight smaller than this is not written
PLATEAU = 5  # thresholds averaged over, so that no chance peak is taken
TRIED = np.arange(0.2, 0.6, 0.02)
# A proposal with the labelled mention that answers to it (any row where judged right), and how often it counts.
Judged = tuple[Proposal, Row | None, float]


def judged(row: Row, proposals: list[Proposal]) -> list[Judged]:
    """Return the proposals of a passage that were judged one by one, each with its answer."""
    left = [tuple(j) for j in row["judged"]]
    found: list[Judged] = []
    for proposal in proposals:
        mention = proposal.mention
        same = next((j for j in left if j[2] == mention.event and j[0] < mention.end and mention.start < j[1]), None)
        if same is not None:
            left.remove(same)
            found.append((proposal, row if same[3] else None, 1.0))
    return found


def both_sides(proposal: Proposal, answer: Row) -> bool:
    """Return whether both sides of a proposal are those of its label."""
    mention = proposal.mention
    return set(mention.actors) == set(answer["actors"]) and set(mention.targets) == set(answer["targets"])


def kept_at(documents: list[list[Judged]], likely: list[list[float]], least: float) -> list[Judged]:
    """Return the proposals that a threshold keeps, one a word."""
    kept: list[Judged] = []
    for known, chances in zip(documents, likely, strict=True):
        stay = {id(p) for p in most_plausible([p for p, *_ in known], chances, least)}
        kept += [pair for pair in known if id(pair[0]) in stay]
    return kept


def scores_at(documents: list[list[Judged]], likely: list[list[float]], least: float, total: int) -> np.ndarray:
    """Return at a threshold F1 of detection and of both sides, precision and recall."""
    kept = kept_at(documents, likely, least)
    right = [(p, a) for p, a, _ in kept if a is not None]
    sides = sum(both_sides(p, a) for p, a in right)
    size = max(1, len(kept) + total)
    return np.array(
        [2 * len(right) / size, 2 * sides / size, len(right) / max(1, len(kept)), len(right) / max(1, total)]
    )


def weights_of(known: list[Judged], penalty: float) -> dict[str, float]:
    """Return the fitted weights by feature."""
    names = [list(features(p)) for p, *_ in known]
    columns = columns_of(names, numbered(names, RAREST))
    answers_to = np.array([answer is not None for _, answer, _ in known], float)
    weights = logistic(columns, answers_to, np.array([count for *_, count in known]), penalty)
    return {name: round(float(weights[i]), 3) for name, i in columns.number.items() if abs(weights[i]) >= LEAST}


def chances_by(weights: dict[str, float], known: list[Judged]) -> list[float]:
    """Return how likely each proposal is by some weights."""
    scores = [sum(weights.get(name, 0.0) for name in features(p)) for p, *_ in known]
    return [float(1 / (1 + np.exp(-score))) for score in scores]


def left_out(
    documents: list[list[Judged]], groups: list[int], alone: list[Judged], penalty: float
) -> list[list[float]]:
    """Return how likely each proposal is by weights fitted without its document."""
    likely: list[list[float]] = [[] for _ in documents]
    for fold in range(FOLDS):
        known = [pair for of, group in zip(documents, groups, strict=True) if group != fold for pair in of]
        weights = weights_of([*known, *alone], penalty)
        for i, group in enumerate(groups):
            if group == fold:
                likely[i] = chances_by(weights, documents[i])
    return likely


def main() -> int:
    """Fit, print the scores on documents left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--penalty", type=float, default=30.0)
    parser.add_argument("--times", type=float, default=2.0, help="how often each proposal of the first counts")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    labelled, (whole, single) = english_rows(options.labelled), passages(options.passages)
    rows = labelled + whole
    counts = [options.times] * len(labelled) + [1.0] * len(whole)
    documents: list[list[Judged]] = [
        [(proposal, answer, count) for proposal, answer in zip(found, answers(row, found), strict=True)]
        for row, found, count in zip(rows, proposals_of(rows), counts, strict=True)
    ]
    alone = [pair for row, found in zip(single, proposals_of(single), strict=True) for pair in judged(row, found)]
    total = sum(len(row["diplomacy"]) for row in rows)
    groups = [zlib.crc32(row["text"].encode()) % FOLDS for row in rows]
    likely = left_out(documents, groups, alone, options.penalty)
    table = np.array([scores_at(documents, likely, least, total) for least in TRIED])
    # A mention with its sides wrong is worth half of one: both scores count.
    level = np.convolve(table[:, 0] + table[:, 1], np.ones(PLATEAU) / PLATEAU, "valid")
    best = int(level.argmax()) + PLATEAU // 2
    print(
        f"{sum(map(len, documents))} proposals for {total} mentions of {len(rows)} texts; {len(alone)} judged alone"
    )
    print("left out of the fit at {:.2f}: F1 {:.3f}, both sides {:.3f}, P {:.3f}, R {:.3f}".format(
        TRIED[best], *table[best]
    ))  # fmt: skip
    if options.write:
        everything = [pair for of in documents for pair in of] + alone
        found = {"threshold": round(float(TRIED[best]), 2)} | weights_of(everything, options.penalty)
        target = Path(__file__).parents[2] / "extractors" / "plausibility.json"
        target.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
