"""The HTTP door: every request that Muster makes of an outlet goes through `Door.get`."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from http.cookiejar import CookieJar
from importlib.metadata import PackageNotFoundError, version

import httpx

from extractors.records import Reply
from flows.web.decode import OFFERED
from flows.web.exchange import REDIRECTS, Answer, exchange
from flows.web.failures import FAILURES, WebFailure
from flows.web.guard import AddressGuard, Resolver, system_resolver
from flows.web.limits import Kind, Limits
from flows.web.memory import HostMemory
from flows.web.politeness import Politeness, host_key, retry_after_seconds
from flows.web.robots import PRODUCT, Robots, robots_of
from flows.web.transport import GuardedTransport
from flows.web.urls import host_of, readable, shown, without_user
from flows.web.waste import Waste

__all__ = ["FAILURES", "Door", "HostMemory", "Kind", "Limits", "open_door", "user_agent"]

ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"
# robots.txt is for those who find addresses by themselves: not for itself, nor for a file that a person names.
UNRULED = frozenset({"robots", "part"})
# A mute resolver holds a thread for as long as the system lets it; the default pool's six would stop all outlets.
RESOLVER_THREADS = 32


def user_agent(contact: str | None) -> str:
    """Return the User-Agent: product, version, and where to complain."""
    try:
        number = version("muster-news")
    except PackageNotFoundError:  # run from a checkout that is not installed
        number = "0"
    reach = "".join(c for c in contact or "" if c.isascii() and c.isprintable()).strip()
    return f"{PRODUCT}/{number}" + (f" (+{reach})" if reach else "")


class Door:
    """Fetches. Made by `open_door`; one for a run, so that pauses and robots.txt hold over all of it."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        guard: AddressGuard,
        politeness: Politeness,
        now: Callable[[], datetime],
        limits: Limits,
        memory: HostMemory,
    ) -> None:
        self._client = client
        self._guard = guard
        self._politeness = politeness
        self._now = now
        self._limits = limits
        self._memory = memory
        self._waste = Waste(limits.waste_seconds)
        self._robots: dict[str, Robots] = dict(memory.robots)
        self._robots_locks: dict[str, asyncio.Lock] = {}
        for host, until in memory.rests.items():
            politeness.rest(host, (until - now()).total_seconds())
        for origin, robots in memory.robots.items():
            politeness.slow_down(host_key(httpx.URL(origin)), robots.crawl_delay())

    async def get(
        self,
        url: str,
        *,
        kind: Kind = "page",
        etag: str | None = None,
        last_modified: str | None = None,
        part: tuple[int, int] | None = None,
    ) -> Reply:
        """Return the reply to a GET.

        Never raises for what the network or the outlet does: then `failure` is one word of FAILURES and `detail` a
        sentence with the address; it has no body, but what came of an answer of 400 or more is in `wire` for the
        archive. A 304 is no failure and has no body.
        """
        asked = {"if-none-match": etag, "if-modified-since": last_modified}
        conditions = {k: v for k, v in asked.items() if v and v.isascii() and v.isprintable()}
        if part:  # of the file as it is, not of a version packed for the way
            conditions |= {"range": f"bytes={part[0]}-{part[1]}", "accept-encoding": "identity"}
        answer = Answer(httpx.URL())
        try:
            answer.url = readable(url)
            await self._follow(answer, kind, conditions)
        except WebFailure as error:
            return self._reply(url, answer, error)
        return self._reply(url, answer, None)

    def _reply(self, url: str, answer: Answer, failure: WebFailure | None) -> Reply:
        # A user name that was asked with is no part of where the page lies.
        final = str(without_user(answer.url)) if host_of(answer.url) else url
        return Reply(
            url=url,
            final_url=final,
            fetched_at=self._now(),
            elapsed_ms=round(answer.spent * 1000),
            status=answer.status,
            headers=answer.headers,
            wire=b"" if failure and failure.reason != "http_status" else answer.wire,
            body=b"" if failure else answer.body,
            failure=failure.reason if failure else None,
            detail=f"{shown(final)}: {failure.detail}" if failure else None,
            cut=answer.cut,
        )

    async def _follow(self, answer: Answer, kind: Kind, conditions: Mapping[str, str]) -> None:
        """Make the request and follow its redirects; every hop is guarded, polite and asked of robots.txt."""
        for hop in range(self._limits.redirects + 1):
            if hop:
                answer.url = _redirect_target(answer)
            self._guard.check_url(answer.url)
            if kind not in UNRULED:
                (await self._rules(answer.url)).check(str(answer.url))
            try:
                await self._polite_exchange(answer, kind, conditions)
            except WebFailure as failure:
                if failure.reason != "truncated" and not self._is_waited_out(answer):
                    raise
                # Most often a connection that broke, or a wait that is soon over: once more, in the same deadline.
                await self._polite_exchange(answer, kind, conditions)
            if answer.status not in REDIRECTS:
                return
        raise WebFailure("redirects", f"more than {self._limits.redirects} redirects")

    async def _polite_exchange(self, answer: Answer, kind: Kind, conditions: Mapping[str, str]) -> None:
        host = host_key(answer.url)
        async with self._politeness.turn(host):
            before = answer.spent
            most = min(self._limits.deadline_seconds, before + self._waste.left(host))
            try:
                limits = replace(self._limits, deadline_seconds=round(most, 1))
                await exchange(self._client, answer, kind, conditions, limits)
            finally:
                self._waste.add(host, answer.spent - before)
                if seconds := self._wait_asked(answer):
                    self._politeness.rest(host, seconds)
                    until = self._now() + timedelta(seconds=seconds)
                    await asyncio.to_thread(self._memory.on_rest, host, until)

    def _wait_asked(self, answer: Answer) -> float:
        """Return the seconds that an answer asks us to wait, 0 where it does not."""
        wait = answer.first("retry-after")
        asks = answer.status == 429 or (answer.status == 503 and wait)
        return retry_after_seconds(wait, self._now()) if asks else 0.0

    def _is_waited_out(self, answer: Answer) -> bool:
        return 0 < self._wait_asked(answer) <= self._limits.patience_seconds

    async def robots(self, url: str) -> Robots:
        """Return what robots.txt of an address's host says; never raises for what the network or the host does."""
        try:
            return await self._rules(readable(url))
        except WebFailure as error:
            return Robots(failure=error)

    async def _rules(self, url: httpx.URL) -> Robots:
        """Return what the host's robots.txt says, asked for at the first need and once."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._robots_locks.setdefault(origin, asyncio.Lock()):
            if origin in self._robots:
                return self._robots[origin]
            reply = await self.get(f"{origin}/robots.txt", kind="robots")
            robots = robots_of(reply)
            self._memory.on_robots(reply, robots)
            self._politeness.slow_down(host_key(url), robots.crawl_delay())
            if reply.failure != "rate_limited":  # a rest that ends lets us ask later
                self._robots[origin] = robots
            return robots


def _redirect_target(answer: Answer) -> httpx.URL:
    """Return where a redirect leads; a user name or password in it is dropped, and ours stay behind."""
    location = answer.first("location")
    if not location:
        raise WebFailure("redirects", "a redirect that leads nowhere")
    try:
        return without_user(answer.url.join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as error:
        raise WebFailure("redirects", "a redirect to what is no address") from error


class _NoCookies(CookieJar):
    """Takes none: what one page sets must not follow us to the next."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Read nothing."""


@asynccontextmanager
async def open_door(
    *,
    contact: str | None,
    allow_private: Collection[str] = (),
    now: Callable[[], datetime],
    limits: Limits = Limits(),  # noqa: B008  # frozen
    memory: HostMemory = HostMemory(),  # noqa: B008  # frozen
    resolve: Resolver | None = None,
) -> AsyncIterator[Door]:
    """Give a door for one run, and close its connections afterwards.

    `allow_private` names hosts ("127.0.0.1", "localhost:8001") that may be asked although they are private; `memory`
    is what is known of hosts already; `resolve` stands in for the system's resolver.
    """
    threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="muster-dns")
    guard = AddressGuard(allow_private, resolve or system_resolver(threads), limits.dns_seconds)
    chance = random.Random()  # noqa: S311  # jitter, no secret
    clock = asyncio.get_running_loop().time
    politeness = Politeness(limits.delay_seconds, clock, chance, patience_seconds=limits.patience_seconds)
    try:
        async with httpx.AsyncClient(
            transport=GuardedTransport(guard, httpx.create_ssl_context(trust_env=False)),
            trust_env=False,
            cookies=_NoCookies(),
            headers={"user-agent": user_agent(contact), "accept": ACCEPT, "accept-encoding": OFFERED},
            timeout=httpx.Timeout(limits.deadline_seconds, connect=limits.connect_seconds),
        ) as client:
            yield Door(client, guard, politeness, now, limits, memory)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
