"""What the tests of the door share: asking a loopback newsroom through a real door."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime
from typing import TypeVar

from extractors.records import Reply
from flows.web.door import Door, HostMemory, Limits, open_door
from flows.web.guard import Resolver
from tests.newsroom.hostile import HostileNewsroom

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
QUICK = Limits(delay_seconds=0, deadline_seconds=20, page_bytes=1_000_000)
T = TypeVar("T")


def names(**known: list[str]) -> Resolver:
    """Return a resolver of these names ("_" stands for the dot); addresses as numbers go the system's way.

    It never asks the network: AI_NUMERICHOST reads 127.1, 0x7f000001 and the like as connect() would.
    """
    table = {name.replace("_", "."): found for name, found in known.items()}

    async def resolve(host: str, port: int) -> list[str]:
        if host in table:
            return table[host]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(entry[4][0]) for entry in found]

    return resolve


def through_door(
    work: Callable[[Door], Awaitable[T]],
    allow: Collection[str],
    *,
    limits: Limits = QUICK,
    resolve: Resolver | None = None,
    contact: str | None = "desk@muster.example",
    memory: HostMemory = HostMemory(),  # noqa: B008  # frozen
) -> T:
    """Return what some work with a door returns."""

    async def run() -> T:
        async with open_door(
            contact=contact,
            allow_private=allow,
            now=lambda: NOW,
            limits=limits,
            memory=memory,
            resolve=resolve or names(),
        ) as door:
            return await work(door)

    return asyncio.run(run())


def ask(room: HostileNewsroom, *paths: str, limits: Limits = QUICK) -> Reply:
    """Ask a newsroom for paths, one after the other through one door, and return the last reply."""

    async def work(door: Door) -> Reply:
        replies = [await door.get(room.url(path)) for path in paths]
        return replies[-1]

    return through_door(work, [room.netloc], limits=limits)
