"""What was found in articles, and the posts of live blogs that it stands in."""

from __future__ import annotations

from datetime import timedelta

from extractors.records import Section

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAGE = "https://herald.test/live"


def post(at, number=1):
    return Section(0, 9, at, f"Post {number}", f"{PAGE}#{number}")


def blog(desk, at, *figures, published_at=None):
    sections = tuple({f.section: None for f in figures if f.section})
    dated = {"published_at": published_at, "sections": sections}
    return desk.article("herald", "live", at, *figures, text=str(figures), **dated)


def test_figure_is_as_old_as_its_post(desk):
    at = desk.start
    old = desk.figure(100, section=post(at - 30 * HOUR))
    new = desk.figure(200, start=9, section=post(at - HOUR, 2))
    desk.bring(at, blog(desk, at, old, new, published_at=at - 2 * DAY))
    joined = "FROM figures f JOIN sightings s USING (claim_id) ORDER BY low"
    rows = desk.rows(f"SELECT f.low, f.posted_at, s.published_at {joined}")
    times = [(at - 30 * HOUR).replace(tzinfo=None), (at - HOUR).replace(tzinfo=None)]
    assert rows == [(100, times[0], times[0]), (200, times[1], times[1])]
    assert desk.rows("SELECT title, url, posted_at FROM sections ORDER BY posted_at") == [
        ("Post 1", f"{PAGE}#1", times[0]),
        ("Post 2", f"{PAGE}#2", times[1]),
    ]


def test_new_figure_in_a_post_alerts_with_the_address_of_the_post(desk):
    at = desk.start
    assert desk.rules(at, blog(desk, at, desk.figure(100, section=post(at)))) == ["new_figure"]
    assert desk.value("SELECT url FROM alerts") == f"{PAGE}#1"


def test_post_of_an_undated_page_may_alert(desk):
    at = desk.start
    assert desk.rules(at, blog(desk, at, desk.figure(100, section=post(at)), published_at=None)) == ["new_figure"]


def test_post_of_today_on_an_old_page_is_no_late_find(desk):
    at = desk.start
    fresh, old = desk.figure(100, section=post(at)), desk.figure(300, start=9, section=post(at - 8 * DAY, 2))
    assert sorted(desk.rules(at, blog(desk, at, fresh, old, published_at=at - 9 * DAY))) == ["new_figure", "summary"]


def test_post_that_leaves_the_page_is_no_rewrite(desk):
    at = desk.start
    desk.bring(at, blog(desk, at, desk.figure(100, section=post(at)), published_at=at))
    later = blog(desk, at + HOUR, desk.figure(300, section=post(at + HOUR, 2)), published_at=at)
    assert "revised_article" not in desk.rules(at + HOUR, later)


def test_post_that_is_corrected_is_a_rewrite(desk):
    at = desk.start
    desk.bring(at, blog(desk, at, desk.figure(100, section=post(at)), published_at=at))
    later = blog(desk, at + HOUR, desk.figure(300, section=post(at)), published_at=at)
    assert desk.rules(at + HOUR, later) == ["revised_article"]


def test_sections_of_each_revision_are_kept_and_written_again_in_place(desk):
    at = desk.start
    desk.bring(at, blog(desk, at, desk.figure(100, section=post(at)), published_at=at))
    desk.bring(at + HOUR, blog(desk, at + HOUR, desk.figure(300, section=post(at + HOUR, 2)), published_at=at))
    desk.reread(at + DAY, blog(desk, at + HOUR, desk.figure(300, section=post(at + HOUR, 3)), published_at=at))
    assert desk.rows("SELECT revision, title FROM sections ORDER BY 1") == [(1, "Post 1"), (2, "Post 3")]
