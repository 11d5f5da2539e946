import asyncio
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.archive import Archive
from flows.archivereader import archived_replies
from flows.outlets import Outlet
from flows.sources.moments import Span
from flows.sources.sitemap import due_children, judge_page, sitemap_candidates
from flows.sources.sitemapfile import SitemapChild, SitemapPage
from flows.visit import Visit
from flows.web.door import Limits, open_door
from tests.flows.site import Site, index, sitemap

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DECEMBER = Span(date(2021, 12, 1), date(2021, 12, 31))
DATED = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"


def outlet(*sitemaps, article=DATED, feeds=()):
    return Outlet("gazette", "The Gazette", feeds=feeds, sitemaps=sitemaps, article=article)


def walk(of, start=DECEMBER.first, end=DECEMBER.last):
    async def run(home):
        with Archive(home, 1, NOW) as archive:
            async with open_door(
                contact=None, allow_private=["127.0.0.1"], now=lambda: NOW, limits=Limits(delay_seconds=0)
            ) as door:
                return await sitemap_candidates(Visit(door, archive, of, 1), start, end)

    with tempfile.TemporaryDirectory() as home:
        found = asyncio.run(run(Path(home)))
        archived = sum(1 for path in Path(home).rglob("*.warc.gz") for _ in archived_replies(path))
        assert archived == sum(f.outcome == "ok" or f.location is not None for f in found.fetches)
        return found


def test_one_month_asks_for_the_index_and_that_months_file_only():
    with Site() as www, Site() as static:
        months = [
            (f"{static.url}/sitemap/{y}-{m}.xml", "2026-11-01") for y in (2020, 2021, 2022) for m in range(1, 13)
        ]
        named = [f"{www.url}/2021/12/{day:02}/a-story-of-the-day-a75{day:03}" for day in (1, 31, 15)]
        static.pages = {
            "/sitemap/sitemap.xml": index(*months),
            "/sitemap/2021-12.xml": sitemap(*named, f"{www.url}/news", f"{www.url}/2021/11/30/late-a75000"),
        }
        found = walk(outlet(f"{static.url}/sitemap/sitemap.xml"))
    assert static.asked == ["/robots.txt", "/sitemap/sitemap.xml", "/sitemap/2021-12.xml"]
    assert www.asked == []
    assert [c.url for c in found.candidates] == [named[1], named[2], named[0]]  # newest first
    assert {c.source for c in found.candidates} == {"sitemap"} and {c.published_at for c in found.candidates} == {
        None
    }
    assert [(f.kind, f.outcome) for f in found.fetches] == [("sitemap", "ok")] * 2
    assert dict(found.dropped) == {"file_of_other_days": 35, "no_article": 1, "other_days": 1}
    assert found.problem is None


def test_a_sitemap_that_names_itself_ends():
    with Site() as site:
        site.pages["/sitemap.xml"] = index((f"{site.url}/sitemap.xml", None), (f"{site.url}/sitemap.xml#again", None))
        found = walk(outlet(f"{site.url}/sitemap.xml"))
        assert site.asked == ["/robots.txt", "/sitemap.xml"]
    assert found.candidates == ()


def test_indexes_of_indexes_end_at_the_third_level():
    with Site() as site:
        for level in range(9):
            site.pages[f"/level-{level}.xml"] = index((f"{site.url}/level-{level + 1}.xml", None))
        found = walk(outlet(f"{site.url}/level-0.xml"))
        assert site.asked[1:] == ["/level-0.xml", "/level-1.xml", "/level-2.xml"]
    assert dict(found.dropped) == {"too_deep": 1}


def test_a_file_that_fails_is_named_and_the_others_are_read():
    with Site() as site:
        article = f"{site.url}/2021/12/05/the-river-a7"
        site.pages = {
            "/page.xml": b"<html><body>Sorry</body></html>",
            "/torn.xml": sitemap(article)[:-9] + b"<url><lo",
        }
        found = walk(outlet(f"{site.url}/gone.xml", f"{site.url}/page.xml", f"{site.url}/torn.xml"))
    assert [c.url for c in found.candidates] == [article]
    by_name = {f.url.rsplit("/", 1)[1]: f for f in found.fetches}
    assert by_name["gone.xml"].reason == "http_status"
    assert by_name["page.xml"].reason == "not_a_sitemap" and by_name["page.xml"].outcome == "failed"
    assert by_name["torn.xml"].outcome == "ok" and "broken after 1 entries" in by_name["torn.xml"].detail


def test_robots_names_the_sitemaps_where_none_is_configured():
    with Site() as www, Site() as static:
        www.pages["/robots.txt"] = f"User-agent: *\nDisallow: /search/\nSitemap: {static.url}/map.xml\n".encode()
        static.pages["/map.xml"] = sitemap(f"{www.url}/2021/12/05/the-river-a7")
        found = walk(outlet(feeds=(f"{www.url}/rss/news", f"{www.url}/rss/city")))
    assert len(found.candidates) == 1
    assert www.asked == ["/robots.txt"]
    assert [f.kind for f in found.fetches] == ["sitemap"]


def test_no_sitemap_anywhere_is_a_named_problem():
    with Site({"/robots.txt": b"User-agent: *\nDisallow:\n"}) as site:
        found = walk(outlet(feeds=(f"{site.url}/rss",)))
    assert found.problem == "no sitemap is configured, and robots.txt names none"


def test_robots_that_cannot_be_read_is_not_said_to_name_none():
    with Site() as site:
        gone = site.url
    problem = walk(outlet(feeds=(f"{gone}/rss",))).problem
    assert problem and problem.startswith(f"no sitemap is configured, and {gone}/robots.txt could not be asked: ")


def test_what_robots_forbids_is_not_asked_for():
    with Site({"/robots.txt": b"User-agent: *\nDisallow: /*.xml$\n", "/map.xml": sitemap()}) as site:
        found = walk(outlet(f"{site.url}/map.xml"))
        assert site.asked == ["/robots.txt"]
    assert found.fetches[0].reason == "robots"


@pytest.mark.parametrize(
    ("name", "changed", "due"),
    [
        ("2021-12.xml", None, True),
        ("2021-12.xml", date(2021, 12, 1), True),  # a date that only says which month it is
        ("2021-11.xml", date(2026, 1, 1), False),
        ("2022-1.xml", None, False),
        ("2021.xml", None, True),
        ("news.xml", None, True),
        ("news.xml", date(2021, 11, 29), False),
        ("news.xml", date(2021, 11, 30), True),  # in another zone the first of December had begun
        ("news.xml", datetime(2026, 11, 24, tzinfo=UTC), True),
    ],
)
def test_a_file_is_left_out_by_its_date_before_it_is_fetched(name, changed, due):
    url = f"https://static.outlet.test/{name}"
    found, left_out = due_children([SitemapChild(url, changed)], DECEMBER)
    assert [u for u, _ in found] == [url] * due
    assert left_out == (not due)


def test_files_are_asked_for_newest_first():
    children = [SitemapChild(f"https://o.test/2021-{m}.xml") for m in (2, 12, 7)]
    found, _ = due_children(children, Span(date(2021, 1, 1), date(2021, 12, 31)))
    assert [u.rsplit("-", 1)[1] for u, _ in found] == ["12.xml", "7.xml", "2.xml"]


@pytest.mark.parametrize(
    ("page", "dropped"),
    [
        (SitemapPage("https://o.test/2021/12/05/x-a1"), None),
        (SitemapPage("https://o.test/2021/12/05/x-a1", date(2026, 1, 1)), None),  # the address decides
        (SitemapPage("https://o.test/2021/11/05/x-a1", date(2021, 12, 5)), "other_days"),
        (SitemapPage("https://o.test/2021/12/05/x-a1/pdf"), "no_article"),
    ],
)
def test_the_address_dates_a_page_first(page, dropped):
    assert judge_page(page, outlet(), DECEMBER).dropped == dropped


@pytest.mark.parametrize(
    ("page", "file", "dropped"),
    [
        (SitemapPage("https://o.test/a", published=datetime(2021, 12, 5, tzinfo=UTC)), None, None),
        (SitemapPage("https://o.test/a", date(2021, 12, 5), datetime(2021, 11, 5, tzinfo=UTC)), None, "other_days"),
        (SitemapPage("https://o.test/a", date(2021, 12, 5)), None, None),
        (SitemapPage("https://o.test/a", date(2021, 11, 5)), None, "other_days"),
        (SitemapPage("https://o.test/a", date(2022, 1, 10)), None, None),  # changed in its first days
        (SitemapPage("https://o.test/a", date(2026, 1, 10)), None, "changed_later"),
        (SitemapPage("https://o.test/a", date(2026, 1, 10)), DECEMBER, None),  # the file's name says December
        (SitemapPage("https://o.test/a"), None, None),  # nothing dates it
        (
            SitemapPage("https://o.test/2021-12-05-in-pictures", None, datetime(2022, 5, 1, tzinfo=UTC)),
            None,
            "other_days",
        ),
    ],
)
def test_without_a_dated_address_the_next_best_evidence_counts(page, file, dropped):
    assert judge_page(page, outlet(article=None), DECEMBER, file).dropped == dropped


def test_pages_without_a_day_come_last():
    with Site() as site:
        urls = [f"{site.url}/undated", f"{site.url}/2021/12/05/x", f"{site.url}/2021/12/09/x"]
        site.pages["/map.xml"] = sitemap(*urls)
        found = walk(outlet(f"{site.url}/map.xml", article=None))
    assert [c.url for c in found.candidates] == [urls[2], urls[1], urls[0]]
