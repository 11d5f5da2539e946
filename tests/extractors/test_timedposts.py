# ruff: noqa: E501 - a post a line
"""Live blogs whose times stand in their text alone, and what only looks like one."""

from datetime import UTC, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest

from extractors.article import read_page
from extractors.records import Article
from extractors.timedposts import Told, timed_lines, timed_posts

SAID = (
    "The air force said that at least forty drones were shot down over the port city during the night.",
    "The two delegations left the hotel after four hours of talks and said that they would meet again.",
    "Russia lost 300 soldiers in the fighting near the river over the weekend, the general staff said.",
    "Seven people were killed in the shelling of the town near the border, the governor of the region wrote.",
)
ENTRIES = ("Doors open", "Opening speech by the minister", "Lunch", "Podium with four guests")
KYIV = timezone(timedelta(hours=2))
DAY = datetime(2026, 3, 2, tzinfo=KYIV)
DOWN = ("21:40", "18:05", "14:35", "09:15")
UP = tuple(reversed(DOWN))


def told(published="09:00", modified="21:45", title="War: what we know", day_only=False):
    def at(clock):
        return datetime.combine(DAY, time.fromisoformat(clock), KYIV) if clock else None

    return Told(title, at(published), day_only, at(modified), 120)


def text(heads, bodies=SAID, intro="All the news of the day from our people in the field."):
    return "\n".join([intro, *(f"{head}{body}" for head, body in zip(heads, bodies, strict=True))])


def clocks(given, page, now=None):
    sections = timed_posts(given, timed_lines(given), page, now)
    for section, after in pairwise(sections):
        assert section.end == after.start - 1
    return [s.posted_at.astimezone(KYIV).strftime("%d %H:%M") for s in sections]


@pytest.mark.parametrize(
    "shape",
    ["{} – ", "{}: ", "[{}] ", "{} ", "- {} — ", "{}\n", "{} Kyiv time | ", "{} EET. ".replace(".", " –"), "({}) "],
)
@pytest.mark.parametrize("order", [DOWN, UP])
def test_paragraphs_that_begin_with_a_time_are_posts(shape, order):
    assert clocks(text([shape.format(clock) for clock in order]), told()) == [f"02 {clock}" for clock in order]


def test_post_begins_with_its_time_and_ends_before_the_next():
    given = text([f"{clock} – " for clock in DOWN])
    assert [given[s.start : s.end] for s in timed_posts(given, timed_lines(given), told(), None)] == [
        f"{clock} – {said}" for clock, said in zip(DOWN, SAID, strict=True)
    ]


def test_twelve_hour_clock_has_its_half_and_its_zone():
    heads = ["2:10 p.m. ET\n", "12:30 p.m. ET\n", "11:05 a.m. ET\n", "7:20 a.m. ET\n"]
    assert clocks(text(heads), told("13:00", "22:30")) == ["02 21:10", "02 19:30", "02 18:05", "02 14:20"]


def test_midnight_is_passed_once():
    heads = ("01:10 – ", "00:20 – ", "23:50 – ", "22:15 – ")
    assert clocks(text(heads), told("22:00", None), now=DAY + timedelta(days=1, hours=2)) == [
        "03 01:10", "03 00:20", "02 23:50", "02 22:15",
    ]  # fmt: skip
    page = Told("Live", DAY + timedelta(hours=22), False, DAY + timedelta(hours=25, minutes=20), 120)
    assert clocks(text(heads), page) == ["03 01:10", "03 00:20", "02 23:50", "02 22:15"]


def test_page_without_a_change_is_a_live_blog_by_its_name_or_by_its_order():
    rising = text([f"{clock} – " for clock in UP])
    assert clocks(rising, told("09:00", None, "War live: what happened today"), now=DAY + timedelta(hours=22)) != []
    assert clocks(rising, told("09:00", None), now=DAY + timedelta(hours=22)) == []
    assert clocks(text([f"{clock} – " for clock in DOWN]), told("09:00", None), now=DAY + timedelta(hours=22)) != []


@pytest.mark.parametrize(
    ("given", "page"),
    [
        (text([f"{clock} – " for clock in UP], ENTRIES), told()),  # a timetable
        (text([f"{clock} – " for clock in UP]), told("08:00", "08:10", "What to expect today")),  # to come
        (text([f"{clock} – " for clock in UP]), told("23:00", "23:10", "How the day unfolded")),  # a day gone by
        (text(["21:15 ", "25:21 ", "18:25 ", "25:23 "]), told()),  # sets
        (text(["14:35 – ", "21:40 – ", "09:15 – ", "18:05 – "]), told()),  # in no order
        (text([f"{clock} – " for clock in DOWN[:3]], SAID[:3]), told()),  # too few
        (text([f"{clock} – " for clock in DOWN], intro="Of another thing altogether. " * 40), told()),  # a box at the end
        (text([f"On Monday at {clock} " for clock in UP]), told()),
        (text(["10.45 million ", "9.30 million ", "8.15 million ", "7.10 million "]), told()),
        (text(["14:35 – "] * 4), told()),
    ],
)  # fmt: skip
def test_what_only_looks_like_posts_has_no_sections(given, page):
    assert clocks(given, page) == []


def page_of(body):
    meta = "".join(
        f'<meta property="article:{name}_time" content="2026-03-02T{clock}:00+02:00">'
        for name, clock in (("published", "09:00"), ("modified", "21:45"))
    )
    intro = "<p>All the news of the day from our people in the field.</p>"
    page = f"<html><head><title>War: live updates</title>{meta}</head><body><article><h1>War: live updates</h1>{intro}{body}</article></body></html>"
    article = read_page(page.encode(), "https://desk.test/live", now=datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    "post",
    [
        "<p><strong>{}</strong> – {}</p>", "<h3>{}</h3><p>{}</p>", "<ul><li>{} {}</li></ul>",
        '<div class="post"><span class="time">{}</span><div><p>{}</p></div></div>',
        '<div class="stamp">{}</div><div class="words"><p>{}</p></div>',
    ],
)  # fmt: skip
def test_page_of_such_posts_has_sections(post):
    article = page_of("".join(post.format(clock, said) for clock, said in zip(DOWN, SAID, strict=True)))
    assert [s.posted_at.astimezone(KYIV).strftime("%H:%M") for s in article.sections] == list(DOWN)
    for section, said in zip(article.sections, SAID, strict=True):
        assert said in article.text[section.start : section.end]


def test_times_of_a_list_beside_the_article_make_no_posts():
    teasers = "".join(
        f'<li><span class="time">{clock}</span> <a href="/{clock}">Another story of the day, with its own headline</a></li>'
        for clock in DOWN
    )
    assert page_of("".join(f"<p>{said}</p>" for said in SAID) + f"<aside><ul>{teasers}</ul></aside>").sections == ()
