from datetime import UTC, datetime, timedelta

import pytest

from extractors.records import Article, Extraction
from flows.expectations import outlet_findings, remarks
from flows.outlets import Outlet
from warehouse.health import Day, OutletHealth

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OUTLET = Outlet("post", "Post", ("https://post.test/rss",), least_articles=3, least_text=300)
PLAIN = Outlet("post", "Post", ("https://post.test/rss",))
SEEN = OutletHealth(last_success_at=NOW, watched_since=NOW - timedelta(days=9), articles=40)


def extraction(characters: int) -> Extraction:
    article = Article("https://post.test/a", None, "x" * characters, (), "en", None, None)
    return Extraction("post", 1, article, (), (), NOW, None, "1")


@pytest.mark.parametrize(
    ("outlet", "day", "said"),
    [
        (OUTLET, Day(2, whole=True), {"2 articles in 24 hours, 3 expected": 1}),
        (OUTLET, Day(1, whole=True), {"1 article in 24 hours, 3 expected": 1}),
        (OUTLET, Day(3, whole=True), {}),
        (OUTLET, Day(0, whole=False), {}),  # watched since this morning
        (OUTLET, None, {}),
        (PLAIN, Day(0, whole=True), {}),  # nothing is expected of it
    ],
)
def test_run_tells_of_fewer_articles_than_expected(outlet, day, said):
    assert remarks(outlet, (), day) == said


def test_run_counts_short_texts_where_a_length_is_expected():
    found = remarks(OUTLET, [extraction(299), extraction(300), extraction(2)], None)
    assert found == {"texts under 300 characters": 2}
    assert remarks(PLAIN, [extraction(2)], None) == {}


@pytest.mark.parametrize(
    ("health", "state", "said"),
    [
        ({"articles_in_a_day": 3}, "good", "40 articles, last answer 2026-03-02 09:00 UTC"),
        ({"articles_in_a_day": 2}, "wrong", "2 articles in 24 hours, 3 expected"),
        ({"articles_in_a_day": 0, "watched_since": NOW}, "good", "40 articles, last answer 2026-03-02 09:00 UTC"),
        (
            {"articles_in_a_day": 9, "shortest_text": 12, "shortest_url": "https://post.test/b"},
            "wrong",
            "a text of 12 characters, 300 expected: https://post.test/b",
        ),
    ],
)
def test_doctor_tells_of_an_outlet_below_what_is_expected(health, state, said):
    changed = OutletHealth(**{f: getattr(SEEN, f) for f in OutletHealth.__slots__} | health)
    assert [(f.state, f.says) for f in outlet_findings(changed, None, OUTLET, NOW)] == [(state, said)]


def test_doctor_notes_pages_that_lost_numbers_and_dates_in_doubt():
    health = OutletHealth(
        last_success_at=NOW, pages=20, pages_dropping=5, last_dropped="9 tanks", dates_in_doubt=2, articles=20
    )
    good, dropped, dates = outlet_findings(health, None, PLAIN, NOW)
    assert (good.state, dropped.state, dates.state) == ("good", "note", "note")
    assert '5 of the last 20 pages show military numbers that the text lacks, last "9 tanks"' in dropped.says
    assert "2 articles of the last 14 days have dates that contradict each other" in dates.says
