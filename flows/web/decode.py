"""Decoders of Content-Encoding that never make more bytes than allowed.

httpx decodes each network chunk whole: measured, one brotli chunk of a few KB became 1,074 MB before any cap could be
checked. So the door reads the raw body and decodes it here, a bounded piece at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Protocol

import brotli

from flows.web.failures import WebFailure

# The encodings that we offer; others are refused, also two on top of each other.
OFFERED = "gzip, br"
PIECE = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b"


class Decoder(Protocol):
    """Takes a body in pieces and gives it back decoded."""

    def feed(self, data: bytes) -> None:
        """Take the next piece. Raises WebFailure too_large or bad_encoding."""

    def finish(self) -> bytes:
        """Return the decoded body. Raises WebFailure truncated when the end of the stream never came."""

    def so_far(self) -> bytes:
        """Return what has been decoded until now, cut at the cap."""


class _Decoded:
    """The bytes decoded so far, held under a cap."""

    def __init__(self, most: int) -> None:
        self._parts = bytearray()
        self.most = most

    def room(self) -> int:
        """Return how much may be decoded next: one byte over the cap, so that going over it shows."""
        return min(PIECE, self.most - len(self._parts) + 1)

    def add(self, part: bytes) -> None:
        self._parts += part
        if len(self._parts) > self.most:
            raise WebFailure("too_large", f"body decodes to more than {self.most:,} bytes")

    def whole(self) -> bytes:
        return bytes(self._parts[: self.most])


class PlainDecoder:
    """A body that is not encoded."""

    def __init__(self, most: int) -> None:
        self._out = _Decoded(most)

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        self._out.add(data)

    def finish(self) -> bytes:
        """Return the body."""
        return self._out.whole()

    def so_far(self) -> bytes:
        """Return what has been decoded until now, cut at the cap."""
        return self._out.whole()


class GzipDecoder:
    """gzip, of one or several members (RFC 1952, 2.2: a file may hold more than one)."""

    def __init__(self, most: int) -> None:
        self._out = _Decoded(most)
        self._member = zlib.decompressobj(wbits=31)
        self._started = False  # any byte came
        self._rest = b""  # bytes after a member's end, too few to tell whether another member begins
        self._over = False  # what follows the last member is padding

    def feed(self, data: bytes) -> None:
        """Take the next piece; padding after the last member is left out, as gunzip does."""
        self._started = self._started or bool(data)
        data = self._rest + data
        self._rest = b""
        while data and not self._over:
            if self._member.eof:
                if len(data) < len(GZIP_MAGIC):
                    self._rest = data
                    return
                if not data.startswith(GZIP_MAGIC):
                    self._over = True
                    return
                self._member = zlib.decompressobj(wbits=31)
            try:
                self._out.add(self._member.decompress(data, self._out.room()))
            except zlib.error as error:
                raise WebFailure("bad_encoding", "body is not the gzip that its header says") from error
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def finish(self) -> bytes:
        """Return the body; a member that did not end is a truncated body."""
        if self._started and not self._member.eof:
            raise WebFailure("truncated", "gzip body ended in the middle")
        return self._out.whole()

    def so_far(self) -> bytes:
        """Return what has been decoded until now, cut at the cap."""
        return self._out.whole()


class BrotliDecoder:
    """Brotli (RFC 7932)."""

    def __init__(self, most: int) -> None:
        self._out = _Decoded(most)
        self._stream = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes) -> None:
        """Take the next piece; what comes after the stream's end is left out."""
        self._started = self._started or bool(data)
        try:
            while not self._stream.is_finished():
                self._out.add(self._stream.process(data, output_buffer_limit=self._out.room()))
                data = b""
                if self._stream.can_accept_more_data():
                    return
        except brotli.error as error:
            raise WebFailure("bad_encoding", "body is not the brotli that its header says") from error

    def finish(self) -> bytes:
        """Return the body; a stream that did not end is a truncated body."""
        if self._started and not self._stream.is_finished():
            raise WebFailure("truncated", "brotli body ended in the middle")
        return self._out.whole()

    def so_far(self) -> bytes:
        """Return what has been decoded until now, cut at the cap."""
        return self._out.whole()


def content_decoder(encodings: Iterable[str], most: int) -> Decoder:
    """Return the decoder for the values of a reply's Content-Encoding headers.

    Raises WebFailure bad_encoding for what was not offered and for chains, which only bombs use.
    """
    names = [name.strip().lower() for value in encodings for name in value.split(",")]
    names = [name for name in names if name not in ("", "identity", "none")]
    if not names:
        return PlainDecoder(most)
    if len(names) > 1:
        raise WebFailure("bad_encoding", f"body is encoded {len(names)} times over")
    if names[0] in ("gzip", "x-gzip"):
        return GzipDecoder(most)
    if names[0] == "br":
        return BrotliDecoder(most)
    raise WebFailure("bad_encoding", f"body is encoded as {names[0][:40]!r}; offered were {OFFERED}")


def decode_body(wire: bytes, encodings: Iterable[str], most: int) -> bytes:
    """Return a body that is already here, decoded. Raises WebFailure too_large, bad_encoding or truncated."""
    decoder = content_decoder(encodings, most)
    decoder.feed(wire)
    return decoder.finish()
