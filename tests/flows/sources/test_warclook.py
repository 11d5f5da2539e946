import gzip
from datetime import UTC, date, datetime

from extractors.addresses import article_key
from flows.archive import Archive
from flows.archivereader import read_reply
from flows.outlets import Outlet
from flows.sources.warc import WarcPages
from flows.sources.warclook import PAGES_AT_ONCE, take_warc_pages

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OUTLET = Outlet(
    "gazette", "The Gazette", feeds=(), article=r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"
)
START, END = date(2021, 12, 1), date(2021, 12, 31)


def record(slug, body=b"<html></html>", status="200 OK", day="2021/12/05"):
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-12-06T10:00:00Z\r\nWARC-Target-URI: "
        f"https://www.gazette.test/{day}/{slug}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def take(home, path, records, missing=lambda pages: [url for url, _ in pages], **more):
    if records:
        path.write_bytes(b"".join(records))
    with Archive(home, 1, NOW) as archive:
        pages = WarcPages([path], OUTLET, ["gazette.test"], START, END)
        return take_warc_pages(archive, home, OUTLET, pages, missing, **more)


def test_pages_lie_in_the_own_archive_afterwards_as_they_were_captured(tmp_path):
    look, saved = take(
        tmp_path / "home", tmp_path / "crawl.warc.gz", [record("x-a1", b"one"), record("x-a2", b"two")]
    )
    assert [c.source for c in look.candidates] == ["warc", "warc"] and look.problem is None
    replies = [read_reply(tmp_path / "home", location) for location in saved.values()]
    assert [r.body for r in replies] == [b"one", b"two"]
    assert {r.fetched_at for r in replies} == {datetime(2021, 12, 6, 10, tzinfo=UTC)}


def test_of_several_captures_of_an_article_the_first_is_taken(tmp_path):
    records = [record("old-slug-a1", b"one"), record("new-slug-a1", b"two")]
    look, saved = take(tmp_path / "home", tmp_path / "crawl.warc.gz", records)
    assert [c.url.rsplit("/", 1)[1] for c in look.candidates] == ["old-slug-a1"] and len(saved) == 1


def test_what_the_ledger_has_is_not_archived_again(tmp_path):
    look, saved = take(tmp_path / "home", tmp_path / "crawl.warc.gz", [record("x-a1")], lambda pages: [])
    assert len(look.candidates) == 1 and saved == {}
    assert not (tmp_path / "home").exists()


def test_without_keep_the_archive_stays_as_it_is(tmp_path):
    look, saved = take(tmp_path / "home", tmp_path / "crawl.warc.gz", [record("x-a1")], keep=False)
    assert len(look.candidates) == 1 and saved == {}
    assert not (tmp_path / "home").exists()


def test_the_ledger_is_asked_by_article_a_few_at_a_time(tmp_path):
    asked = []

    def missing(pages):
        asked.append(list(pages))
        return []

    take(
        tmp_path / "home", tmp_path / "crawl.warc.gz", [record(f"x-a{n}") for n in range(PAGES_AT_ONCE + 1)], missing
    )
    assert [len(pages) for pages in asked] == [PAGES_AT_ONCE, 1]
    url, key = asked[0][0]
    assert key == article_key("gazette", url, OUTLET.article)


def test_error_pages_are_counted_and_a_cut_is_the_looks_problem(tmp_path):
    records = [record("x-a1"), record("x-a2", status="404 Not Found"), record("x-a3")[:-12]]
    look, saved = take(tmp_path / "home", tmp_path / "crawl.warc.gz", records)
    assert len(saved) == 1 and dict(look.dropped) == {"http_status": 1}
    assert "after 2 whole ones" in look.problem


def test_pages_of_the_own_archive_stay_where_they_are(tmp_path):
    home = tmp_path / "home"
    _, saved = take(home, tmp_path / "crawl.warc.gz", [record("x-a1")])
    ((url, location),) = saved.items()
    before = sorted(home.rglob("*.warc.gz"))
    _, again = take(home, home / location.warc_file, [])
    assert again == {url: location}
    assert sorted(home.rglob("*.warc.gz")) == before
