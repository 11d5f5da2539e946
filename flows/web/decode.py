"""Decoders of Content-Encoding that never make more bytes than allowed.

httpx decodes each network chunk whole: measured, one brotli chunk of a few KB became 1,074 MB before any cap could be
checked. So the door reads the raw body and decodes it here, a bounded piece at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import brotli

from flows.web.failures import WebFailure

# The encodings that we offer; others are refused, also two on top of each other.
OFFERED = "gzip, br"
PIECE = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b"


class Decoder:
    """Takes a body in pieces and gives it back decoded; this one, of a body that is not encoded."""

    coding = "plain"

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts = bytearray()
        self._started = False  # any byte came

    def feed(self, data: bytes) -> None:
        """Take the next piece. Raises WebFailure too_large, or bad_encoding for bytes that are not this encoding."""
        self._started = self._started or bool(data)
        self._decode(data)

    def finish(self) -> bytes:
        """Return the decoded body. Raises WebFailure truncated when the end of the stream never came."""
        if self._started and not self._ended():
            raise WebFailure("truncated", f"the {self.coding} body ended in the middle")
        return bytes(self._parts)

    def so_far(self) -> bytes:
        """Return what has been decoded until now, cut at the cap."""
        return bytes(self._parts[: self._most])

    def _decode(self, data: bytes) -> None:
        self._add(data)

    def _ended(self) -> bool:
        return True

    def _room(self) -> int:
        """Return how much may be decoded next: one byte over the cap, so that going over it shows."""
        return min(PIECE, self._most - len(self._parts) + 1)

    def _add(self, part: bytes) -> None:
        self._parts += part
        if len(self._parts) > self._most:
            raise WebFailure("too_large", f"a body of more than {self._most:,} bytes")


class GzipDecoder(Decoder):
    """gzip, of one or several members (RFC 1952, 2.2: a file may hold more than one)."""

    coding = "gzip"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._member = zlib.decompressobj(wbits=31)
        self._rest = b""  # bytes after a member's end, too few to tell whether another member begins
        self._padding = False  # what follows the last member is no member; it is left out, as gunzip does

    def _decode(self, data: bytes) -> None:
        data, self._rest = self._rest + data, b""
        while data and not self._padding:
            if self._member.eof:
                if len(data) < len(GZIP_MAGIC):
                    self._rest = data
                    return
                self._padding = not data.startswith(GZIP_MAGIC)
                self._member = self._member if self._padding else zlib.decompressobj(wbits=31)
                continue
            try:
                self._add(self._member.decompress(data, self._room()))
            except zlib.error as error:
                raise WebFailure("bad_encoding", "the body is not the gzip that its header says") from error
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def _ended(self) -> bool:
        return self._member.eof


class BrotliDecoder(Decoder):
    """Brotli (RFC 7932)."""

    coding = "brotli"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._stream = brotli.Decompressor()

    def _decode(self, data: bytes) -> None:
        # Bytes after the end of the stream raise as well, whether they come with it or later.
        try:
            while data or not self._stream.can_accept_more_data():
                self._add(self._stream.process(data, output_buffer_limit=self._room()))
                data = b""
        except brotli.error as error:
            raise WebFailure("bad_encoding", "the body is not the brotli that its header says") from error

    def _ended(self) -> bool:
        return bool(self._stream.is_finished())


def content_decoder(encodings: Iterable[str], most: int) -> Decoder:
    """Return the decoder for the values of a reply's Content-Encoding headers.

    Raises WebFailure bad_encoding for what was not offered and for chains, which only bombs use.
    """
    names = [name.strip().lower() for value in encodings for name in value.split(",")]
    names = [name for name in names if name not in ("", "identity", "none")]
    if not names:
        return Decoder(most)
    if len(names) > 1:
        raise WebFailure("bad_encoding", f"the body is encoded {len(names)} times over")
    if names[0] in ("gzip", "x-gzip"):
        return GzipDecoder(most)
    if names[0] == "br":
        return BrotliDecoder(most)
    raise WebFailure("bad_encoding", f"the body is encoded as {names[0][:40]!r}; offered were {OFFERED}")


def decode_body(wire: bytes, encodings: Iterable[str], most: int) -> bytes:
    """Return a body that is already here, decoded. Raises WebFailure too_large, bad_encoding or truncated."""
    decoder = content_decoder(encodings, most)
    decoder.feed(wire)
    return decoder.finish()
