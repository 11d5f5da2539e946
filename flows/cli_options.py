"""What the commands of `muster` share: where they print, and the options that many have."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from rich.console import Console

from flows.output import Format


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to whoever runs the command that the reader went away; Rich would end it as failed."""
        raise BrokenPipeError


# A pipe has no width of its own: wide enough for a sentence beside its figure.
console = _Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160)
messages = Console(stderr=True)

OutletOption = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="ID", help="only this outlet; may be repeated")
]
FormatOption = Annotated[Format, typer.Option("--format", help="how to print the result")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DATE", help="published on this day or later")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="at most so many rows")]
