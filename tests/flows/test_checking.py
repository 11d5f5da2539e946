"""Trying an outlet: real HTTP on loopback, the real cleaner and extractors, and nothing kept."""

import pytest

from flows.checking import check_outlets
from flows.outlets import read_configuration
from flows.settings import load_settings
from tests.newsroom.server import NOW, Newsroom

BUILD_UP = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."


@pytest.fixture
def look(tmp_path, monkeypatch):
    def check(toml):
        (tmp_path / "outlets.toml").write_text(toml)
        for name, value in {
            "HOME": tmp_path / "data", "OUTLETS": tmp_path / "outlets.toml", "ALLOW_PRIVATE": "127.0.0.1",
            "DELAY_SECONDS": "0", "NOW": NOW[1].isoformat(),
        }.items():  # fmt: skip
            monkeypatch.setenv(f"MUSTER_{name}", str(value))
        settings = load_settings()
        checks = check_outlets(settings, read_configuration(settings.outlets).outlets)
        assert not (tmp_path / "data").exists()
        return checks

    return check


def test_feed_and_three_articles_an_outlet_are_asked_for_and_shown(look):
    with Newsroom() as room:
        checks = look(room.outlets_toml())
        asked = [path for path, _ in room.requests if "robots" not in path]
    assert [check.failed for check in checks] == [False] * 3
    assert len(asked) == 3 * 4
    for check in checks:
        assert check.named[0][0] == "feed" and check.named[0][1] > 3
        assert len(check.pages) + len(check.troubles) == 3
        assert all(page.extraction.article.title for page in check.pages)


def test_figures_come_in_words_and_each_failure_in_a_sentence(look, served, page, feed_of):
    pages = {
        "/good": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER)),
        "/wall": (200, "text/html", b"<html><body></body></html>"),
        "/html": (200, "text/html", b"<html><body>Subscribe</body></html>"),
        "/empty": (200, "application/rss+xml", feed_of()),
    }
    base, _ = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(*(base + p for p in ("/good", "/wall", "/gone", "/never"))))
    tables = (f'[{n}]\nname = "{n}"\nfeeds = ["{base}/{path}"]\n' for n, path in
              (("sound", "rss"), ("web-page", "html"), ("silent", "empty")))  # fmt: skip
    sound, web_page, silent = look("".join(tables))
    assert [p.figures for p in sound.pages] == [("38,000 troops of RUS in UKR (strength)",)]
    assert (sound.named, sound.failed) == ((("feed", 4),), False)
    assert sorted(t.split(" (")[0] for t in sound.troubles) == [
        f"page {base}/gone: http_status",
        f"page {base}/wall: no_text",
    ]
    assert web_page.failed
    assert web_page.troubles[0].startswith(f"feed {base}/html: feed_is_html")
    assert silent.troubles == ("its source names no address that is an article; see `article` in outlets.toml",)


def test_outlet_without_a_feed_is_looked_at_through_its_sitemap(look, served, page):
    pages = {"/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER))}
    base, requests = served(pages)
    day = f"{NOW[1]:%Y-%m-%d}"
    entry = f"<url><loc>{base}/a</loc><lastmod>{day}</lastmod></url>"
    urlset = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entry}</urlset>".encode()
    pages["/map.xml"] = (200, "application/xml", urlset)
    (check,) = look(f'[post]\nname = "Post"\nfeeds = []\nsitemaps = ["{base}/map.xml"]\n')
    assert [p.figures for p in check.pages] == [("38,000 troops of RUS in UKR (strength)",)]
    assert requests.count("/a") == 1


def test_feed_and_sitemap_are_both_asked_where_there_are_both(look, served, page, feed_of):
    pages = {"/2026/03/02/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER))}
    base, requests = served(pages)
    entry = f"<url><loc>{base}/2026/03/02/a</loc></url><url><loc>{base}/2020/01/01/b</loc></url>"
    urlset = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entry}</urlset>".encode()
    pages["/map.xml"] = (200, "application/xml", urlset)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/2026/03/02/a"))
    (check,) = look(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\nsitemaps = ["{base}/map.xml"]\n')
    assert check.named == (("feed", 1), ("sitemap", 1))
    assert (requests.count("/rss"), requests.count("/map.xml"), len(check.pages)) == (1, 1, 1)
