"""Which stretches of a text are taken already."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable


class Taken:
    """Stretches that do not overlap; asking costs the logarithm of how many there are."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        """Take stretches that do not overlap each other."""
        self._spans = sorted(spans)

    def holds(self, start: int, end: int) -> bool:
        """Return whether any part of a stretch is taken."""
        at = bisect_left(self._spans, (end, -1))
        return at > 0 and self._spans[at - 1][1] > start

    def add(self, start: int, end: int) -> None:
        """Take a stretch that is free."""
        insort(self._spans, (start, end))
