import gzip
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.sitemapfile import (
    MOST_BYTES,
    MOST_ENTRIES,
    SitemapChild,
    SitemapError,
    SitemapPage,
    read_sitemap,
)

URL = "https://static.outlet.test/sitemap/2021-12.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries, attributes=NS):
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<urlset {attributes}>{''.join(entries)}</urlset>".encode()


def entry(loc, more=""):
    return f"<url><loc>{loc}</loc>{more}</url>"


def test_pages_come_in_their_order_with_what_dates_them():
    body = urlset(entry("\n https://o.test/b "), entry("/a", "<lastmod>2021-12-01</lastmod>"))
    reading = read_sitemap(body, URL)
    assert reading.pages == (
        SitemapPage("https://o.test/b"),
        SitemapPage("https://static.outlet.test/a", date(2021, 12, 1)),
    )
    assert reading.children == () and reading.cut is None


def test_index_names_children_also_on_another_host():
    body = (
        f"<sitemapindex {NS}><sitemap><loc>http://other.test/2021-12.xml</loc>"
        "<lastmod>2021-12-31T20:00:00Z</lastmod></sitemap><sitemap><lastmod>2021-01-01</lastmod></sitemap></sitemapindex>"
    ).encode()
    assert read_sitemap(body, URL).children == (
        SitemapChild("http://other.test/2021-12.xml", datetime(2021, 12, 31, 20, tzinfo=UTC)),
    )


def test_news_tags_give_time_and_title_and_images_give_nothing():
    attributes = f'{NS} xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://image.test"'
    more = (
        "<image:image><image:loc>https://o.test/picture.jpg</image:loc></image:image><n:news><n:title>Two <![CDATA[& "
        "more]]></n:title><n:publication_date>2021-12-01T12:30:00+03:00</n:publication_date></n:news>"
    )
    (page,) = read_sitemap(urlset(entry("https://o.test/a", more), attributes=attributes), URL).pages
    assert page == SitemapPage("https://o.test/a", None, datetime(2021, 12, 1, 9, 30, tzinfo=UTC), "Two & more")


@pytest.mark.parametrize(
    "body",
    [
        urlset(entry("https://o.test/a"), attributes=""),
        urlset(entry("https://o.test/a"), attributes='xmlns="http://www.google.com/schemas/sitemap/0.84"'),
        b"\xef\xbb\xbf\n" + urlset(entry("https://o.test/a")),
        urlset(entry("<![CDATA[https://o.test/a]]>")),
        urlset(entry("<!-- moved -->https://o.test/a")),
        f"<urlset {NS}>{entry('https://o.test/a')}</urlset>".encode("utf-16"),
        gzip.compress(urlset(entry("https://o.test/a")), mtime=0),
        b"https://o.test/a\n",
        gzip.compress(b"\xef\xbb\xbfhttps://o.test/a\r\n\r\n", mtime=0),
    ],
    ids=["no namespace", "old namespace", "mark", "cdata", "comment", "utf-16", "gzip", "text", "gzip text"],
)
def test_forms_in_the_wild_are_read_alike(body):
    assert read_sitemap(body, URL).pages == (SitemapPage("https://o.test/a"),)


def test_bare_ampersand_does_not_lose_the_file():
    body = urlset(entry("https://o.test/?a=1&b=2"), entry("https://o.test/?c=3&amp;d=4"))
    assert [p.url for p in read_sitemap(body, URL).pages] == ["https://o.test/?a=1&b=2", "https://o.test/?c=3&d=4"]


@pytest.mark.parametrize(
    "loc", ["javascript:alert(1)", "ftp://o.test/a", "mailto:a@o.test", "http://[", "", "x" * 3000]
)
def test_what_is_no_http_address_is_left_out(loc):
    assert read_sitemap(urlset(entry(loc), entry("https://o.test/a")), URL).pages == (
        SitemapPage("https://o.test/a"),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"\x1f\x8bnot gzip at all", "not_gzip"),
        (b"<!doctype html><html><body>Not found</body></html>", "not_a_sitemap"),
        (b"<html><url><loc>https://o.test/a</loc></url></html>", "not_a_sitemap"),
        (b"<rss version='2.0'><channel/></rss>", "not_a_sitemap"),
        (b"<<<", "not_a_sitemap"),
        (b"Not found", "not_a_sitemap"),
        (b"%PDF-1.4\n\x00\x01", "not_a_sitemap"),
        (f"<urlset {NS}><url><loc>https://o.te".encode(), "broken"),
        (b'<!DOCTYPE u [<!ENTITY a "https://o.test/">]><urlset><url><loc>&a;</loc></url></urlset>', "not_a_sitemap"),
    ],
)
def test_what_is_no_sitemap_is_a_named_error(body, reason):
    with pytest.raises(SitemapError) as caught:
        read_sitemap(body, URL)
    assert caught.value.reason == reason
    assert caught.value.detail


def test_empty_list_is_no_error():
    assert read_sitemap(urlset(), URL).pages == ()


def test_broken_file_keeps_its_whole_entries_and_names_the_cut():
    body = urlset(entry("https://o.test/a"), entry("https://o.test/b"))
    reading = read_sitemap(body[:-25], URL)
    assert [p.url for p in reading.pages] == ["https://o.test/a"]
    assert "after 1 entries" in reading.cut


def test_torn_gzip_keeps_its_whole_entries_and_names_the_cut():
    body = gzip.compress(urlset(*(entry(f"https://o.test/{n * 7919 % 100_003}") for n in range(2000))), mtime=0)
    reading = read_sitemap(body[: len(body) // 2], URL)
    assert 100 < len(reading.pages) < 2000
    assert reading.cut == "the gzip stream ends too early"


def test_second_gzip_member_is_read():
    body = urlset(entry("https://o.test/a"), entry("https://o.test/b"))
    assert len(read_sitemap(gzip.compress(body[:90], mtime=0) + gzip.compress(body[90:], mtime=0), URL).pages) == 2


def test_a_million_entries_end_at_the_protocols_bound():
    body = urlset(*(entry(f"https://o.test/{n}") for n in range(60_000)))
    reading = read_sitemap(body, URL)
    assert len(reading.pages) == MOST_ENTRIES
    assert "50,000" in reading.cut


def test_gzip_bomb_ends_at_the_bound_of_bytes():
    body = gzip.compress(urlset(entry("https://o.test/a")) + b" " * (8 * MOST_BYTES), mtime=0)
    tracemalloc.start()
    reading = read_sitemap(body, URL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(reading.pages) == 1 and "unpacked" in reading.cut
    assert peak < 5 * MOST_BYTES


def test_nonsense_lines_of_a_text_are_counted():
    reading = read_sitemap(b"https://o.test/a\nhello there\nhttps://o.test/b\n", URL)
    assert [p.url for p in reading.pages] == ["https://o.test/a", "https://o.test/b"]
    assert reading.cut == "1 lines are no addresses"


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda b: b"<urlset><url><loc>" + b))
def test_no_bytes_raise_anything_else(body):
    try:
        read_sitemap(body, URL)
    except SitemapError as error:
        assert error.reason in {"empty", "not_gzip", "not_a_sitemap", "broken"}
