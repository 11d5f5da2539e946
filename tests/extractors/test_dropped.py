import pytest

from extractors.article import read_page
from extractors.dropped import dropped_figures
from extractors.records import Article

TEXT = "The ministry said 115,000 troops stood near the border on Monday, and 22 ships were at sea."


def dropped(body: str) -> tuple[str, ...]:
    return dropped_figures(f"<html><body><p>{TEXT}</p>{body}</body></html>".encode(), TEXT)


@pytest.mark.parametrize(
    ("markup", "phrase"),
    [
        ("<p>It lost 6,420 tanks.</p>", "6,420 tanks"),
        ("<ul><li>Tanks: 6 420</li></ul>", "Tanks: 6 420"),
        ("<div>300 Russian soldiers died</div>", "300 Russian soldiers"),
        ("<div>потери: 300 танков</div>", "300 танков"),
        ("<div>90 тисяч військових</div>", "90 тисяч військових"),
    ],
)
def test_number_beside_a_military_noun_that_is_not_in_the_text_is_told(markup: str, phrase: str) -> None:
    assert dropped(markup) == (phrase,)


@pytest.mark.parametrize(
    "markup",
    [
        "",
        f"<div>{TEXT}</div>",
        "<p>It cost 300 dollars.</p>",
        "<aside>300 tanks</aside>",
        "<script>300 tanks</script>",
    ],
)
def test_what_is_in_the_text_or_counts_nothing_military_is_not(markup: str) -> None:
    assert dropped(markup) == ()


def test_article_read_whole_has_nothing_dropped() -> None:
    body = (
        f"<html><body><article><h1>Losses</h1><p>{TEXT}</p><ul><li>6,420 tanks lost</li></ul></article></body></html>"
    )
    article = read_page(body.encode(), "https://desk.example.org/a")
    assert isinstance(article, Article)
    assert dropped_figures(body.encode(), article.text) == ()


@pytest.mark.parametrize("body", [b"", b"%PDF", b"<p>" + b"9" * 90_000 + b" troops"])
def test_page_that_cannot_be_read_has_none_and_no_error(body: bytes) -> None:
    assert len(dropped_figures(body, "")) <= 1
