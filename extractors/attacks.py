"""Attacks of the past that news goes on naming: "Benghazi" with "four Americans" is September 2012, in Libya."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from extractors.numbers import NumberMatch


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack with a name: its day, its country ("" where it lies in none or several), whose people and how
    many it harmed."""

    day: date
    country: str
    victims: str | None
    name: re.Pattern[str]
    tolls: frozenset[int]


@functools.cache
def _attacks() -> tuple[Attack, ...]:
    """Return the attacks of gazetteer/attacks.toml, read once a process."""
    table = tomllib.loads((files("extractors") / "gazetteer" / "attacks.toml").read_text(encoding="utf-8"))
    return tuple(
        Attack(
            row["day"],
            row["country"],
            row.get("victims"),
            re.compile(rf"\b(?:{row['name']})\b"),
            frozenset(row["tolls"]),
        )
        for row in table["attack"]
    )


def named_attack(text: str, number: NumberMatch, published: date | None) -> Attack | None:
    """Return the attack that a number of victims is of, as a text published on a day names it; else None."""
    told = {n for n in (number.low, number.high) if n is not None}
    for attack in _attacks():
        if told & attack.tolls and (published is None or attack.day <= published) and attack.name.search(text):
            return attack
    return None
