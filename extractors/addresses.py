"""Addresses of articles: their canonical form, what makes two of them the same article, the day they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import re2

from extractors.records import key64

DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that tell where a reader came from, never which page it is.
TRACKING = re.compile(
    r"^(?:utm_\w+|at_(?:medium|campaign|link\w*|custom\d|bbc\w*|ptr\w*|format)|mc_[ce]id|ga_\w+|pk_\w+|mtm_\w+|hsa_\w+|"
    r"vero_\w+|oly_\w+|fb_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|"
    r"mkt_tok|wt_?zmc|wt_mc|cmpid|cmp|icid|ncid|ocid|smid|xtor|ref_src|ref_url|rss|outputtype|smtyp|spm|"
    r"traffic_source|recirc|_ga|_gl|_hsenc|_hsmi|__twitter_impression|amp_js_v|usqp)$",
    re.IGNORECASE,
)
GROUPS = frozenset({"id", "year", "month", "day"})
SAFE_IN_PATH = "/:@!$&'()*+,;=-._~%"
YEAR, MONTH, DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<day>0?[1-9]|[12]\d|3[01])"
MONTH2, DAY2 = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
LAID_OUT_BY_DAY = re.compile(rf"/{YEAR}/{MONTH}/{DAY}(?:/|$)")
DATED_SHAPES = (
    LAID_OUT_BY_DAY,
    re.compile(rf"(?<!\d){YEAR}([-_./]){MONTH2}\2{DAY2}(?!\d)"),
    re.compile(rf"(?<!\d){YEAR}/?{MONTH2}/?{DAY2}(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"),
)
YEARS = range(1990, 2100)
EDITION = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+")
EDITION_PARTS = frozenset({"amp", "amp.html", "print", "pdf", "index.html", "index.htm", "index.php"})
SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jsp|cgi|do|cfm|pl)$")
SURE_SLUG = 15
LEAST_SLUG = 8  # characters of a path's part that can only be one article's


class Match(Protocol):
    """The part of a match object that is used here."""

    def groupdict(self) -> dict[str, str | None]:
        """Return the named groups."""


class AddressPattern(Protocol):
    """A compiled pattern; google-re2 gives its own type no public name."""

    def search(self, text: str) -> Match | None:
        """Return the first match in a text, or None."""


Pattern = str | AddressPattern | None


@dataclass(frozen=True, slots=True)
class AddressDay:
    """The day in an address. `firm`: the address is laid out by year, month and day, not merely shaped so."""

    day: date
    firm: bool


def canonical_url(url: str) -> str:
    """Return an address without what does not tell pages apart; the same for an address already canonical.

    Lower-cased scheme and host, no default port, user, fragment or tracking parameters; the order of the other
    parameters is kept, since for some sites it matters. What is no http address comes back stripped, and no more.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in DEFAULT_PORTS or not host:
        return url
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    kept = [pair for pair in parts.query.split("&") if pair and not TRACKING.match(unquote(pair.split("=")[0]))]
    return urlunsplit((scheme, netloc, quote(parts.path, safe=SAFE_IN_PATH) or "/", "&".join(kept), ""))


def compile_pattern(pattern: str) -> AddressPattern:
    """Return an outlet's `article` pattern compiled; raises ValueError that says what is wrong with it.

    google-re2 matches in time linear in the address, whatever the pattern; it knows no look-around or back-reference.
    """
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        cause = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error.args[0])
        raise ValueError(f"article pattern {pattern!r}: {cause}") from error
    unknown = sorted(set(compiled.groupindex) - GROUPS)
    if unknown:
        raise ValueError(f"article pattern {pattern!r}: unknown group {unknown[0]!r}, known are {sorted(GROUPS)}")
    date_groups = set(compiled.groupindex) & {"year", "month", "day"}
    if date_groups and len(date_groups) < 3:
        raise ValueError(
            f"article pattern {pattern!r}: a date has year, month and day, not only {sorted(date_groups)}"
        )
    return compiled  # type: ignore[no-any-return]  # google-re2 ships no types


@lru_cache(maxsize=256)
def _compile_once(pattern: str) -> AddressPattern:
    return compile_pattern(pattern)


def _search(pattern: Pattern, address: str) -> Match | None:
    if pattern is None:
        return None
    return (_compile_once(pattern) if isinstance(pattern, str) else pattern).search(address)


def is_article_address(url: str, pattern: Pattern) -> bool:
    """Tell whether an address is one of an article: the pattern is found in it; without a pattern, every one is."""
    return pattern is None or _search(pattern, canonical_url(url)) is not None


def article_key(outlet: str, url: str, pattern: Pattern) -> int:
    """Return the identity of an article: the outlet with its own number for it, else with the canonical address."""
    address = canonical_url(url)
    match = _search(pattern, address)
    number = match.groupdict().get("id") if match else None
    return key64(outlet, "id", number) if number else key64(outlet, "url", _same_page(address))


def own_address(fetched: str, declared: str | None, pattern: Pattern = None) -> str:
    """Return the canonical address of a page: the one it declares of itself where that can be the same article's.

    Sites declare wrongly too: the front page, the list, one address for all. So the declared one must be of the same
    site, hold the slug or the number of the fetched one (a short slug: also the numbers in its parameters), and match
    the outlet's pattern if the fetched one does. Then an AMP page, a print page and a moved section are one article.
    """
    address = canonical_url(fetched)
    if not declared or not declared.strip():
        return address
    try:
        other = canonical_url(urljoin(address, declared.strip()))
        here, there = urlsplit(address), urlsplit(other)
    except ValueError:
        return address
    shared = _telling(here.path) & _telling(there.path)
    asked = set(re.findall(r"\d+", here.query))
    if not (
        _same_site(here.netloc, there.netloc) and (shared or any(len(n) >= 5 and n in there.path for n in asked))
    ):
        return address
    sure = any(part.isdigit() or len(part) >= SURE_SLUG for part in shared)
    if not sure and asked - set(re.findall(r"\d+", other)):
        return address
    return other if is_article_address(other, pattern) or not is_article_address(address, pattern) else address


def _same_site(host: str, other: str) -> bool:
    return EDITION.sub("", host) == EDITION.sub("", other)


def _telling(path: str) -> set[str]:
    """Return what in a path tells one article of a site from the others: its slug, long numbers that are no date."""
    segments = [unquote(part).lower() for part in path.split("/") if part]
    while segments and (segments[-1] in EDITION_PARTS or len(segments[-1]) < LEAST_SLUG):
        segments.pop()
    slug = re.sub(r"(?:\.\w{2,5})+$", "", segments[-1]) if segments and not SCRIPT.search(segments[-1]) else ""
    told = set(re.findall(r"\d{5,}", DATED_SHAPES[2].sub("", path)))
    return told | {slug} if re.search(r"[-_]|\d", slug) else told


def address_day(url: str, pattern: Pattern = None) -> AddressDay | None:
    """Return the day that an address names, and whether it is laid out by day; None if it names none.

    The pattern's groups year, month and day are believed first, then /2021/12/01/, then 2021-12-01 and 20211201
    anywhere in the path; never a number that makes no date between 1990 and 2099.
    """
    match = _search(pattern, canonical_url(url))
    if match and (day := _day(match.groupdict())):
        return AddressDay(day, firm=True)
    try:
        path = urlsplit(url.strip()).path
    except ValueError:
        return None
    for shape in DATED_SHAPES:
        for found in shape.finditer(path):
            if day := _day(found.groupdict()):
                return AddressDay(day, firm=shape is LAID_OUT_BY_DAY)
    return None


def address_date(url: str, pattern: Pattern = None) -> date | None:
    """Return the day that an address names, or None; see address_day."""
    found = address_day(url, pattern)
    return found.day if found else None


def _day(groups: dict[str, str | None]) -> date | None:
    try:
        day = date(int(groups.get("year") or ""), int(groups.get("month") or ""), int(groups.get("day") or ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _same_page(address: str) -> str:
    """Return an address with what may differ for one page evened out: scheme, "www.", a slash at the end."""
    return re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/")
