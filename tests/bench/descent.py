"""Fits of linear models with many rare features: named features as sparse columns, and accelerated descent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

STEPS = 300


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines of named features: which column each named feature has, and the pairs of line and column that are set."""

    number: dict[str, int]
    line: np.ndarray
    column: np.ndarray
    lines: int

    def scores(self, weights: np.ndarray) -> np.ndarray:
        """Return the weight of each line."""
        return np.bincount(self.line, weights[self.column], self.lines)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Return for each column the sum of its lines' values."""
        return np.bincount(self.column, values[self.line], len(self.number))

    def curvature(self) -> float:
        """Return the largest stretch of these lines, by the power method."""
        along = np.random.default_rng(0).random(len(self.number))
        length = 1.0
        for _ in range(15):
            along = self.sums(self.scores(along))
            length = float(np.linalg.norm(along))
            along /= length
        return length


def columns_of(names: Sequence[Sequence[str]], number: dict[str, int]) -> Columns:
    """Return the lines of features as columns; those without a number are left out."""
    pairs = [(i, number[name]) for i, held in enumerate(names) for name in held if name in number]
    line, column = np.array(pairs, int).reshape(-1, 2).T
    return Columns(number, line, column, len(names))


def numbered(held: Iterable[Iterable[str]], rarest: int) -> dict[str, int]:
    """Return a number for each feature that is held at least `rarest` times."""
    counts = Counter(name for names in held for name in set(names))
    return {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= rarest))}


def descend(slope: Callable[[np.ndarray], np.ndarray], size: int, rate: float, penalty: float) -> np.ndarray:
    """Return the weights where a slope and a quadratic penalty balance, by accelerated descent."""
    weights = np.zeros(size)
    ahead, momentum = weights.copy(), 1.0
    for _ in range(STEPS):
        moved = ahead - rate * (slope(ahead) + penalty * ahead)
        faster = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / faster * (moved - weights)
        weights, momentum = moved, faster
    return weights


def logistic(columns: Columns, answers: np.ndarray, counts: np.ndarray, penalty: float) -> np.ndarray:
    """Return the weights of a logistic regression with a quadratic penalty; each line counts so often."""

    def slope(weights: np.ndarray) -> np.ndarray:
        return columns.sums(counts * (1 / (1 + np.exp(-columns.scores(weights))) - answers))

    rate = 1 / (0.25 * counts.max() * columns.curvature() + penalty)
    return descend(slope, len(columns.number), rate, penalty)
