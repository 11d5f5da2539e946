"""How far a backfill is, how fast it goes, and how long the rest will take."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

# A logger of its own, which only a terminal listens to: a line a page would fill the logs that Prefect keeps.
LOGGER = "muster-pace"
log = logging.getLogger(LOGGER)
log.setLevel(logging.INFO)
log.propagate = False
COUNTED = "pace"  # attribute of a log record that carries a Pace


@dataclass(frozen=True, slots=True)
class Pace:
    """The state of a backfill's pages after some seconds."""

    done: int
    total: int
    seconds: float

    @property
    def percent(self) -> float:
        """How much is done, 0 to 100."""
        return 100 * self.done / self.total if self.total else 100.0

    @property
    def rate(self) -> str:
        """The pages a minute, in words."""
        return f"{60 * self.done / self.seconds:.0f} pages a minute" if self.seconds and self.done else "no page yet"

    @property
    def rest(self) -> str:
        """How long the rest will take at this rate, in words."""
        if not self.done:
            return "unknown"
        return str(timedelta(seconds=round(self.seconds / self.done * (self.total - self.done))))

    def words(self) -> str:
        """Return all of it in one sentence."""
        return f"{self.done:,} of {self.total:,} pages, {self.rate}, about {self.rest} left"


class Counter:
    """Counts the pages of a backfill while they are asked for, and tells the terminal of each."""

    def __init__(self, name: str, total: int, clock: Callable[[], float]) -> None:
        self._name, self._total, self._clock = name, total, clock
        self._began = clock()
        self._done = self._of_unit = 0

    def page(self) -> None:
        """Count a page of the unit at work."""
        self._of_unit += 1
        log.info("%s", self._name, extra={COUNTED: self.pace()})

    def unit(self, pages: int) -> None:
        """Count a unit as done: also its pages that lay in the archive and were not asked for."""
        self._done += pages
        self._of_unit = 0

    def pace(self) -> Pace:
        """Return how far it is now."""
        return Pace(min(self._done + self._of_unit, self._total), self._total, self._clock() - self._began)
