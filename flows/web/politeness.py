"""Politeness: one request a host at a time, a pause between two, and Retry-After obeyed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from flows.web.failures import WebFailure
from flows.web.guard import WEB_PORTS
from flows.web.urls import host_of, port_of

LEAST_WAIT, DEFAULT_WAIT, MOST_WAIT = 1.0, 60.0, 24 * 3600.0  # seconds, of Retry-After
MOST_CRAWL_DELAY = 30.0  # seconds; a larger one would make a host's pages take longer than the news lives
JITTER = 0.5  # a pause is up to this much longer than the least one, so that hosts do not see a clock


def retry_after_seconds(value: str | None, now: datetime) -> float:
    """Return the wait that a Retry-After header asks for, seconds or an HTTP date, within 1 s and 24 h.

    What is absent, negative or nonsense gives the default of one minute.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(max(float(text[:12]), LEAST_WAIT), MOST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return DEFAULT_WAIT
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), LEAST_WAIT), MOST_WAIT)


def host_key(url: httpx.URL) -> str:
    """Return what counts as one host: the name, with its port where that is not one of the web's."""
    port = port_of(url)
    return host_of(url) if port in WEB_PORTS else f"{host_of(url)}:{port}"


class _Host:
    def __init__(self) -> None:
        self.turn = asyncio.Lock()  # first come, first served
        self.free_at = 0.0  # monotonic: when the next request may begin
        self.resting_until = 0.0  # monotonic: Retry-After
        self.delay = 0.0  # the host's own wish (crawl-delay)


class Politeness:
    """Keeps the hosts of one door. `monotonic` and `sleep` are the loop's clock; `chance` makes the jitter."""

    def __init__(
        self,
        delay_seconds: float,
        monotonic: Callable[[], float],
        chance: random.Random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience_seconds: float = 0.0,
    ) -> None:
        self._delay = delay_seconds
        self._monotonic = monotonic
        self._chance = chance
        self._sleep = sleep
        self._patience = patience_seconds
        self._hosts: dict[str, _Host] = {}

    def _host(self, key: str) -> _Host:
        return self._hosts.setdefault(key, _Host())

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Wait for a host's turn and pause, and hold it while a request is made.

        Raises WebFailure rate_limited at once while the host rests for longer than our patience.
        """
        host = self._host(key)
        self._refuse_resting(host)
        async with host.turn:
            self._refuse_resting(host)
            await self._sleep(max(0.0, max(host.free_at, host.resting_until) - self._monotonic()))
            try:
                yield
            finally:
                pause = max(self._delay, host.delay) * (1 + JITTER * self._chance.random())
                host.free_at = self._monotonic() + pause

    def _refuse_resting(self, host: _Host) -> None:
        left = host.resting_until - self._monotonic()
        if left > self._patience:
            raise WebFailure("rate_limited", f"the host asked us to wait; {left:.0f} s of that are left")

    def rest(self, key: str, seconds: float) -> None:
        """Let a host rest: requests to it fail until the time has passed."""
        host = self._host(key)
        host.resting_until = max(host.resting_until, self._monotonic() + seconds)

    def slow_down(self, key: str, seconds: float) -> None:
        """Take a host's crawl-delay as the least pause, within reason."""
        self._host(key).delay = min(max(seconds, 0.0), MOST_CRAWL_DELAY)
