import gzip
import io
from datetime import UTC, date, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractors.records import Reply
from flows.archive import Archive
from flows.outlets import Outlet
from flows.sources.warc import WarcPages

PAGE = b"<html><body><p>The river rose by three metres.</p></body></html>"
HOST = "https://www.gazette.test"
DATED = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"
START, END = date(2021, 12, 1), date(2021, 12, 31)


def record(url, body=PAGE, headers=(), kind="response", captured="2021-12-05T10:00:00Z", status="200 OK"):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    http = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http, warc_headers_dict={"WARC-Date": captured}
        )
    )
    return out.getvalue()


def pages(tmp_path, *records, article=DATED, hosts=("www.gazette.test",)):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(records))
    found = WarcPages([path], Outlet("gazette", "The Gazette", feeds=(), article=article), hosts, START, END)
    return found, [page.reply for page in found]


def test_a_wanted_page_comes_whole_with_when_it_was_captured(tmp_path):
    _, (reply,) = pages(tmp_path, record(f"{HOST}/2021/12/05/the-river-a7"))
    assert (reply.body, reply.wire, reply.status, reply.failure) == (PAGE, PAGE, 200, None)
    assert reply.final_url == f"{HOST}/2021/12/05/the-river-a7"
    assert reply.fetched_at == datetime(2021, 12, 5, 10, tzinfo=UTC)
    assert reply.header("content-type") == "text/html"


@pytest.mark.parametrize(
    ("unwanted", "reason"),
    [
        (record("https://other.test/2021/12/05/x-a1"), "other_host"),
        (record("https://notgazette.test/2021/12/05/x-a1"), "other_host"),
        (record("https://www.gazette.test.evil.test/2021/12/05/x-a1"), "other_host"),
        (record(f"{HOST}/news"), "no_article"),
        (record(f"{HOST}/2021/11/30/x-a1"), "other_days"),
        (record(f"{HOST}/2022/01/01/x-a1"), "other_days"),
        (record(f"{HOST}/2021/12/05/x-a1", kind="resource"), "no_response"),
    ],
)
def test_what_is_not_wanted_is_counted_by_its_reason(tmp_path, unwanted, reason):
    found, replies = pages(tmp_path, unwanted, record(f"{HOST}/2021/12/05/the-river-a7"))
    assert len(replies) == 1
    assert {k: v for k, v in found.dropped.items() if v} == {reason: 1}


@pytest.mark.parametrize("host", ["gazette.test", "en.gazette.test", "WWW.Gazette.test:443", "me@www.gazette.test"])
def test_hosts_under_the_outlets_own_belong_to_it(tmp_path, host):
    assert len(pages(tmp_path, record(f"https://{host}/2021/12/05/x-a1"))[1]) == 1


def test_a_page_that_nothing_dates_is_given_unless_captured_before_the_first_day(tmp_path):
    before = record(f"{HOST}/lake", captured="2021-11-20T10:00:00Z")
    after = record(f"{HOST}/river", captured="2026-11-20T10:00:00Z")
    found, replies = pages(tmp_path, before, after, article=None)
    assert [r.final_url for r in replies] == [f"{HOST}/river"]
    assert found.dropped["other_days"] == 1


@pytest.mark.parametrize(
    ("wire", "headers"),
    [
        (gzip.compress(PAGE), [("Content-Encoding", "gzip")]),
        (
            b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:]),
            [("Transfer-Encoding", "chunked")],
        ),
        (
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE, mtime=0)), gzip.compress(PAGE, mtime=0)),
            [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
        ),
        (PAGE, [("X-Crawler-Content-Encoding", "gzip"), ("X-Crawler-Transfer-Encoding", "chunked")]),
    ],
    ids=["gzip", "chunked", "both", "undone by the crawler"],
)
def test_bodies_are_decoded_as_their_headers_say(tmp_path, wire, headers):
    _, (reply,) = pages(tmp_path, record(f"{HOST}/2021/12/05/x-a1", wire, headers))
    assert reply.body == PAGE and reply.failure is None


def test_a_body_that_cannot_be_decoded_is_a_reply_with_its_reason(tmp_path):
    torn = record(f"{HOST}/2021/12/05/x-a1", gzip.compress(PAGE)[:20], [("Content-Encoding", "gzip")])
    _, (reply,) = pages(tmp_path, torn)
    assert reply.failure == "truncated" and reply.body == b""


def test_an_error_page_is_a_reply_with_its_reason(tmp_path):
    _, (reply,) = pages(tmp_path, record(f"{HOST}/2021/12/05/x-a1", status="404 Not Found"))
    assert reply.failure == "http_status" and reply.status == 404


def test_a_record_without_http_in_it_is_counted(tmp_path):
    bad = gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-12-05T10:00:00Z\r\n"
        b"WARC-Target-URI: https://www.gazette.test/2021/12/05/x-a1\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    )
    found, replies = pages(tmp_path, bad, record(f"{HOST}/2021/12/05/x-a2"))
    assert len(replies) == 1 and found.dropped["no_http"] == 1


def test_a_torn_file_gives_its_whole_pages_and_names_the_cut(tmp_path):
    whole = [record(f"{HOST}/2021/12/0{n}/x-a{n}") for n in (1, 2, 3)]
    found, replies = pages(tmp_path, *whole[:2], whole[2][:-20])
    assert len(replies) == 2
    assert found.cuts == [found.cuts[0]] and "after 2 whole ones" in found.cuts[0]


def test_the_own_archive_is_read_as_any_other(tmp_path):
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    url = "https://archive.test/web/20211206000000id_/https://www.gazette.test/2021/12/05/the-river-a7"
    wire = gzip.compress(PAGE)
    reply = Reply(url, url, now, 5, 200, (("Content-Encoding", "gzip"),), wire, PAGE, None)
    with Archive(tmp_path, 1, now) as archive:
        location = archive.append(reply)
    outlet = Outlet("gazette", "The Gazette", feeds=(), article=DATED)
    (page,) = WarcPages([tmp_path / location.warc_file], outlet, ["gazette.test"], START, END)
    assert (page.source, page.offset) == (tmp_path / location.warc_file, location.warc_offset)
    read = page.reply
    assert (read.body, read.wire, read.final_url, read.fetched_at) == (PAGE, wire, url, now)
