import json
from datetime import UTC, datetime

import pytest

from flows.sources.feed import FeedError, read_feed

URL = "https://news.example/rss"


def _rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def _item(title: str = "A convoy", link: str = "https://news.example/a", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def _read(*items: str):
    return read_feed(_rss(*items), URL, "desk")


FEEDS = {
    "RSS 2.0": _rss(_item(more="<pubDate>Tue, 24 Nov 2026 12:00:00 +0200</pubDate>")),
    "RSS 0.91": b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.example/rss-0.91.dtd">'
    b'<rss version="0.91"><channel><item><title>A convoy</title><link>https://news.example/a</link>'
    b"<pubDate>Tue, 24 Nov 2026 10:00 GMT</pubDate></item></channel></rss>",
    "RDF": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item rdf:about="https://news.example/a">'
    b"<title>A convoy</title><link>https://news.example/a</link><dc:date>2026-11-24T10:00:00Z</dc:date></item></rdf:RDF>",
    "Atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">A &lt;b&gt;convoy&lt;/b&gt;</title>'
    b'<link rel="self" href="/self"/><link href="/a"/><updated>2026-11-24T11:00:00+01:00</updated></entry></feed>',
    "Atom 0.3": b'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A convoy</title>'
    b'<link rel="alternate" href="https://news.example/a"/><issued>2026-11-24T10:00:00Z</issued></entry></feed>',
    "JSON Feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"url": "/a", "title": "A convoy", "date_published": "2026-11-24T10:00:00Z"}],
        }
    ).encode(),
    "id as link": b'<rss version="2.0"><channel><item><title>A convoy</title><guid>https://news.example/a</guid>'
    b"<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>",
    "not well-formed": _rss(_item(more="<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>&nope;<br>")),
    "cut off": _rss(_item(more="<pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate>"))[:-20],
}


@pytest.mark.parametrize("body", FEEDS.values(), ids=FEEDS)
def test_each_kind_of_feed_gives_address_title_and_time(body):
    reading = read_feed(body, URL, "desk")
    [candidate] = reading.candidates
    assert (candidate.outlet, candidate.url, candidate.source) == ("desk", "https://news.example/a", "feed")
    assert candidate.title == "A convoy"
    assert candidate.published_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert reading.dropped == ()


def test_feed_in_windows_1251_is_read_by_its_own_word():
    body = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><item><title>Потери</title>'
    body += "<link>https://news.example/a</link></item></channel></rss>"
    [candidate] = read_feed(body.encode("cp1251"), URL, "desk", "text/xml").candidates
    assert candidate.title == "Потери"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Talks &amp; losses", "Talks & losses"),
        ("Talks &amp;amp; losses", "Talks & losses"),
        ("Talks &amp;#8212; losses", "Talks — losses"),
        ("<![CDATA[Talks <i>and</i> losses]]>", "Talks and losses"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Talks", "alert(1)Talks"),
        ("&amp;lt;img src=x onerror=alert(1)&amp;gt;Talks", "Talks"),
        ("Losses &lt; 100 &gt; 50", "Losses < 100 > 50"),
        ("  Talks \n\t and  losses ", "Talks and losses"),
        ("Talks&#x202e;sessol\x7f\x1b[31m&#8207;", "Talkssessol[31m"),
        ("", None),
        ("&lt;br&gt;", None),
    ],
)
def test_title_is_plain_text(title, expected):
    [candidate] = _read(_item(title)).candidates
    assert candidate.title == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 24 Nov 2026 10:00:00 GMT", (2026, 11, 24, 10)),
        ("Tue, 24 Nov 2026 10:00:00 -0500", (2026, 11, 24, 15)),
        ("Tue, 24 Nov 2026 10:00:00 EST", (2026, 11, 24, 15)),
        ("Tue, 24 Nov 2026 13:00:00 MSK", (2026, 11, 24, 10)),
        ("24 Nov 2026 10:00", (2026, 11, 24, 10)),
        ("2026-11-24T10:00:00Z", (2026, 11, 24, 10)),
        ("2026-11-24T10:00:00.123+02:00", (2026, 11, 24, 8)),
        ("2026-11-24 10:00:00", (2026, 11, 24, 10)),
        ("2026-11-24 10:00:00 UTC", (2026, 11, 24, 10)),
        ("2026-11-24T10:00:00 GMT", (2026, 11, 24, 10)),
        ("2026-11-24T10:00:00 +0200", (2026, 11, 24, 8)),
        ("Tue Nov 24 10:00:00 2026", (2026, 11, 24, 10)),
        ("Τρι, 24 Νοέ 2026 10:00:00 GMT", (2026, 11, 24, 10)),
        ("24 November 2026", (2026, 11, 24, 0)),
        ("2026-11-24", (2026, 11, 24, 0)),
        ("Mon, 24 Nov 2036 10:00:00 GMT", (2036, 11, 24, 10)),  # the future stays: who reads it bounds it
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 24 Nov 1989 10:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("1704067200", None),
        ("Mon, 30 Feb 2026 10:00:00 GMT", None),
        ("Tue, 24 Nov 2026 25:61:00 GMT", None),
        ("2026-13-45T10:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_date_is_in_utc_or_none(date, expected):
    [candidate] = _read(_item(more=f"<pubDate>{date}</pubDate>")).candidates
    moment = candidate.published_at
    assert (moment and (moment.year, moment.month, moment.day, moment.hour)) == expected
    assert moment is None or moment.tzinfo is UTC


def test_item_without_a_date_has_none():
    assert _read(_item()).candidates[0].published_at is None


def test_address_that_a_feed_repeats_comes_once_and_in_the_feeds_order():
    reading = _read(_item("1"), _item("2", "https://news.example/b"), _item("3"), _item("4", "/b"))
    assert [(c.title, c.url) for c in reading.candidates] == [
        ("1", "https://news.example/a"),
        ("2", "https://news.example/b"),
    ]


def test_one_id_for_many_items_hides_none_of_them():
    same = '<guid isPermaLink="false">1</guid>'
    reading = _read(_item("1", "/a", same), _item("2", "/b", same))
    assert len(reading.candidates) == 2


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("javascript:alert(1)", "A convoy: its link is no web address (javascript:)"),
        ("data:text/html,hello", "A convoy: its link is no web address (data:)"),
        ("ftp://news.example/a", "A convoy: its link is no web address (ftp:)"),
        ("", "A convoy: it has no link"),
    ],
)
def test_item_without_a_web_address_is_named_and_the_others_stay(link, reason):
    reading = _read(_item(link=link), _item("B", "/b"))
    assert [c.url for c in reading.candidates] == ["https://news.example/b"]
    assert reading.dropped == (reason,)


def test_only_the_first_ten_thousand_items_are_read_and_the_rest_is_named():
    body = _rss(*(_item(str(n), f"/{n}") for n in range(10_003)))
    reading = read_feed(body, URL, "desk")
    assert len(reading.candidates) == 10_000
    assert reading.candidates[-1].url == "https://news.example/9999"
    assert reading.dropped == ("3 items after the first 10000",)


def test_only_the_first_ten_thousand_items_of_a_json_feed_are_read():
    feed = {"version": "https://jsonfeed.org/version/1", "items": [{"url": f"/{n}"} for n in range(10_002)]}
    reading = read_feed(json.dumps(feed).encode(), URL, "desk")
    assert (len(reading.candidates), reading.dropped) == (10_000, ("2 items after the first 10000",))


@pytest.mark.parametrize("item", [None, 5, "a", [], {}, {"url": 5}, {"url": None, "title": {"a": 1}}])
def test_nonsense_item_of_a_json_feed_is_named(item):
    feed = {"version": "https://jsonfeed.org/version/1", "items": [item, {"external_url": "/b"}]}
    reading = read_feed(json.dumps(feed).encode(), URL, "desk")
    assert [c.url for c in reading.candidates] == ["https://news.example/b"]
    assert reading.dropped == ("an item without a title: it has no link",)


def test_half_a_surrogate_pair_in_json_becomes_a_letter_that_can_be_stored():
    feed = rb'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/a", "title": "A \udc00 B"}]}'
    [candidate] = read_feed(feed, URL, "desk").candidates
    assert candidate.title == "A ? B"


def test_feed_without_items_is_a_feed():
    assert read_feed(_rss(), URL, "desk").candidates == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body>Please agree</body></html>", "feed_is_html"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"/>', "entity_declared"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"/>'.encode("utf-16"), "entity_declared"),
        (b"<rss><item " + b'a="1" ' * 2000 + b"/></rss>", "too_many_attributes"),
        (_rss(_item(more="</where><gml:pos>1 2</gml:pos>"))[:-9], "broken_feed"),
        (b"plain words", "not_a_feed"),
        (b"<urlset><url><loc>https://news.example/a</loc></url></urlset>", "not_a_feed"),
        (b"%PDF-1.7 \x00\x01", "not_a_feed"),
        (b'{"items": []}', "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": {}}', "not_a_feed"),
        (b'{"version": ', "not_a_feed"),
        (b'{"a":' * 5000, "not_a_feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "n": ' + b"9" * 5000 + b"}", "not_a_feed"),
    ],
)
def test_what_is_no_feed_is_an_error_with_its_reason(body, reason):
    with pytest.raises(FeedError) as caught:
        read_feed(body, URL + "?key=hunter2", "desk")
    assert caught.value.reason == reason
    assert caught.value.detail.startswith("https://news.example/rss: ")


def test_body_that_reads_like_a_path_or_an_address_opens_nothing(tmp_path):
    secret = tmp_path / "feed.xml"
    secret.write_bytes(_rss(_item()))
    with pytest.raises(FeedError, match="not_a_feed"):
        read_feed(str(secret).encode(), URL, "desk")
