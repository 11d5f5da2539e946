import json

import pytest
from lxml import html

from extractors.metadata import Metadata, cut_site, read_metadata


def metadata(head: str, body: str = "") -> Metadata:
    return read_metadata(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def ld(block: str) -> str:
    return f'<script type="application/ld+json">{block}</script>'


OG = (
    '<meta property="og:title" content="Armour at the river | The Desk">'
    '<meta property="og:site_name" content="The Desk">'
)


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Armour moves | The Desk", "Armour moves"),
        ("Armour moves - The Desk", "Armour moves"),
        ("The Desk: Armour moves", "The Desk: Armour moves"),
        ("The Desk | Armour moves", "Armour moves"),
        ("Armour moves | The Desk | 28.04.2023", "Armour moves"),
        ("Armour moves – and stops", "Armour moves – and stops"),
        ("Armour moves|The Desk", "Armour moves"),
        ("The Desk", "The Desk"),
        ("U.S.-Russia talks - live", "U.S.-Russia talks - live"),
    ],
)
def test_site_is_cut_from_a_title_and_nothing_else(title: str, cut: str) -> None:
    assert cut_site(title, ("The Desk",)) == cut


def test_title_is_the_headline_then_the_shared_title_then_the_heading() -> None:
    block = ld('{"@type": "NewsArticle", "headline": "Armour moves", "datePublished": "2023-04-28"}')
    assert metadata(block + OG, "<h1>Tanks</h1>").title == "Armour moves"
    assert metadata(OG, "<h1>Tanks</h1>").title == "Armour at the river"
    assert metadata("<title>Desk</title>", "<h1>Tanks</h1>").title == "Tanks"
    assert metadata("<title>Desk</title>").title == "Desk"
    assert metadata("").title is None


def test_suffix_that_the_heading_lacks_is_cut() -> None:
    block = ld(
        '{"@type": "NewsArticle", "headline": "Armour moves - Riverside Daily", "datePublished": "2023-04-28"}'
    )
    assert metadata(block, "<h1>Armour moves</h1>").title == "Armour moves"


def test_headline_cut_short_is_the_heading_in_full() -> None:
    head = ld('{"@type": "NewsArticle", "headline": "Armour moves to the river as…", "datePublished": "1"}')
    full = "Armour moves to the river as talks end"
    assert metadata(head, f"<h1>{full}</h1>").title == full
    assert metadata(head, "<h1>Another heading</h1>").title == "Armour moves to the river as…"


def test_time_in_the_title_of_an_abbreviation_is_claimed() -> None:
    assert [c.text for c in metadata("", "<abbr class='published' title='1'>yesterday</abbr>").published] == ["1"]


def test_times_are_claimed_in_the_order_of_belief() -> None:
    head = ld('{"@type": "NewsArticle", "headline": "x", "datePublished": "1", "dateModified": "2"}')
    head += '<meta property="article:published_time" content="3"><meta name="Last-Modified" content="4">'
    body = '<span itemprop="datePublished" content="5"></span><main><time datetime="6">x</time></main>'
    found = metadata(head, body)
    assert [(c.source, c.text) for c in found.published] == [
        ("jsonld", "1"),
        ("meta", "3"),
        ("meta", "5"),
        ("text", "6"),
    ]
    assert [(c.source, c.text) for c in found.modified] == [("jsonld", "2"), ("meta", "4")]


def test_time_of_a_change_or_of_creation_is_no_first_choice() -> None:
    created = ld('{"@type": "NewsArticle", "headline": "x", "dateCreated": "1"}')
    changed = '<main><time class="byline__updated" datetime="2">x</time><time datetime="3">x</time></main>'
    assert [c.text for c in metadata(created, changed).published] == ["3", "1"]


def test_times_of_teasers_side_by_side_are_not_the_articles() -> None:
    teasers = '<article><h3>Other</h3><time datetime="2">x</time></article>' * 3
    assert metadata("", f"<div>{teasers}</div>").published == ()
    own = '<article><h1>Armour moves</h1><time datetime="1">x</time></article>'
    assert [c.text for c in metadata("", f"<div>{own}{teasers}</div>").published] == ["1"]


def test_time_is_read_from_other_attributes_and_not_from_an_empty_one() -> None:
    body = '<main><time datetime="">x</time><time data-timestamp="1682694061000">2 weeks ago</time></main>'
    assert [c.text for c in metadata("", body).published] == ["1682694061000"]


def test_heading_is_the_one_that_the_pages_title_begins_with() -> None:
    body = "<h1>The Desk</h1><main><h1>Armour moves</h1></main>"
    assert metadata("<title>Armour moves - The Desk</title>", body).title == "Armour moves"


def test_author_that_the_article_refers_to_by_id_is_named() -> None:
    graph = [
        {"@type": "NewsArticle", "author": [{"@id": "#a"}, {"@id": "#b"}]},
        {"@type": "Person", "@id": "#a", "name": "Ann Lee"},
    ]
    assert metadata(ld(json.dumps({"@graph": graph}))).authors == ("Ann Lee",)


def test_shown_date_is_claimed_only_where_none_is_declared() -> None:
    shown = '<span class="date">28.04.2023</span>'
    assert [c.text for c in metadata("", shown).published] == ["28.04.2023"]
    assert [c.text for c in metadata('<meta name="date" content="1">', shown).published] == ["1"]


def test_entities_in_values_are_resolved() -> None:
    block = ld('{"@type": "NewsArticle", "headline": "Guns &amp;amp; tanks", "datePublished": "x"}')
    assert metadata(block).title == "Guns & tanks"


def test_article_body_of_the_node_is_kept_for_a_rescue() -> None:
    assert metadata(ld('{"@type": "NewsArticle", "articleBody": "Armour moved."}')).article_body == "Armour moved."
    assert metadata(ld('{"@type": "NewsArticle", "articleBody": " "}')).article_body is None


def test_hundreds_of_authors_are_read_in_part() -> None:
    authors = [{"@type": "Person", "name": f"Ann Lee{i}"} for i in range(1_700)]
    assert len(metadata(ld(json.dumps({"@type": "NewsArticle", "author": authors}))).authors) == 30
