import gzip
import resource
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.archive import Archive
from flows.archivereader import archived_replies, read_reply
from tests.flows.archived import GZIPPED, REPLIES, STARTED, TEXT, reply


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
    chunked = reply("chunked", headers=(("Transfer-Encoding", "chunked"), ("Server", "a")))
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(chunked)
    assert read_reply(tmp_path, location) == replace(chunked, headers=(("Server", "a"),))
    with (tmp_path / location.warc_file).open("rb") as file:
        assert [r.content_stream().read() for r in ArchiveIterator(file)][1] == TEXT


def test_reply_without_an_answer_is_not_archived(tmp_path):
    with Archive(tmp_path, 7, STARTED) as archive, pytest.raises(ValueError, match="no answer"):
        archive.append(reply("mute", b"", b"", status=None, failure="timeout"))


def test_full_disk_leaves_no_half_record_and_the_archive_goes_on_afterwards(tmp_path):
    large = reply("large", bytes(100_000), bytes(100_000), headers=(("Content-Encoding", "identity"),))
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
        assert [one for _, one in archived_replies(path)] == [REPLIES[0]]
        archive.append(REPLIES[1])
    assert [one for _, one in archived_replies(path)] == REPLIES[:2]


def test_second_archive_of_the_same_run_goes_on_in_the_same_file(tmp_path, written):
    with Archive(tmp_path, 7, STARTED) as archive:
        location = archive.append(GZIPPED)
    assert read_reply(tmp_path, location) == GZIPPED
    assert len(list(archived_replies(written[0]))) == len(REPLIES) + 1
