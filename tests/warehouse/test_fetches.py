"""Requests and the addresses they went to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from extractors.records import PageLocation

HOUR = timedelta(hours=1)


def test_each_request_is_written_as_it_went(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at))
    failed = replace(
        batch.fetches[0], url="https://herald.test/pdf", status=None, outcome="failed", reason="timeout",
        detail="no answer in 60 s", article_id=None, location=None,
    )  # fmt: skip
    kept = replace(batch.fetches[0], location=PageLocation("pages/2021/12/a.warc.gz", 321))
    desk.load(replace(batch, fetches=(kept, failed, failed)))
    assert desk.rows(
        f"SELECT url, status, outcome, reason, detail, warc_file, warc_offset FROM fetches"
        f" WHERE run_id = {batch.run_id} ORDER BY url"
    ) == [
        ("https://herald.test/one", 200, "ok", None, None, "pages/2021/12/a.warc.gz", 321),
        ("https://herald.test/pdf", None, "failed", "timeout", "no answer in 60 s", None, None),
    ]


def test_address_sums_up_the_requests_of_a_batch(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at))
    first = replace(batch.fetches[0], etag='"a"', last_modified="then", body_hash=5)
    unchanged = replace(
        first, fetched_at=at + HOUR, outcome="not_modified", status=304, etag=None, last_modified=None
    )
    failed = replace(first, fetched_at=at + 2 * HOUR, outcome="failed", status=502, reason="server_error")
    desk.load(replace(batch, fetches=(failed, unchanged, first)))
    assert desk.rows(
        "SELECT first_fetched_at, last_fetched_at, last_good_at, last_outcome, etag, last_modified, body_hash"
        " FROM addresses WHERE url LIKE '%herald%one'"
    ) == [
        (*((at + n * HOUR).replace(tzinfo=None) for n in (0, 2, 1)), "failed", '"a"', "then", 5),
    ]


def test_reasons_are_counted_most_frequent_first(desk):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "one", at))
    fetches = [
        replace(batch.fetches[0], url=f"https://herald.test/{n}", outcome=outcome, reason=reason)
        for n, (outcome, reason) in enumerate(
            (("failed", "timeout"), ("not_article", "empty"), ("not_article", "empty"), ("extract_failed", None))
        )
    ]
    outcome = desk.load(replace(batch, fetches=tuple(fetches)))
    assert outcome.outlets[0].failures == (("empty", 2), ("timeout", 1), ("extract_failed", 1))
    assert desk.rows(f"SELECT failed FROM runs WHERE run_id = {batch.run_id}") == [(4,)]


def test_page_that_did_not_change_was_looked_at_all_the_same(desk):
    at = desk.start
    article = desk.article("herald", "one", at)
    desk.bring(at, article)
    unchanged = desk.fetch(9, article, fetched_at=at + HOUR, status=304, outcome="not_modified")
    desk.load(replace(desk.batch(at + HOUR), fetches=(unchanged,), outlets=("herald",)))
    checked = desk.value(f"SELECT last_checked_at FROM articles WHERE article_id = {article.article_id}")
    assert checked == (at + HOUR).replace(tzinfo=None)


def test_numbers_that_cleaning_dropped_are_kept_with_the_request(desk):
    article = desk.article("herald", "a", desk.start)
    desk.load(replace(desk.batch(desk.start, article), fetches=(desk.fetch(1, article, dropped=("700 tanks",)),)))
    assert desk.rows("SELECT url, dropped FROM fetches WHERE len(dropped) > 0") == [
        (article.article.url, ["700 tanks"])
    ]
