"""The commands `muster outlets …`: see, try and add outlets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import FormatOption, console, messages
from flows.output import Format

outlets = typer.Typer(
    help="See, try and add outlets. Example: muster outlets check moscow-times",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@outlets.command("list")
def list_outlets(how: FormatOption = Format.table) -> None:
    """List the outlets of outlets.toml.

    Example: muster outlets list
    """
    from flows.console_outlets import run_list

    raise typer.Exit(run_list(how, console))


@outlets.command()
def check(
    identifier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="one outlet; all enabled ones if left out")
    ] = None,
) -> None:
    """Fetch a feed, a sitemap and three articles of an outlet and show what would be stored. Nothing is stored.

    Example: muster outlets check moscow-times
    """
    from flows.console_outlets import run_check

    raise typer.Exit(run_check(identifier, console, messages))


@outlets.command("import")
def import_opml(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="what a feed reader exports")],
) -> None:
    """Append a draft table for each feed of an OPML file to outlets.toml.

    Example: muster outlets import feeds.opml
    """
    from flows.console_outlets import run_import

    raise typer.Exit(run_import(file, console))
