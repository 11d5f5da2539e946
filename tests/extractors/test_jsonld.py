import pytest
from lxml import html

from extractors.jsonld import find_article, read_blocks, text_of


def blocks(*texts: str) -> list[object]:
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)
    return read_blocks(html.document_fromstring(f"<html><head>{scripts}</head><body></body></html>"))


def test_article_is_found_beside_the_site_and_the_trail() -> None:
    found = find_article(
        blocks(
            '{"@type": "WebSite", "name": "The Desk"}',
            '{"@type": "BreadcrumbList", "itemListElement": [{"item": {"@type": "Article", "headline": "Other"}}]}',
            '{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "2023-04-28"}',
        )
    )
    assert found["headline"] == "Armour moves"


@pytest.mark.parametrize(
    "block",
    [
        '[{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "Armour moves", "datePublished": "x"}]',
        '{"@graph": [{"@type": "Person"}, {"@type": "Report", "headline": "Armour moves", "datePublished": "x"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Armour moves", "datePublished": "x"}}',
        '{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x",}',  # a comma too many
        '<!-- {"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x", "description": "two\nlines"}',
        '{"@type": "https://schema.org/NewsArticle", "headline": "Armour moves", "datePublished": "x"};',
    ],
)  # fmt: skip
def test_article_is_found_in_blocks_of_any_make(block: str) -> None:
    assert find_article(blocks(block)).get("headline") == "Armour moves"


def test_of_several_articles_the_one_with_the_pages_title_is_taken() -> None:
    other = '{"@type": "NewsArticle", "headline": "Fleet sails", "datePublished": "x"}'
    own = '{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x"}'
    assert find_article(blocks(other, own), ["ARMOUR MOVES"])["headline"] == "Armour moves"
    assert find_article(blocks(other, own), ["Something else"])["headline"] == "Fleet sails"


@pytest.mark.parametrize("block", ["", "{", "[" * 20_000, '{"a":' * 20_000, "null", "3", "not json at all", "{{}}"])
def test_broken_block_is_passed_over(block: str) -> None:
    good = '{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "x"}'
    assert find_article(blocks(block, good))["headline"] == "Armour moves"
    assert find_article(blocks(block)) == {}


def test_teasers_in_a_list_are_no_article_of_the_page() -> None:
    block = (
        '{"@type": "ItemList", "itemListElement": [{"@type": "Article", "headline": "Other", "datePublished": "x"}]}'
    )
    assert find_article(blocks(block)) == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Tanks &amp;amp; guns", "Tanks & guns"),
        ("  two \n words ", "two words"),
        (["", "first"], "first"),
        ({"@value": "inner"}, "inner"),
        ({"name": "Named"}, "Named"),
        (None, None),
        (12, None),
        ("", None),
    ],
)
def test_values_become_one_line_of_text(value: object, text: str | None) -> None:
    assert text_of(value) == text
