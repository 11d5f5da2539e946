"""Tell on a terminal, in a pipe or as JSON where a figure, mention, alert or claim comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.plain import visible
from flows.settings import ConfigurationError, load_settings
from warehouse.explain import AlertStory, Explanation, Found, Given, Page, Report, explain

MOST_ROWS = 30  # of the reports, and of the series
BAR = 30  # characters of the longest one
WHY = {
    "new_figure": "nobody had reported this claim before",
    "changed_figure": "the claimant had given another number for the same thing, and never this one",
    "contradiction": "another claimant gave a number for the same thing within 7 days, and the two are more than a "
    "fifth of the larger apart",
    "revised_article": "the article gave another number at the same address before it was rewritten",
    "new_contact": "these parties had had no CONSULT, AGREE or REJECT between them for 30 days",
    "summary": "a first run of an outlet, a backfill, or articles found late: one alert for all they brought",
    "volume": "the outlet is silent, or far from its habit of 28 days",
}


def run_explain(identifier: int, as_json: bool, console: Console) -> int:
    """Print what is known of a thing; returns 0. Raises ConfigurationError when nothing has this id."""
    settings = load_settings()
    known = explain(settings.published_path, identifier)
    if known is None:
        raise ConfigurationError(
            f"no figure, mention, alert or claim has the id {identifier}; `muster figures --format json` shows ids"
        )
    rewrites: list[Any] = []
    if known.page and len(known.page.revisions) > 1:
        from flows.rewrites import rewrites_of  # the extractors take seconds to load: only where a text was rewritten

        rewrites = rewrites_of(settings.published_path, known.page)
    if as_json:
        sys.stdout.write(json.dumps(_as_data(known, rewrites), ensure_ascii=False, default=_json_time) + "\n")
    else:
        for part in _parts(identifier, known, rewrites, console.is_terminal):
            console.print(part, soft_wrap=isinstance(part, Text) and not console.is_terminal)
    return 0


def _as_data(known: Explanation, rewrites: Sequence[Any]) -> dict[str, Any]:
    """Return it all as JSON has it; the texts of the revisions are left out, they are in the table `revisions`."""
    data = asdict(known)
    if data["found"]:
        data["found"]["fields"] = dict(data["found"]["fields"])
    for revision in data["page"]["revisions"] if data["page"] else ():
        del revision["text"]
    if known.alert:
        data["alert"]["why"] = WHY.get(known.alert.rule, "a rule of your own found it")
    return {**data, "rewrites": [asdict(r) for r in rewrites]}


def _json_time(value: date) -> str:
    return value.isoformat()


def _parts(identifier: int, known: Explanation, rewrites: Sequence[Any], terminal: bool) -> Iterator[Any]:
    """Yield what is printed, one after the other."""
    yield Text(f"{known.kind} {identifier}", "bold")
    if known.alert:
        yield from _alert(known.alert)
    if known.found:
        yield Text(visible(known.found.words))
        yield _sentence(known.found, terminal)
        yield _fields(known.found)
    elif known.claim_id is not None:
        yield Text("No article carries it now: the one that did was rewritten.")
    if known.page:
        yield from _page(known.page)
        yield from (_rewrite(r) for r in rewrites)
    if known.reports:
        yield from _reports(known.reports)
    if len(known.series) > 1:
        yield from _series(known.series, known.claim_id)


def _alert(alert: AlertStory) -> Iterator[Any]:
    yield Text(visible(alert.title))
    yield Text(
        f"Raised {_time(alert.raised_at)} by {alert.rule}: {WHY.get(alert.rule, 'a rule of your own found it')}."
    )
    others = sorted({rule for rule, _ in alert.stands_for} - {alert.rule})
    if others:
        yield Text(f"It stands for {', '.join(others)} as well.")
    yield Text(visible(alert.body), "dim")
    for channel, state, attempts, error in alert.deliveries:
        tried = f", {attempts} attempts" if attempts > 1 else ""
        yield Text(
            f"  {channel}: {state}{tried}{f', last: {visible(error)}' if error and state != 'delivered' else ''}"
        )


def _sentence(found: Found, terminal: bool) -> Text:
    """Return the sentence with the words found in reverse, or in brackets where there are no colours."""
    before, words, after = (visible(part) for part in found.marked)
    marked = (words, "reverse") if terminal else f"[{words}]" if words else ""
    return Text.assemble("\n  ", before, marked, after, "\n")


def _grid(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, show_header=bool(columns), header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _fields(found: Found) -> Table:
    table = _grid()
    for name, value in found.fields:
        if value not in (None, []):
            said = ", ".join(value) if isinstance(value, list) else f"{value:,}" if name in ("low", "high") else value
            table.add_row(Text(name, "dim"), Text(visible(str(said))))
    return table


def _page(page: Page) -> Iterator[Text]:
    when = f"{_time(page.published_at)} (from {page.published_source})" if page.published_at else "at an unknown time"
    yield Text(f"\n{visible(page.title or 'no title')}\n{page.outlet}, published {when}\n{visible(page.url)}")
    if page.warc_file:
        yield Text(f"archived in {page.warc_file} at {page.warc_offset} (warcio extract FILE {page.warc_offset})")
    for revision in page.revisions if len(page.revisions) > 1 else ():
        title = "" if revision.title == page.title else f", then titled {visible(revision.title or '')!r}"
        yield Text(f"revision {revision.number} read {_time(revision.seen_at)}{title}")


def _rewrite(rewrite: Any) -> Text:
    told = [f"added {words}" for words in rewrite.added]
    told += [f"changed {was} to {now}" for was, now in rewrite.changed]
    told += [f"dropped {words}" for words in rewrite.dropped]
    where = f" in the post of {_time(rewrite.posted_at)}" if rewrite.posted_at else ""
    return Text(f"revision {rewrite.revision}{where} " + ("; ".join(told) or "left the figures as they were"))


def _reports(reports: Sequence[Report]) -> Iterator[Text]:
    yield Text("\nWho reported the claim", "bold")
    for report in reports[:MOST_ROWS]:
        claimant = f"says {report.claimant}" if report.claimant else "in its own voice"
        if report.claimant_text:
            claimant += f" ({report.claimant_text})"
        copied = f", the text of {report.source}" if report.source else ""
        # A table would break the address, which people copy.
        yield Text(visible(f"{_time(report.published_at)}  {report.outlet}{copied}, {claimant}\n  {report.url}"))
    if len(reports) > MOST_ROWS:
        yield Text(f"and {len(reports) - MOST_ROWS} more")


def _series(series: Sequence[Given], claim_id: int | None) -> Iterator[Any]:
    """Yield the numbers given for the same thing over time, each with a bar as long as it is large."""
    yield Text("\nNumbers given for the same thing (measure, item, subject, place, status)", "bold")
    shown = series[-MOST_ROWS:]
    if len(series) > len(shown):
        yield Text(f"{len(series) - len(shown)} earlier ones, then")
    largest = max((_size(given) for given in shown), default=0) or 1
    table = _grid("published", "claimant", "number", "")
    for given in shown:
        style = "bold" if given.claim_id == claim_id else ""
        bar = "█" * max(1, round(BAR * _size(given) / largest))
        mark = " ← this claim" if given.claim_id == claim_id else ""
        cells = (_time(given.published_at)[:10], given.claimant or "own voice", given.words, bar + mark)
        table.add_row(*(Text(visible(cell), style) for cell in cells))
    yield table


def _size(given: Given) -> int:
    return given.number if given.number is not None else given.low or 0


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
