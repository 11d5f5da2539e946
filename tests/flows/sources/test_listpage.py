import pytest

from extractors.markup import UnreadableError
from flows.sources.listpage import Link, is_list_address, links_of, list_address


@pytest.mark.parametrize(
    ("template", "addresses"),
    [
        ("https://a.example/news/{offset:18}", ["https://a.example/news/0", "https://a.example/news/18"]),
        ("https://a.example/all?p={page}", ["https://a.example/all?p=1", "https://a.example/all?p=2"]),
    ],
)
def test_pages_of_a_list_follow_one_another(template, addresses):
    assert is_list_address(template)
    assert [list_address(template, number) for number in (0, 1)] == addresses


@pytest.mark.parametrize("template", ["https://a.example/news", "https://a.example/{offset}", "https://a/{page}/{page}",
                                      "https://a.example/{offset:0}"])  # fmt: skip
def test_address_without_one_place_for_the_page_is_no_list(template):
    assert not is_list_address(template)


def test_links_of_a_fragment_are_given_once_whole_and_with_their_words():
    body = b"""<div><a href="/2021/12/01/one-a1"> The  river\nrose </a><a href="/2021/12/01/one-a1">again</a>
    <a href="//cdn.example/x">x</a><a href="javascript:void(0)">no</a><a>none</a><a href="two-a2"><img></a></div>"""
    assert links_of(body, "https://a.example/news/18", "text/html") == [
        Link("https://a.example/2021/12/01/one-a1", "The river rose"),
        Link("https://cdn.example/x", "x"),
        Link("https://a.example/news/two-a2", None),
    ]


def test_what_is_no_page_is_an_error_with_its_reason():
    with pytest.raises(UnreadableError, match="not_html"):
        links_of(b"%PDF-1.7 ...", "https://a.example/news/0", "application/pdf")
