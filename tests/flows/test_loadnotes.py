from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Candidate, PageLocation
from flows.archive import Archive
from flows.archivereader import archived_replies, load_notes
from flows.collect import FetchedPage, WantedPage
from flows.loadnotes import LoadNote, read_note
from flows.visit import fetch_record
from tests.flows.archived import REPLIES, STARTED
from warehouse.batch import Batch
from warehouse.habits import Habit

SAID = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = STARTED + timedelta(minutes=9)


def note_of(*replies):
    fetches = [
        fetch_record(reply, "desk", 7, "page", PageLocation("pages/a.warc.gz", n) if n else None, 2**62 + n)
        for n, reply in enumerate(replies)
    ]
    pages = [FetchedPage(WantedPage(f.url, 1, Candidate("desk", f.url, None, SAID, "feed")), f) for f in fetches[:1]]
    pages += [FetchedPage(WantedPage(f.url, 1), f) for f in fetches[1:]]
    habits = (
        Habit("desk", STARTED, 15, LATER, None, 2, 0.5, SAID, "timeout"),
        Habit("idle", STARTED, 15, LATER, 1.0),
    )
    found = (("desk", 9), ("idle", 0))
    batch = Batch(7, "backfill", STARTED, tuple(fetches), (), ("desk", "idle"), found, habits)
    return LoadNote.of(batch, pages, LATER)


def test_note_comes_back_as_it_was():
    note = note_of(*REPLIES, replace(REPLIES[0], url="https://news.example/\ud800", status=None, failure="timeout"))
    assert read_note(note.to_json()) == note
    assert note.said == {REPLIES[0].url: SAID}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"{}", b'{"run_id": 1}', b"\xff", note_of().to_json().replace(b"2026", b"x")],
)
def test_what_is_no_note_is_told_as_such(content):
    with pytest.raises(ValueError):
        read_note(content)


def test_archive_keeps_notes_between_replies_and_goes_on_after_each(tmp_path):
    first, second = note_of(REPLIES[0]), note_of(REPLIES[1])
    with Archive(tmp_path, 7, STARTED) as archive:
        at = archive.append(REPLIES[0])
        archive.note(first.to_json())
        archive.append(REPLIES[1])
        archive.note(second.to_json())
    path = tmp_path / at.warc_file
    assert [read_note(content) for content in load_notes(path)] == [first, second]
    assert [one for _, one in archived_replies(path)] == REPLIES[:2]


def test_run_that_brought_no_reply_is_noted_all_the_same(tmp_path):
    Archive(tmp_path, 7, STARTED).note(note_of().to_json())
    [path] = tmp_path.glob("pages/2026/11/*.warc.gz")
    assert load_notes(path) == [note_of().to_json()]


def test_page_that_plays_a_note_is_none(tmp_path):
    forged = replace(
        REPLIES[0], url="https://a.example/urn:muster:load", final_url="https://a.example/urn:muster:load"
    )
    with Archive(tmp_path, 7, STARTED) as archive:
        at = archive.append(forged)
    assert load_notes(tmp_path / at.warc_file) == []
    assert [one for _, one in archived_replies(tmp_path / at.warc_file)] == [forged]
