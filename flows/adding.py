"""Add outlets to outlets.toml: draft tables for the feeds that an OPML file names."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from flows.outlets import ALERTS, default_path, read_configuration
from flows.plain import visible
from flows.settings import ConfigurationError
from flows.sources.opml import MOST_NAME, OpmlError, OpmlFeed, is_web_address, outlet_id, read_opml


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an OPML file."""

    path: Path  # of outlets.toml
    added: tuple[tuple[str, OpmlFeed], ...]  # id, feed
    skipped: tuple[tuple[OpmlFeed, str], ...]  # and why


def import_opml(file: Path, outlets: Path | None) -> Imported:
    """Append a draft table for each feed of an OPML file that outlets.toml does not have yet.

    `outlets` is the path that the user set, None for outlets.toml of this folder. The file is replaced whole or not
    at all. Raises ConfigurationError where a file cannot be read, or the user has no outlets.toml.
    """
    try:
        feeds = read_opml(file.read_bytes())
    except (OSError, OpmlError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise ConfigurationError(f"{file}: {why}") from error
    path = outlets or Path("outlets.toml")
    if not outlets and not path.exists():
        raise ConfigurationError(
            f"there is no outlets.toml in this folder; copy {default_path()} here, or set MUSTER_OUTLETS to yours"
        )
    configuration = read_configuration(path)
    owners = {feed: outlet.id for outlet in configuration.outlets for feed in outlet.feeds}
    taken = {ALERTS, *(outlet.id for outlet in configuration.outlets)}
    added: list[tuple[str, OpmlFeed]] = []
    skipped: list[tuple[OpmlFeed, str]] = []
    for feed in feeds:
        if not is_web_address(feed.url):
            skipped.append((feed, "no http or https address"))
        elif feed.url in owners:
            skipped.append((feed, f"already that of [{owners[feed.url]}]"))
        else:
            name = outlet_id(feed, taken)
            taken.add(name)
            owners[feed.url] = name
            added.append((name, feed))
    if added:
        _append(path.resolve(), "".join(_table(name, feed, file) for name, feed in added))
    return Imported(path, tuple(added), tuple(skipped))


def _table(name: str, feed: OpmlFeed, file: Path) -> str:
    title = visible(feed.title or "").strip()[:MOST_NAME] or name
    return (
        f"\n[{name}]  # a draft from {_quoted(file.name)[1:-1]}: see `muster outlets check {name}`\n"
        f"name = {_quoted(title)}\nfeeds = [{_quoted(feed.url)}]\n"
    )


def _quoted(text: str) -> str:
    """Return a text as TOML has it: what JSON escapes, TOML reads."""
    return json.dumps(visible(text), ensure_ascii=False)


def _append(path: Path, tables: str) -> None:
    """Replace the file by itself with tables at the end, after it was read as the program will read it."""
    draft = path.with_name(f".{path.name}.new")
    old = path.read_bytes()
    try:
        with draft.open("wb") as file:
            file.write(old + (b"" if old.endswith(b"\n") else b"\n") + tables.encode())
            file.flush()
            os.fsync(file.fileno())
        read_configuration(draft)
        shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
