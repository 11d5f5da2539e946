"""The HTTP door: every request that Muster makes of an outlet goes through `Door.get`."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import httpcore
import httpx

from extractors.records import Reply
from flows.web.decode import OFFERED, content_decoder
from flows.web.failures import FAILURES, WebFailure, shown
from flows.web.guard import AddressGuard, Resolver, system_addresses
from flows.web.politeness import Politeness, host_key, retry_after_seconds
from flows.web.robots import MOST_BYTES, PRODUCT, Robots, robots_of
from flows.web.transport import GuardedTransport

__all__ = ["FAILURES", "Door", "Kind", "Limits", "open_door", "user_agent"]

Kind = Literal["page", "feed", "sitemap", "robots"]
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Sizes hold for the body as sent and for the body decoded."""

    page_bytes: int = 10_000_000
    feed_bytes: int = 50_000_000  # sitemaps.org allows 50 MB, feeds are given the same
    deadline_seconds: float = 60  # the network's share of a request, redirects included, our own pauses not
    connect_seconds: float = 10
    dns_seconds: float = 5
    redirects: int = 5
    delay_seconds: float = 1.0  # least pause between two requests to a host

    def most_bytes(self, kind: Kind) -> int:
        """Return the size that a body of this kind may have."""
        if kind == "robots":
            return MOST_BYTES
        return self.page_bytes if kind == "page" else self.feed_bytes


def user_agent(contact: str | None) -> str:
    """Return the User-Agent: product, version, and where to complain."""
    try:
        number = version("muster-news")
    except PackageNotFoundError:  # run from a checkout that is not installed
        number = "0"
    reach = "".join(c for c in contact or "" if c.isascii() and c.isprintable()).strip()
    return f"{PRODUCT}/{number}" + (f" (+{reach})" if reach else "")


@dataclass
class _Answer:
    """A reply in the making: what is known of it so far, for when it fails half-way."""

    url: httpx.URL
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    wire: bytes = b""
    body: bytes = b""
    spent: float = 0.0  # seconds of network time

    def values(self, name: str) -> list[str]:
        return [v for k, v in self.headers if k.lower() == name]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class Door:
    """Fetches. Made by `open_door`; one for a run, so that pauses and robots.txt hold over all of it."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        guard: AddressGuard,
        politeness: Politeness,
        now: Callable[[], datetime],
        limits: Limits,
    ) -> None:
        self._client = client
        self._guard = guard
        self._politeness = politeness
        self._now = now
        self._limits = limits
        self._robots: dict[str, Robots] = {}
        self._robots_locks: dict[str, asyncio.Lock] = {}

    async def get(
        self, url: str, *, kind: Kind = "page", etag: str | None = None, last_modified: str | None = None
    ) -> Reply:
        """Return the reply to a GET.

        Never raises for what the network or the outlet does: then `failure` is one word of FAILURES and `detail` a
        sentence. 304 has no failure and no body. A failed reply has an empty `body`; `wire` holds what came.
        """
        asked = {"if-none-match": etag, "if-modified-since": last_modified}
        conditions = {k: v for k, v in asked.items() if v and v.isascii() and v.isprintable()}
        answer = _Answer(httpx.URL("http://invalid.invalid/"))
        failure: WebFailure | None = None
        try:
            answer.url = self._readable(url)
            await self._follow(answer, kind, conditions)
        except WebFailure as error:
            failure = error
        return Reply(
            url=url,
            final_url=str(answer.url) if answer.url.host != "invalid.invalid" else url,
            fetched_at=self._now(),
            elapsed_ms=round(answer.spent * 1000),
            status=answer.status,
            headers=answer.headers,
            wire=answer.wire,
            body=b"" if failure else answer.body,
            failure=failure.reason if failure else None,
            detail=failure.detail if failure else None,
        )

    def _readable(self, url: str) -> httpx.URL:
        try:
            return httpx.URL(url).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise WebFailure("bad_url", f"{shown(url)}: not an address") from error

    async def _follow(self, answer: _Answer, kind: Kind, conditions: dict[str, str]) -> None:
        """Make the request and follow its redirects; every hop is guarded, polite and asked of robots.txt."""
        for hop in range(self._limits.redirects + 1):
            self._guard.check_url(answer.url)
            if kind != "robots":
                (await self._rules(answer.url)).check(str(answer.url))
            async with self._politeness.turn(host_key(answer.url)):
                await self._timed(answer, kind, conditions)
            if answer.status not in REDIRECTS:
                return
            if hop < self._limits.redirects:
                answer.url = self._target(answer)
        raise WebFailure("redirects", f"{shown(answer.url)}: more than {self._limits.redirects} redirects")

    def _target(self, answer: _Answer) -> httpx.URL:
        """Return where a redirect leads; a user name or password in it is dropped."""
        location = next(iter(answer.values("location")), "")
        if not location:
            raise WebFailure("redirects", f"{shown(answer.url)}: a redirect that leads nowhere")
        try:
            target = answer.url.join(location)
        except (httpx.InvalidURL, ValueError) as error:
            raise WebFailure("redirects", f"{shown(answer.url)}: a redirect to what is no address") from error
        return target.copy_with(username=None, password=None, fragment=None)

    async def _rules(self, url: httpx.URL) -> Robots:
        """Return the host's robots.txt, fetched at the first need."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._robots_locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._robots:
                robots = robots_of(await self.get(f"{origin}/robots.txt", kind="robots"))
                self._politeness.slow_down(host_key(url), robots.crawl_delay())
                self._robots[origin] = robots
        return self._robots[origin]

    async def _timed(self, answer: _Answer, kind: Kind, conditions: dict[str, str]) -> None:
        """Make one hop inside what is left of the deadline, and name what the libraries raise.

        The deadline is by the wall clock: httpx's own timeouts start again with every byte that drips in.
        """
        loop = asyncio.get_running_loop()
        began, where = loop.time(), shown(answer.url)
        answer.status, answer.headers = None, ()
        try:
            async with asyncio.timeout(max(0.0, self._limits.deadline_seconds - answer.spent)):
                await self._hop(answer, kind, conditions)
        except WebFailure as error:
            detail = error.detail if answer.url.host in error.detail else f"{where}: {error.detail}"
            raise WebFailure(error.reason, detail) from error
        except TimeoutError as error:
            raise WebFailure("timeout", f"{where}: not done in {self._limits.deadline_seconds:g} s") from error
        except httpcore.TimeoutException as error:
            raise WebFailure("timeout", f"{where}: no connection in {self._limits.connect_seconds:g} s") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, httpx.InvalidURL) as error:
            raise self._named(error, answer, where) from error
        finally:
            answer.spent += loop.time() - began

    def _named(self, error: Exception, answer: _Answer, where: str) -> WebFailure:
        if answer.status is not None:
            return WebFailure("truncated", f"{where}: connection closed in the middle of the body")
        if isinstance(error, ssl.SSLError) or isinstance(error.__cause__ or error.__context__, ssl.SSLError):
            return WebFailure("tls", f"{where}: no trusted TLS connection")
        if isinstance(error, httpcore.ProtocolError):
            return WebFailure("bad_response", f"{where}: the answer is not HTTP")
        return WebFailure("connect", f"{where}: connection closed before an answer")

    async def _hop(self, answer: _Answer, kind: Kind, conditions: dict[str, str]) -> None:
        request = self._client.build_request("GET", answer.url, headers=conditions)
        response = await self._client.send(request, stream=True, follow_redirects=False)
        try:
            answer.status = response.status_code
            answer.headers = tuple((_text(k), _text(v)) for k, v in response.headers.raw)
            answer.url = answer.url.copy_with(username=None, password=None)
            await self._take(answer, response, kind, bool(conditions))
        finally:
            await response.aclose()

    async def _take(self, answer: _Answer, response: httpx.Response, kind: Kind, conditional: bool) -> None:
        """Judge the status and read the body if it is wanted."""
        status, most = response.status_code, self._limits.most_bytes(kind)
        if status >= 400:
            if status == 429 or (status == 503 and answer.values("retry-after")):
                wait = retry_after_seconds(next(iter(answer.values("retry-after")), None), self._now())
                self._politeness.rest(host_key(answer.url), wait)
            raise WebFailure("http_status", f"{shown(answer.url)}: answered {status}")
        if (status == 304 and conditional) or status in REDIRECTS:
            return
        if status in (304, 206) or not 200 <= status < 300:
            raise WebFailure("bad_response", f"{shown(answer.url)}: answered {status}, which was not asked for")
        await self._read(answer, response, most, cut=kind == "robots")

    async def _read(self, answer: _Answer, response: httpx.Response, most: int, *, cut: bool) -> None:
        """Read and decode the body; with `cut`, what goes over the size is left out instead of being a failure."""
        length = next(iter(answer.values("content-length")), "")
        if not cut and length.isdecimal() and int(length[:18]) > most:
            raise WebFailure("too_large", f"body of {int(length[:18]):,} bytes, more than {most:,}")
        decoder = content_decoder(answer.values("content-encoding"), most)
        wire = bytearray()
        try:
            async for part in response.aiter_raw():
                wire += part
                if len(wire) > most:
                    raise WebFailure("too_large", f"body of more than {most:,} bytes")
                decoder.feed(part)
        except WebFailure as error:
            if not (cut and error.reason == "too_large"):
                raise
            answer.body = decoder.so_far()
            return
        answer.wire, answer.body = bytes(wire), decoder.finish()


@asynccontextmanager
async def open_door(
    *,
    contact: str | None,
    allow_private: Collection[str] = (),
    now: Callable[[], datetime],
    limits: Limits = Limits(),  # frozen
    resolve: Resolver = system_addresses,
) -> AsyncIterator[Door]:
    """Give a door for one run, and close its connections afterwards.

    `allow_private` names hosts ("127.0.0.1", "localhost:8001") that may be asked although they are private.
    """
    guard = AddressGuard(allow_private, resolve, limits.dns_seconds)
    chance = random.Random()  # noqa: S311  # jitter, no secret
    async with httpx.AsyncClient(
        transport=GuardedTransport(guard, httpx.create_ssl_context(trust_env=False)),
        trust_env=False,
        headers={"user-agent": user_agent(contact), "accept": ACCEPT, "accept-encoding": OFFERED},
        timeout=httpx.Timeout(limits.deadline_seconds, connect=limits.connect_seconds),
    ) as client:
        # No cookies: what one page sets must not follow us to the next.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        politeness = Politeness(limits.delay_seconds, asyncio.get_running_loop().time, chance)
        yield Door(client, guard, politeness, now, limits)
