"""Which pages are due, and what is sent along."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.records import DateSaid
from warehouse.pages import Validators, feed_validators, feeds_asked_plainly, known_pages_due, pages_due

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    "age, pause, due",
    [
        (HOUR, MINUTE, True),  # every run in the first day
        (23 * HOUR, MINUTE, True),
        (25 * HOUR, 5 * HOUR, False),  # every 6 hours to the third
        (25 * HOUR, 6 * HOUR, True),
        (71 * HOUR, 6 * HOUR, True),
        (73 * HOUR, 6 * HOUR, False),  # daily to the fourteenth
        (73 * HOUR, 24 * HOUR, True),
        (13 * DAY, 24 * HOUR, True),
        (14 * DAY, 10 * DAY, False),  # then no more
        (400 * DAY, 300 * DAY, False),
    ],
)
def test_schedule_by_age_since_publication(desk, age, pause, due):
    seen, now = desk.start, desk.start + pause
    article = desk.article("herald", "one", seen, published_at=now - age)
    desk.bring(seen, article)
    pages = [(article.article.url, article.article_id)]
    assert pages_due(desk.connection, pages, now) == ([article.article.url] if due else [])
    known = known_pages_due(desk.connection, ["herald"], now)
    assert [p.url for p in known if p.article_id == article.article_id] == ([article.article.url] if due else [])


def test_pages_never_asked_for_are_due_in_the_order_given(desk):
    pages = [("https://herald.test/z", 5), ("https://herald.test/a", 6)]
    assert pages_due(desk.connection, pages, desk.start) == ["https://herald.test/z", "https://herald.test/a"]
    assert pages_due(desk.connection, [], desk.start) == []


@pytest.mark.parametrize("outcome", ["failed", "not_article", "extract_failed"])
@pytest.mark.parametrize("days, due", [(2, True), (13, True), (15, False)])
def test_page_without_an_article_follows_the_schedule_from_its_first_request(desk, outcome, days, due):
    at = desk.start
    batch = desk.batch(at, desk.article("herald", "broken", at))
    fetch = replace(batch.fetches[0], outcome=outcome, reason="x", article_id=None)
    desk.load(replace(batch, fetches=(fetch,), extractions=()))
    assert pages_due(desk.connection, [(fetch.url, 77)], at + days * DAY) == ([fetch.url] if due else [])


def test_article_known_under_another_address_counts(desk):
    at = desk.start
    article = desk.article("herald", "one", at, published_at=at - 2 * DAY)
    desk.bring(at, article)
    again = [("https://herald.test/one?renamed", article.article_id)]
    assert pages_due(desk.connection, again, at + HOUR) == []
    assert pages_due(desk.connection, again, at + 7 * HOUR) == ["https://herald.test/one?renamed"]


def test_address_counts_although_its_article_turned_out_to_be_another(desk):
    at = desk.start
    article = desk.article("herald", "one", at, published_at=at - 30 * DAY)
    desk.bring(at, article)
    assert pages_due(desk.connection, [(article.article.url, 12345)], at + DAY) == []


def test_date_ahead_does_not_keep_a_page_due_for_ever(desk):
    at = desk.start
    article = desk.article("herald", "one", at, published_at=at + 900 * DAY)
    desk.bring(at, article)
    assert pages_due(desk.connection, [(article.article.url, article.article_id)], at + 20 * DAY) == []


def test_known_pages_are_newest_first_and_of_the_outlets_asked_for(desk):
    at = desk.start
    articles = [desk.article(o, s, at, published_at=at - n * HOUR) for n, (o, s) in enumerate(
        (("herald", "new"), ("courier", "other"), ("herald", "old")))]  # fmt: skip
    desk.bring(at, *articles)
    due = known_pages_due(desk.connection, ["herald"], at + HOUR)
    assert [page.url for page in due] == ["https://herald.test/new", "https://herald.test/old"]
    assert known_pages_due(desk.connection, [], at + HOUR) == []


def test_known_page_comes_with_what_a_feed_said_of_its_date(desk):
    at = desk.start
    said = (DateSaid("meta", at - HOUR, "second", 0), DateSaid("feed", at - 2 * HOUR, "second", None))
    desk.bring(at, desk.article("herald", "a", at, dates=said), desk.article("herald", "b", at, dates=said[:1]))
    due = known_pages_due(desk.connection, ["herald"], at + HOUR)
    assert {page.url: page.feed_said for page in due} == {
        "https://herald.test/a": at - 2 * HOUR,
        "https://herald.test/b": None,
    }


def test_validators_come_from_the_last_good_answer(desk):
    at, url = desk.start, "https://herald.test/feed"

    def look(hours, **fields):
        batch = desk.batch(at + hours * HOUR, desk.article("herald", "feed", at + hours * HOUR))
        fetch = replace(batch.fetches[0], url=url, kind="feed", article_id=None, **fields)
        desk.load(replace(batch, fetches=(fetch,), extractions=()))
        return feed_validators(desk.connection, [url, "https://herald.test/never"])

    first = Validators('"a"', "Wed, 01 Dec 2021 10:00:00 GMT", 11)
    assert look(0, outcome="failed", status=500, reason="server_error") == {}
    assert look(1, etag=first.etag, last_modified=first.last_modified, body_hash=11) == {url: first}
    assert look(2, outcome="not_modified", status=304) == {url: first}
    assert look(3, outcome="failed", status=None, reason="timeout") == {url: first}
    assert look(4, outcome="not_modified", status=304, etag='"b"') == {url: replace(first, etag='"b"')}
    assert look(5, body_hash=22) == {url: Validators(None, None, 22)}


def test_batch_loaded_late_does_not_turn_validators_back(desk):
    at, url = desk.start, "https://herald.test/feed"
    batches = []
    for hours, etag in ((0, '"old"'), (1, '"new"')):
        batch = desk.batch(at, desk.article("herald", "feed", at + hours * HOUR))
        batches.append(replace(batch, extractions=(), fetches=(replace(batch.fetches[0], url=url, etag=etag),)))
    desk.load(batches[1])
    desk.load(batches[0])
    assert feed_validators(desk.connection, [url])[url].etag == '"new"'


@pytest.mark.parametrize(
    ("looks", "plainly"),
    [
        ([(0, 200, 11, '"a"'), (1, 304, None, '"a"')], False),
        ([(0, 200, 11, '"a"'), (7, 304, None, '"a"')], True),  # nothing but 304 for six hours
        ([(0, 200, 11, '"a"'), (6, 200, 12, '"b"')], False),
        ([(0, 200, 11, '"a"'), (6, 200, 12, '"a"')], True),  # another body under the same ETag
        ([(0, 200, 11, None), (6, 200, 12, None)], False),
    ],
)
def test_feed_whose_validators_cannot_be_trusted_is_asked_plainly(desk, looks, plainly):
    at, url = desk.start, "https://herald.test/rss"
    for hours, status, body, etag in looks:
        batch = desk.batch(at + hours * HOUR, desk.article("herald", "feed", at + hours * HOUR))
        outcome = "ok" if status == 200 else "not_modified"
        fetch = replace(
            batch.fetches[0], url=url, kind="feed", article_id=None, status=status, outcome=outcome, etag=etag,
            body_hash=body,
        )  # fmt: skip
        desk.load(replace(batch, fetches=(fetch,), extractions=()))
    now = at + (looks[-1][0] + 0.5) * HOUR
    assert feeds_asked_plainly(desk.connection, [url], now) == ({url} if plainly else set())


def test_addresses_that_led_to_one_article_are_asked_for_once(desk):
    at = desk.start
    article = desk.article("herald", "one", at)
    amp = desk.fetch(1, article, url=article.article.url + "/amp")
    batch = desk.batch(at, article)
    desk.load(replace(batch, fetches=(*batch.fetches, amp)))
    pages = [(amp.url, 77), (article.article.url, article.article_id), ("https://herald.test/new", 78)]
    assert pages_due(desk.connection, pages, at + HOUR) == [amp.url, "https://herald.test/new"]
