"""The messages of a run on a terminal: the last one beside a spinner, and a bar where the pages are counted."""

from __future__ import annotations

import logging

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.status import Status

from flows.pace import COUNTED, Pace
from flows.plain import visible


class RunMessages(logging.Handler):
    """Shows a run's messages; where there is no terminal, a line each, and no bar."""

    def __init__(self, messages: Console, status: Status | None) -> None:
        super().__init__(logging.INFO)
        self.messages, self.status = messages, status
        self.bar: Progress | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Show one message."""
        text = visible(record.getMessage())
        if record.levelno >= logging.WARNING or not self.status:
            if not hasattr(record, COUNTED):
                self.messages.print(text, markup=False, highlight=False, soft_wrap=True)
        elif hasattr(record, COUNTED):
            self._draw(text, getattr(record, COUNTED))
        elif self.bar is None:
            self.status.update(text)

    def _draw(self, text: str, pace: Pace) -> None:
        if self.bar is None:
            assert self.status is not None  # noqa: S101  # emit asked
            self.status.stop()  # a console shows one live thing at a time
            self.bar = Progress(
                TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}, about {task.fields[rest]} left"), console=self.messages,
                transient=True,
            )  # fmt: skip
            self.bar.add_task(text, rate="", rest="")
            self.bar.start()
        self.bar.update(
            self.bar.task_ids[0],
            description=text,
            completed=pace.done,
            total=pace.total,
            rate=pace.rate,
            rest=pace.rest,
        )

    def close(self) -> None:
        """Take the bar away."""
        if self.bar:
            self.bar.stop()
        super().close()
