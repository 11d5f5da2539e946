"""Reading the archive back, whatever happened to its files."""

import gzip
import random
from dataclasses import replace

import pytest

from extractors.records import PageLocation
from flows.archive import Archive
from flows.archivereader import ArchiveError, archived_replies, read_reply
from tests.flows.archived import GZIPPED, REPLIES, STARTED, reply


@pytest.fixture
def written(tmp_path):
    """An archive of all replies: its file, and where each reply lies."""
    with Archive(tmp_path, 7, STARTED) as archive:
        locations = [archive.append(reply) for reply in REPLIES]
    return tmp_path / locations[0].warc_file, locations


def test_torn_tail_takes_only_the_record_it_is_in(written):
    path, locations = written
    whole = path.read_bytes()
    for at, cut in [(3, 1), (3, 40), (5, 0), (10, -1), (0, 3)]:
        end = locations[at].warc_offset + cut if cut >= 0 else len(whole) + cut
        path.write_bytes(whole[:end])
        assert [one for _, one in archived_replies(path)] == REPLIES[:at]


def test_record_after_a_long_rotted_one_is_found(tmp_path):
    noise = random.Random(1).randbytes(600_000)
    with Archive(tmp_path, 7, STARTED) as archive:
        first = archive.append(reply("noise", noise, noise))
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
    assert [one for _, one in archived_replies(path)] == REPLIES[:4] + REPLIES[5:]


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
    bomb = reply("bomb", gzip.compress(bytes(51_000_000), 1, mtime=0), b"", headers=(("Content-Encoding", "gzip"),))
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(bomb)
    assert (read_reply(tmp_path, location).failure, read_reply(tmp_path, location).body) == ("too_large", b"")
