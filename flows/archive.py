"""The archive: each reply as it came, in WARC 1.1 (ISO 28500:2017), one gzip member a record.

Any WARC tool reads these files. A record's body is still content-encoded, as the headers kept with it say.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.records import PageLocation, Reply

FOLDER = "pages"
# The fields of our own: what was asked for, where a redirect led elsewhere, and how long it took.
ASKED, ELAPSED = "Muster-Asked-URI", "Muster-Elapsed-Ms"
TRUNCATED = "WARC-Truncated"  # ISO 28500, 5.13: length, time or disconnect
NOTED = "Each load of these replies is noted in a metadata record."
NOTE_ADDRESS = "urn:muster:load"  # what the note of a load is about


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

    def note(self, content: bytes) -> None:
        """Append the note of a load (flows/loadnotes.py) and put it, with all before it, on the disk.

        The file is closed; the next reply opens it again.
        """
        record = WARCWriter(BytesIO(), warc_version="WARC/1.1").create_warc_record(
            NOTE_ADDRESS,
            "metadata",
            payload=BytesIO(content),
            length=len(content),
            warc_content_type="application/json",
            warc_headers_dict={"WARC-Date": _warc_date(self._started_at)},
        )
        self._write(self._file or self._create(), record)
        self.close()

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
            about = {"software": "Muster", "format": "WARC File Format 1.1", "description": NOTED}
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
