"""What better extractors changed: figures gained, lost and changed between two readings of the same page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractors.records import FIGURE_SAYS
from warehouse.arrow import Row


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that a reading found and the other did not, or found otherwise."""

    kind: Literal["gained", "lost", "changed"]
    article_id: int
    sentence: str
    before: tuple[tuple[str, Any], ...]  # field, value: all for a lost figure, those that differ for a changed one
    after: tuple[tuple[str, Any], ...]


def compare_readings(before: Iterable[Row], after: Iterable[Row]) -> tuple[FigureChange, ...]:
    """Return how the figures after differ from those before, by article and place; nothing for equal ones.

    Figures are of the same words if they stand in the same sentence of the same article and begin in the same order.
    """
    places: dict[tuple[int, str], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((before, after)):
        for row in rows:
            places[row["article_id"], row["sentence"]][side].append(row)
    changes: list[FigureChange] = []
    for (article_id, sentence), (old, new) in places.items():
        old, new = _without_equals(old, new)
        for one, other in zip(old, new, strict=False):
            changes.append(FigureChange("changed", article_id, sentence, *_difference(one, other)))
        changes += [FigureChange("lost", article_id, sentence, _all(one), ()) for one in old[len(new) :]]
        changes += [FigureChange("gained", article_id, sentence, (), _all(one)) for one in new[len(old) :]]
    return tuple(changes)


def _without_equals(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return both sides in order without the figures that say the same on both."""
    old, rest = sorted(old, key=lambda r: r["start"]), sorted(new, key=lambda r: r["start"])
    unmatched = []
    for row in old:
        equal = next((other for other in rest if _all(other) == _all(row)), None)
        if equal is None:
            unmatched.append(row)
        else:
            rest.remove(equal)
    return unmatched, rest


def _all(row: Row) -> tuple[tuple[str, Any], ...]:
    return tuple((name, tuple(row[name]) if name == "location" else row[name]) for name in FIGURE_SAYS)


def _difference(old: Row, new: Row) -> tuple[tuple[tuple[str, Any], ...], tuple[tuple[str, Any], ...]]:
    differing = [(a, b) for a, b in zip(_all(old), _all(new), strict=True) if a != b]
    return tuple(a for a, _ in differing), tuple(b for _, b in differing)
