"""Feeds and pages of the hostile newsroom that are sound HTTP and attack whoever reads them."""

from __future__ import annotations

import json

from tests.newsroom.rawserver import Behaviour, Call

HTML, RSS = "Content-Type: text/html; charset=utf-8", "Content-Type: application/rss+xml"
SENTENCE = "Ukraine's foreign ministry said that Russia had massed 38,000 troops near the border of the region."
FILLER = "<p>The statement was read to reporters in the capital in the morning, after a night without sirens.</p>" * 3
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

CONTENTS: dict[str, Behaviour] = {}


def _served(name: str, body: str | bytes, *headers: str) -> None:
    data = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")

    def behave(call: Call) -> bool:
        call.answer(data, *headers)
        return True

    CONTENTS[name] = behave


def _feed(name: str, items: str, head: str = "", doctype: str = "") -> None:
    _served(name, f'{doctype}<rss version="2.0"><channel><title>f</title>{head}{items}</channel></rss>', RSS)


def _page(name: str, body: str, head: str = "", *headers: str) -> None:
    head = f"<head><title>Build-up</title>{head}</head>"
    html = f"<!doctype html><html>{head}<body><article>{body}</article></body></html>"
    _served(name, html, *(headers or (HTML,)))


# Feeds.
_feed("feed_laughs", "<item><title>&l9;</title></item>", doctype=f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]>")
_feed(
    "feed_outside",
    "<item><title>&x;</title></item>",
    doctype='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
)
_feed("feed_of_30000", "".join(f"<item><link>http://127.0.0.1:9/{n}</link></item>" for n in range(30_000)))
_feed("feed_of_attributes", "<item><link " + " ".join(f'a{n}="b"' for n in range(30_000)) + "/></item>")
_feed(
    "feed_of_scripts", "<item><link>javascript:alert(1)</link></item><item><link>file:///etc/hostname</link></item>"
)
_feed("feed_of_one_guid", "<item><guid>1</guid></item>" * 500)
_feed("feed_nested", "<item>" * 5_000)
_feed(
    "feed_of_dates", "".join(f"<item><pubDate>{d}</pubDate></item>" for d in ("30 Feb 2026", "0001-01-01", "9" * 40))
)
# Pages.
_page("brackets_author", f"<p>{SENTENCE}</p>{FILLER}", f'<meta name="author" content="{"(" * 20_000}">')
_page("slashes_doctype", f"<p>{SENTENCE}</p>{FILLER}", "<!DOCTYPE" + "/" * 20_000 + ">")
_page("nested_deep", "<div>" * 50_000 + SENTENCE)
_page("many_paragraphs", f"<p>{SENTENCE}</p>" + "<p>a</p>" * 40_000)
_page("jsonld_deep", SENTENCE + FILLER, f'<script type="application/ld+json">{"[" * 50_000}</script>')
_page("jsonld_wide", SENTENCE + FILLER, f'<script type="application/ld+json">{json.dumps([{}] * 30_000)}</script>')
_page("number_endless", f"<p>Russia massed {'9' * 5_000} troops, {'1,' * 5_000} tanks and ١٢٣٤٥ men.</p>{FILLER}")
_page("controls", f"<p>\x1b[2J\u202e{SENTENCE}\u2066\x00\x07</p>{FILLER}")
_page("surrogate", f"<p>{SENTENCE} \ud83d</p>{FILLER}")
_page("title_endless", f"<h1>{'Troops ' * 50_000}</h1><p>{SENTENCE}</p>{FILLER}")
for charset in ("rot13", "hex", "zlib", "idna", "utf-7", "utf-16", "unknown-9", "\x7f"):
    name = f"charset_{charset.strip(chr(127)) or 'none'}".replace("-", "_")
    _page(name, f"<p>{SENTENCE}</p>{FILLER}", "", f"Content-Type: text/html; charset={charset}")
_served("page_is_binary", bytes(range(256)) * 400, HTML)
