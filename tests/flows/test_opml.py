"""OPML: the feeds it names, and what is refused."""

import pytest

from flows.sources.opml import MOST_BYTES, OpmlError, OpmlFeed, is_web_address, outlet_id, read_opml

OPML = "<opml version='2.0'><head><title>Mine</title></head><body>{}</body></opml>"


def opml(outlines):
    return OPML.format(outlines).encode()


@pytest.mark.parametrize(
    ("outlines", "feeds"),
    [
        ("<outline title='Harbour Post' text='x' xmlUrl='https://h.test/rss'/>", [("Harbour Post", "https://h.test/rss")]),
        ("<outline text='Only text' xmlurl='https://h.test/rss'/>", [("Only text", "https://h.test/rss")]),
        ("<outline text='News'><outline text='A' xmlUrl='https://a.test/'/></outline>", [("A", "https://a.test/")]),
        ("<outline xmlUrl=' https://a.test/ '/>", [(None, "https://a.test/")]),
        ("<outline text='A &amp; B' xmlUrl='https://a.test/?x=1&amp;y=2'/>", [("A & B", "https://a.test/?x=1&y=2")]),
        ("<outline text='Пошта' xmlUrl='https://a.test/'/>", [("Пошта", "https://a.test/")]),
        ("<outline text='folder'/><outline text='A' xmlUrl='https://a.test/'/><outline", [("A", "https://a.test/")]),
    ],
)  # fmt: skip
def test_every_feed_is_read_wherever_it_stands(outlines, feeds):
    assert read_opml(opml(outlines)) == [OpmlFeed(*feed) for feed in feeds]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "no OPML"),
        (b"<rss version='2.0'><channel/></rss>", "its first element is not <opml>"),
        (b"\x89PNG\r\n", "no OPML"),
        (opml("<outline text='folder'/>"), "it names no feed"),
        (b"<!DOCTYPE opml [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + opml("<outline xmlUrl='https://a/&e;'/>"),
         "declares a document type"),
        (b" " * (MOST_BYTES + 1), "larger than"),
    ],
)  # fmt: skip
def test_what_names_no_feed_is_refused_with_the_reason(body, says):
    with pytest.raises(OpmlError, match=says):
        read_opml(body)


def test_entities_that_grow_without_end_do_not_grow():
    growing = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha'}'>" for n in range(12))
    body = f"<!DOCTYPE opml [{growing}]>".encode() + opml("<outline text='&e11;' xmlUrl='https://a.test/'/>")
    with pytest.raises(OpmlError):
        read_opml(body)


@pytest.mark.parametrize(
    ("title", "url", "taken", "made"),
    [
        ("The Harbour Post", "https://h.test/rss", (), "the-harbour-post"),
        ("L'Écho d'Été!", "https://h.test/rss", (), "lecho-dete"),
        ("Пошта", "https://www.poshta.test/rss", (), "poshta-test"),
        (None, "https://h.test/rss", ("h-test",), "h-test-2"),
        ("alerts", "https://h.test/rss", ("alerts", "alerts-2"), "alerts-3"),
        ("x" * 300, "https://h.test/rss", (), "x" * 60),
    ],
)
def test_id_is_made_from_the_title_and_is_nobody_elses(title, url, taken, made):
    assert outlet_id(OpmlFeed(title, url), taken) == made


@pytest.mark.parametrize(
    ("url", "can"),
    [
        ("https://a.test/rss", True),
        ("ftp://a.test/rss", False),
        ("javascript:alert(1)", False),
        ("https:///rss", False),
        ("https://[::1/rss", False),
        ("https://a.test/r ss", False),
    ],
)
def test_only_web_addresses_are_feeds(url, can):
    assert is_web_address(url) is can
