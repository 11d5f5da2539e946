import pytest

from extractors.article import read_page
from extractors.dropped import MOST, left_out, military_numbers
from extractors.markup import parse_page
from extractors.records import Article

TEXT = "The ministry said 115,000 troops stood near the border on Monday, and 22 ships were at sea."


def dropped(markup: str) -> tuple[str, ...]:
    page = f"<html><body><p>{TEXT}</p>{markup}</body></html>".encode()
    return left_out(military_numbers(parse_page(page)), TEXT)


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
    ["", f"<div>{TEXT}</div>", "<p>It cost 300 dollars.</p>", "<p>In 2023 soldiers came.</p>", "<p>30% dead</p>"],
)
def test_what_is_in_the_text_or_counts_nothing_military_is_not(markup: str) -> None:
    assert dropped(markup) == ()


def page(more: str) -> bytes:
    story = "".join(f"<p>{TEXT} On day {n} they wrote it again, and more.</p>" for n in ("one", "two", "three"))
    return f"<html><body><article><h1>Fleet at sea</h1>{story}</article>{more}</body></html>".encode()


def test_article_carries_what_its_cleaning_dropped() -> None:
    teaser = '<div class="read-more"><a href="/b">Army loses 700 tanks in a week</a></div>'
    read = read_page(page(teaser), "https://desk.example.org/a")
    assert isinstance(read, Article)
    assert read.dropped == ("700 tanks",)


def test_body_that_a_page_declares_and_does_not_show_is_told() -> None:
    body = f'{{"@type": "NewsArticle", "articleBody": "{TEXT} Of 400 wounded soldiers nobody spoke."}}'
    read = read_page(page(f'<script type="application/ld+json">{body}</script>'), "https://desk.example.org/a")
    assert isinstance(read, Article)
    assert read.dropped == ("400 wounded",)


@pytest.mark.parametrize(
    "more", ["", "<aside>300 tanks</aside>", "<footer>300 tanks</footer>", "<script>300 tanks</script>"]
)
def test_article_read_whole_has_nothing_dropped(more: str) -> None:
    read = read_page(page(more), "https://desk.example.org/a")
    assert isinstance(read, Article)
    assert read.dropped == ()


def test_page_of_thousands_of_numbers_keeps_a_few() -> None:
    assert len(dropped("".join(f"<p>{n} tanks</p>" for n in range(100, 5_000)))) == MOST
