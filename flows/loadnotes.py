"""What the archive notes of each load: all that a rebuild of the warehouse needs and that no reply holds.

Which outlets a run looked at and when, which requests failed or brought nothing new, and what a feed said of a page.
Written before the load, so that whatever the warehouse holds is noted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import datetime
from typing import Any

from extractors.records import PageLocation
from flows.collect import FetchedPage
from warehouse.batch import Batch, Fetch
from warehouse.habits import TIMES, Habit

# What a note leaves out is the field's default, or None.
UNSAID = {field.name: None if field.default is MISSING else field.default for field in fields(Fetch)}


@dataclass(frozen=True, slots=True)
class LoadNote:
    """One load: its batch without what was extracted, which a rebuild reads from the pages again."""

    batch: Batch
    loaded_at: datetime
    said: Mapping[str, datetime]  # address asked for → publication, as feed or sitemap had it

    @classmethod
    def of(cls, batch: Batch, pages: Iterable[FetchedPage], now: datetime) -> LoadNote:
        """Return the note of a batch that is about to be loaded."""
        named = ((page.fetch.url, page.wanted.candidate) for page in pages)
        return cls(batch, now, {url: c.published_at for url, c in named if c and c.published_at})

    def to_json(self) -> bytes:
        """Return the note as the archive has it."""
        batch = self.batch
        content = {
            "run_id": batch.run_id,
            "kind": batch.kind,
            "started_at": batch.started_at.isoformat(),
            "loaded_at": self.loaded_at.isoformat(),
            "outlets": batch.outlets,
            "found": dict(batch.found),
            "fetches": [self._fetch_json(fetch) for fetch in batch.fetches],
            "habits": [_plain(asdict(habit)) for habit in batch.habits],
        }
        return json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def _fetch_json(self, fetch: Fetch) -> dict[str, Any]:
        values = asdict(fetch) | {"said": self.said.get(fetch.url)}
        return _plain({name: value for name, value in values.items() if name != "run_id"})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said among the fields of a record, as JSON has it."""
    said = {name: value for name, value in values.items() if value not in (None, ())}
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in said.items()}


def read_note(content: bytes) -> LoadNote:
    """Return a note of the archive; raises ValueError for what is none."""
    try:
        given = json.loads(content.decode("utf-8", "surrogatepass"))
        batch = Batch(
            run_id=given["run_id"],
            kind=given["kind"],
            started_at=datetime.fromisoformat(given["started_at"]),
            fetches=tuple(_fetch(values, given["run_id"]) for values in given["fetches"]),
            extractions=(),
            outlets=tuple(given["outlets"]),
            found=tuple(given["found"].items()),
            habits=tuple(_habit(values) for values in given.get("habits", ())),
        )
        said = {f["url"]: datetime.fromisoformat(f["said"]) for f in given["fetches"] if "said" in f}
        return LoadNote(batch, datetime.fromisoformat(given["loaded_at"]), said)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no note of a load: {type(error).__name__} {error}") from error


def _habit(values: Mapping[str, Any]) -> Habit:
    times = {name: datetime.fromisoformat(values[name]) for name in TIMES if name in values}
    return Habit(**{"known_share": None, **values, **times})


def _fetch(values: Mapping[str, Any], run_id: int) -> Fetch:
    said = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items() if name in UNSAID}
    lies = values.get("location")
    return Fetch(
        **UNSAID
        | said
        | {
            "run_id": run_id,
            "fetched_at": datetime.fromisoformat(values["fetched_at"]),
            "location": PageLocation(lies["warc_file"], lies["warc_offset"]) if lies else None,
        }
    )
