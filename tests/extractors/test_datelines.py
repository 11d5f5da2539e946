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
    ],
)
def test_shown_date_is_found(head: str, body: str) -> None:
    assert shown(head, body)[0] == "28.04.2023"


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
