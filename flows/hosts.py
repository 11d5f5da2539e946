"""Manners that outlive a run: waits that hosts asked for, and robots.txt files that are still fresh."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from flows.archivereader import ArchiveError, read_reply
from flows.patience import open_patiently
from flows.settings import Settings
from flows.web.robots import Robots, robots_of
from warehouse.connection import WarehouseBusy
from warehouse.hosts import keep_rest, resting_hosts, robots_asked

log = logging.getLogger("muster")
ROBOTS_LIVE = timedelta(hours=24)  # RFC 9309, 2.4: not to be used for longer


def remembered(settings: Settings, now: datetime) -> tuple[dict[str, datetime], dict[str, Robots]]:
    """Return the hosts that still rest, and by origin what a robots.txt said that is not yet a day old."""
    with open_patiently(settings.warehouse_path) as connection:
        rests = resting_hosts(connection, now)
        asked = robots_asked(connection, now - ROBOTS_LIVE, now)
    robots: dict[str, Robots] = {}
    for url, location in asked:
        try:
            robots[url.removesuffix("/robots.txt")] = robots_of(read_reply(settings.home, location))
        except ArchiveError as error:  # it is asked for again
            log.warning("%s", error)
    return rests, robots


def keep_wait(warehouse: Path, host: str, until: datetime, now: datetime) -> None:
    """Write down at once that a host asked us to wait; a kill must not make the next run ask too early."""
    try:
        with open_patiently(warehouse) as connection:
            keep_rest(connection, host, until, now)
    except WarehouseBusy as error:
        log.warning("%s asked us to wait until %s, which a restart will not know: %s", host, f"{until:%H:%M}", error)
