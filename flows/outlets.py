"""The outlets a user watches: `outlets.toml`, read strictly."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from flows.alerting import DIGEST, QUIET, read_policy
from flows.digest import DAILY
from flows.outletchecks import check_meanings
from flows.quiet import QuietHours, read_quiet_hours
from flows.settings import ConfigurationError
from flows.toml_places import TYPE_NAMES, Places, shown, syntax_error, unknown_key
from warehouse.alerts import AlertPolicy

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}$")
DURATION = re.compile(r"(\d{1,4})(s|m|h|d)$")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
ALERTS = "alerts"  # the one table that is no outlet
MAX_FILE_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet as configured."""

    id: str
    name: str
    feeds: tuple[str, ...]
    language: str | None = None  # ISO 639-1; None: as detected on each text
    country: str | None = None  # ISO 3166 alpha-3 of where it is edited or which state speaks through it
    sitemaps: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  # list pages: addresses with {page}, or {offset:18} for steps of 18
    article: str | None = None  # regular expression: which addresses are articles, and their identity
    prune: tuple[str, ...] = ()  # XPath of what is no part of the text
    every: timedelta | None = None  # how often at most a scheduled run looks
    enabled: bool = True
    least_articles: int | None = None  # a day; fewer are told in the run's table and by doctor
    least_text: int | None = None  # characters of an article; shorter ones are told there too


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that outlets.toml says."""

    path: Path
    outlets: tuple[Outlet, ...]
    alerts: AlertPolicy
    daily_digest: bool = False  # one message a day and channel in place of one an alert
    quiet_hours: QuietHours | None = None  # when no message is sent


KEYS: Mapping[str, Any] = {
    "name": str, "language": str, "country": str, "feeds": list, "sitemaps": list, "lists": list, "article": str,
    "prune": list, "every": str, "enabled": bool, "least_articles": int, "least_text": int,
}  # fmt: skip


def _checked_types(table: str, values: Mapping[str, Any], places: Places) -> None:
    for key, value in values.items():
        if isinstance(value, dict) and places.has_table(f"{table}.{key}"):
            mend = f"a table inside a table; an outlet's begins with its id alone: [{key}]"
            raise places.error(f"{table}.{key}", None, mend)
        if key not in KEYS:
            raise places.error(table, key, unknown_key(key, list(KEYS)))
        expected = KEYS[key]
        if type(value) is not expected or (expected is list and not all(isinstance(v, str) for v in value)):
            raise places.error(table, key, f"'{key}' must be {TYPE_NAMES[expected]}, not {shown(value)}")
    for key in ("name", "feeds"):
        if not values.get(key) and not (key == "feeds" and (values.get("sitemaps") or values.get("lists"))):
            raise places.error(
                table, key, f"'{key}' is missing or empty; an outlet needs a name, and feeds, sitemaps or lists"
            )


def _duration(table: str, text: str, places: Places) -> timedelta:
    match = DURATION.match(text)
    if not match or not int(match[1]):
        raise places.error(table, "every", f'\'every\' must be a duration such as "15m", "6h" or "1d", not {text!r}')
    return timedelta(**{UNITS[match[2]]: int(match[1])})


def _outlet(table: str, values: Mapping[str, Any], places: Places) -> Outlet:
    if not ID.match(table):
        raise places.error(table, None, "an outlet's id is made of small letters, digits and dashes, at most 64")
    _checked_types(table, values, places)
    check_meanings(table, values, places)
    every = _duration(table, values["every"], places) if "every" in values else None
    return Outlet(
        id=table,
        name=values["name"],
        feeds=tuple(values.get("feeds", ())),
        language=values.get("language"),
        country=values.get("country"),
        sitemaps=tuple(values.get("sitemaps", ())),
        lists=tuple(values.get("lists", ())),
        article=values.get("article"),
        prune=tuple(values.get("prune", ())),
        every=every,
        enabled=values.get("enabled", True),
        least_articles=values.get("least_articles"),
        least_text=values.get("least_text"),
    )


def _refuse_shared_feeds(outlets: list[Outlet], places: Places) -> None:
    owners: dict[str, str] = {}
    for outlet in outlets:
        for feed in outlet.feeds:
            if feed in owners:
                owner = "this outlet" if owners[feed] == outlet.id else f"[{owners[feed]}]"
                raise places.error(outlet.id, "feeds", f"feed {feed} is already that of {owner}; name it once")
            owners[feed] = outlet.id


def default_path() -> Path:
    """Return outlets.toml of this folder, else the one that came with the program."""
    local = Path("outlets.toml")
    if local.exists():
        return local
    packaged = Path(str(resources.files("flows") / "outlets.default.toml"))
    return packaged if packaged.exists() else Path(__file__).parent.parent / "outlets.toml"


def read_configuration(path: Path | None = None) -> Configuration:
    """Return what outlets.toml says; raises ConfigurationError with file, line, key and the mend."""
    path = path or default_path()
    try:
        raw = path.read_bytes()
        text = raw[:MAX_FILE_BYTES].decode("utf-8-sig")  # editors of some systems begin a file with a mark
        tables = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; set MUSTER_OUTLETS to your outlets.toml") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 text at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(path, error) from error
    places = Places(path, text)
    settings = tables.pop(ALERTS, {})
    outlets = []
    for table, values in tables.items():
        if not isinstance(values, dict):
            mend = "an outlet begins with its id in one pair of brackets"
            raise places.error("", table, f"'{table}' stands in no table; {mend}")
        outlets.append(_outlet(table, values, places))
    if not outlets:
        raise ConfigurationError(f"{path}: names no outlet; add one: its id in brackets, then name and feeds")
    _refuse_shared_feeds(outlets, places)
    policy = read_policy(settings, {o.id: o.name for o in outlets}, places)
    quiet = read_quiet_hours(settings[QUIET]) if QUIET in settings else None
    return Configuration(path, tuple(outlets), policy, settings.get(DIGEST) == DAILY, quiet)


def chosen_outlets(configuration: Configuration, ids: list[str] | None) -> tuple[Outlet, ...]:
    """Return the enabled outlets, or those named; raises ConfigurationError for an id that is not configured."""
    if not ids:
        return tuple(o for o in configuration.outlets if o.enabled)
    known = {o.id: o for o in configuration.outlets}
    for wanted in ids:
        if wanted not in known:
            near = difflib.get_close_matches(wanted, list(known), 1)
            hint = f"did you mean '{near[0]}'?" if near else f"it names {', '.join(known)}"
            raise ConfigurationError(f"{configuration.path}: no outlet '{wanted}'; {hint}")
    return tuple(known[i] for i in dict.fromkeys(ids))
