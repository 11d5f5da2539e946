"""Where tables and keys stand in a TOML file: tomllib tells no lines, and people would have to search."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from flows.settings import ConfigurationError

HEADER = re.compile(r"""\s*\[\s*["']?([^\]"']+?)["']?\s*\]""")
TYPE_NAMES = {str: "a text in quotes", list: "a list of texts", bool: "true or false", int: "a whole number"}


class Places:
    """The lines of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines: dict[tuple[str, str | None], int] = {}
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            if header := HEADER.match(line):
                table = header[1]
                self.lines.setdefault((table, None), number)
            elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
                self.lines.setdefault((table, key[1]), number)

    def error(self, table: str, key: str | None, problem: str) -> ConfigurationError:
        """Return an error that names file, line and table."""
        line = self.lines.get((table, key)) or self.lines.get((table, None))
        at = f"{self.path}:{line}" if line else str(self.path)
        return ConfigurationError(f"{at}: [{table}] {problem}" if table else f"{at}: {problem}")


def unknown_key(key: str, known: list[str]) -> str:
    """Return what to say of a key that is not known."""
    near = difflib.get_close_matches(key, known, 1, 0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known keys are {', '.join(known)}"
    return f"unknown key '{key}', {hint}"
