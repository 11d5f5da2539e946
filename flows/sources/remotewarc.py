"""A WARC file behind an address, read by range requests: a part at a time, so that memory does not grow with it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import IO, Literal, cast
from urllib.parse import unquote, urlsplit

from extractors.records import Reply
from flows.web.limits import PART_BYTES

TRIES = 3  # a request that failed for the moment is made again; the door keeps the pauses
BUFFER = 64 * 1024
CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})$")

# What asks for the bytes from one place to another, both included.
AskPart = Callable[[int, int], Reply]


def is_address(place: str) -> bool:
    """Tell whether a place is a web address and not the path of a file."""
    return place.lower().startswith(("http://", "https://"))


class RemoteWarc:
    """The file. Reading it raises OSError, with the reason, where a part of it cannot be had."""

    def __init__(self, url: str, ask: AskPart, part_bytes: int = PART_BYTES) -> None:
        self.url, self._ask, self._part_bytes = url, ask, part_bytes

    @property
    def name(self) -> str:
        """The last part of its path."""
        return unquote(urlsplit(self.url).path).rpartition("/")[2] or self.url

    def open(self, mode: Literal["rb"]) -> IO[bytes]:  # noqa: ARG002  # as a Path has it
        """Return it open for reading from its start; nothing is asked for yet."""
        return cast(IO[bytes], io.BufferedReader(_Parts(self._ask, self._part_bytes), BUFFER))


class _Parts(io.RawIOBase):
    def __init__(self, ask: AskPart, part_bytes: int) -> None:
        self._ask, self._part_bytes = ask, part_bytes
        self._at = 0  # where the next byte is read
        self._part, self._part_at = b"", 0
        self._size: int | None = None
        self._version: tuple[str | None, ...] | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the start")
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer; BufferedReader gives this
        if self._size is not None and self._at >= self._size:
            return 0
        if not self._part_at <= self._at < self._part_at + len(self._part):
            self._part, self._part_at = self._fetch(self._at), self._at
        start = self._at - self._part_at
        piece = self._part[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _fetch(self, first: int) -> bytes:
        """Return the part that begins at a byte, of at most `part_bytes`."""
        for _ in range(TRIES):
            reply = self._ask(first, first + self._part_bytes - 1)
            if not reply.failure:
                return self._checked(reply, first)
            if reply.failure == "too_large":
                raise OSError("the server gives the file whole only, and it is larger than one part may be")
        raise OSError(f"the part from byte {first:,} could not be had: {reply.failure} ({reply.detail})")

    def _checked(self, reply: Reply, first: int) -> bytes:
        """Return the bytes of an answer; raises OSError unless they are those asked for, of the file as it was."""
        version = (reply.header("etag"), reply.header("last-modified"))
        if self._version not in (None, version):
            raise OSError("the file was changed while it was read")
        self._version = version
        if reply.status != 206:
            if first:
                raise OSError("the server gives no parts of the file")
            self._size = len(reply.body)
            return reply.body
        said = CONTENT_RANGE.match(reply.header("content-range") or "")
        if not said or int(said[1]) != first or int(said[2]) - first + 1 != len(reply.body) or not reply.body:
            raise OSError(f"the server gave another part than the one from byte {first:,}")
        self._size = int(said[3])
        return reply.body
