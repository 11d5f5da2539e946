"""Which loads an archive tells of, with notes and, in files older than those, without."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Reply
from flows.archive import Archive
from flows.archivedloads import archived_loads
from flows.archivereader import archived_replies
from flows.loadnotes import LoadNote
from flows.outlets import Outlet
from flows.visit import fetch_record
from flows.workers import Workers
from warehouse.batch import Batch

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
POST = Outlet("post", "Post", ("https://post.test/rss",), article=r"/story/(?P<id>\d+)")
HERALD = Outlet("herald", "Herald", ("https://herald.test/rss",))
FEED = b"""<rss version="2.0"><channel><title>f</title><item><title>t</title><link>https://cdn.test/a?utm_source=x</link>
<pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.fixture(scope="module")
def workers():
    with Workers() as workers:
        yield workers


def reply(url, body=b"<p>page", kind="text/html", **changes):
    return replace(Reply(url, url, NOW, 5, 200, (("Content-Type", kind),), body, body, None), **changes)


def without_notes(home, run_id, started_at, *replies):
    """Write a file as it was written before loads were noted."""
    with Archive(home, run_id, started_at) as archive:
        locations = [archive.append(one) for one in replies]
    path = home / locations[0].warc_file
    path.write_bytes(path.read_bytes()[locations[0].warc_offset :])  # without the record that says so
    assert len(list(archived_replies(path))) == len(replies)


def test_older_file_is_guessed_from_what_its_feeds_named(tmp_path, workers):
    feed = reply(POST.feeds[0], FEED, "application/rss+xml")
    gone = reply("https://post.test/story/9", b"", status=404, failure="http_status")
    pages = [reply("https://cdn.test/a"), reply("https://post.test/story/7"), gone, reply("https://herald.test/x")]
    strangers = [reply("https://post.test/about"), reply("https://post.test/robots.txt", kind="text/plain")]
    without_notes(tmp_path, 5, NOW, feed, *pages, *strangers)
    later = NOW + timedelta(hours=1)
    without_notes(tmp_path, 6, later, reply("https://cdn.test/a?utm_source=y"))
    archived = archived_loads(tmp_path, [POST, HERALD], workers)
    first, second = archived.loads
    assert (first.batch.run_id, first.batch.started_at, first.loaded_at) == (5, NOW, NOW)
    assert [(f.outlet, f.kind, f.outcome) for f in first.batch.fetches] == [
        ("post", "feed", "ok"),
        ("post", "page", "ok"),
        ("post", "page", "ok"),
        ("post", "page", "failed"),
        ("herald", "page", "ok"),
    ]
    assert first.said == {"https://cdn.test/a": datetime(2026, 3, 1, 8, tzinfo=UTC)}
    assert first.batch.outlets == ("post", "herald")
    assert [f.outlet for f in second.batch.fetches] == ["post"]  # known from the feed of the run before
    assert archived.unowned == 1


def test_noted_file_gives_its_notes_alone_and_loads_are_in_their_order(tmp_path, workers):
    page = reply("https://post.test/story/7")
    with Archive(tmp_path, 5, NOW) as archive:
        archive.append(page)  # by a run that was killed before it loaded
    with Archive(tmp_path, 8, NOW + timedelta(hours=1)) as archive:
        fetch = fetch_record(page, "post", 8, "page", archive.append(page))
        notes = [
            LoadNote(Batch(8, "monitor", NOW, (fetch,), (), ("post",)), NOW + timedelta(hours=hours), {})
            for hours in (3, 2)
        ]
        for note in notes:
            archive.note(note.to_json())
    assert archived_loads(tmp_path, [POST], workers).loads == tuple(reversed(notes))


@pytest.mark.parametrize("body", [b"<html><body>Subscribe!</body></html>", b"", b"<rss"])
def test_feed_that_cannot_be_read_told_the_run_nothing(tmp_path, workers, body):
    without_notes(tmp_path, 5, NOW, reply(POST.feeds[0], body))
    assert [f.kind for f in archived_loads(tmp_path, [POST], workers).loads[0].batch.fetches] == ["feed"]


def test_files_of_others_and_files_without_a_page_of_ours_are_no_loads(tmp_path, workers):
    without_notes(tmp_path, 5, NOW, reply("https://elsewhere.test/a"))
    without_notes(tmp_path, 6, NOW, reply("https://post.test/story/7"))
    [path] = tmp_path.glob("pages/*/*/*-6.warc.gz")
    path.rename(path.with_name("crawl.warc.gz"))
    assert archived_loads(tmp_path, [POST], workers).loads == ()
    assert archived_loads(tmp_path / "nowhere", [POST], workers).loads == ()
