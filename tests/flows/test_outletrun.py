from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.outletrun import OutletRun
from flows.outlets import Outlet
from warehouse.batch import Fetch


def row(outcome, reason=None, kind="page"):
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Fetch(
        run_id=1, outlet="post", url="https://post.test/a", kind=kind, fetched_at=at, elapsed_ms=1, status=200,
        outcome=outcome, reason=reason, detail=None, bytes=9, etag=None, last_modified=None, body_hash=None,
        article_id=None, location=None,
    )  # fmt: skip


def run_with(*fetches):
    return OutletRun(Outlet("post", "Post", feeds=("https://post.test/rss",)), fetches=list(fetches))


LATE, BROKEN, GOOD = row("failed", "timeout"), row("extract_failed", "timeout"), row("ok")


def test_outlet_that_answers_late_is_told_from_a_page_that_cannot_be_read_in_time():
    run = run_with(LATE, BROKEN, BROKEN, GOOD, row("failed", "timeout", kind="feed"), row("not_article", "empty"))
    assert run.failures() == {"timeout": 1, "reading timeout": 2, "feed timeout": 1, "empty": 1}


@pytest.mark.parametrize(
    "fetches, why",
    [
        ([LATE, BROKEN, LATE], "none of 3 pages could be fetched and read, first: https://post.test/a: timeout"),
        ([BROKEN] * 3, "none of 3 pages could be fetched and read, first: https://post.test/a: reading timeout"),
        ([BROKEN, BROKEN, GOOD], None),
        ([BROKEN, BROKEN, row("not_article", "empty")], None),
        ([BROKEN, BROKEN], None),  # too few to tell
    ],
)
def test_outlet_counts_as_failed_when_none_of_its_pages_came_through(fetches, why):
    assert run_with(*fetches).failed() == why


@pytest.mark.parametrize("trouble", [{}, {"left": 3}, {"crashed": "OSError"}])
def test_sources_are_asked_anew_where_pages_were_not_loaded_and_nothing_else_is_forgotten(trouble):
    kinds = ("feed", "sitemap", "page", "robots")
    run = run_with(*(replace(row("ok", kind=kind), etag='"a"', body_hash=7) for kind in kinds))
    for name, value in trouble.items():
        setattr(run, name, value)
    kept = [fetch.kind for fetch in run.remembered() if (fetch.etag, fetch.body_hash) == ('"a"', 7)]
    assert kept == (["page", "robots"] if trouble else list(kinds))
