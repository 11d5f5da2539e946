"""The bar that Prefect shows on the page of a backfill."""

from __future__ import annotations

import logging
from uuid import UUID

import httpx
from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact

from flows.pace import Pace

log = logging.getLogger("muster")
KEY = "backfill-progress"


class ProgressArtifact:
    """The bar. A server that does not take it stops nothing."""

    def __init__(self) -> None:
        self._id: UUID | None = None

    async def show(self, pace: Pace, unit: str) -> None:
        """Draw the bar, with the unit that was done last."""
        said = f"{pace.words()}; last done: {unit}"
        try:
            if self._id is None:
                self._id = await acreate_progress_artifact(pace.percent, key=KEY, description=said)
            else:
                await aupdate_progress_artifact(self._id, pace.percent, description=said)
        except httpx.HTTPError as error:
            log.warning("Prefect does not take the progress: %s", error)
