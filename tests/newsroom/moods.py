"""Misbehaviour over time: a script that each request takes one step further, and moods that a seed decides."""

from __future__ import annotations

import random

from tests.newsroom.rawserver import BODY, Behaviour, Call

REWRITTEN = BODY.replace(b"4,800", b"9,300")
STEPS = ("ok", "unavailable", "rewritten", "gone")  # an outlet's bad week
MOODY = (
    "ok",
    "empty",
    "error",
    "slam",
    "garbage",
    "gzip_cut",
    "short",
    "half_headers",
    "chunks_bad",
    "redirect_loop",
)


def _earlier(call: Call) -> int:
    """Return how often this path was asked for before this call."""
    return sum(path == call.path for path in call.room.requests) - 1


def script(call: Call) -> bool | None:
    """Answer the nth request by the nth step of the argument ("ok,unavailable,gone"), then by the last for ever."""
    steps = call.argument.split(",") if call.argument else list(STEPS)
    return call.room.behaviours[steps[min(_earlier(call), len(steps) - 1)]](call)


def moods(call: Call) -> bool | None:
    """Answer each request by a mood; the argument is the seed, and the same seed gives the same moods in order."""
    dice = random.Random(f"{call.argument} {_earlier(call)}")
    return call.room.behaviours[dice.choice(MOODY)](call)


def noise(call: Call) -> bool:
    """Answer with bytes by the seed that is the argument, and a status and headers that fit nothing."""
    dice = random.Random(call.argument)
    kind = dice.choice(("text/html", "application/rss+xml", "image/png", "text/plain; charset=utf-16"))
    call.answer(dice.randbytes(dice.randrange(20_000)), f"Content-Type: {kind}")
    return True


def rewritten(call: Call) -> bool:
    """Answer with the usual page and another number in it."""
    call.answer(REWRITTEN, "Content-Type: text/html; charset=utf-8")
    return True


OVER_TIME: dict[str, Behaviour] = {f.__name__: f for f in (script, moods, noise, rewritten)}
