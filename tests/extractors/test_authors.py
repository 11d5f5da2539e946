import pytest
from lxml import html

from extractors.authors import find_authors, split_names

EMPTY = html.document_fromstring("<html><body></body></html>")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Von Ann Lee, Bob Ray und Cy Doe", ["Ann Lee", "Bob Ray", "Cy Doe"]),
        ("Ann Lee; Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Ann Lee (Kyiv)", ["Ann Lee"]),
        ("Ann Lee, professor of the history of the river fleets", ["Ann Lee"]),
        ("By Ann Lee, Staff Writer", ["Ann Lee"]),
        ("Ann Lee, Bob Ray, political correspondents", ["Ann Lee", "Bob Ray", "political correspondents"]),
        ("By Ann Lee in Vienna and Bob Ray in Kyiv", ["Ann Lee", "Bob Ray"]),
        ("https://social.example/annlee", []),
        ("Ann Lee ann.lee@desk.example @annlee", ["Ann Lee"]),
        ("ann-lee", []),
        ("48213", []),
        ("(Image: Press office/Agency)", []),
        ("Иван Петров и Анна Ли", ["Иван Петров", "Анна Ли"]),
        ("Jean-Luc O'Neill", ["Jean-Luc O'Neill"]),
        ("", []),
        ("x" * 900, []),
        ("(" * 300, []),
    ],
)
def test_field_holds_names_and_no_more(value: str, names: list[str]) -> None:
    assert split_names(value) == names


def test_authors_come_from_jsonld_before_meta_each_once() -> None:
    assert find_authors(EMPTY, ["Ann Lee", "ANN LEE"], ["Bob Ray"], ["The Desk"]) == ("Ann Lee",)
    assert find_authors(EMPTY, [], ["Bob Ray", "bob-ray"], []) == ("Bob Ray",)


@pytest.mark.parametrize("own", ["The Desk", "the desk", "THE DESK News"])
def test_outlet_is_an_author_only_where_nobody_else_is(own: str) -> None:
    assert find_authors(EMPTY, [own], ["Ann Lee"], ["The Desk"]) == ("Ann Lee",)
    assert find_authors(EMPTY, [own], [], ["The Desk"]) == (own,)


def test_agency_that_wrote_it_is_an_author() -> None:
    assert find_authors(EMPTY, ["Agence Exemple"], [], ["The Desk"]) == ("Agence Exemple",)


@pytest.mark.parametrize(
    "markup",
    [
        '<a rel="author" href="/a">Ann Lee</a>',
        '<span class="byline">By Ann Lee</span>',
        '<p class="article__author">Von Ann Lee, 28. April 2023</p>',
        '<div class="authors"><span>Ann Lee</span></div>',
        '<div class="content-box"><p class="author">von <a href="/a">Ann Lee</a></p></div>',
    ],
)
def test_byline_names_the_author_where_nothing_else_does(markup: str) -> None:
    tree = html.document_fromstring(f"<html><body><h1>Armour moves</h1>{markup}</body></html>")
    assert find_authors(tree, [], [], ["The Desk"]) == ("Ann Lee",)
    assert find_authors(tree, ["The Desk"], [], ["The Desk"]) == ("Ann Lee",)


@pytest.mark.parametrize(
    "markup",
    [
        '<span class="comment-author">Ann Lee</span>',
        '<div class="author-bio">Ann Lee covers the army.</div>',
        '<span class="byline">By our correspondent</span>',
        '<div class="authors">Published posts: 300</div>',
        '<div class="related"><span class="byline">Ann Lee</span></div>',
    ],
)
def test_words_that_name_no_author_of_the_page_are_none(markup: str) -> None:
    tree = html.document_fromstring(f"<html><body><h1>Armour moves</h1>{markup}</body></html>")
    assert find_authors(tree, [], [], []) == ()


LONG = "<p>The brigade moved ten tanks across the river on Monday, officials said, and nobody was hurt in it.</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>&nbsp;</p><p><strong>Ann Lee</strong></p>{LONG * 4}",
        f"{LONG * 4}<p style='text-align:right'><strong>Ann Lee</strong></p>",
    ],
)
def test_name_in_bold_at_an_end_of_the_text_signs_it(body: str) -> None:
    tree = html.document_fromstring(f"<html><body><div>{body}</div></body></html>")
    assert find_authors(tree, ["The Desk"], [], ["The Desk"]) == ("Ann Lee",)


@pytest.mark.parametrize(
    "body",
    [
        f"{LONG}<p><strong>Early Life</strong></p>{LONG * 3}",  # a sub-heading
        f"<p><strong>Ann Lee</strong></p>{LONG}",  # hardly a text
        f"<p><strong>Ann Lee</strong> moved.</p>{LONG * 4}",
        f"<p><strong>What comes next for the army</strong></p>{LONG * 4}",
    ],
)
def test_other_bold_words_sign_nothing(body: str) -> None:
    tree = html.document_fromstring(f"<html><body><div>{body}</div></body></html>")
    assert find_authors(tree, [], [], []) == ()


def test_endless_authors_are_cut() -> None:
    assert len(find_authors(EMPTY, [f"Ann Lee{i}" for i in range(1_700)], [], [])) == 30
