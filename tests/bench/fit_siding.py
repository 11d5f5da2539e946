"""Fit the weights of extractors/siding.json to labelled text, and say how they do on documents left out.

usage: python -m tests.bench.fit_siding LABELLED.jsonl [--passages UNLABELLED.jsonl] [--penalty 30] [--write]

Learnt from are the proposals that a labelled mention answers to (tests/bench/labelled.py). Documents are left out in
FOLDS groups; the weights written are those of all of them, small ones dropped.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from extractors.contenders import Outlook, contenders
from extractors.network import Network
from extractors.siding import choose_sides, chosen_features, party_features, set_features
from extractors.siding import weights as written
from tests.bench.descent import Columns, columns_of, descend, numbered
from tests.bench.labelled import Row, answers, english_rows, networks, passages, proposals_of

FOLDS = 5
RAREST = 3  # a feature seen at fewer acts than this gets no weight
CURVED = 0.15  # of the largest stretch: a softmax over a few contenders curves less than one alone
LEAST = 0.01  # a weight smaller than this is not written
Case = tuple[Outlook, Row, int]  # where the sides of an act are looked for, its label, the group of its document


def cases_of(rows: list[Row], by: list[Network] | None = None) -> list[Case]:
    """Return every proposal that a labelled mention answers to."""
    found: list[Case] = []
    for row, proposals in zip(rows, proposals_of(rows, by), strict=True):
        group = zlib.crc32(row["text"].encode()) % FOLDS
        known = zip(proposals, answers(row, proposals), strict=True)
        found += [(proposal.view, gold, group) for proposal, gold in known if gold is not None]
    return found


@dataclass(frozen=True, slots=True)
class Table:
    """Contenders of many acts, where those of each act begin, and which of them are right."""

    columns: Columns
    first: np.ndarray
    right: np.ndarray

    def fit(self, penalty: float) -> np.ndarray:
        """Return the weights of a softmax over the contenders of each act, with a quadratic penalty."""
        sizes = np.diff(np.append(self.first, self.columns.lines))
        act = np.repeat(np.arange(len(self.first)), sizes)

        def slope(weights: np.ndarray) -> np.ndarray:
            scores = self.columns.scores(weights)
            powers = np.exp(scores - np.maximum.reduceat(scores, self.first)[act])
            likely = powers / np.add.reduceat(powers, self.first)[act]
            likely[self.right] -= 1
            return self.columns.sums(likely)

        rate = 1 / (CURVED * self.columns.curvature() + penalty)
        return descend(slope, len(self.columns.number), rate, penalty)


def _whole(view: Outlook, role: str, contender: tuple[str, ...], actors: tuple[str, ...] | None) -> list[str]:
    """Return what holds of a contender as a whole, beside the actors where it is one for the targets."""
    beside = chosen_features(view, contender, actors) if actors is not None else ()
    return [*set_features(view, role, contender), *beside]


def table_of(cases: list[Case], role: str) -> Table:
    """Return the contenders for a role of the acts whose right side is among them."""
    held: list[list[list[str]]] = []
    right: list[int] = []
    lines = 0
    for view, gold, _ in cases:
        sets = contenders(view.ways)
        best = next((i for i, one in enumerate(sets) if set(one) == set(gold[role])), None)
        if best is None:
            continue
        after = tuple(gold["actors"]) if role == "targets" else None
        of_party = {c: party_features(view, role, c) for one in sets for c in one}
        held.append([[*(n for c in s for n in of_party[c]), *_whole(view, role, s, after)] for s in sets])
        right.append(lines + best)
        lines += len(sets)
    number = numbered(({name for names in sets for name in names} for sets in held), RAREST)
    first = np.cumsum([0, *map(len, held)])[:-1]
    return Table(columns_of([names for sets in held for names in sets], number), first, np.array(right))


def fitted(cases: list[Case], penalty: float) -> dict[str, float]:
    """Return the weights of both roles by feature."""
    found: dict[str, float] = {}
    for role in ("actors", "targets"):
        table = table_of(cases, role)
        weights = table.fit(penalty)
        found |= {
            name: round(float(weights[i]), 3) for name, i in table.columns.number.items() if abs(weights[i]) >= LEAST
        }
    return found


def right_of(cases: list[Case], by_rule: bool) -> np.ndarray:
    """Return of how many acts the actors, the targets and both are right, by the rules or as chosen."""
    counts = np.zeros(3, int)
    for view, gold, _ in cases:
        found = (view.ruled.actors, view.ruled.targets) if by_rule else choose_sides(view)
        actors, targets = set(found[0]) == set(gold["actors"]), set(found[1]) == set(gold["targets"])
        counts += [actors, targets, actors and targets]
    return counts


def use(weights: dict[str, float]) -> None:
    """Let the chooser weigh by these in place of the written ones."""
    table = written()
    table.clear()
    table.update(weights)


def main() -> int:
    """Fit, print the scores on documents left out, and write the weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--networks", help="networks that never saw a group of documents, as without{}.npz")
    parser.add_argument("--penalty", type=float, default=30.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = cases_of(english_rows(options.labelled) + passages(options.passages), networks(options.networks))
    right = np.zeros(3, int)
    for fold in range(FOLDS):
        use(fitted([c for c in cases if c[2] != fold], options.penalty))
        right += right_of([c for c in cases if c[2] == fold], by_rule=False)
    print(f"{len(cases)} acts; right are actors, targets, both")
    print("by the rules", *right_of(cases, by_rule=True))
    print("chosen, left out of the fit", *right)
    if options.write:
        weights = dict(sorted(fitted(cases, options.penalty).items()))
        target = Path(__file__).parents[2] / "extractors" / "siding.json"
        target.write_text(json.dumps(weights, indent=0, ensure_ascii=False) + "\n", "utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
