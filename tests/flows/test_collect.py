"""Fetching under a budget: what a run has no time for stays for the next one."""

import asyncio
from datetime import UTC, datetime, timedelta

from extractors.records import Candidate
from flows.archive import Archive
from flows.archivereader import read_reply
from flows.collect import fetch_pages, wanted_pages
from flows.outlets import Outlet
from flows.web.door import Limits, open_door

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def fetched(tmp_path, base, paths, budget):
    outlet = Outlet(id="post", name="Post", feeds=())
    pages = wanted_pages(outlet, [Candidate("post", base + path, None, None, "feed") for path in paths])

    async def run():
        async with open_door(
            contact=None, allow_private=("127.0.0.1",), now=lambda: NOW, limits=Limits(delay_seconds=0)
        ) as door:
            with Archive(tmp_path, 1, NOW) as archive:
                return await fetch_pages(door, archive, outlet, pages, {}, 1, budget)

    return asyncio.run(run())


def test_spent_budget_leaves_the_rest_unasked(tmp_path, served):
    base, requests = served({f"/{n}": (200, "text/html", b"<p>x</p>") for n in range(3)})
    read, others = fetched(tmp_path, base, ["/0", "/1", "/2"], timedelta(seconds=-1))
    assert (read, others, requests) == ([], [], [])


def test_without_a_budget_all_are_asked_for(tmp_path, served):
    base, _ = served({"/0": (200, "text/html", b"<p>x</p>"), "/1": (500, "text/html", b"<p>oops</p>")})
    read, others = fetched(tmp_path, base, ["/0", "/1"], None)
    assert [page.fetch.outcome for page in read] == ["ok"]
    assert [fetch.reason for fetch in others] == ["http_status"]


def test_error_answer_lies_in_the_archive_like_any_other(tmp_path, served):
    base, _ = served({"/gone": (410, "text/html", b"<p>Gone.</p>")})
    _, [fetch] = fetched(tmp_path, base, ["/gone"], None)
    reply = read_reply(tmp_path, fetch.location)
    assert (reply.status, reply.wire, reply.failure, fetch.bytes) == (410, b"<p>Gone.</p>", "http_status", 12)
