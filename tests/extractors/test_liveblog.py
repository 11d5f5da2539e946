# ruff: noqa: E501 - a post a line
import json
from datetime import UTC, datetime

import pytest

from extractors.article import read_page
from extractors.records import Article

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
POSTS = (
    ("2026-03-02T21:40:00+02:00", "Drones over the port", "At least 40 drones were shot down over the port city on Monday evening, the air force said."),
    ("2026-03-02T18:05:00+02:00", "Talks end in Geneva", "The two delegations left the hotel after four hours of talks and said that they would meet again today."),
    ("2026-03-02T09:15:00+02:00", "A quiet morning", "Russia lost 300 soldiers in the fighting near the river over the weekend, the general staff in Kyiv said."),
    ("2026-03-01T23:50:00+02:00", "Shelling at night", "Seven people were killed in the shelling of the town near the border, the governor wrote late at night."),
)  # fmt: skip
TIMES = [datetime.fromisoformat(at).astimezone(UTC) for at, _, _ in POSTS]
INTRO = "<p>This page brings what we hear of the war today, the newest first, from all our people in the field.</p>"
TEASERS = "".join(
    f'<li><a href="/{n}">Story {n} of another day and place</a><time datetime="2026-02-0{n}T10:00:00Z">{n} Feb</time></li>'
    for n in range(1, 6)
)


def page(body: str, head: str = "") -> bytes:
    return (
        f"<html><head><title>War: live updates</title>{head}</head><body><article><h1>War: live updates</h1>{INTRO}{body}"
        f'</article><section class="latest"><ul>{TEASERS}</ul></section></body></html>'
    ).encode()


def boxes() -> str:
    return "".join(
        f'<div class="post" id="p{n}"><time datetime="{at}">then</time><h2>{title}</h2><p>{text}</p></div>'
        for n, (at, title, text) in enumerate(POSTS)
    )


def flat() -> str:
    return "".join(f'<h3><time datetime="{at}">{at[11:16]}</time></h3><p>{text}</p>' for at, _, text in POSTS)


def declared() -> str:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": title,
            "datePublished": at,
            "articleBody": text,
            "url": f"https://desk.test/live#{n}",
        }
        for n, (at, title, text) in enumerate(POSTS)
    ]
    block = {
        "@type": "LiveBlogPosting",
        "headline": "War: live updates",
        "datePublished": POSTS[3][0],
        "liveBlogUpdate": updates,
    }
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def read(body: bytes) -> Article:
    found = read_page(body, "https://desk.test/live", now=NOW)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "body",
    [
        page(boxes()),
        page(flat()),
        page("".join(f"<div><h2>{title}</h2><p>{text}</p></div>" for _, title, text in POSTS), declared()),
    ],
    ids=["boxes", "flat", "declared"],
)
def test_each_post_is_a_section_with_its_time(body: bytes) -> None:
    article = read(body)
    assert [s.posted_at for s in article.sections] == TIMES
    for section, (_, _, text) in zip(article.sections, POSTS, strict=True):
        assert text in article.text[section.start : section.end]
        assert sum(other in article.text[section.start : section.end] for _, _, other in POSTS) == 1


def test_post_has_the_address_that_the_page_gives_it() -> None:
    assert read(page(boxes())).sections[1].url == "https://desk.test/live#p1"
    shown = "".join(f"<div><h2>{title}</h2><p>{text}</p></div>" for _, title, text in POSTS)
    assert read(page(shown, declared())).sections[2].url == "https://desk.test/live#2"


def test_headline_in_a_summary_at_the_top_begins_no_post() -> None:
    summary = (
        "".join(f"<li>{title}</li>" for _, title, _ in POSTS) + "<p>" + "More words of the summary. " * 80 + "</p>"
    )
    bodies = "".join(f'<div class="post"><time datetime="{at}">x</time><p>{text}</p></div>' for at, _, text in POSTS)
    article = read(page(f"<ul>{summary}</ul>{bodies}", declared()))
    assert [s.posted_at for s in article.sections] == TIMES


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{text}</p>" for _, _, text in POSTS),  # an article beside a list of dated teasers
        '<time datetime="2026-03-02T21:40:00Z">now</time>' + "".join(f"<p>{text}</p>" for _, _, text in POSTS),
        "".join(f'<div><time datetime="2026-03-02">day</time><p>{text}</p></div>' for _, _, text in POSTS),  # no time
        "".join(
            f'<div><time datetime="2029-03-02T10:00Z">x</time><p>{text}</p></div>' for _, _, text in POSTS
        ),  # to come
    ],
)
def test_what_is_not_made_of_timed_posts_has_no_sections(body: str) -> None:
    assert read(page(body)).sections == ()
