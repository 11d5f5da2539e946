"""The archive: each reply as it came, in WARC 1.1 (ISO 28500:2017), one gzip member a record.

Any WARC tool reads these files. A record's body is still content-encoded, as the headers kept with it say.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.records import PageLocation, Reply
from flows.web.decode import PIECE, decode_body
from flows.web.failures import WebFailure
from flows.web.urls import shown

FOLDER = "pages"
# The fields of our own: what was asked for, where a redirect led elsewhere, and how long it took.
ASKED, ELAPSED = "Muster-Asked-URI", "Muster-Elapsed-Ms"
TRUNCATED = "WARC-Truncated"  # ISO 28500, 5.13: length, time or disconnect
# A record of the door is a body of at most 50 MB and its headers; nothing larger is one of ours.
MOST_RECORD, MOST_BODY = 64_000_000, 50_000_000
MEMBER_START = b"\x1f\x8b\x08\x00"  # gzip, deflate, no extra fields: what the writer writes


class ArchiveError(Exception):
    """A record cannot be read; the text names the file and the offset."""


class Archive:
    """The archive file of one run. Nothing is created before the first reply is appended."""

    def __init__(self, home: Path, run_id: int, started_at: datetime) -> None:
        started = started_at.astimezone(UTC)
        self._home = home
        self._started_at = started
        self._path = home / FOLDER / f"{started:%Y}" / f"{started:%m}" / f"{started:%Y%m%dT%H%M%SZ}-{run_id}.warc.gz"
        self._file: IO[bytes] | None = None
        self._is_named_on_disk = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def append(self, reply: Reply) -> PageLocation:
        """Append a reply and return where it lies. It is safe from a crash only after `sync`."""
        if reply.status is None:
            raise ValueError(f"{reply.url}: no answer came, so there is nothing to archive")
        file = self._file or self._create()
        offset = self._write(file, _response(reply))
        return PageLocation(self._path.relative_to(self._home).as_posix(), offset)

    def sync(self) -> None:
        """Put what was appended on the disk, and the file's name with it."""
        if self._file:
            os.fsync(self._file.fileno())
            if not self._is_named_on_disk:
                for folder in (self._path.parent, *self._path.parent.parents[:3]):  # month, year, pages, home
                    _sync_folder(folder)
                self._is_named_on_disk = True

    def close(self) -> None:
        """Sync and close the file."""
        if self._file:
            self.sync()
            self._file.close()
            self._file = None

    def _create(self) -> IO[bytes]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what a full disk has refused must not wait in a buffer for the next write.
        self._file = self._path.open("ab", buffering=0)
        if not self._file.tell():
            writer = WARCWriter(BytesIO(), warc_version="WARC/1.1")
            about = {"software": "Muster", "format": "WARC File Format 1.1"}
            info = writer.create_warcinfo_record(self._path.name, about)
            info.rec_headers.replace_header("WARC-Date", _warc_date(self._started_at))
            self._write(self._file, info)
        return self._file

    @staticmethod
    def _write(file: IO[bytes], record: Any) -> int:
        """Write a record whole or not at all, and return its offset."""
        buffer = BytesIO()
        WARCWriter(buffer, warc_version="WARC/1.1").write_record(record)
        left, offset = buffer.getbuffer(), file.tell()
        try:
            while left:
                left = left[file.write(left) :]
        except OSError:
            # The disk is full: half a record at the end would hide what a later run appends.
            os.ftruncate(file.fileno(), offset)
            raise
        return offset


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _warc_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _HeadersAsReceived(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Headers that warcio would write with all but ASCII percent-encoded."""

    def to_ascii_bytes(self, header_filter: Any = None) -> bytes:
        """Return the header block in UTF-8, which ISO 28500 leaves to the protocol and warcio reads."""
        return bytes(self.to_bytes(header_filter, "utf-8"))


def _response(reply: Reply) -> Any:
    """Return the response record. Transfer-Encoding is left out: the door has undone it, the body is in one piece."""
    status = reply.status or 0
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    kept = [(k, v) for k, v in reply.headers if k.lower() != "transfer-encoding"]
    fields = {"WARC-Date": _warc_date(reply.fetched_at), ELAPSED: str(reply.elapsed_ms)}
    if reply.url != reply.final_url:
        fields[ASKED] = reply.url
    if reply.cut:
        fields[TRUNCATED] = reply.cut
    return WARCWriter(BytesIO(), warc_version="WARC/1.1").create_warc_record(
        reply.final_url,
        "response",
        payload=BytesIO(reply.wire),
        length=len(reply.wire),
        warc_headers_dict=fields,
        http_headers=_HeadersAsReceived(f"{status} {phrase}", kept, protocol="HTTP/1.1"),
    )


def _member(file: IO[bytes], offset: int) -> tuple[bytes, int] | None:
    """Return the gzip member at an offset and its size; None when it is torn, rotted or too large to be ours."""
    file.seek(offset)
    member, plain, size = zlib.decompressobj(wbits=31), bytearray(), 0
    while not member.eof:
        data = file.read(PIECE)
        if not data:
            return None
        try:
            plain += member.decompress(data, MOST_RECORD + 1 - len(plain))
        except zlib.error:
            return None
        if len(plain) > MOST_RECORD:
            return None
        size += len(data) - len(member.unused_data)
    return bytes(plain), size


def _reply(record: Any) -> Reply:
    """Return a response record as the reply it was. Raises ValueError when a field that WARC asks for is missing."""
    headers = tuple((str(k), str(v)) for k, v in record.http_headers.headers)
    fields = record.rec_headers
    final_url = fields.get_header("WARC-Target-URI") or ""
    status = int(record.http_headers.get_statuscode())
    wire, body, failure = record.raw_stream.read(), b"", None
    try:
        body = decode_body(wire, [v for k, v in headers if k.lower() == "content-encoding"], MOST_BODY)
    except WebFailure as error:
        failure = error
    if status >= 400:
        failure = WebFailure("http_status", f"answered {status}")
    return Reply(
        url=fields.get_header(ASKED) or final_url,
        final_url=final_url,
        fetched_at=datetime.fromisoformat(fields.get_header("WARC-Date") or ""),
        elapsed_ms=int(fields.get_header(ELAPSED) or 0),
        status=status,
        headers=headers,
        wire=wire,
        body=b"" if failure else body,
        failure=failure.reason if failure else None,
        detail=f"{shown(final_url)}: {failure.detail}" if failure else None,
        cut=fields.get_header(TRUNCATED),
    )


def _response_in(plain: bytes) -> Reply | None:
    """Return the reply that a record holds; None for a record of another kind, or for what is no record."""
    try:
        for record in ArchiveIterator(BytesIO(plain)):
            if record.rec_type == "response" and record.http_headers:
                return _reply(record)
    except (ArchiveLoadFailed, ValueError):
        return None
    return None


def read_reply(home: Path, location: PageLocation) -> Reply:
    """Return an archived reply, its body decoded. Raises ArchiveError when no whole response record lies there."""
    where = f"{location.warc_file}: record at {location.warc_offset}"
    try:
        with (home / location.warc_file).open("rb") as file:
            member = _member(file, location.warc_offset)
    except OSError as error:
        raise ArchiveError(f"{where}: {error.strerror}") from error
    reply = _response_in(member[0]) if member else None
    if reply is None:
        raise ArchiveError(f"{where}: no whole response record")
    return reply


def archived_replies(path: Path) -> Iterator[tuple[int, Reply]]:
    """Give every whole reply of an archive file with its offset.

    A tail torn by a crash ends it in silence; a record rotted in the middle is passed over, and the next one is found
    by the magic bytes that every gzip member begins with.
    """
    with path.open("rb") as file:
        offset: int | None = 0
        while offset is not None:
            member = _member(file, offset)
            reply = _response_in(member[0]) if member else None
            if reply:
                yield offset, reply
            offset = offset + member[1] if member else _next_member(file, offset + 1)


def _next_member(file: IO[bytes], offset: int) -> int | None:
    """Return where the next gzip member may begin, or None at the end of the file."""
    file.seek(offset)
    while window := file.read(PIECE):
        found = window.find(MEMBER_START)
        if found >= 0:
            return offset + found
        if len(window) < PIECE:
            return None
        offset += len(window) - len(MEMBER_START) + 1
        file.seek(offset)
    return None
