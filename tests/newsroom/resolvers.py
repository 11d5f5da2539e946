"""Resolvers that lie: one that never answers, and one whose name moves from a public address to this machine."""

from __future__ import annotations

import asyncio

from flows.web.guard import Resolver

PUBLIC, HERE = "93.184.216.34", "127.0.0.1"


async def mute(host: str, port: int) -> list[str]:
    """Never answer."""
    await asyncio.Event().wait()
    return []


def rebinding(*answers: list[str]) -> Resolver:
    """Return a resolver that gives one answer after the other, and the last for ever."""
    left = list(answers) or [[PUBLIC], [HERE]]

    async def resolve(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve
