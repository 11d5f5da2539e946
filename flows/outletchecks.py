"""Whether what outlets.toml says of an outlet can be meant; each refusal says the mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from extractors.addresses import compile_pattern
from flows.sources.listpage import is_list_address, list_address
from flows.toml_places import Places

ONE_ELEMENT = etree.fromstring("<html/>")


def check_meanings(table: str, values: Mapping[str, Any], places: Places) -> None:
    """Raise ConfigurationError for the first value that cannot be meant."""
    for key, problem in CHECKS.items():
        if key not in values:
            continue
        for value in values[key] if isinstance(values[key], list) else [values[key]]:
            if said := problem(value):
                colon = "" if said.startswith(("is ", "must ")) else ":"
                raise places.error(table, key, f"'{key}'{colon} {said}")


def _address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        is_web = False
    if not is_web or re.search(r"\s", url):
        return f"{url!r} is no http or https address; write it as https://outlet.example/rss"
    if "@" in urlsplit(url).netloc:
        return "an address with a name and a password; leave them out: addresses are stored and shown"
    return None


def _list_address(template: str) -> str | None:
    if not is_list_address(template):
        return f"{template!r} has no place for the page; write {{page}} in it, or {{offset:18}} for steps of 18"
    return _address(list_address(template, 0))


def _pattern(text: str) -> str | None:
    if not text:
        return "is empty; leave the key out where every address is an article"
    try:
        compile_pattern(text)
    except ValueError as error:
        return f"is no regular expression of RE2: {error}"
    return None


def _xpath(text: str) -> str | None:
    try:
        found = etree.XPath(text)(ONE_ELEMENT)
    except etree.XPathError as error:
        return f"{text!r} is no XPath: {error}; write it as //aside or //*[contains(@class,'promo')]"
    return None if isinstance(found, list) else f"{text!r} selects no part of a page; write it as //aside"


def _name(text: str) -> str | None:
    return None if text.strip() else "is blank; give the outlet's name"


def _language(text: str) -> str | None:
    return None if re.fullmatch("[a-z]{2}", text) else f'must be two small letters such as "en", not {text!r}'


def _country(text: str) -> str | None:
    return None if re.fullmatch("[A-Z]{3}", text) else f'must be three capitals such as "UKR", not {text!r}'


def _least(count: int) -> str | None:
    return None if count >= 1 else f"must be 1 or more, not {count}; leave it out for no check"


CHECKS: Mapping[str, Callable[[Any], str | None]] = {
    "name": _name, "feeds": _address, "sitemaps": _address, "lists": _list_address, "article": _pattern,
    "prune": _xpath, "language": _language, "country": _country, "least_articles": _least, "least_text": _least,
}  # fmt: skip
