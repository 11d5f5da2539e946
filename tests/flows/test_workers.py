"""Real pages, real worker processes, real limits. What is hostile here: an article so long that reading it takes
minutes, which is the one thing that no guard of the extractors refuses."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from extractors.records import Article, NotArticle, Reply
from flows.archive import Archive
from flows.archivereader import read_reply
from flows.collect import FetchedPage, WantedPage
from flows.outlets import Outlet
from flows.readpages import MOST_BROKEN, read_pages
from flows.visit import fetch_record
from flows.workers import BrokenJob, JobLimits, Workers, WorkerUnusable

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OUTLET = Outlet("post", "Post", feeds=("https://post.test/rss",))
URL = "https://post.test/a"
SAID = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
# What research measured: a name, and the page around or before a good one. 20 KB of the first cost trafilatura 16 s.
KILLERS = {
    "author of brackets": b'<meta name="author" content="%s">PAGE' % (b"(" * 20_000),
    "slashes in the doctype": b"<!DOCTYPE%s>PAGE" % (b"/" * 20_000),
    "nested data": b'<script type="application/ld+json">%s</script>PAGE' % (b'{"@type":' * 12_000),
    "ten thousand paragraphs": b"PAGE" + b"<p>Of a few words each.</p>" * 10_000,
    "a hundred thousand cells": b"<table><tr>%s</tr></table>PAGE" % (b"<td>1 troops</td>" * 100_000),
    "a hundred thousand boxes": b"<div>" * 100_000 + b"PAGE",
    "twenty thousand attributes": b"<div %s>PAGE" % b" ".join(b"a%d=1" % n for n in range(20_000)),
    "open comments": b"PAGE" + b"<!--" * 50_000,
}
SHORT_OF_TIME = JobLimits(wall_seconds=60, cpu_seconds=3)
LONGEST = 18_000  # sentences: near the 2 million characters that are read of a page
ENDLESS = 2_500  # paragraphs: 0.4 s to clean, 7 s to read


@pytest.fixture
def archived(tmp_path, page):
    """Put pages of so many sentences each into an archive; returns them as fetched."""

    def put(*lengths):
        with Archive(tmp_path, 1, NOW) as archive:
            return [one(archive, f"https://post.test/a{n}", length) for n, length in enumerate(lengths)]

    def one(archive, url, length):
        body = page("Build-up", *(SAID.format(1000 + n) for n in range(length)))
        reply = Reply(url, url, NOW, 1, 200, (("Content-Type", "text/html"),), body, body, None)
        return FetchedPage(WantedPage(url, 1), fetch_record(reply, "post", 1, "page", archive.append(reply), 1))

    return put


def body_of(page, sentences):
    return page("Build-up", " ".join([SAID.format(1000)] * sentences))


def slow_body(page):
    """Return a page that takes its library ten seconds: a list of 280 KB before the article."""
    return b"<ul>%s</ul>" % (b"<li>x y z</li>" * 20_000) + page("Build-up", *[SAID.format(38_000)] * 2)


def clean(workers, body, **more):
    return workers.call("clean", body, "https://post.test/a", "text/html", (), None, None, NOW, **more)


def is_gone(pid):
    return not Path(f"/proc/{pid}").exists()


def outcomes(fetches):
    return [(f.outcome, f.reason) for f in fetches]


def test_nothing_is_started_when_there_is_nothing_to_read(tmp_path):
    with Workers() as workers:
        assert read_pages(tmp_path, OUTLET, [], NOW, workers) == ([], [], {})
        assert workers.pid is None


def test_one_process_reads_page_after_page_in_their_order_and_is_gone_at_the_end(tmp_path, archived):
    pages = archived(*range(3, 43))  # more than one batch
    with Workers() as workers:
        read_pages(tmp_path, OUTLET, pages[:1], NOW, workers)
        pid = workers.pid
        fetches, extractions, unread = read_pages(tmp_path, OUTLET, pages, NOW, workers)
        assert workers.pid == pid
    assert [f.url for f in fetches] == [p.fetch.url for p in pages]
    assert [e.article.url for e in extractions] == [p.fetch.url for p in pages]
    assert [len(e.figures) for e in extractions] == list(range(3, 43))
    assert unread == {}
    assert (workers.pid, is_gone(pid)) == (None, True)


def test_article_without_end_is_read_in_the_cheap_mode_and_costs_no_other_page(tmp_path, archived):
    pages = archived(3, ENDLESS, 4)
    with Workers(SHORT_OF_TIME) as workers:
        fetches, extractions, _ = read_pages(tmp_path, OUTLET, pages, NOW, workers)
    assert outcomes(fetches) == [("ok", None)] * 3
    assert [f.detail and f.detail[:30] for f in fetches] == [None, "read in the cheap mode: timeou", None]
    assert [len(e.figures) for e in extractions][::2] == [3, 4]
    assert 100 < len(extractions[1].figures) < ENDLESS / 2
    assert len(extractions[1].article.text) > 100_000


def test_page_that_takes_its_library_ten_seconds_is_cleaned_in_the_cheap_mode(tmp_path, page):
    body = slow_body(page)
    with Archive(tmp_path, 1, NOW) as archive:
        reply = Reply(URL, URL, NOW, 1, 200, (("Content-Type", "text/html"),), body, body, None)
        fetched = FetchedPage(WantedPage(URL, 1), fetch_record(reply, "post", 1, "page", archive.append(reply), 1))
    with Workers(SHORT_OF_TIME) as workers:
        fetches, extractions, _ = read_pages(tmp_path, OUTLET, [fetched], NOW, workers)
    assert [(f.outcome, f.detail) for f in fetches] == [
        ("ok", "read in the cheap mode: timeout: its time on the processor was spent")
    ]
    assert (extractions[0].article.text, len(extractions[0].figures)) == (SAID.format(38_000), 1)


@pytest.mark.parametrize("name", KILLERS)
def test_page_that_took_a_library_seconds_or_minutes_is_read_within_its_limits(page, name):
    body = KILLERS[name].replace(b"PAGE", page("Build-up", *[SAID.format(38_000)] * 5))
    started = time.monotonic()
    with Workers(JobLimits(wall_seconds=60)) as workers:
        assert isinstance(clean(workers, body), Article | NotArticle)
        assert time.monotonic() - started < 60


def test_page_that_needs_too_much_memory_costs_itself_only(page):
    with Workers(JobLimits(memory=16 * 2**20)) as workers:
        assert isinstance(clean(workers, body_of(page, 10)), Article)
        pid = workers.pid
        with pytest.raises(BrokenJob) as broken:
            clean(workers, body_of(page, LONGEST))
        assert broken.value.reason == "memory"
        assert isinstance(clean(workers, body_of(page, 10)), Article)
        assert workers.pid != pid
        assert is_gone(pid)


def test_wall_limit_ends_a_worker_that_gives_no_answer(page):
    with Workers() as workers:
        clean(workers, body_of(page, 10))
        pid = workers.pid
        with pytest.raises(BrokenJob, match=r"timeout: no end after 0\.1 s"):
            clean(workers, slow_body(page), seconds=0.1)
        assert (workers.pid, is_gone(pid)) == (None, True)


def test_worker_killed_in_the_middle_of_a_page_is_replaced(page):
    with Workers() as workers:
        clean(workers, body_of(page, 10))
        killer = threading.Thread(
            target=when_at_work, args=(workers.pid, partial(os.kill, workers.pid, signal.SIGKILL))
        )
        killer.start()
        with pytest.raises(BrokenJob, match="crashed: its worker was ended by SIGKILL"):
            clean(workers, slow_body(page), seconds=60)
        killer.join()
        assert isinstance(clean(workers, body_of(page, 10)), Article)


def test_close_from_another_thread_ends_the_job_and_starts_nothing_more(page):
    workers = Workers()
    clean(workers, body_of(page, 10))
    pid = workers.pid
    closer = threading.Thread(target=when_at_work, args=(pid, workers.close))
    closer.start()
    with pytest.raises((BrokenJob, WorkerUnusable)):
        clean(workers, slow_body(page), seconds=60)
    with pytest.raises(WorkerUnusable, match="the run is being ended"):
        clean(workers, body_of(page, 10))
    closer.join()
    assert (workers.pid, is_gone(pid)) == (None, True)


def when_at_work(pid, do):
    before = None
    for _ in range(1_000_000):
        ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])
        before = ticks if before is None else before
        if ticks > before + 10:  # a tenth of a second of work
            do()
            return


def test_worker_ended_between_two_pages_is_replaced_and_no_page_blamed(page):
    with Workers() as workers:
        clean(workers, body_of(page, 10))
        os.kill(workers.pid, signal.SIGKILL)
        os.waitid(os.P_PID, workers.pid, os.WEXITED | os.WNOWAIT)
        assert isinstance(clean(workers, body_of(page, 10)), Article)


def test_error_of_ours_is_the_pages_reason_and_no_traceback():
    with Workers() as workers, pytest.raises(BrokenJob, match="crashed: TypeError: "):
        workers.call("clean", b"and no address")


def test_worker_that_has_grown_is_replaced_after_its_job(page):
    with Workers(JobLimits(memory=96 * 2**20)) as workers:
        clean(workers, body_of(page, 10))
        pid = workers.pid
        assert pid
        assert isinstance(clean(workers, body_of(page, LONGEST)), Article)
        assert (workers.pid, is_gone(pid)) == (None, True)


def test_outlet_whose_pages_break_in_both_modes_is_given_up_and_their_bytes_are_kept(tmp_path, archived):
    pages = archived(*[ENDLESS] * (MOST_BROKEN // 2 + 2))
    with Workers(JobLimits(wall_seconds=0)) as workers:
        fetches, extractions, _ = read_pages(tmp_path, OUTLET, pages, NOW, workers)
    assert {f.outcome for f in fetches} == {"extract_failed"}
    assert [f.reason for f in fetches] == ["timeout"] * (MOST_BROKEN // 2) + ["given_up"] * 2
    assert extractions == []
    assert len(read_reply(tmp_path, fetches[0].location).body) > 100_000


def test_flow_that_reads_pages_does_not_load_the_parser():
    code = "import sys, flows.monitor, flows.backfill; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_worker_ends_with_its_parent_however_busy_it_is():
    code = """
import sys, threading
from flows.workers import Workers
workers = Workers()
html = b"<p>" + b"Troops moved to the border again. " * 200_000
arguments = ("clean", html, "https://post.test/a", "text/html", (), None, None, None)
workers.call("clean", b"<p>x", *arguments[2:])
print(workers.pid, flush=True)
workers.call(*arguments)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        watched = os.pidfd_open(pid)
        parent.kill()
        parent.wait()
        assert ended(watched)
        os.close(watched)


def ended(watched):
    import select

    return bool(select.select([watched], [], [], 3)[0])  # the page alone would take longer
