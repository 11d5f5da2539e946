import pytest

from flows.sources.feedguard import (
    MOST_ATTRIBUTES,
    MOST_ITEMS,
    FeedError,
    bare,
    feed_text,
    first_items,
    refuse_what_is_no_feed,
    web_link,
)

URL = "https://news.example/rss"
WORDS = "Потери и переговоры: 1 200 человек"
XML = '<?xml version="1.0" encoding="{}"?>\n<rss version="2.0"><title>' + WORDS + "</title></rss>"


@pytest.mark.parametrize(
    ("codec", "declared", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "windows-1251", "text/xml; charset=iso-8859-1"),  # what it is goes before what is said
        ("utf-8-sig", "utf-8", None),
        ("cp1251", "windows-1251", None),
        ("cp1251", "windows-1251", "text/xml; charset=utf-8"),
        ("cp1251", "nonsense", "text/xml; charset=windows-1251"),
        ("koi8-r", "koi8-r", "application/rss+xml"),
        ("iso8859-5", "iso-8859-5", None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", "utf-16", None),
        ("cp1251", "idna", None),  # must not be taken for a charset; then it is guessed
        ("cp1251", "zlib", None),
    ],
)
def test_text_is_read_whatever_the_encoding_and_whoever_says_so(codec, declared, content_type):
    text = feed_text(XML.format(declared).encode(codec), content_type)
    assert text == f'<rss version="2.0"><title>{WORDS}</title></rss>'


@pytest.mark.parametrize(
    "charset", ["hex", "zlib", "rot13", "idna", "punycode", "utf-7", "undefined", "base64", "\x00"]
)
def test_no_charset_makes_reading_raise(charset):
    assert feed_text(b"<rss>\xff\xfe\x81</rss>", f"text/xml; charset={charset}").startswith("<rss>")
    assert feed_text(XML.format(charset).encode("cp1251"), None)


def test_one_bad_byte_in_utf_8_spoils_one_letter():
    text = feed_text(XML.format("utf-8").encode() + b"<!-- \xd0 -->", None)
    assert WORDS in text and text.endswith("<!-- \ufffd -->")


def test_characters_that_xml_forbids_are_left_out():
    assert feed_text(b" \xef\xbb\xbf<rss>a\x00\x0b\x1fb\n</rss>", None) == "<rss>ab\n</rss>"


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\x00\x00", b'<?xml version="1.0"?>'])
def test_body_without_anything_gives_no_text(body):
    assert feed_text(body, None) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE html><html>", "feed_is_html"),
        ("<!doctype HTML PUBLIC 'x'>", "feed_is_html"),
        ("<!-- a --><html lang='en'>", "feed_is_html"),
        ("<?php ?>\n<head><title>", "feed_is_html"),
        ('<!DOCTYPE rss [<!ENTITY a "aaa">]><rss>&a;</rss>', "entity_declared"),
        ('<!-- <a --><!DOCTYPE rss [<!entity % a SYSTEM "file:///etc/hostname">]><rss/>', "entity_declared"),
        ("<rss><item " + 'a="1" ' * (MOST_ATTRIBUTES + 1) + "></rss>", "too_many_attributes"),
        ("<rss><item a='>' " + "b='1' " * (MOST_ATTRIBUTES + 1) + "></rss>", "too_many_attributes"),
    ],
)
def test_what_is_no_feed_or_attacks_is_refused(text, reason):
    with pytest.raises(FeedError) as caught:
        refuse_what_is_no_feed(text, URL)
    assert caught.value.reason == reason
    assert caught.value.detail.startswith("https://news.example/rss: ")


@pytest.mark.parametrize(
    "text",
    [
        '<rss version="2.0"><title>html</title></rss>',
        "<rss><description><![CDATA[<html><body>]]></description></rss>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.example/rss.dtd"><rss version="0.91"/>',
        "<rss><description><![CDATA[<!DOCTYPE a [<!ENTITY b 'c'>]>]]></description></rss>",
        "<rss><item " + 'a="1" ' * 100 + "></rss>",
        "<rss><description>" + '&lt;a href=&quot;x&quot; b="c"&gt; ' * 3000 + "</description></rss>",
        '<rss><description><![CDATA[<a href="x"">' + "<a href='y'>" * 3000 + "]]></description></rss>",
    ],
)
def test_feed_that_only_speaks_of_such_things_is_taken(text):
    refuse_what_is_no_feed(text, URL)


def test_page_in_place_of_a_feed_names_the_feeds_that_it_links_to():
    page = """<html><head><link rel="alternate" type="application/rss+xml" href="/feeds/a.xml?x=1&amp;y=2">
        <link type='application/atom+xml' href='https://cdn.example/atom'><link type="text/css" href="/a.css">
        <link type="application/rss+xml" href="javascript:alert(1)"><link type=application/feed+json href=/b.json>"""
    with pytest.raises(FeedError) as caught:
        refuse_what_is_no_feed(page, "https://news.example/rss?key=hunter2")
    assert caught.value.detail == (
        "https://news.example/rss: a web page and not a feed; it links to https://news.example/feeds/a.xml?x=1&y=2, "
        "https://cdn.example/atom, https://news.example/b.json"
    )


@pytest.mark.parametrize(("count", "cut"), [(0, 0), (MOST_ITEMS, 0), (MOST_ITEMS + 3, 3)])
def test_items_over_the_most_are_cut_out_and_the_rest_stays_whole(count, cut):
    text, left_out = first_items("<rss><items/>" + "<item>a</item>" * count + "<end/></rss>", MOST_ITEMS)
    assert left_out == cut
    assert text == "<rss><items/>" + "<item>a</item>" * (count - cut) + "<end/></rss>"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("/a", "https://news.example/a"),
        ("a?b=1#c", "https://news.example/a?b=1#c"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("  https://news.example/a\n b ", "https://news.example/a%20b"),
        ("https://новости.example/а", "https://новости.example/а"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,a", None),
        ("mailto:desk@news.example", None),
        ("file:///etc/hostname", None),
        ("https://", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_link_is_an_absolute_web_address_or_nothing(link, expected):
    assert web_link(link, URL) == expected


def test_bare_address_keeps_no_secret():
    assert bare("https://me:hunter2@news.example/rss?key=hunter2#hunter2") == "https://news.example/rss"
