"""The commands of `muster` that ask the published warehouse."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from flows.cli_options import FormatOption, LimitOption, SinceOption, console
from flows.output import IN_TABLES, Format, print_result
from flows.settings import day_given, load_settings

UNDELIVERED = ("waiting", "trouble")  # what a table of undelivered alerts shows besides
questions = typer.Typer()


class Told(StrEnum):
    """How an explanation is printed."""

    text = "text"
    json = "json"


@questions.command()
def sql(
    query: Annotated[str, typer.Argument(help="one SELECT, DESCRIBE, SHOW or EXPLAIN")],
    how: FormatOption = Format.table,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="at most so many rows; no limit by default")
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="seconds")] = 30,
) -> None:
    """Query the published warehouse, read-only, while a run may be writing.

    Example: muster sql "SELECT measure, item, subject, low, claimant FROM figures ORDER BY low DESC LIMIT 5"
    """
    from warehouse.door import query as run_query

    print_result(run_query(load_settings().published_path, query, limit=limit, timeout_seconds=timeout), how, console)


@questions.command()
def figures(
    since: SinceOption = None,
    subject: Annotated[str | None, typer.Option(help="whose: a code such as RUS")] = None,
    item: Annotated[str | None, typer.Option(help="of what: troops, tank, drone, …")] = None,
    claimant: Annotated[str | None, typer.Option(help="who says so: a code such as UKR")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="ID")] = None,
    limit: LimitOption = 50,
    how: FormatOption = Format.table,
) -> None:
    """Show figures, newest first.

    Example: muster figures --subject RUS --item troops --since 2021-12-01
    """
    from warehouse.questions import Filter
    from warehouse.questions import figures as ask

    wanted = Filter(
        since=day_given("--since", since), subject=subject, item=item, claimant=claimant, outlet=outlet, limit=limit
    )
    print_result(ask(load_settings().published_path, wanted), how, console, IN_TABLES)


@questions.command()
def talks(
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="two parties, e.g. RUS UKR")] = None,
    since: SinceOption = None,
    subject: Annotated[str | None, typer.Option(help="a party to it: a code such as RUS")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="ID")] = None,
    limit: LimitOption = 50,
    how: FormatOption = Format.table,
) -> None:
    """Show who met, asked, refused, accused or threatened whom, newest first.

    Example: muster talks --between RUS UKR
    """
    from warehouse.questions import Filter
    from warehouse.questions import talks as ask

    wanted = Filter(since=day_given("--since", since), subject=subject, outlet=outlet, limit=limit)
    print_result(ask(load_settings().published_path, wanted, between=between), how, console, IN_TABLES)


@questions.command()
def alerts(
    since: SinceOption = None,
    subject: Annotated[str | None, typer.Option(help="whose: a code such as RUS")] = None,
    item: Annotated[str | None, typer.Option(help="of what: troops, tank, drone, …")] = None,
    claimant: Annotated[str | None, typer.Option(help="who says so")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="ID")] = None,
    undelivered: Annotated[
        bool,
        typer.Option("--undelivered", help="only those that some channel has not got, with what its last try met"),
    ] = False,
    limit: LimitOption = 50,
    how: FormatOption = Format.table,
) -> None:
    """Show the alerts raised, newest first.

    Example: muster alerts --since 2021-12-01 --format json
    """
    from warehouse.questions import Filter
    from warehouse.questions import alerts as ask

    wanted = Filter(
        since=day_given("--since", since), subject=subject, item=item, claimant=claimant, outlet=outlet, limit=limit
    )
    print_result(
        ask(load_settings().published_path, wanted, undelivered=undelivered),
        how,
        console,
        IN_TABLES + UNDELIVERED * undelivered,
    )


@questions.command("explain")
def explain_one(
    identifier: Annotated[int, typer.Argument(metavar="ID", help="figure_id, mention_id, alert_id or claim_id")],
    how: Annotated[Told, typer.Option("--format", help="how to print it")] = Told.text,
) -> None:
    """Explain one figure, mention, alert or claim: sentence, rule, archived page, revisions, who else reported it.

    Example: muster explain 4611686018427387904
    """
    from flows.console_explain import run_explain

    raise typer.Exit(run_explain(identifier, how is Told.json, console))
