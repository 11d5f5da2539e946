"""Fetching under a budget, and what is not read again because it came as it was."""

import asyncio
from datetime import UTC, datetime, timedelta

from extractors.records import Candidate
from flows.archive import Archive
from flows.archivereader import read_reply
from flows.collect import fetch_pages, known_page, wanted_pages
from flows.outlets import Outlet
from flows.visit import Visit
from flows.web.door import Limits, open_door
from tests.newsroom.rawserver import RawServer
from warehouse.pages import KnownPage

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STORY = (
    "Ukraine's foreign ministry said that Russia had massed 1,000 troops near the border of the Kharkiv region.",
    "The ministry published the statement on its site on Monday morning and answered no questions about it.",
)


def fetched(tmp_path, base, paths, budget):
    outlet = Outlet(id="post", name="Post", feeds=())
    pages = wanted_pages(outlet, [Candidate("post", base + path, None, None, "feed") for path in paths])

    async def run():
        async with open_door(
            contact=None, allow_private=("127.0.0.1",), now=lambda: NOW, limits=Limits(delay_seconds=0)
        ) as door:
            with Archive(tmp_path, 1, NOW) as archive:
                return await fetch_pages(Visit(door, archive, outlet, 1), pages, {}, budget)

    return asyncio.run(run())


def test_page_looked_at_again_is_dated_as_its_feed_dated_it_once():
    outlet = Outlet(id="post", name="Post", feeds=())
    page = known_page(KnownPage("post", "https://post.test/a", 7, NOW), outlet)
    assert page.candidate and (page.article_id, page.candidate.published_at) == (7, NOW)
    assert known_page(KnownPage("post", "https://post.test/a", None, None), outlet).candidate is None


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


class Repeating:
    """A server that answers with one ETag whatever its feed and its page hold by now."""

    def __init__(self, feed):
        self.feed = feed
        self.asked = []

    def rss(self, call):
        condition = call.headers.get("if-none-match")
        self.asked.append((call.path, condition))
        if condition:
            call.answer(b"", 'ETag: "1"', status="304 Not Modified")
        else:
            call.answer(self.feed, 'ETag: "1"', "Content-Type: application/rss+xml")
        return True


def test_server_that_repeats_its_etag_on_a_changed_feed_is_found_out(desk, page, feed_of):
    article = page("Statement", *STORY)
    server = Repeating(feed_of())
    behaviours = {
        "rss": server.rss, "a": lambda call: call.answer(article), "b": lambda call: call.answer(article),
        "not_found": lambda call: call.answer(b"", status="404 Not Found"),
    }  # fmt: skip
    with RawServer(behaviours) as room:
        desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{room.url("rss")}"]\n')
        start = datetime(2026, 3, 2, 9, tzinfo=UTC)
        desk.monitor(start)
        server.feed = feed_of(room.url("a"))
        desk.monitor(start + timedelta(hours=1))  # believes the 304
        desk.monitor(start + timedelta(hours=7))  # asks plainly, and sees another body under the same ETag
        server.feed = feed_of(room.url("a"), room.url("b"))
        desk.monitor(start + timedelta(hours=8))
        assert [condition for _, condition in server.asked] == [None, '"1"', None, None]
    assert desk.ask("SELECT count(*) AS n FROM articles") == [{"n": 2}]


def test_feed_and_page_that_come_again_as_they_were_are_not_read_again(desk, served, page, feed_of):
    pages = {"/a": (200, "text/html", page("Statement", *STORY))}
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor(datetime(2026, 3, 2, 9, tzinfo=UTC))
    desk.monitor(datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert requests == ["/robots.txt", "/rss", "/a", "/rss", "/a"]
    rows = desk.ask("SELECT kind, status, outcome FROM fetches WHERE kind <> 'robots' ORDER BY fetched_at, kind")
    assert [(r["kind"], r["outcome"]) for r in rows] == [
        ("feed", "ok"), ("page", "ok"), ("feed", "not_modified"), ("page", "not_modified"),
    ]  # fmt: skip


def test_entries_of_a_feed_that_lead_nowhere_are_named(desk, served, feed_of):
    base, _ = served({"/rss": (200, "application/rss+xml", feed_of("javascript:alert(1)", "mailto:a@b.example"))})
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    assert desk.monitor(datetime(2026, 3, 2, 9, tzinfo=UTC)).failed == ()
    (row,) = desk.ask("SELECT outcome, detail FROM fetches WHERE kind = 'feed'")
    assert row["outcome"] == "ok" and row["detail"].startswith(
        "2 entries were left out, the first: t: its link is no"
    )


def test_article_whose_address_leads_on_to_another_is_looked_at_again_once(desk, page, feed_of):
    article = page("Statement", *STORY)
    behaviours = {
        "rss": lambda call: call.answer(feed_of("/old"), "Content-Type: application/rss+xml"),
        "old": lambda call: call.answer(b"", "Location: /new", status="301 Moved Permanently"),
        "new": lambda call: call.answer(article, "Content-Type: text/html"),
        "not_found": lambda call: call.answer(b"", status="404 Not Found"),
    }  # fmt: skip
    with RawServer(behaviours) as room:
        desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{room.url("rss")}"]\n')
        desk.monitor(NOW)
        room.requests.clear()
        behaviours["rss"] = lambda call: call.answer(feed_of("/old", "/newer"), "Content-Type: application/rss+xml")
        desk.monitor(NOW + timedelta(minutes=15))
        assert room.requests == ["/rss", "/old", "/new", "/newer"] or room.requests == [
            "/rss",
            "/newer",
            "/old",
            "/new",
        ]
