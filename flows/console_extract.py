"""Run `muster extract`: read what is given, print JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from rich.console import Console

from flows.extracting import BadDocument, Given, extract_documents, given_from_json, published_time
from flows.settings import ConfigurationError

DONE, PARTLY = 0, 1


def _opened(file: str) -> BinaryIO:
    try:
        return sys.stdin.buffer if file == "-" else Path(file).open("rb")
    except OSError as error:
        raise ConfigurationError(f"{file}: {error.strerror}") from error


def _print_json(value: dict[str, Any], indent: int | None = None) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")
    sys.stdout.flush()


class _Lines:
    """The documents of a file of JSON lines; a bad line is named, counted and passed over."""

    def __init__(self, stream: BinaryIO, messages: Console) -> None:
        self.stream, self.messages, self.bad = stream, messages, 0

    def __iter__(self) -> Iterator[Given]:
        for number, line in enumerate(self.stream, 1):
            try:
                if line.strip():
                    document = given_from_json(line.decode("utf-8", "replace"), number)
                    published_time(document.published)
                    yield document
            except BadDocument as error:
                self.bad += 1
                self.messages.print(f"muster: {error}", markup=False, highlight=False, soft_wrap=True)


def run_extract(
    file: str,
    html: bool,
    text: bool,
    url: str | None,
    published: str | None,
    lang: str | None,
    jsonl: bool,
    messages: Console,
) -> int:
    """Extract from one page or text, or from one document a line; returns the exit code."""
    if html and text:
        raise ConfigurationError("--html and --text exclude each other")
    stream = _opened(file)
    if jsonl:
        lines = _Lines(stream, messages)
        for found in extract_documents(lines):
            _print_json(found)
        return PARTLY if lines.bad else DONE
    body = stream.read()
    is_page = html or (not text and body.lstrip()[:1] == b"<")
    given = Given(
        id=None,
        text=None if is_page else body.decode("utf-8", "replace"),
        html=body if is_page else None,
        url=url,
        title=None,
        published=published,
        language=lang,
    )
    try:
        _print_json(next(iter(extract_documents([given]))), indent=1)
    except BadDocument as error:
        raise ConfigurationError(f"--published: {error}") from error
    return DONE
