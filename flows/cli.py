"""The `muster` command."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import duckdb
import typer

from flows.cli_options import OutletOption, console, messages
from flows.cli_outlets import outlets
from flows.cli_questions import questions
from flows.ownserver import ServerLost, ServerNotStarted
from flows.runlock import AlreadyRunning
from flows.settings import ConfigurationError, load_settings
from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer
from warehouse.door import NothingPublished, QueryRefused, QueryTimeout

KEPT = "what was loaded stays, and the next run goes on from there"
DONE, PARTLY, WRONG_USE, BUSY, NEWER, INTERRUPTED = 0, 1, 2, 75, 78, 130

app = typer.Typer(
    help="Watch news outlets; keep a ledger of military figures, of who claims them, and of diplomacy; alert once.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(questions)
app.add_typer(outlets, name="outlets")


@app.command()
def monitor(
    outlet: OutletOption = None,
    only_due: Annotated[bool, typer.Option("--only-due", help="leave out outlets whose time has not come")] = False,
) -> None:
    """Look at every outlet once: feeds, new pages, figures, talks, alerts.

    Example: muster monitor --outlet moscow-times
    """
    from flows.console_run import run_monitor  # Prefect takes two seconds to import: only where it is needed

    raise typer.Exit(run_monitor(outlet, only_due, console, messages))


@app.command()
def backfill(
    outlet: Annotated[str, typer.Option("--outlet", metavar="ID", help="the outlet")],
    start: Annotated[str, typer.Option("--from", metavar="DATE", help="first day of publication, included")],
    end: Annotated[str, typer.Option("--to", metavar="DATE", help="last day of publication, included")],
    source: Annotated[str, typer.Option("--source", help="sitemap, feed, wayback or list")] = "sitemap",
    warc: Annotated[
        list[str] | None, typer.Option("--warc", metavar="FILE", help="take pages from this file, or address of one")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say how many pages, and how long")] = False,
) -> None:
    """Fetch what is missing of an outlet between two dates, newest first; a second call goes on where one stopped.

    Example: muster backfill --outlet moscow-times --from 2021-12-01 --to 2021-12-31 --dry-run
    """
    from flows.console_backfill import run_backfill

    raise typer.Exit(run_backfill(outlet, start, end, source, dry_run, console, messages, warc or ()))


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="a page or a text; - is standard input")] = "-",
    html: Annotated[bool, typer.Option("--html", help="the input is a page")] = False,
    text: Annotated[bool, typer.Option("--text", help="the input is a text, read to the letter")] = False,
    url: Annotated[str | None, typer.Option("--url", metavar="U", help="address of the page")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="when it was published")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="L", help="language of the text, e.g. en")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="one document a line in, one a line out")] = False,
) -> None:
    """Clean and extract one page or text, and print JSON.

    A line of --jsonl that names a `source` and a `target` by their words is also told what the one does to the other.

    Example: echo "Kyiv said Russia massed 115,000 troops." | muster extract --text --published 2021-12-01
    """
    from flows.console_extract import run_extract

    raise typer.Exit(run_extract(file, html, text, url, published, lang, jsonl, messages))


@app.command()
def reextract(
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="first day of publication")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="last day of publication, included")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="ID", help="only this outlet")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only tell what would change")] = False,
) -> None:
    """Run today's extractors over the archived pages; tell which figures come, go and change, then switch to them.

    Fetches nothing; a call that was stopped is continued by the next. Example: muster reextract --from 2021-12-01
    """
    from flows.console_reextract import run_reextract

    raise typer.Exit(run_reextract(start, end, outlet, dry_run, console, messages))


@app.command()
def rebuild() -> None:
    """Make the warehouse again from the archived pages, when it is lost or damaged. Fetches nothing.

    The old one stays until the new one is whole, and is kept beside it. Example: muster rebuild
    """
    from flows.console_rebuild import run_rebuild

    raise typer.Exit(run_rebuild(load_settings(), console, messages))


@app.command()
def doctor() -> None:
    """Say what is wrong and the mend: configuration, outlets, warehouse, archive, schedule, alert channels.

    Example: muster doctor || echo "something needs a look"
    """
    from flows.doctor import examine, print_findings

    raise typer.Exit(print_findings(examine(load_settings()), console))


def main() -> None:
    """Run the command; every expected error ends in one sentence and the exit code of DESIGN.md."""
    os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")  # the command tells of errors by itself, in a sentence
    logging.getLogger("EventsWorker").setLevel(logging.CRITICAL)  # Prefect's own, which that does not reach
    logging.getLogger("muster").setLevel(logging.INFO)
    try:
        app(prog_name="muster")
    except SystemExit as end:
        if end.code == INTERRUPTED:
            messages.print(f"muster: stopped; {KEPT}", markup=False)
        raise
    except WarehouseNewer as error:
        _end(error, NEWER)
    except (WarehouseBusy, AlreadyRunning) as error:
        _end(error, BUSY)
    except (QueryTimeout, WarehouseDamaged, ServerNotStarted, ServerLost) as error:
        _end(error, PARTLY)
    except (duckdb.IOException, duckdb.FatalException) as error:  # a full disk
        _end(f"{error}; {KEPT}", PARTLY)
    except (ConfigurationError, NothingPublished, QueryRefused, duckdb.Error) as error:
        _end(error, WRONG_USE)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does: no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except OSError as error:  # a full disk, a folder without rights: what was archived and loaded stays
        _end(error, PARTLY)


def _end(error: Exception | str, code: int) -> None:
    messages.print(f"muster: {error}", markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)
