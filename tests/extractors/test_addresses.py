from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.addresses import (
    address_date,
    address_day,
    article_key,
    canonical_url,
    compile_pattern,
    is_article_address,
    own_address,
)

PATTERN = r"/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>n\d+)$"


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("HTTPS://Desk.Example.ORG:443/a?utm_source=mail&page=2#top", "https://desk.example.org/a?page=2"),
        ("http://desk.example.org:80", "http://desk.example.org/"),
        ("http://desk.example.org:8080/a", "http://desk.example.org:8080/a"),
        ("https://reader:secret@desk.example.org/a", "https://desk.example.org/a"),
        ("https://desk.example.org/a?fbclid=1", "https://desk.example.org/a"),
        ("https://desk.example.org/a?b=2&a=1", "https://desk.example.org/a?b=2&a=1"),  # order may matter
        ("https://desk.example.org/новини", "https://desk.example.org/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("  https://desk.example.org/a ", "https://desk.example.org/a"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("https://[broken/a", "https://[broken/a"),
        ("", ""),
    ],
)
def test_canonical_address_drops_only_what_tells_no_pages_apart(address: str, canonical: str) -> None:
    assert canonical_url(address) == canonical


@given(st.text(max_size=60))
def test_canonical_address_of_any_text_is_stable(text: str) -> None:
    once = canonical_url(text)
    assert canonical_url(once) == once


@given(
    st.sampled_from(["http", "https", "HTTP"]),
    st.from_regex(r"[A-Za-z0-9.-]{1,20}(?::[0-9]{1,5})?", fullmatch=True),
    st.text(max_size=40),
    st.text(max_size=40),
)
def test_canonical_address_of_any_address_is_stable(scheme: str, host: str, path: str, query: str) -> None:
    once = canonical_url(f"{scheme}://{host}/{path}?{query}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("/(?=later)", "invalid perl operator"),
        ("/(unclosed", "missing )"),
        (r"/(?P<number>\d+)", "unknown group 'number'"),
        (r"/(?P<year>\d{4})/", "only ['year']"),
    ],
)
def test_bad_article_pattern_is_refused_with_what_is_wrong(pattern: str, said: str) -> None:
    with pytest.raises(ValueError, match="article pattern") as caught:
        compile_pattern(pattern)
    assert said in str(caught.value)


def test_pattern_decides_which_address_is_an_article() -> None:
    pattern = compile_pattern(PATTERN)
    assert is_article_address("https://desk.example.org/2021/12/01/armour-moves-n17?utm_medium=x", pattern)
    assert is_article_address("https://desk.example.org/2021/12/01/armour-moves-n17", PATTERN)
    assert not is_article_address("https://desk.example.org/2021/12/01/", pattern)
    assert is_article_address("https://desk.example.org/anything", None)


def test_article_with_a_number_is_the_same_under_another_slug_and_not_in_another_outlet() -> None:
    first = article_key("desk", "https://desk.example.org/2021/12/01/armour-moves-n17", PATTERN)
    assert article_key("desk", "https://desk.example.org/2021/12/02/armour-moved-n17", PATTERN) == first
    assert article_key("desk", "https://desk.example.org/2021/12/01/armour-moves-n18", PATTERN) != first
    assert article_key("other", "https://desk.example.org/2021/12/01/armour-moves-n17", PATTERN) != first


def test_article_without_a_number_is_its_canonical_address() -> None:
    first = article_key("desk", "https://www.desk.example.org/a/", None)
    assert article_key("desk", "http://desk.example.org/a?utm_source=x#y", None) == first
    assert article_key("desk", "https://desk.example.org/b", None) != first
    assert article_key("desk", "https://desk.example.org/a?page=2", None) != first


@pytest.mark.parametrize(
    ("address", "day", "firm"),
    [
        ("https://desk.example.org/2021/12/01/armour-moves", date(2021, 12, 1), True),
        ("https://desk.example.org/news/2021/2/1/", date(2021, 2, 1), True),
        ("https://desk.example.org/armour-2021-12-01.html", date(2021, 12, 1), False),
        ("https://desk.example.org/armour-20211201", date(2021, 12, 1), False),
        ("https://desk.example.org/armour-20211201183055-nt.html", date(2021, 12, 1), False),
        ("https://desk.example.org/20212345/armour", None, False),
        ("https://desk.example.org/2021/13/01/armour", None, False),
        ("https://desk.example.org/2021/02/30/armour", None, False),
        ("https://desk.example.org/1931/02/03/armour", None, False),
        ("https://desk.example.org/a?day=2021-12-01", None, False),  # a query names what is asked for
        ("https://desk.example.org/armour-a120211201", None, False),
        ("https://[broken/2021/12/01/", None, False),
    ],
)
def test_address_names_a_day_only_where_it_is_one(address: str, day: date | None, firm: bool) -> None:
    found = address_day(address)
    assert (found.day if found else None) == day
    assert (found.firm if found else False) == firm


def test_pattern_tells_the_day_in_its_own_order() -> None:
    pattern = r"/(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})/"
    assert address_date("https://desk.example.org/02.01.2022/a", pattern) == date(2022, 1, 2)


NUMBERED = r"/\d{4}/\d\d/\d\d/.+-(?P<id>a\d+)$"


@pytest.mark.parametrize(
    ("fetched", "declared", "pattern", "own"),
    [
        ("/news/armour-moves-west?utm_source=x", "/news/armour-moves-west", None, "/news/armour-moves-west"),
        ("/news/armour-moves-west?from=rss-7", "/news/armour-moves-west", None, "/news/armour-moves-west"),
        ("/the-story.php?id=12", "/the-story.php", None, "/the-story.php?id=12"),
        ("/all-news?id=12", "/all-news", None, "/all-news?id=12"),
        ("/news/armour-moves-west/amp", "/news/armour-moves-west/", None, "/news/armour-moves-west/"),
        ("/print/armour-moves-west.html", "/news/armour-moves-west.html", None, "/news/armour-moves-west.html"),
        ("/p.php?id=48213", "/news/armour-48213", None, "/news/armour-48213"),
        ("/p.php?id=48213", "/news/armour-moves", None, "/p.php?id=48213"),
        ("/a/48213", "/news/armour-moves-48213.html", None, "/news/armour-moves-48213.html"),
        ("/story.php?id=12", "/story.php", None, "/story.php?id=12"),  # one address for all
        ("/news/armour-moves-west", "/", None, "/news/armour-moves-west"),
        ("/news/armour-moves-west", "/news", None, "/news/armour-moves-west"),
        ("/border-war/armour-moves-west", "/border-war/talks-begin-today", None, "/border-war/armour-moves-west"),
        ("/2021/12/01/talks-today", "/2021/12/01/armour-moves", None, "/2021/12/01/talks-today"),
        ("/2021/12/01/talks-a75710", "/talks-a75710", NUMBERED, "/2021/12/01/talks-a75710"),
        ("/news/armour-moves-west", "https://[broken", None, "/news/armour-moves-west"),
        ("/news/armour-moves-west", "  ", None, "/news/armour-moves-west"),
    ],
)
def test_declared_address_is_believed_where_it_can_be_the_same_article(
    fetched: str, declared: str, pattern: str | None, own: str
) -> None:
    assert own_address("https://desk.test" + fetched, declared, pattern) == "https://desk.test" + own


def test_declared_address_of_another_site_is_not_the_pages_own() -> None:
    fetched = "https://m.desk.test/news/armour-moves-west"
    assert own_address(fetched, "https://wire.test/news/armour-moves-west") == fetched
    assert own_address(fetched, "https://www.desk.test/news/armour-moves-west").startswith("https://www.desk.test/")
