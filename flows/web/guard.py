"""The address guard: which hosts and ports may be connected to, decided on the addresses that a name resolves to."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import Executor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from flows.web.failures import WebFailure
from flows.web.urls import host_of, port_of

Address = IPv4Address | IPv6Address
Resolver = Callable[
    [str, int], Awaitable[list[str]]
]  # a name and a port to its addresses; OSError when there are none

WEB_PORTS = frozenset({80, 443})
# A host as it goes into the request: a name (internationalised ones in their xn-- form) or an address. httpx would
# let others through as %20 and the like.
HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9_])?\.?|[0-9a-f:.]*:[0-9a-f:.]*(?:%[a-z0-9.]+)?", re.I)

# IANA special-purpose registries. `is_global` alone lets several of these through (measured: multicast, NAT64, 6to4,
# IPv4-compatible, site-local), so they are named. IPv6 has an allow-list: global unicast less its specials.
SPECIAL_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
        "198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
GLOBAL_V6 = IPv6Network("2000::/3")
SPECIAL_V6 = tuple(
    IPv6Network(net) for net in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()
)
NAT64 = IPv6Network("64:ff9b::/96")

LONGEST_NAME = 253  # characters, RFC 1035 2.3.4


def is_public(address: Address) -> bool:
    """Return whether an address is one of the open web.

    An IPv4 address inside an IPv6 one (mapped, or by the well-known NAT64 prefix, which IPv6-only networks need) is
    judged by itself.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in GLOBAL_V6 and not any(address in net for net in SPECIAL_V6)
    return address.is_global and not any(address in net for net in SPECIAL_V4)


def system_resolver(threads: Executor) -> Resolver:
    """Return the system's resolver, which blocks, on threads; addresses come in its order of preference."""

    def look_up(host: str, port: int) -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    async def resolve(host: str, port: int) -> list[str]:
        return await asyncio.get_running_loop().run_in_executor(threads, look_up, host, port)

    return resolve


def _split_entry(entry: str) -> tuple[str, int | None]:
    """Read an entry of MUSTER_ALLOW_PRIVATE: a host, or a host and a port; IPv6 with a port has brackets."""
    host, _, port = entry.strip().lower().rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        return host[1:-1], int(port) if port.isdecimal() else None
    if host and ":" not in host and port.isdecimal():
        return host, int(port)
    return entry.strip().lower().strip("[]"), None


def _has_readable_name(url: httpx.URL) -> bool:
    """Return whether an xn-- host means something; httpx raises later, and anywhere, for one that does not."""
    try:
        return bool(url.host)
    except UnicodeError:
        return False


def _check_port(port: int) -> None:
    if port not in WEB_PORTS:
        raise WebFailure("refused_address", f"port {port} is not one of the web's")


class AddressGuard:
    """Decides on addresses. `allow` names the hosts ("localhost", "127.0.0.1:8001") that are excepted."""

    def __init__(self, allow: Collection[str], resolve: Resolver, dns_seconds: float) -> None:
        self._allow = frozenset(_split_entry(entry) for entry in allow if entry.strip())
        self._resolve = resolve
        self._dns_seconds = dns_seconds

    def is_allowed(self, host: str, port: int) -> bool:
        """Return whether the user has excepted this host, by the name that is asked for."""
        return (host.lower(), None) in self._allow or (host.lower(), port) in self._allow

    def check_url(self, url: httpx.URL) -> None:
        """Refuse what needs no resolving: the scheme, the port, an address written as a number.

        Raises WebFailure bad_url or refused_address.
        """
        if url.scheme not in ("http", "https"):
            raise WebFailure("bad_url", "only http and https are fetched")
        host, port = host_of(url), port_of(url)
        if not HOST.fullmatch(host) or len(host) > LONGEST_NAME or not _has_readable_name(url):
            raise WebFailure("bad_url", "no host in the address" if not host else "a host that is no name")
        if self.is_allowed(host, port):
            return
        _check_port(port)
        try:
            literal = ip_address(host)
        except ValueError:
            return
        if not is_public(literal):
            raise WebFailure("refused_address", f"{literal} is private or special")

    async def checked_addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses to connect to, after all addresses of the name have been checked.

        One bad address among good ones refuses the name: it is how a rebinding name looks.
        Raises WebFailure dns or refused_address.
        """
        try:
            async with asyncio.timeout(self._dns_seconds):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise WebFailure("dns", f"the name was not resolved in {self._dns_seconds:g} s") from error
        except (OSError, UnicodeError) as error:
            raise WebFailure("dns", "the name does not resolve") from error
        if not found:
            raise WebFailure("dns", "the name has no address")
        if self.is_allowed(host, port):
            return found
        _check_port(port)
        for address in found:
            if not is_public(ip_address(address)):
                raise WebFailure("refused_address", f"the name resolves to {address}, which is private or special")
        return found
