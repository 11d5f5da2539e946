"""Read the archive back: each reply as it was received, and the note of each load."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from extractors.records import PageLocation, Reply
from flows.archive import ASKED, ELAPSED, NOTE_ADDRESS, NOTED, TRUNCATED
from flows.web.decode import PIECE, decode_body
from flows.web.failures import WebFailure
from flows.web.urls import shown

# A record of the door is a body of at most 50 MB and its headers; nothing larger is one of ours.
MOST_RECORD, MOST_BODY = 64_000_000, 50_000_000
MOST_HEAD = 1_000  # bytes of a record in which what it is about is named
MEMBER_START = b"\x1f\x8b\x08\x00"  # gzip, deflate, no extra fields: what the writer writes


class ArchiveError(Exception):
    """A record cannot be read; the text names the file and the offset."""


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
    for offset, plain in _members(path):
        if reply := _response_in(plain):
            yield offset, reply


def load_notes(path: Path) -> list[bytes] | None:
    """Return the notes of the loads that took from an archive file, as they were written, in their order.

    None where the file is of a time when loads were not noted.
    """
    notes: list[bytes] = []
    noted = False
    for offset, plain in _members(path):
        noted = noted or (offset == 0 and NOTED.encode() in plain[:MOST_HEAD])
        if NOTE_ADDRESS.encode() in plain[:MOST_HEAD]:
            notes += _notes_in(plain)
    return notes if noted else None


def _notes_in(plain: bytes) -> list[bytes]:
    with suppress(ArchiveLoadFailed):
        return [r.raw_stream.read() for r in ArchiveIterator(BytesIO(plain)) if r.rec_type == "metadata"]
    return []


def replies_after(path: Path, last: int) -> bool:
    """Tell whether more than notes follows the record at an offset; in most files nothing does."""
    return any(at > last and NOTE_ADDRESS.encode() not in plain[:MOST_HEAD] for at, plain in _members(path, last))


def _members(path: Path, first: int = 0) -> Iterator[tuple[int, bytes]]:
    """Give every whole gzip member of a file from an offset on, inflated, each with its offset."""
    with path.open("rb") as file:
        offset: int | None = first
        while offset is not None:
            member = _member(file, offset)
            if member:
                yield offset, member[0]
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
