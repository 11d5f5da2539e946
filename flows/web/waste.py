"""How long each host has kept a run waiting: a host that drips must not cost every request its whole deadline."""

from __future__ import annotations

from collections import defaultdict

from flows.web.failures import WebFailure

SOUND_SECONDS = 2.0  # an answer that takes no longer wastes nothing


class Waste:
    """Counts what each host's requests took beyond a sound answer's time; `most` seconds of it are borne in a run."""

    def __init__(self, most: float) -> None:
        self._most = most
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def left(self, host: str) -> float:
        """Return the seconds that the next request may take. Raises WebFailure timeout when no waste is borne."""
        left = self._most - self._seconds[host]
        if left <= 0:
            raise WebFailure("timeout", f"not asked: the host has kept this run waiting for {self._most:g} s already")
        return left + SOUND_SECONDS

    def add(self, host: str, seconds: float) -> None:
        """Count a request that took so long."""
        self._seconds[host] += max(0.0, seconds - SOUND_SECONDS)
