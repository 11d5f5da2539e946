"""Hours in which no message is sent: `[alerts] quiet_hours = "22:00-07:00 Europe/Berlin"`. What is due then waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FORM = re.compile(r"(?P<start>\d\d:\d\d)\s*[-–]\s*(?P<end>\d\d:\d\d)(?:\s+(?P<zone>[A-Za-z][\w/+-]*))?")
EXAMPLE = '"22:00-07:00 Europe/Berlin"; without a zone UTC is meant'


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From a time of the day, that minute included, to another, over midnight where the end is the earlier."""

    start: time
    end: time
    zone: ZoneInfo

    def holds(self, now: datetime) -> bool:
        """Return whether a time lies in the quiet hours."""
        at = now.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def read_quiet_hours(text: str) -> QuietHours:
    """Return the hours that a text states; raises ValueError with what is allowed."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"is no span of hours: write it as {EXAMPLE}")
    try:
        start, end = time.fromisoformat(found["start"]), time.fromisoformat(found["end"])
    except ValueError as error:
        raise ValueError(f"holds no time of the day: write it as {EXAMPLE}") from error
    if start == end:
        raise ValueError(f"begins and ends at {start:%H:%M}: write it as {EXAMPLE}")
    try:
        return QuietHours(start, end, ZoneInfo(found["zone"] or "UTC"))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"names the zone '{found['zone']}', which is not known: write it as {EXAMPLE}") from error
