"""Where tables and keys stand in a TOML file: tomllib tells no lines, and people would have to search."""

from __future__ import annotations

import difflib
import re
from datetime import date, time
from pathlib import Path

from flows.settings import ConfigurationError

HEADER = re.compile(r"""\s*\[{1,2}\s*["']?([^\]\["']+?)["']?\s*\]""")
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

    def has_table(self, table: str) -> bool:
        """Return whether a table of this name begins in the file."""
        return (table, None) in self.lines

    def error(self, table: str, key: str | None, problem: str) -> ConfigurationError:
        """Return an error that names file, line and table."""
        line = self.lines.get((table, key)) or self.lines.get((table or key or "", None))
        at = f"{self.path}:{line}" if line else str(self.path)
        return ConfigurationError(f"{at}: [{table}] {problem}" if table else f"{at}: {problem}")


# What tomllib says of a mistake → what to do about it.
MENDS = (
    (r"Cannot declare \('(.+)',\) twice", r"[\1] stands twice; give one of them another id"),
    ("Cannot overwrite a value", "this key stands twice in its table; take one out"),
    (r"Illegal character '\\n'", "a text ends with its line; close its quotes, or use three for several lines"),
    ("Unescaped '.' in a string", "a backslash in double quotes; use single quotes for patterns"),
    ("Expected ']' at the end of a table declaration", "a bracket is missing: an id stands in one pair of brackets"),
    ("Unclosed array|Expected ']'", "a list is not closed; end it with ]"),
    ("Invalid value|Expected newline", "no value of TOML; texts stand in quotes, lists in brackets"),
)


def syntax_error(path: Path, error: Exception) -> ConfigurationError:
    """Return an error that names file and line, and the mend, for a text that is no TOML."""
    said = re.fullmatch(r"(?s)(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)", str(error))
    problem, line = (said[1], said[2]) if said else (str(error), None)
    mends = (found.expand(mend) for told, mend in MENDS if (found := re.search(told, problem)))
    at = f"{path}:{line}" if line else f"{path}, at its end"
    return ConfigurationError(f"{at}: {next(mends, f'{problem}; see https://toml.io')}")


def shown(value: object) -> str:
    """Return a value as it stands in the file: TOML has times, which Python shows otherwise."""
    return value.isoformat() if isinstance(value, date | time) else repr(value)


def unknown_key(key: str, known: list[str]) -> str:
    """Return what to say of a key that is not known."""
    near = difflib.get_close_matches(key, known, 1, 0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"known keys are {', '.join(known)}"
    return f"unknown key '{key}', {hint}"
