"""Where the monitor looks for news of an outlet that has no feed."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."
STORY = "Ukraine's foreign ministry said that Russia had massed 1,000 troops near the border of the Kharkiv region."
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
ARTICLE = r"article = '/\d{4}/\d\d/\d\d/'"


def test_outlet_without_a_feed_is_watched_by_its_sitemap_and_another_by_its_list(desk, served, page):
    pages = {f"/2026/03/0{day}/{n}": (200, "text/html", page(n, STORY, FILLER)) for day, n in ((1, "a"), (2, "b"))}
    base, requests = served(pages)
    entries = "".join(f"<url><loc>{base}{path}</loc></url>" for path in ["/2026/01/01/old", "/2026/03/01/a"])
    pages["/map.xml"] = (
        200, "application/xml", f"<urlset xmlns='{SCHEMA}'>{entries}</urlset>".encode(),
    )  # fmt: skip
    pages["/news/0"] = (200, "text/html", b"<div><a href='/2026/03/02/b'>B</a><a href='/2020/01/01/c'>C</a></div>")
    desk.toml.write_text(
        f'[mapped]\nname = "Mapped"\nsitemaps = ["{base}/map.xml"]\n{ARTICLE}\n'
        f'[listed]\nname = "Listed"\nlists = ["{base}/news/{{offset:1}}"]\n{ARTICLE}\n'
    )
    report = desk.monitor(NOW)
    assert report.failed == ()
    assert [(c.outlet, c.found, c.new) for c in report.counts] == [("mapped", 1, 1), ("listed", 1, 1)]
    assert "/2020/01/01/c" not in requests and "/2026/01/01/old" not in requests
    assert {row["outlet"] for row in desk.ask("FROM habits")} == {"mapped", "listed"}
