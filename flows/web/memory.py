"""What a door is told of hosts when it opens, and tells of them while it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from extractors.records import Reply
from flows.web.robots import Robots


def _nobody(*_: object) -> None:
    """Stand for whoever does not want to know."""


@dataclass(frozen=True, slots=True)
class HostMemory:
    """What earlier runs learnt of hosts. Without one a door knows nothing and tells nobody."""

    rests: Mapping[str, datetime] = field(default_factory=dict)  # host → not to be asked before
    robots: Mapping[str, Robots] = field(default_factory=dict)  # "https://host" → what its robots.txt says
    on_rest: Callable[[str, datetime], None] = _nobody  # a host asked us to wait; called in a thread of its own
    on_robots: Callable[[Reply, Robots], None] = _nobody  # a robots.txt was asked for
