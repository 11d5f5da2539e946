"""List pages of a loopback site, in the shape of /news/<offset>."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from flows.archive import Archive
from flows.outlets import Outlet
from flows.sources.listing import list_candidates
from flows.visit import Visit
from flows.web.door import Limits, open_door
from tests.flows.site import Site

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATED = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"
STEP = 3


def listed(site, days, pinned=()):
    """Serve one article a day, the newest first, three a page; a page also shows what is pinned."""
    paths = [f"/{day:%Y/%m/%d}/story-a{number}" for number, day in enumerate(days, 1)]
    for first in range(0, len(paths), STEP):
        links = "".join(f'<a href="{path}">Story</a>' for path in [*pinned, *paths[first : first + STEP]])
        site.pages[f"/news/{first}"] = f"<div>{links}<a href='/about'>About</a></div>".encode()
    return paths


def walk(tmp_path, site, start, end, article=DATED, **more):
    outlet = Outlet("gazette", "The Gazette", (), lists=(f"{site.url}/news/{{offset:{STEP}}}",), article=article)

    async def run():
        with Archive(tmp_path, 1, NOW) as archive:
            async with open_door(
                contact=None, allow_private=["127.0.0.1"], now=lambda: NOW, limits=Limits(delay_seconds=0)
            ) as door:
                return await list_candidates(Visit(door, archive, outlet, 1), start, end, **more)

    found = asyncio.run(run())
    return found, [path for path in site.asked if path.startswith("/news")]


def back_from(last, count):
    return [last - timedelta(days=n) for n in range(count)]


def test_list_is_followed_until_two_pages_are_too_old(tmp_path):
    with Site() as site:
        paths = listed(site, back_from(date(2021, 12, 31), 60))
        found, asked = walk(tmp_path, site, date(2021, 12, 20), date(2021, 12, 25))
    assert [c.url.removeprefix(site.url) for c in found.candidates] == paths[6:12]
    assert asked == [f"/news/{offset}" for offset in range(0, 18, STEP)]
    assert {c.source for c in found.candidates} == {"list"} and found.candidates[0].title == "Story"
    assert dict(found.dropped) == {"other_days": 12}
    assert {(f.kind, f.outcome, f.location is not None) for f in found.fetches} == {("list", "ok", True)}


def test_pinned_article_of_long_ago_ends_nothing(tmp_path):
    with Site() as site:
        listed(site, back_from(date(2021, 12, 31), 9), pinned=["/2014/03/01/old-a900"])
        found, _ = walk(tmp_path, site, date(2021, 12, 1), date(2021, 12, 31))
    assert len(found.candidates) == 9


def test_end_of_the_list_is_no_failure_and_a_missing_list_is(tmp_path):
    with Site() as site:
        listed(site, back_from(date(2021, 12, 31), 6))
        found, asked = walk(tmp_path, site, date(2021, 1, 1), date(2021, 12, 31))
        assert asked == ["/news/0", "/news/3", "/news/6"] and len(found.candidates) == 6
        assert [f.outcome for f in found.fetches] == ["ok"] * 3
        site.pages.clear()
        found, _ = walk(tmp_path, site, date(2021, 1, 1), date(2021, 12, 31))
        assert [(f.outcome, f.reason) for f in found.fetches] == [("failed", "http_status")]


def test_list_that_repeats_itself_for_ever_ends_with_what_is_new(tmp_path):
    with Site() as site:
        listed(site, back_from(date(2021, 12, 31), 3))
        site.pages |= {f"/news/{n * STEP}": site.pages["/news/0"] for n in range(1, 50)}
        found, asked = walk(tmp_path, site, date(2021, 1, 1), date(2021, 12, 31))
    assert (len(asked), len(found.candidates)) == (2, 3)


def test_bound_on_pages_holds_and_is_named(tmp_path):
    with Site() as site:
        listed(site, back_from(date(2021, 12, 31), 60))
        found, asked = walk(tmp_path, site, date(2001, 1, 1), date(2021, 12, 31), most=4)
    assert (len(asked), dict(found.dropped)) == (4, {"pages_beyond_the_bound": 1})


def test_without_a_pattern_only_dated_addresses_are_articles(tmp_path):
    with Site() as site:
        listed(site, back_from(date(2021, 12, 31), 3))
        found, _ = walk(tmp_path, site, date(2021, 1, 1), date(2021, 12, 31), article=None)
    assert len(found.candidates) == 3
