"""Addresses as the door reads them, and as it shows them to people."""

from __future__ import annotations

import httpx

from flows.web.failures import WebFailure


def readable(url: str) -> httpx.URL:
    """Return an address without its fragment. Raises WebFailure bad_url for what is none."""
    try:
        return httpx.URL(url).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise WebFailure("bad_url", "not an address") from error


def host_of(url: httpx.URL) -> str:
    """Return the host as it is asked for, an internationalised name in its xn-- form.

    httpx's own `host` would decode it, and raises for an xn-- that means nothing.
    """
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """Return the port that a request to this address goes to."""
    return url.port or (443 if url.scheme == "https" else 80)


def without_user(url: httpx.URL) -> httpx.URL:
    """Return an address without its user name and password."""
    return url.copy_with(username=None, password=None) if url.userinfo else url


def shown(url: str | httpx.URL) -> str:
    """Return an address fit for logs: no user name, password, query or fragment, for these may be secret."""
    try:
        parsed = httpx.URL(url)
        bare = parsed.copy_with(username=None, password=None, query=None, fragment=None)
    except (httpx.InvalidURL, ValueError):
        return "an address that cannot be read"
    if not host_of(parsed):
        return f"an address with scheme '{parsed.scheme}'" if parsed.scheme else "an address without a host"
    return str(bare) + ("?…" if parsed.query else "")
