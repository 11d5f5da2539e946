import pytest
from lxml import html

from extractors.furniture import prune_furniture

BODY = "<p>" + "The brigade moved ten tanks across the river on Monday. " * 6 + "</p>"


def pruned(part: str) -> str:
    tree = html.document_fromstring(
        f"<html><body><article><h1>Armour moves</h1>{BODY}{part}{BODY}</article></body></html>"
    )
    prune_furniture(tree)
    return tree.text_content()


@pytest.mark.parametrize(
    "part",
    [
        '<div class="article__related-article"><a href="/b">300 dead in MARKED battle</a></div>',
        '<div class="relatedArticles"><a href="/b">MARKED</a></div>',
        '<section class="most-read"><h3>MARKED</h3></section>',
        '<div id="newsletter-box"><p>MARKED</p></div>',
        '<blockquote class="twitter-tweet"><p>MARKED</p></blockquote>',
        '<div class="image-caption">MARKED</div>',
        '<span class="visually-hidden">MARKED</span>',
        '<div class="author-bio"><p>MARKED writes on the army.</p></div>',
        '<div class="cookie-consent">MARKED</div>',
        '<div class="inline-poll"><p>MARKED?</p></div>',
        '<div class="image_image-widget"><img src="a.jpg"><p>MARKED: ten tanks at the river.</p></div>',
        '<ul><li><a href="/b">MARKED one</a></li><li><a href="/c">MARKED two</a></li></ul>',
        '<p><strong><a href="/b">MARKED battle leaves 300 dead</a></strong></p>',
        '<h3><a href="/b">MARKED battle leaves 300 dead</a></h3>',
    ],
)
def test_furniture_goes(part: str) -> None:
    assert "MARKED" not in pruned(part)


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li>MARKED: 6,420 tanks</li><li>12,500 vehicles</li></ul>",
        '<ul><li>MARKED: 6,420 tanks, says the <a href="/b">ministry</a></li></ul>',
        '<p class="teaser">MARKED: the army leaves the river.</p>',  # a standfirst to some
        '<p class="correlated">MARKED</p>',
        '<p>MARKED, the ministry <a href="/b">said</a>.</p>',
        '<table class="losses"><tr><td>MARKED</td><td>6,420</td></tr></table>',
        "<h3>MARKED</h3>",
        '<div class="photo-story"><img src="a.jpg"><p>MARKED ' + "and on it goes " * 60 + "</p></div>",
        '<p class="image">MARKED</p>',  # without a picture
        '<p><a href="#note">MARKED note one of the text</a></p>',
        '<p class="paywall">MARKED</p>',  # around the text of those who may read it
    ],
)
def test_text_stays(part: str) -> None:
    assert "MARKED" in pruned(part)


def test_name_of_the_whole_layout_is_no_furniture() -> None:
    tree = html.document_fromstring(
        f'<html><body><div class="page subscribe-theme social">{BODY}</div></body></html>'
    )
    tree.body[0].set("class", "social")
    prune_furniture(tree)
    assert "ten tanks" in tree.text_content()


def test_text_after_furniture_stays() -> None:
    tree = html.document_fromstring(
        f"<html><body>{BODY}<div><div class='newsletter'>Sign up</div> tail stays</div></body></html>"
    )
    prune_furniture(tree)
    assert "tail stays" in tree.text_content()
    assert "Sign up" not in tree.text_content()


def test_text_before_and_after_furniture_stays_apart() -> None:
    tree = html.document_fromstring(f"<div>{BODY}Ten died.<div class='inline-poll'><p>Why?</p></div>Two fled.</div>")
    prune_furniture(tree)
    assert b"Ten died.<br>Two fled." in html.tostring(tree)
