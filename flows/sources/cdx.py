"""Read the capture index (CDX) of a web archive: pure; nonsense is counted and named, never fatal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# The order that we ask for, and the one that a server gives unasked (README of the wayback-cdx-server).
ASKED = ("timestamp", "original", "mimetype", "statuscode")
UNASKED = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
MOST_ADDRESS = 2_048
SHOWN = 80  # characters of a nonsense line


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as an archive has it."""

    timestamp: str  # 14 digits, UTC
    original: str  # the address that was captured
    mimetype: str | None = None
    status: int | None = None

    @property
    def at(self) -> datetime:
        """Return when it was captured, UTC."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CdxReading:
    """The captures of an answer. `resume_key` asks for the rest; None when there is none."""

    captures: tuple[Capture, ...]
    nonsense: int = 0
    first_nonsense: str | None = None
    resume_key: str | None = None


def read_cdx(body: bytes) -> CdxReading:
    """Return the captures in an answer, JSON or text lines; also of one that is cut in the middle."""
    text = body.decode("utf-8", "replace").strip("\ufeff \r\n\t")
    rows = list(_json_rows(text) if text.startswith("[") else (line.split() for line in text.splitlines()))
    fields: Sequence[str] | None = None
    captures: list[Capture] = []
    nonsense: list[str] = []
    resume_key = None
    for place, row in enumerate(rows):
        if {"timestamp", "original"} <= {str(cell) for cell in row}:
            fields = [str(cell) for cell in row]
        elif len(row) == 1 and place and not rows[place - 1] and place == len(rows) - 1:
            resume_key = str(row[0])
        elif row:
            capture = _capture(row, fields)
            if capture:
                captures.append(capture)
            else:
                nonsense.append(" ".join(map(str, row))[:SHOWN])
    return CdxReading(tuple(captures), len(nonsense), nonsense[0] if nonsense else None, resume_key)


def _json_rows(text: str) -> Iterator[list[Any]]:
    """Yield the rows of a JSON answer; of one that is cut, those of its whole lines."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        rows = [_json_row(line) for line in text.splitlines()]
    for row in rows:
        yield row if isinstance(row, list) else [row]


def _json_row(line: str) -> list[Any]:
    inside = line.strip(" \r\t[],")
    try:
        return list(json.loads(f"[{inside}]"))
    except (ValueError, RecursionError):
        return [inside]


def _capture(row: Sequence[Any], fields: Sequence[str] | None) -> Capture | None:
    fields = fields or {len(ASKED): ASKED, len(UNASKED): UNASKED}.get(len(row), ())
    if len(row) != len(fields):
        return None
    cells = {name: str(cell) for name, cell in zip(fields, row, strict=True)}
    status = cells.get("statuscode", "")
    capture = Capture(
        cells.get("timestamp", ""),
        cells.get("original", ""),
        cells.get("mimetype"),
        int(status) if re.fullmatch(r"[1-5]\d\d", status) else None,
    )
    if len(capture.original) > MOST_ADDRESS or not re.match(r"https?://[^/\s]\S*$", capture.original, re.I):
        return None
    if not re.fullmatch(r"[0-9]{14}", capture.timestamp):
        return None
    try:
        return capture if capture.at.year >= 1990 else None
    except ValueError:  # 14 digits that are no time
        return None
