import os
from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Reply
from flows.archive import Archive
from flows.sources.unloaded import unloaded_replies

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SINCE = NOW - timedelta(days=14)


def reply(number, status=200):
    url = f"https://gazette.test/{number}"
    return Reply(url, url, NOW, 5, status, (), b"page", b"page", None if status < 400 else "http_status")


@pytest.fixture
def archived(tmp_path):
    """Return the places of four replies in one file; the third answered 404."""
    with Archive(tmp_path, 1, NOW) as archive:
        return [archive.append(reply(n, 404 if n == 2 else 200)) for n in range(4)]


def left(tmp_path, loaded, since=SINCE):
    return [url.rsplit("/", 1)[1] for url, _ in unloaded_replies(tmp_path, loaded, since)]


def test_a_file_that_no_load_knows_was_left_behind_whole(tmp_path, archived):
    found = dict(unloaded_replies(tmp_path, {}, SINCE))
    assert list(found.values()) == [archived[0], archived[1], archived[3]]  # what failed is asked for again


def test_only_what_lies_after_the_last_loaded_record_was_left_behind(tmp_path, archived):
    assert left(tmp_path, {archived[0].warc_file: archived[0].warc_offset}) == ["1", "3"]
    assert left(tmp_path, {archived[0].warc_file: archived[3].warc_offset}) == []


def test_a_torn_last_record_is_no_reply(tmp_path, archived):
    path = tmp_path / archived[0].warc_file
    os.truncate(path, path.stat().st_size - 9)
    assert left(tmp_path, {}) == ["0", "1"]
    assert left(tmp_path, {archived[0].warc_file: archived[1].warc_offset}) == []


def test_old_files_and_files_of_others_are_not_searched(tmp_path, archived):
    assert left(tmp_path, {}, NOW + timedelta(days=1)) == []
    path = tmp_path / archived[0].warc_file
    path.rename(path.with_name("somebody-elses.warc.gz"))
    assert left(tmp_path, {}) == []


def test_a_home_without_an_archive_has_nothing_left_behind(tmp_path):
    assert left(tmp_path, {}) == []
