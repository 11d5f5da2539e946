"""What a run looks at an outlet with, and the record of each reply: its bytes kept, its row in `fetches`."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import PageLocation, Reply, body_key
from flows.archive import Archive
from flows.outlets import Outlet
from flows.web.door import Door
from warehouse.batch import Fetch, Outcome


def fetch_record(
    reply: Reply, outlet: str, run_id: int, kind: str, location: PageLocation | None, article_id: int | None = None
) -> Fetch:
    """Return the `fetches` row of a reply, before anything is known of what it holds."""
    outcome: Outcome = "failed" if reply.failure else "not_modified" if reply.status == 304 else "ok"
    return Fetch(
        run_id=run_id,
        outlet=outlet,
        url=reply.url,
        kind=kind,
        fetched_at=reply.fetched_at,
        elapsed_ms=reply.elapsed_ms,
        status=reply.status,
        outcome=outcome,
        reason=reply.failure,
        detail=reply.detail,
        bytes=len(reply.wire),
        etag=reply.header("etag"),
        last_modified=reply.header("last-modified"),
        body_hash=body_key(reply.body) if outcome == "ok" else None,
        article_id=article_id,
        location=location,
    )


def archived(archive: Archive, reply: Reply) -> PageLocation | None:
    """Append a reply to the archive, an error answer too; None when none came whole or nothing changed."""
    came = reply.failure in (None, "http_status") and reply.status not in (None, 304)
    return archive.append(reply) if came else None


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at an outlet in a run: who is asked, through which door, and where the replies are kept."""

    door: Door
    archive: Archive
    outlet: Outlet
    run_id: int

    def record(self, reply: Reply, kind: str, article_id: int | None = None) -> Fetch:
        """Archive a reply and return its `fetches` row."""
        return fetch_record(reply, self.outlet.id, self.run_id, kind, archived(self.archive, reply), article_id)
