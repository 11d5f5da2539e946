import asyncio
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from flows.archive import Archive
from flows.outlets import Outlet
from flows.sources.cdx import ASKED, Capture
from flows.sources.wayback import (
    MOST_ANSWERS,
    archived_address,
    hosts_of,
    original_address,
    query_address,
    wayback_candidates,
)
from flows.visit import Visit
from flows.web.door import Limits, open_door
from tests.flows.site import Site

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATED = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$"
START, END = date(2021, 12, 1), date(2021, 12, 31)
LAST_CAPTURE = date(2022, 1, 30)


def outlet(article=DATED):
    return Outlet("gazette", "The Gazette", feeds=("https://www.gazette.test/rss",), article=article)


def answer(*rows, key=None):
    return json.dumps([list(ASKED), *rows, *([[], [key]] if key else [])]).encode()


def row(when, path, status="200", mimetype="text/html"):
    return [when, f"https://www.gazette.test{path}", mimetype, status]


def path_of(service, key=None):
    return query_address(service, "www.gazette.test", START, LAST_CAPTURE, key).removeprefix(service)


def look(service, of, hosts=()):
    async def run(home):
        with Archive(Path(home), 1, NOW) as archive:
            async with open_door(
                contact=None, allow_private=["127.0.0.1"], now=lambda: NOW, limits=Limits(delay_seconds=0)
            ) as door:
                return await wayback_candidates(Visit(door, archive, of, 1), START, END, service=service, hosts=hosts)

    with tempfile.TemporaryDirectory() as home:
        return asyncio.run(run(home))


def test_captures_become_addresses_of_the_original_bytes_newest_first():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = answer(
            row("20211206000000", "/2021/12/05/the-river-a7"),
            row("20220105000000", "/2021/12/31/the-year-a9"),
            row("20211206000000", "/2021/11/30/before-a3"),
            row("20211206000000", "/news"),
            row("20211206000000", "/2021/12/06/gone-a8", "404"),
        )
        found = look(archive.url, outlet())
    assert [c.url for c in found.candidates] == [
        f"{archive.url}/web/20220105000000id_/https://www.gazette.test/2021/12/31/the-year-a9",
        f"{archive.url}/web/20211206000000id_/https://www.gazette.test/2021/12/05/the-river-a7",
    ]
    assert {c.source for c in found.candidates} == {"wayback"}
    assert dict(found.dropped) == {"other_days": 1, "no_article": 1, "no_page": 1}
    assert [(f.kind, f.outcome) for f in found.fetches] == [("wayback", "ok")]


def test_of_one_article_under_two_addresses_the_first_capture_counts():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = answer(
            row("20211209000000", "/2021/12/05/new-slug-a7"), row("20211206000000", "/2021/12/05/old-slug-a7")
        )
        (only,) = look(archive.url, outlet()).candidates
    assert "20211206000000id_" in only.url


def test_an_address_without_a_day_counts_by_its_first_capture():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = answer(row("20211209000000", "/river"), row("20220106000000", "/lake"))
        found = look(archive.url, outlet(article=None))
    assert [original_address(c.url) for c in found.candidates] == ["https://www.gazette.test/river"]
    assert dict(found.dropped) == {"captured_later": 1}


def test_an_answer_that_ends_early_is_gone_on_with():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = answer(row("20211206000000", "/2021/12/05/x-a1"), key="k%2C1")
        archive.pages[path_of(archive.url, "k%2C1")] = answer(row("20211206000000", "/2021/12/06/x-a2"))
        assert len(look(archive.url, outlet()).candidates) == 2
        assert len(archive.asked) == 3  # with robots.txt


def test_keys_without_end_come_to_an_end():
    class Endless(dict):
        def get(self, path, default=None):
            if "robots" in path:
                return None
            return answer(key=f"k{len(path)}" + "k" * (len(path) % 1000))

    with Site() as archive:
        archive.pages = Endless()
        found = look(archive.url, outlet())
        assert len(archive.asked) == MOST_ANSWERS + 1
    assert dict(found.dropped) == {"answers_beyond_the_bound": 1}


def test_nonsense_lines_are_named_and_the_rest_is_kept():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = answer(["what"], row("20211206000000", "/2021/12/05/x-a1"))
        found = look(archive.url, outlet())
    assert len(found.candidates) == 1
    assert found.fetches[0].outcome == "ok" and "'what'" in found.fetches[0].detail


def test_a_web_page_in_place_of_an_answer_is_a_failure():
    with Site() as archive:
        archive.pages[path_of(archive.url)] = b"<html>Service overloaded</html>"
        found = look(archive.url, outlet())
    assert found.candidates == () and found.fetches[0].reason == "not_cdx"


def test_a_silent_service_is_a_failure_that_is_named():
    with Site() as archive:
        found = look(archive.url, outlet())
    assert found.fetches[0].reason == "http_status" and found.candidates == ()


def test_a_key_that_is_not_ready_for_an_address_is_made_so():
    url = query_address("https://archive.test", "gazette.test", START, END, "test,gazette)/ 2021!")
    assert parse_qs(urlsplit(url).query)["resumeKey"] == ["test,gazette)/ 2021!"]


def test_the_index_is_asked_for_captures_up_to_a_month_later():
    query = parse_qs(urlsplit(query_address("https://archive.test", "gazette.test", START, LAST_CAPTURE)).query)
    assert (query["from"], query["to"], query["matchType"]) == (["20211201"], ["20220130"], ["host"])
    assert parse_qs(query_address("https://a.test", "b.test/en/", START, END))["matchType"] == ["prefix"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gazette.test/2021/12/05/the-river-a7",
        "https://www.gazette.test/web/2021/https://x.test/",
        "https://archive.test/web/20211206000000/https://www.gazette.test/",  # with the archive's banner: not ours
    ],
)
def test_an_address_that_is_not_archived_is_its_own_original(url):
    assert original_address(url) == url


def test_the_original_of_an_archived_address_keeps_its_query():
    capture = Capture("20211206000000", "http://www.gazette.test:80/a?b=1&c=2")
    assert original_address(archived_address(capture)) == capture.original


def test_hosts_are_those_of_the_feeds():
    assert hosts_of(outlet()) == ("www.gazette.test",)
