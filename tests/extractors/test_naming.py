import pytest
from lxml import html

from extractors.naming import name_of


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ('<p class="relatedArticles" id="Top">', "related-articles top"),
        ('<p class="article__tags">', "article__tags "),
        ("<p>", " "),
    ],
)
def test_name_is_the_words_of_class_and_id(markup: str, name: str) -> None:
    assert name_of(html.fragment_fromstring(markup)) == name


def test_endless_class_is_read_in_part() -> None:
    assert len(name_of(html.fragment_fromstring(f'<p class="{"a" * 9_000}">'))) < 1_000
