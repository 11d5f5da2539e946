"""What the user wants to be told: the `[alerts]` table of outlets.toml, read strictly."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from extractors.records import Item, Measure
from flows.digest import DAILY
from flows.quiet import read_quiet_hours
from flows.toml_places import TYPE_NAMES, Places, shown, unknown_key
from warehouse.alerts import ON_REQUEST, RULES, AlertPolicy

TABLE = "alerts"
# Key → the values allowed, where the vocabulary is closed; codes and outlets are open.
LISTS: Mapping[str, tuple[str, ...] | None] = {
    "subjects": None, "items": get_args(Item), "measures": get_args(Measure), "places": None, "claimants": None,
    "outlets": None,
}  # fmt: skip
COUNTRY = re.compile("[A-Z]{3}")
DIGEST = "digest"
DIGESTS = (DAILY,)  # how often; without the key each alert goes out by itself
QUIET = "quiet_hours"
KEYS = (*RULES, *ON_REQUEST, "least_number", DIGEST, QUIET, *LISTS)


def _type_of(key: str) -> type:
    if key in (DIGEST, QUIET):
        return str
    return bool if key in (*RULES, *ON_REQUEST) else int if key == "least_number" else list


def _refuse_unknown_words(key: str, words: list[str], allowed: tuple[str, ...], places: Places) -> None:
    for word in words:
        if word not in allowed:
            near = difflib.get_close_matches(word, allowed, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(allowed)}"
            raise places.error(TABLE, key, f"'{key}': unknown '{word}', {hint}")


def _refuse_bad_hours(value: str, places: Places) -> None:
    try:
        read_quiet_hours(value)
    except ValueError as error:
        raise places.error(TABLE, QUIET, f"'{QUIET}': {shown(value)} {error}") from error


def _checked(values: Mapping[str, Any], known_outlets: Mapping[str, str], places: Places) -> None:
    for key, value in values.items():
        if key not in KEYS:
            raise places.error(TABLE, key, unknown_key(key, list(KEYS)))
        words: list[Any] = value if isinstance(value, list) else [value] if key == DIGEST else []
        if type(value) is not _type_of(key) or not all(isinstance(word, str) for word in words):
            raise places.error(TABLE, key, f"'{key}' must be {TYPE_NAMES[_type_of(key)]}, not {shown(value)}")
        allowed = tuple(known_outlets) if key == "outlets" else DIGESTS if key == DIGEST else LISTS.get(key)
        if allowed:
            _refuse_unknown_words(key, words, allowed, places)
        for word in words if key == "places" else ():
            if not COUNTRY.fullmatch(word):
                raise places.error(TABLE, key, f"'{key}': {word!r} is no country; write it as \"UKR\"")
        if key == QUIET:
            _refuse_bad_hours(str(value), places)
        if key == "least_number" and isinstance(value, int) and value < 0:
            raise places.error(TABLE, key, f"'{key}' must be 0 or more, not {value}")


def read_policy(values: Any, outlet_names: Mapping[str, str], places: Places) -> AlertPolicy:
    """Return the policy that `[alerts]` states; raises ConfigurationError with line, key and the mend."""
    if not isinstance(values, dict):
        raise places.error("", TABLE, f"'{TABLE}' must be a table")
    _checked(values, outlet_names, places)
    return AlertPolicy(
        off=frozenset(rule for rule in RULES if values.get(rule) is False),
        on=frozenset(rule for rule in ON_REQUEST if values.get(rule)),
        least_number=values.get("least_number"),
        outlet_names=MappingProxyType(dict(outlet_names)),
        **{key: frozenset(values.get(key, ())) for key in LISTS},
    )
