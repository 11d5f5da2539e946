from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.moments import parse_moment


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-04-28T18:11:01+02:00", "2023-04-28T16:11:01"),
        ("2023-04-28T18:11:01+0200", "2023-04-28T16:11:01"),
        ("2023-04-28T18:11:01.123Z", "2023-04-28T18:11:01.123"),
        ("2023-04-28 18:11:01 +0200", "2023-04-28T16:11:01"),
        ("20230428T181101Z", "2023-04-28T18:11:01"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T17:20:36"),
        ("Fri, 28 Apr 2023 19:20:36 +0300", "2023-04-28T16:20:36"),
        ("Fri, 28 Apr 2023 19:20:36 GMT", "2023-04-28T19:20:36"),
        ("28 April 2023 19:20 MSK", "2023-04-28T16:20:00"),
        ("Fri 28 Apr 2023 19.20 BST", "2023-04-28T18:20:00"),
        ("April 28, 2023 at 1:05 p.m. ET", "2023-04-28T17:05:00"),
        ("Jan. 9, 2023, 1:05 PM PT", "2023-01-09T21:05:00"),
        ("Mar 12, 2023 12:30 CT", "2023-03-12T17:30:00"),
        ("1682694061", "2023-04-28T15:01:01"),
        ("1682694061000", "2023-04-28T15:01:01"),
    ],
)
def test_time_with_an_offset_is_read_to_the_second(text: str, at: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert moment.zoned
    assert not moment.day_only


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2023-04-28 18:11:01.0", "2023-04-28T18:11:01"),
        ("28.04.2023 18:11", "2023-04-28T18:11:00"),
        ("28.04.2023 um 18:11 Uhr", "2023-04-28T18:11:00"),
        ("April 28, 2023, 6:11 p.m.", "2023-04-28T18:11:00"),
        ("28 апреля 2023, 18:11", "2023-04-28T18:11:00"),
        ("2023年4月28日 18時11分", "2023-04-28T18:11:00"),
        ("٢٨ أبريل ٢٠٢٣ - ١٨:١١", "2023-04-28T18:11:00"),
        ("28/04/2023 18:11", "2023-04-28T18:11:00"),
        ("04/28/2023 6:11 PM", "2023-04-28T18:11:00"),
        ("28 kwietnia 2023, 18:11", "2023-04-28T18:11:00"),
    ],
)
def test_time_without_an_offset_says_so(text: str, at: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert not moment.zoned


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-28",
        "20230428",
        "28.04.2023",
        "April 28, 2023",
        "28 de abril de 2023",
        "28 квітня 2023",
        "٢٠٢٣-٠٤-٢٨",
        "28 Nisan 2023",
    ],
)
def test_day_alone_is_known_as_such(text: str) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert moment.at == datetime(2023, 4, 28, tzinfo=UTC)
    assert moment.day_only


@pytest.mark.parametrize(
    "text",
    [
        None, "", "yesterday", "2023", "31.02.2023", "2023-13-01", "2023-02-30T10:00:00Z", "28 Brumaire 2023",
        "04/05/2023", "31/31/2023", "1 2 3 4 5", "9" * 400, "2023-04-28T25:00:00Z", "12345", "Room 28.04 holds 2023",
    ],
)  # fmt: skip
def test_what_names_no_certain_day_is_none(text: str | None) -> None:
    assert parse_moment(text) is None


def test_day_is_that_of_the_place_where_it_was_written() -> None:
    moment = parse_moment("2023-04-28T00:30:00+02:00")
    assert moment is not None
    assert moment.at.day == 27
    assert moment.day.day == 28
    assert moment.offset == timedelta(hours=2)


@given(st.text(max_size=100))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    parse_moment(text)


@given(st.integers(631_152_000, 4_102_444_800), st.integers(-12, 14))
def test_what_was_written_is_read_back(seconds: int, hours: int) -> None:
    written = datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))).isoformat()
    moment = parse_moment(written)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(written).astimezone(UTC)
