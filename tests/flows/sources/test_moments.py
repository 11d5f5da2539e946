from datetime import UTC, date, datetime

import pytest

from flows.sources.moments import Span, day_of, spans_of_names, written_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-12-01", date(2021, 12, 1)),
        ("2021-12-01T10:00:00+03:00", datetime(2021, 12, 1, 7, tzinfo=UTC)),
        ("2021-12-01T10:00Z", datetime(2021, 12, 1, 10, tzinfo=UTC)),
        ("2021-12-01 10:00:00", datetime(2021, 12, 1, 10, tzinfo=UTC)),
        (" Wed, 01 Dec 2021 10:00:00 +0300 ", datetime(2021, 12, 1, 7, tzinfo=UTC)),
        ("2021-12", None),  # a month says too little of one page
        ("2021", None),
        ("0000-00-00", None),
        ("1970-01-01", None),
        ("9999-12-31T23:59:59Z", None),
        ("2021-13-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("2021-12-01" + " " * 100 + "x", None),
    ],
)
def test_moment_is_read_as_written_or_not_at_all(text, moment):
    assert written_moment(text) == moment


def test_day_of_a_time_is_its_day_in_utc():
    assert day_of(written_moment("2021-12-01T01:00:00+03:00")) == date(2021, 11, 30)


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/sitemap/2021-12.xml", date(2021, 12, 1), date(2021, 12, 31)),
        ("/sitemap/2022-1.xml", date(2022, 1, 1), date(2022, 1, 31)),
        ("/2024/02.xml.gz", date(2024, 2, 1), date(2024, 2, 29)),
        ("/sitemap_202112.xml", date(2021, 12, 1), date(2021, 12, 31)),
        ("/sitemap-2021-12-01.xml", date(2021, 12, 1), date(2021, 12, 1)),
        ("/sitemap-20211201.xml", date(2021, 12, 1), date(2021, 12, 1)),
        (
            "/2021/12/3.xml",
            date(2021, 12, 1),
            date(2021, 12, 31),
        ),  # the third part, or the third: the month holds both
        ("/posts-2021.xml", date(2021, 1, 1), date(2021, 12, 31)),
        ("/posts-2021-q4.xml", date(2021, 1, 1), date(2021, 12, 31)),
        ("/sitemap.xml?yyyy=2021&mm=12&dd=01", date(2021, 12, 1), date(2021, 12, 31)),
        ("/sitemap.xml?date=2021-12-01", date(2021, 12, 1), date(2021, 12, 1)),
        ("/2021-10_2021-12.xml", date(2021, 10, 1), date(2021, 12, 31)),
    ],
)
def test_file_name_speaks_of_days(path, first, last):
    address = f"https://outlet.test{path}"
    assert spans_of_names([address]) == {address: Span(first, last)}


@pytest.mark.parametrize(
    "path",
    ["/sitemap.xml", "/sitemap-3.xml", "/part-12021.xml", "/20211301x7.xml", "/news-9999-99.xml", "http://[bad"],
)
def test_file_name_without_a_date_says_nothing(path):
    assert spans_of_names([f"https://outlet.test{path}"]) == {}


def test_counted_parts_are_no_years():
    parts = [f"https://outlet.test/part-{n}.xml" for n in range(1, 2101)]
    assert spans_of_names(parts) == {}


def test_parts_of_a_year_are_no_months_where_one_could_not_be():
    parts = [f"https://outlet.test/2021-{n}.xml" for n in range(1, 14)]
    assert set(spans_of_names(parts).values()) == {Span(date(2021, 1, 1), date(2021, 12, 31))}


def test_an_undated_file_beside_dated_ones_changes_nothing_for_them():
    both = ["https://outlet.test/2021-12.xml", "https://outlet.test/authors.xml"]
    assert list(spans_of_names(both)) == both[:1]
