import gzip
import random
import resource
from dataclasses import replace
from datetime import UTC, datetime

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from extractors.records import PageLocation, Reply
from flows.archive import Archive, ArchiveError, archived_replies, read_reply

STARTED = datetime(2026, 11, 24, 12, 30, 5, tzinfo=UTC)
TEXT = "<p>Обстріл: поранено 14 людей.</p>".encode()


def _reply(name: str, wire: bytes = TEXT, body: bytes = TEXT, **changes) -> Reply:
    url = f"https://news.example/{name}"
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(wire))))
    return replace(
        Reply(url, url, datetime(2026, 11, 24, 12, 31, 7, 123456, UTC), 250, 200, headers, wire, body, None),
        **changes,
    )


GZIPPED = _reply("gzip", gzip.compress(TEXT, mtime=0), headers=(("Content-Encoding", "gzip"),))
REPLIES = [
    _reply("plain"),
    GZIPPED,
    _reply("br", brotli.compress(TEXT), headers=(("Content-Encoding", "br"), ("ETag", '"v1"'))),
    _reply("empty", b"", b""),
    _reply("binary", bytes(range(256)) * 9, bytes(range(256)) * 9),
    _reply("crlf", b"\r\n\r\nWARC/1.1\r\n\r\n", b"\r\n\r\nWARC/1.1\r\n\r\n"),
    _reply("moved", url="https://news.example/asked?a=1&b=2"),
    _reply("headers", headers=(("X-Name", "Зал"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("x-empty", ""))),
    _reply("strange", status=299),
    _reply("gone", b"gone", b"", status=410, failure="http_status", detail="https://news.example/gone: answered 410"),
    _reply(
        "cut",
        b"oo",
        b"",
        status=500,
        failure="http_status",
        detail="https://news.example/cut: answered 500",
        cut="time",
    ),
]


@pytest.fixture
def written(tmp_path):
    """An archive of all replies: its file, and where each reply lies."""
    with Archive(tmp_path, 7, STARTED) as archive:
        locations = [archive.append(reply) for reply in REPLIES]
    return tmp_path / locations[0].warc_file, locations


@pytest.mark.parametrize("number", range(len(REPLIES)), ids=[r.url.rpartition("/")[2] for r in REPLIES])
def test_reply_comes_back_as_it_was(tmp_path, written, number):
    assert read_reply(tmp_path, written[1][number]) == REPLIES[number]


def test_replies_come_back_in_order_with_the_offsets_they_were_given(written):
    path, locations = written
    assert list(archived_replies(path)) == [
        (at.warc_offset, reply) for at, reply in zip(locations, REPLIES, strict=True)
    ]


def test_file_lies_by_month_under_the_name_of_its_run(tmp_path, written):
    assert written[1][0].warc_file == "pages/2026/11/20261124T123005Z-7.warc.gz"
    assert written[0].is_file()


def test_nothing_is_made_before_the_first_reply(tmp_path):
    with Archive(tmp_path, 7, STARTED) as archive:
        archive.sync()
    assert list(tmp_path.iterdir()) == []


def test_synced_replies_can_be_read_while_the_archive_is_still_written(tmp_path):
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(REPLIES[0])
        archive.sync()
        assert read_reply(tmp_path, location) == REPLIES[0]
        assert read_reply(tmp_path, archive.append(REPLIES[1])) == REPLIES[1]


def test_other_tools_read_the_file(written):
    with written[0].open("rb") as file:
        records = [
            (r.format, r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read())
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert records[0][:2] == ("warc", "warcinfo")
    assert [record[1:3] for record in records[1:]] == [("response", reply.final_url) for reply in REPLIES]
    assert [record[3] for record in records[1:]] == [reply.wire for reply in REPLIES]


def test_file_is_plain_gzip_of_warc_1_1(written):
    text = gzip.decompress(written[0].read_bytes())
    assert text.count(b"WARC/1.1\r\nWARC-") + text.count(b"WARC/1.1\r\nMuster-") == 1 + len(REPLIES)
    assert b"WARC-Date: 2026-11-24T12:31:07.123456Z\r\n" in text


def test_transfer_encoding_is_left_out_since_the_body_is_kept_in_one_piece(tmp_path):
    chunked = _reply("chunked", headers=(("Transfer-Encoding", "chunked"), ("Server", "a")))
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(chunked)
    assert read_reply(tmp_path, location) == replace(chunked, headers=(("Server", "a"),))
    with (tmp_path / location.warc_file).open("rb") as file:
        assert [r.content_stream().read() for r in ArchiveIterator(file)][1] == TEXT


def test_torn_tail_takes_only_the_record_it_is_in(written):
    path, locations = written
    whole = path.read_bytes()
    for at, cut in [(3, 1), (3, 40), (5, 0), (10, -1), (0, 3)]:
        end = locations[at].warc_offset + cut if cut >= 0 else len(whole) + cut
        path.write_bytes(whole[:end])
        assert [reply for _, reply in archived_replies(path)] == REPLIES[:at]


def test_record_after_a_long_rotted_one_is_found(tmp_path):
    noise = random.Random(1).randbytes(600_000)
    with Archive(tmp_path, 7, STARTED) as archive:
        first = archive.append(_reply("noise", noise, noise))
        second = archive.append(GZIPPED)
    path = tmp_path / first.warc_file
    whole = bytearray(path.read_bytes())
    whole[first.warc_offset + 2] ^= 0xFF
    path.write_bytes(whole)
    assert list(archived_replies(path)) == [(second.warc_offset, GZIPPED)]


def test_rotted_byte_takes_only_its_record(written):
    path, locations = written
    whole = bytearray(path.read_bytes())
    whole[locations[4].warc_offset + 60] ^= 0xFF
    path.write_bytes(whole)
    assert [reply for _, reply in archived_replies(path)] == REPLIES[:4] + REPLIES[5:]


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b\x08\x00", b"no archive", gzip.compress(b"no record", mtime=0), bytes(5000)]
)
def test_file_that_is_no_archive_holds_no_replies(tmp_path, content):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    assert list(archived_replies(path)) == []
    with pytest.raises(ArchiveError, match="record at 0"):
        read_reply(tmp_path, PageLocation("a.warc.gz", 0))


@pytest.mark.parametrize("shift", [1, 17, 10**9])
def test_place_where_no_record_begins_is_named(tmp_path, written, shift):
    location = written[1][2]
    with pytest.raises(ArchiveError, match=r"pages/2026/11/.*: record at \d+: no whole response record"):
        read_reply(tmp_path, replace(location, warc_offset=location.warc_offset + shift))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(ArchiveError, match=r"pages/gone\.warc\.gz: record at 5: No such file"):
        read_reply(tmp_path, PageLocation("pages/gone.warc.gz", 5))


def test_bomb_in_the_archive_is_a_failed_reply(tmp_path):
    bomb = _reply("bomb", gzip.compress(bytes(51_000_000), 1, mtime=0), b"", headers=(("Content-Encoding", "gzip"),))
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(bomb)
    assert (read_reply(tmp_path, location).failure, read_reply(tmp_path, location).body) == ("too_large", b"")


def test_reply_without_an_answer_is_not_archived(tmp_path):
    with Archive(tmp_path, 7, STARTED) as archive, pytest.raises(ValueError, match="no answer"):
        archive.append(_reply("mute", b"", b"", status=None, failure="timeout"))


def test_full_disk_leaves_no_half_record_and_the_archive_goes_on_afterwards(tmp_path):
    large = _reply("large", bytes(100_000), bytes(100_000), headers=(("Content-Encoding", "identity"),))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Archive(tmp_path, 7, STARTED) as archive:
        first = archive.append(REPLIES[0])
        path = tmp_path / first.warc_file
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 50, hard))
        try:
            with pytest.raises(OSError):
                archive.append(large)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert [reply for _, reply in archived_replies(path)] == [REPLIES[0]]
        archive.append(REPLIES[1])
    assert [reply for _, reply in archived_replies(path)] == REPLIES[:2]


def test_second_archive_of_the_same_run_goes_on_in_the_same_file(tmp_path, written):
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(GZIPPED)
    assert read_reply(tmp_path, location) == GZIPPED
    assert len(list(archived_replies(written[0]))) == len(REPLIES) + 1
