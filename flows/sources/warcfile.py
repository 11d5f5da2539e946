"""Read a WARC file record by record, in constant memory: the head of each, and the block of those that are wanted.

WARC 1.0 and 1.1 (ISO 28500), plain or gzip, one member a record or one for the whole file. Most of a crawl's file
belongs to other sites: what is not wanted is inflated and dropped, without being parsed or copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Literal, Protocol

from flows.sources.inflate import InflateError, gzip_member

PIECE = 64 * 1024  # of the file; larger ones cost more copying at the end of each member
MOST_INFLATED = 1024 * 1024  # of one piece: memory stays bounded whatever it inflates to
MOST_HEAD = 64 * 1024
MOST_BLOCK = 64_000_000  # of a record that is wanted; a larger one is passed over and counted
GZIP = b"\x1f\x8b"
MOST_DIGITS = 15  # of a length


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What the head of a record says of it."""

    offset: int  # of the gzip member it begins in, or of the record in a plain file
    kind: str  # "response", "request", …
    target: str  # the address; empty for a record without one
    written: str  # when, as it stands there
    length: int

    @property
    def date(self) -> datetime | None:
        """When the record was made, in UTC; None where that cannot be read."""
        try:
            moment = datetime.fromisoformat(self.written)
        except ValueError:
            return None
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


class WarcSource(Protocol):
    """A file on the disk (a Path), or one elsewhere."""

    @property
    def name(self) -> str:
        """What it is called, without where it lies."""

    def open(self, mode: Literal["rb"]) -> IO[bytes]:
        """Return it open for reading from its start."""


class _Cut(Exception):
    """The file cannot be read further; the text says why."""


class WarcFile:
    """The wanted records of a file. Iterating gives their heads and blocks; `cut` then says where and why it ended.

    `wanted` decides on a head alone. A record of which a byte is missing is never given.
    """

    def __init__(self, source: WarcSource, wanted: Callable[[RecordHead], bool]) -> None:
        self.source, self.wanted = source, wanted
        self.records = 0  # whole records so far
        self.too_large = 0  # wanted records over MOST_BLOCK
        self.cut: str | None = None

    def __iter__(self) -> Iterator[tuple[RecordHead, bytes]]:
        with self.source.open("rb") as file:
            stream = _stream_of(file)
            try:
                while not stream.at_end():
                    head = _read_head(stream)
                    block = self._block(stream, head)
                    stream.settle()
                    self.records += 1
                    if block is not None:
                        yield head, block
            except (_Cut, InflateError, OSError) as error:
                why = f"its gzip is broken ({error})" if isinstance(error, InflateError) else str(error)
                where = f"{self.source.name}: record at byte {stream.offset}, after {self.records} whole ones"
                self.cut = f"{where}: {why}"

    def _block(self, stream: _Plain, head: RecordHead) -> bytes | None:
        """Return the block of a wanted record, and pass over any other."""
        if not self.wanted(head):
            stream.skip(head.length)
            return None
        if head.length > MOST_BLOCK:
            self.too_large += 1
            stream.skip(head.length)
            return None
        return stream.take(head.length)


class _Plain:
    """The bytes of a plain file, with a buffer that is never larger than what is asked for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._buffer = b""
        self._read = 0  # bytes given to the buffer so far
        self.offset = 0

    def _piece(self) -> bytes:
        """Return some more bytes, none at the end; raises _Cut or InflateError where the file is torn."""
        return self._file.read(PIECE)

    def _more(self) -> bool:
        piece = self._piece()
        self._read += len(piece)
        self._buffer += piece
        return bool(piece)

    def at_end(self) -> bool:
        """Tell whether only line ends are left; the next record begins after them."""
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if self._buffer:
                self.mark()
                return False
            if not self._more():
                return True

    def mark(self) -> None:
        """Remember where a record begins."""
        self.offset = self._read - len(self._buffer)

    def head(self) -> bytes:
        """Return the head of a record, without the empty line that ends it."""
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MOST_HEAD:
                raise _Cut("no end of its head")
            if not self._more():
                raise _Cut("the file ends in its head")
        head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
        return head

    def skip(self, length: int) -> None:
        """Pass over so many bytes."""
        while length > len(self._buffer):
            length -= len(self._buffer)
            self._buffer = b""
            if not self._more():
                raise _Cut("the file ends in its block")
        self._buffer = self._buffer[length:]

    def take(self, length: int) -> bytes:
        """Return so many bytes."""
        parts: list[bytes] = []
        while length > len(self._buffer):
            length -= len(self._buffer)
            parts.append(self._buffer)
            self._buffer = b""
            if not self._more():
                raise _Cut("the file ends in its block")
        parts.append(self._buffer[:length])
        self._buffer = self._buffer[length:]
        return b"".join(parts)

    def settle(self) -> None:
        """Make sure of the record just read, where the file has a means to: raises _Cut or InflateError."""


class _Inflated(_Plain):
    """The bytes of a gzip file, member after member. `offset` is that of the member a record begins in."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._member = gzip_member()
        self._waiting = b""  # read from the file, not yet inflated
        self._at = 0  # where in the file `_waiting` begins
        self._fresh = True  # nothing of this member was inflated yet

    def _piece(self) -> bytes:
        while True:
            if self._member.eof:
                self._member, self._fresh = gzip_member(), True
            if not self._waiting:
                self._waiting = self._file.read(PIECE)
                if not self._waiting:
                    if self._fresh:
                        return b""
                    raise _Cut("the gzip member ends too early")
            if inflated := self._inflate():
                return inflated

    def _inflate(self) -> bytes:
        if self._fresh:
            self.offset = self._at
        given = len(self._waiting)
        inflated: bytes = self._member.decompress(self._waiting, MOST_INFLATED)
        self._fresh = False
        self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._at += given - len(self._waiting)
        return inflated

    def mark(self) -> None:
        """Leave the offset as it is: a record is found by the member it begins in."""

    def settle(self) -> None:
        """Read to the check sum of the member, or to the next record inside it."""
        while not self._member.eof and not self._buffer.strip(b"\r\n"):
            if not self._waiting:
                self._waiting = self._file.read(PIECE)
                if not self._waiting:
                    raise _Cut("the gzip member ends too early")
            self._buffer += self._inflate()


def _stream_of(file: IO[bytes]) -> _Plain:
    start = file.read(2)
    file.seek(0)
    return _Inflated(file) if start == GZIP else _Plain(file)


def _read_head(stream: _Plain) -> RecordHead:
    raw = stream.head()
    if not raw.startswith(b"WARC/"):
        raise _Cut("no WARC record begins here")
    fields: dict[bytes, bytes] = {}
    for line in raw.split(b"\r\n"):
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip()
    length = fields.get(b"content-length", b"")
    if not (length.isdigit() and len(length) <= MOST_DIGITS):
        raise _Cut("its head names no length")
    return RecordHead(
        offset=stream.offset,
        kind=fields.get(b"warc-type", b"").decode("latin-1"),
        target=fields.get(b"warc-target-uri", b"").decode("utf-8", "replace").strip("<>"),
        written=fields.get(b"warc-date", b"").decode("latin-1"),
        length=int(length),
    )
