"""Replies that lie in the own archive and were never loaded: what a run that was killed left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from extractors.records import PageLocation
from flows.archive import FOLDER
from flows.archivereader import archived_replies, replies_after

NAME = re.compile(r"(\d{8}T\d{6})Z-\d+\.warc\.gz$")


def unloaded_replies(home: Path, loaded: Mapping[str, int], since: datetime) -> Iterator[tuple[str, PageLocation]]:
    """Give the address asked for and the place of each whole reply that no load took, of runs begun since then.

    `loaded` names for each file the offset of its last record that was loaded: runs load in the order in which they
    archive, so what lies after it was not. A failed reply is not given: it is to be asked for again.
    """
    for path in sorted((home / FOLDER).glob("*/*/*.warc.gz")):
        begun = NAME.search(path.name)
        if not begun or datetime.strptime(begun[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) < since:
            continue
        name = path.relative_to(home).as_posix()
        last = loaded.get(name, -1)
        if last >= 0 and not replies_after(path, last):
            continue
        for offset, reply in archived_replies(path):
            if offset > last and not reply.failure:
                yield reply.url, PageLocation(name, offset)
