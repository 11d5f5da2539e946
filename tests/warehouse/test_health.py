"""How the outlets fare, told from what the ledger holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from warehouse.health import Day, last_day, outlet_health
from warehouse.publish import publish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def watched(desk, at, *articles):
    """Load articles with a request for a feed of the outlet herald."""
    batch = desk.batch(at, *articles)
    first = desk.fetch(1, desk.article("herald", "rss", at), kind="feed", article_id=None, location=None)
    desk.load(replace(batch, fetches=(first, *batch.fetches)))


def test_day_counts_what_was_published_in_it_and_is_whole_after_a_day(desk):
    at = desk.start
    watched(desk, at, desk.article("herald", "old", at, published_at=at - 2 * DAY), desk.article("herald", "new", at))
    assert last_day(desk.connection, ["herald", "courier"], at + HOUR) == {"herald": Day(1, whole=False)}
    assert last_day(desk.connection, ["herald"], at + 25 * HOUR) == {"herald": Day(0, whole=True)}
    assert last_day(desk.connection, [], at) == {}


def test_health_tells_short_texts_dropped_numbers_and_doubtful_dates(desk, tmp_path):
    at = desk.start
    short = desk.article("herald", "short", at, text="Few words.", date_doubt="address")
    batch = desk.batch(at, short, desk.article("herald", "long", at))
    fetches = (replace(batch.fetches[0], dropped=("9 tanks", "2 ships")), batch.fetches[1])
    desk.load(replace(batch, fetches=fetches))
    publish(desk.connection, desk.path, tmp_path / "published.duckdb")
    health = outlet_health(tmp_path / "published.duckdb")["herald"]
    assert (health.shortest_text, health.shortest_url) == (10, short.article.url)
    assert (health.pages_dropping, health.last_dropped, health.dates_in_doubt) == (1, "9 tanks", 1)
