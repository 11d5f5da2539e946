"""Receivers of alerts that misbehave. Each takes a JSON post and keeps the message; what they answer differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.newsroom.rawserver import Behaviour, Call, RawServer


def _takes(call: Call) -> bool:
    call.answer(b"")
    return True


def _fails(call: Call) -> bool:
    call.answer(b"", status="500 Internal Server Error")
    return True


def _asks_to_wait(call: Call) -> bool:
    call.answer(b"", "Retry-After: 3600", status="429 Too Many Requests")
    return True


def _hangs(call: Call) -> None:
    call.room.closing.wait(60)


def _drips(call: Call) -> None:
    call.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    call.pieces(b"a", 0.2)


def _loses_the_reply(call: Call) -> None:
    """Take the message, and close before a word."""


def _forgets_the_first_reply(call: Call) -> bool:
    return len(call.room.calls) > 1 and _takes(call)


def _answers_garbage(call: Call) -> None:
    call.send(b"\x16\x03\x01 no protocol of yours\r\n\r\n")


SINKS: Mapping[str, Behaviour] = {
    "takes": _takes, "fails": _fails, "asks_to_wait": _asks_to_wait, "hangs": _hangs, "drips": _drips,
    "loses_the_reply": _loses_the_reply, "forgets_the_first_reply": _forgets_the_first_reply,
    "answers_garbage": _answers_garbage,
}  # fmt: skip


@dataclass
class Sink(RawServer):
    """All the receivers; `http://127.0.0.1:PORT/hangs` hangs, and so on."""

    behaviours: Mapping[str, Behaviour] = field(default_factory=lambda: {**SINKS, "not_found": _fails})

    def address(self, name: str) -> str:
        """Return a receiver's address as Apprise takes it."""
        return f"json://{self.netloc}/{name}"

    @property
    def messages(self) -> list[str]:
        """The messages that came, in order, whatever was answered."""
        return [json.loads(call.body)["message"] for call in self.calls]
