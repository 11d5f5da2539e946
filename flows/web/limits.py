"""What one request may cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Kind = Literal["page", "feed", "sitemap", "robots", "part"]  # "part": of a file that a person named

ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least this much of a robots.txt must be read
PART_BYTES = 8_000_000  # of a large file: what is asked for at once, and held in memory


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a door. Sizes hold for the body as sent and for the body decoded."""

    page_bytes: int = 10_000_000
    feed_bytes: int = 50_000_000  # sitemaps.org allows a sitemap 50 MB; feeds are given the same
    part_bytes: int = PART_BYTES
    deadline_seconds: float = 60  # the network's share of a request, redirects included, our own pauses not
    connect_seconds: float = 10
    dns_seconds: float = 5
    redirects: int = 5
    error_bytes: int = 1_000_000  # of the body of an answer of 400 or more, which only the archive keeps
    error_seconds: float = 5
    delay_seconds: float = 1.0  # least pause between two requests to a host
    patience_seconds: float = 0.0  # a wait asked for is waited out if it is no longer, else a failure
    waste_seconds: float = math.inf  # what a host's requests may take in a run beyond a sound answer's time

    def most_bytes(self, kind: Kind) -> int:
        """Return the size that a body of this kind may have."""
        if kind in ("robots", "part"):
            return ROBOTS_BYTES if kind == "robots" else self.part_bytes
        return self.page_bytes if kind == "page" else self.feed_bytes
