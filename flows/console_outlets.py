"""The commands `muster outlets …` on a terminal: list, check, import."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.text import Text

from flows.adding import import_opml
from flows.checking import Check, CheckedPage, check_outlets
from flows.outlets import Outlet, chosen_outlets, read_configuration
from flows.output import Format, print_result
from flows.plain import visible
from flows.settings import load_settings

DONE, PARTLY = 0, 1
FIRST_WORDS = 40
COLUMNS = pa.schema(
    {
        "id": pa.string(), "name": pa.string(), "language": pa.string(), "country": pa.string(),
        "feeds": pa.int64(), "sitemaps": pa.int64(), "lists": pa.int64(), "every": pa.string(), "enabled": pa.bool_(),
    }
)  # fmt: skip


def run_list(how: Format, console: Console) -> int:
    """Print the outlets of outlets.toml; returns 0."""
    configuration = read_configuration(load_settings().outlets)
    print_result(pa.Table.from_pylist([_row(o) for o in configuration.outlets], schema=COLUMNS), how, console)
    return DONE


def _row(outlet: Outlet) -> dict[str, object]:
    return {
        "id": outlet.id,
        "name": outlet.name,
        "language": outlet.language,
        "country": outlet.country,
        "feeds": len(outlet.feeds),
        "sitemaps": len(outlet.sitemaps),
        "lists": len(outlet.lists),
        "every": str(outlet.every) if outlet.every else None,
        "enabled": outlet.enabled,
    }


def run_check(identifier: str | None, console: Console, messages: Console) -> int:
    """Look at one outlet, or at all enabled ones, and print what would be stored; returns the exit code."""
    settings = load_settings()
    chosen = chosen_outlets(read_configuration(settings.outlets), [identifier] if identifier else None)
    with messages.status(f"looking at {len(chosen)} outlets"):
        checks = check_outlets(settings, chosen)
    for check in checks:
        _print_check(check, console)
    return PARTLY if any(check.failed for check in checks) else DONE


def _print_check(check: Check, console: Console) -> None:
    named = ", ".join(f"{count} by its {kind}" for kind, count in check.named) or "none"
    console.print(Text(f"{check.outlet.id}: addresses of articles: {named}", "bold"))
    for page in check.pages:
        _print_page(page, console)
    for language in check.unread:
        console.print(Text(f"  no extractor for the language {language}: no figures"), soft_wrap=True)
    for trouble in check.troubles:
        console.print(Text(f"  failed: {visible(trouble)}"), soft_wrap=True)


def _print_page(page: CheckedPage, console: Console) -> None:
    article = page.extraction.article
    when = f"{article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else "at an unknown time"
    source = f" (from {article.published_source})" if article.published_source else ""
    words = article.text.split()
    start = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
    lines = [
        f"  {article.title or 'no title'}",
        f"    {article.url}",
        f"    published {when}{source}; {len(words)} words, language {article.language or 'unknown'}",
        f"    {start}",
        *(f"    figure: {words}" for words in page.figures),
        *(f"    talks: {m.event} {' '.join(m.actors)} → {' '.join(m.targets)}" for m in page.extraction.mentions),
    ]
    console.print(Text(visible("\n".join(lines))), soft_wrap=True)


def run_import(file: Path, console: Console) -> int:
    """Append draft tables for the feeds of an OPML file, and name what was skipped; returns 0."""
    done = import_opml(file, load_settings().outlets)
    for name, feed in done.added:
        console.print(Text(visible(f"added [{name}] {feed.url}")), soft_wrap=True)
    for feed, why in done.skipped:
        console.print(Text(visible(f"skipped {feed.url}: {why}")), soft_wrap=True)
    console.print(Text(f"{len(done.added)} added to {done.path}, {len(done.skipped)} skipped"), soft_wrap=True)
    return DONE
