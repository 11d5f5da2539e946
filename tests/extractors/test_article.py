# ruff: noqa: E501 - markup is written as pages write it, a part a line
import gzip
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import detect_language, read_page
from extractors.records import Article, NotArticle

URL = "https://www.desk.example.org/2021/12/01/armour-massing-near-river-n75?utm_source=feed#top"
NOW = datetime(2021, 12, 2, 12, tzinfo=UTC)
PARAGRAPHS = [
    "The president asked for direct talks with the neighbouring state on Wednesday, in a speech to the assembly.",
    "The foreign ministry said 115,000 troops stood near the border, and that their number was growing by the day.",
    "The neighbour denies it, and says that 125,000 of the other side's soldiers had come to the front themselves.",
    "More than 13,000 people have died in the war, which began when the east broke away from the capital.",
]
LOSSES = ["Tanks: 6,420", "Armoured vehicles: 12,500", "Ships: 22"]


def shaped_page(published: str = "2021-12-01T18:05:00+03:00", extra: str = "") -> bytes:
    """Return a page in the shape of the first outlet's: parts of many types in the body, other stories around it."""
    node = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "President Calls for Talks",
        "datePublished": published, "dateModified": "2021-12-01T21:40:11+03:00",
        "author": {"@type": "Organization", "name": "The Desk"}, "keywords": ["Army"],
    }  # fmt: skip
    site = {"@type": "NewsMediaOrganization", "name": "The Desk"}
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "News"}]}
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(n)}</script>' for n in (site, trail, node))
    items = "".join(f"<li>{loss}</li>" for loss in LOSSES)
    return f"""<html lang="ru"><head><meta charset="utf-8"><title>President Calls for Talks - The Desk</title>
    <meta property="og:title" content="President Calls for Talks With Neighbour | The Desk">
    <meta property="og:site_name" content="The Desk"><meta property="article:published_time" content="{published}">
    <link rel="canonical" href="https://www.desk.example.org/2021/12/01/armour-massing-near-river-n75">{scripts}</head>
    <body><header><nav><a href="/news">News</a> <a href="/opinion">Opinion</a></nav></header>
    <article class="article"><header class="article__header"><h1>President Calls for Talks</h1>
    <div class="byline"><span class="byline__author">By Ann Lee</span>
    <time class="byline__datetime" datetime="2021-12-01T21:40:11+03:00">Updated: Dec. 1, 2021</time></div></header>
    <figure class="article__featured-image"><img src="/a.jpg"><figcaption>A column of 900 tanks. Press office</figcaption></figure>
    <div class="article__intro">Both sides count the troops of the other, and neither counts its own.</div>
    <div class="article__content">
      <div class="article__block article__block--html"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>
      <aside class="article__related-article"><a href="/b"><h3>Fleet Loses 700 Sailors in Storm</h3></a></aside>
      <div class="article__block article__block--html"><p>{PARAGRAPHS[2]}</p></div>
      <div class="article__block article__block--header"><h2>The count so far</h2></div>
      <div class="article__block article__block--html"><p>{PARAGRAPHS[3]}</p><ul>{items}</ul></div>
      <div class="article__block article__block--newsletter"><div class="newsletter"><h3>Sign up for our 400 stories</h3></div></div>
      {extra}
    </div>
    <div class="article__tags">Read more about: <a href="/tag/army">Army</a> <a href="/tag/800">800 Dead</a></div></article>
    <aside class="sidebar"><h3>Most read</h3><a href="/c">Army Calls Up 300,000 Men</a></aside>
    <section class="related"><h2>Read more</h2><div class="item"><a href="/d"><h3>Army Says It Shot Down 60 Drones</h3></a>
    <p>Sixty drones came at night.</p></div></section><footer>The Desk</footer></body></html>""".encode()


def read(body: bytes, **options: object) -> Article:
    found = read_page(body, URL, now=NOW, **options)  # type: ignore[arg-type] # a test's shorthand
    assert isinstance(found, Article), found.reason
    return found


def test_page_of_the_first_outlets_shape_is_read_whole_and_alone() -> None:
    article = read(shaped_page())
    lines = article.text.split("\n")
    assert lines[0] == "Both sides count the troops of the other, and neither counts its own."
    for paragraph in PARAGRAPHS:
        assert paragraph in lines
    for loss in LOSSES:
        assert f"- {loss}" in lines
    for foreign in ("700", "900", "800", "400", "300,000", "60 Drones", "Sixty", "Read more", "President Calls"):
        assert foreign not in article.text


def test_page_tells_title_author_time_and_language() -> None:
    article = read(shaped_page())
    assert article.url == "https://www.desk.example.org/2021/12/01/armour-massing-near-river-n75"
    assert article.title == "President Calls for Talks"
    assert article.authors == ("Ann Lee",)
    assert article.published_at == datetime(2021, 12, 1, 15, 5, tzinfo=UTC)
    assert article.published_source == "jsonld"
    assert article.modified_at == datetime(2021, 12, 1, 18, 40, 11, tzinfo=UTC)
    assert article.language == "en"  # whatever the page claims


def test_date_a_month_before_the_address_gives_way_to_it() -> None:
    article = read(shaped_page("2021-11-01T18:05:00+03:00"))
    assert article.published_at == datetime(2021, 12, 1, tzinfo=UTC)
    assert article.published_source == "url"
    assert article.published_day_only


def test_outlet_can_name_more_that_is_no_text() -> None:
    box = '<div class="desk-own-box"><p>Another 999 soldiers were counted in another story of the week, it says.</p></div>'
    assert "999" in read(shaped_page(extra=box)).text
    assert "999" not in read(shaped_page(extra=box), prune=["//div[@class='desk-own-box']", "//broken["]).text


def test_undated_page_is_dated_by_the_feed_or_not_at_all() -> None:
    body = f"<html><body><article><h1>Talks</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article></body></html>".encode()
    feed = datetime(2021, 12, 1, 9, tzinfo=UTC)
    dated = read_page(body, "https://desk.example.org/talks", feed_published_at=feed, now=NOW)
    undated = read_page(body, "https://desk.example.org/talks", now=NOW)
    assert isinstance(dated, Article)
    assert isinstance(undated, Article)
    assert (dated.published_at, dated.published_source) == (feed, "feed")
    assert (undated.published_at, undated.published_source) == (None, None)


def test_same_page_is_read_the_same_in_any_charset_and_packed() -> None:
    text = shaped_page().decode().replace('charset="utf-8"', 'charset="windows-1251"')
    assert read(text.encode("windows-1251")).text == read(shaped_page()).text
    assert read(gzip.compress(shaped_page())).text == read(shaped_page()).text


@pytest.mark.parametrize("cut", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_truncated_page_is_an_article_or_has_a_reason(cut: float) -> None:
    body = shaped_page()
    assert isinstance(read_page(body[: int(len(body) * cut)], URL), Article | NotArticle)


HEAD = b"<html><body><h1>Armour moves</h1>"
SENTENCE = b"<p>The brigade moved ten tanks across the river on Monday, officials said.</p>"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\x00", b"<", b"<html", b"<html></html>", b"<!doctype html>", b"<p></p>" * 50, b"\xff\xfe<", b"\x1f\x8b\x08",
        HEAD + b"<div>" * 100_000, HEAD + b"<p>" + b"word " * 300_000, HEAD + b"<p>x</p>" * 16_000,
        HEAD + b"<p " + b"a=1 b=2 " * 50_000 + b">", HEAD + b"</p>" * 10_000 + SENTENCE * 3, b"<table>" * 200 + SENTENCE * 3,
        b"<html><head><script type='application/ld+json'>" + b"[" * 50_000 + b"</script></head>" + SENTENCE * 3,
        b"<html><head><meta name=author content='" + b"(" * 20_000 + b"'></head>" + SENTENCE * 3,
        b"<html><head><title>" + b"a | " * 20_000 + b"</title></head>" + SENTENCE * 3,
        b"<html><head><meta name=date content='" + b"1 " * 20_000 + b"'></head>" + SENTENCE * 3,
        HEAD + b"<form>" * 200 + SENTENCE * 3, HEAD + b"<ul><li>" * 120 + SENTENCE, HEAD + b"&#0;&#xD800;&bogus;" * 900,
        b'<html xmlns="http://www.w3.org/1999/xhtml"><body><svg:svg/><x:y/>' + SENTENCE * 3, b"<frameset><frame></frameset>",
        b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><html><body>&c;" + SENTENCE * 3,
    ],
)  # fmt: skip
def test_hostile_body_is_an_article_or_has_a_reason(body: bytes) -> None:
    found = read_page(body, URL, content_type="text/html; charset=hex", prune=["//*[", "//p[1]"], now=NOW)
    assert isinstance(found, Article) or found.reason


AUTHORS = ", ".join(f'{{"@type":"Person","name":"Ann Lee {n}"}}' for n in range(1_724)).encode()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (HEAD + b"<div>" * 256 + SENTENCE * 3, "too_deep"),
        (HEAD + b"<p>" + b"word " * 2_100_000 + b"</p>", "too_large"),
        (HEAD + SENTENCE * 16_000, "too_many_paragraphs"),
        (HEAD + b"<p " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b">", "too_many_attributes"),
        (b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"Armour moves","author":[' + AUTHORS
         + b"]}</script>" + HEAD + SENTENCE * 3, None),
    ],
)  # fmt: skip
def test_giant_is_read_or_refused_within_ten_seconds_of_cpu(body: bytes, reason: str | None) -> None:
    started = time.process_time()
    found = read_page(body, URL, now=NOW)
    assert time.process_time() - started < 10
    assert (found.reason if isinstance(found, NotArticle) else None) == reason


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes_are_an_article_or_have_a_reason(body: bytes, url: str) -> None:
    assert isinstance(read_page(b"<html><body>" + body, url), Article | NotArticle)
    assert isinstance(read_page(body, url), Article | NotArticle)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "<p> </p> <div> </div> <a href=x> </a> <ul> <li> <table> <td> <br> text 12 <h1> <aside>".split()
        ),
        max_size=60,
    )
)
def test_any_markup_is_an_article_or_has_a_reason(parts: list[str]) -> None:
    assert isinstance(read_page(("<html><body>" + " ".join(parts)).encode(), URL), Article | NotArticle)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PARAGRAPHS[0], "en"),
        ("Бригада отошла за реку в понедельник, сообщили в столице чиновники министерства обороны.", "ru"),
        ("Бригада відійшла за річку в понеділок, повідомили у столиці посадовці міністерства оборони.", "uk"),
        ("Die Brigade zog sich am Montag über den Fluss zurück, sagten Beamte in der Hauptstadt.", "de"),
        ("1234 — 5678", None),
    ],
)
def test_language_is_that_of_the_text(text: str, language: str | None) -> None:
    assert detect_language(text) == language
