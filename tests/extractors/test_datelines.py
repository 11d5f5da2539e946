import pytest
from lxml import html

from extractors.datelines import shown_dates


def shown(head: str, body: str) -> list[str]:
    return list(shown_dates(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Armour moves | The Desk | 28.04.2023</title>", ""),
        ("", "<time>28.04.2023</time>"),
        ("", "<span class='article-date'>28.04.2023</span>"),
        ("", "<div class='publishedAt'><span class='posted'>28.04.2023</span></div>"),
        ("", "<p class='dateline'>Updated 29.04.2023 | 28.04.2023</p>"),
        ("", "<h1>Armour moves</h1><p>28.04.2023</p>"),
    ],
)
def test_shown_date_is_found(head: str, body: str) -> None:
    assert shown(head, body)[0] == "28.04.2023"


@pytest.mark.parametrize(
    "line", ["Stand: 28.04.2023, 16:20 Uhr", "Friday, 28 April 2023", "By Ann Lee, April 28, 2023 at 1:05 p.m. ET"]
)
def test_date_alone_under_the_heading_is_found(line: str) -> None:
    assert shown("", f"<h1>Armour moves</h1><div><span>{line}</span></div><p>{'Words. ' * 30}</p>")[0] == line


@pytest.mark.parametrize(
    "body",
    [
        "<p>{}</p><h1>Armour moves</h1>",  # above it
        "<h1>Armour moves</h1><p>It was on {} that the last convoy left.</p>",  # a sentence
        f"<h1>Armour moves</h1><p>{'Words. ' * 30}</p><p>{{}}</p>",  # below the text's beginning
        "<h1>Armour moves</h1><p>Updated: {}</p>",
        "<h1>Armour moves</h1><aside><p>{}</p></aside>",
    ],
)
def test_date_elsewhere_around_the_heading_is_not(body: str) -> None:
    assert shown("", body.format("28 April 2023")) == []


@pytest.mark.parametrize(
    "body",
    [
        "<aside><time>28.04.2023</time></aside>",
        "<div class='comments'><span class='date'>28.04.2023</span></div>",
        "<div class='related'><time>28.04.2023</time></div>",
        "<ul><li><time>28.04.2023</time></li></ul>",
        "<span class='updated date'>28.04.2023</span>",
        "<span class='candidates'>28 of 40</span>",
        "<span class='date'>today</span>",
    ],
)
def test_date_of_something_else_is_not(body: str) -> None:
    assert shown("<title>Armour moves in 2023</title>", body) == []
