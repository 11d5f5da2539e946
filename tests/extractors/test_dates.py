from datetime import UTC, date, datetime

import pytest

from extractors.addresses import AddressDay
from extractors.dates import Claim, Publication, believed_time, dates_said, modification, publication
from extractors.records import DateSaid

NOW = datetime(2023, 5, 2, 12, tzinfo=UTC)
AT = datetime(2023, 4, 28, 16, 11, tzinfo=UTC)
PRECISE = Claim("jsonld", "2023-04-28T18:11:00+02:00")


def at(day: int, month: int = 4, year: int = 2023) -> AddressDay:
    return AddressDay(date(year, month, day), firm=True)


def test_first_claim_is_believed_with_its_source() -> None:
    found = publication([PRECISE, Claim("meta", "2023-04-27T10:00:00Z")], None, now=NOW)
    assert found == Publication(AT, "jsonld")


@pytest.mark.parametrize("impossible", ["1970-01-01T00:00:00Z", "1989-12-31", "2023-05-04T12:00:00Z", "nonsense", ""])
def test_impossible_claim_gives_way_to_the_next_source(impossible: str) -> None:
    found = publication([Claim("jsonld", impossible), Claim("meta", "2023-04-28T18:11:00+02:00")], None, now=NOW)
    doubt = "early" if impossible.startswith("19") else "ahead" if impossible.startswith("2023") else None
    assert found == Publication(AT, "meta", doubt=doubt)


def test_date_far_ahead_is_flagged_and_leaves_the_article_undated() -> None:
    assert publication([Claim("jsonld", "2023-05-04T12:00:00Z")], None, now=NOW) == Publication(doubt="ahead")


def test_time_up_to_a_day_ahead_is_possible() -> None:
    found = publication([Claim("jsonld", "2023-05-03T11:00:00Z")], None, now=NOW)
    assert found.at == datetime(2023, 5, 3, 11, tzinfo=UTC)


def test_day_alone_takes_its_time_from_a_claim_of_the_same_day() -> None:
    found = publication([Claim("jsonld", "2023-04-28"), Claim("meta", "2023-04-28T18:11:00+02:00")], None, now=NOW)
    assert found == Publication(AT, "jsonld")


def test_midnight_without_an_offset_is_a_day_alone() -> None:
    found = publication([Claim("meta", "2023-04-28 00:00:00")], None, now=NOW)
    assert found == Publication(datetime(2023, 4, 28, tzinfo=UTC), "meta", day_only=True)
    told = publication([Claim("meta", "2023-04-28T00:00:00+02:00")], None, now=NOW)
    assert told == Publication(datetime(2023, 4, 27, 22, tzinfo=UTC), "meta")


def test_day_alone_takes_no_time_from_another_day() -> None:
    found = publication([Claim("jsonld", "2023-04-27"), Claim("meta", "2023-04-28T18:11:00+02:00")], None, now=NOW)
    assert found == Publication(datetime(2023, 4, 27, tzinfo=UTC), "jsonld", day_only=True)


def test_time_without_offset_takes_the_one_that_the_page_states_elsewhere() -> None:
    claims = [Claim("jsonld", "2023-04-28 18:11:00.0"), Claim("meta", "2023-04-28T18:11:00+02:00")]
    assert publication(claims, None, now=NOW).at == AT


def test_time_without_any_offset_is_read_as_utc() -> None:
    found = believed_time([Claim("meta", "2023-04-28 18:11:00")], NOW)
    assert found is not None
    assert found[0].at == datetime(2023, 4, 28, 18, 11, tzinfo=UTC)


def test_unknown_date_stays_unknown() -> None:
    assert publication([], None, None, NOW) == Publication()


def test_address_dates_a_page_without_a_date_before_the_feed_does() -> None:
    feed = datetime(2023, 4, 20, 8, 0, tzinfo=UTC)
    assert publication([], at(28), feed, NOW) == Publication(datetime(2023, 4, 28, tzinfo=UTC), "url", day_only=True)


def test_feed_of_the_same_day_as_the_address_gives_the_minute() -> None:
    feed = datetime(2023, 4, 28, 8, 0, tzinfo=UTC)
    assert publication([], at(28), feed, NOW) == Publication(feed, "feed")


def test_feed_dates_a_page_that_nothing_else_dates() -> None:
    feed = datetime(2023, 4, 20, 8, 0, tzinfo=UTC)
    assert publication([], None, feed, NOW) == Publication(feed, "feed")
    assert publication([], None, datetime(2023, 6, 1, tzinfo=UTC), NOW) == Publication()


@pytest.mark.parametrize(
    ("claim", "address", "source", "doubt"),
    [
        ("2023-04-28T18:11:00+02:00", at(27), "jsonld", None),  # saved before midnight, out after it
        ("2023-04-28T18:11:00+02:00", at(26), "jsonld", None),  # two days are no contradiction
        ("2021-11-01T09:00:00Z", at(1, 12, 2021), "url", "address"),  # a month early, as a vendor dated one
        ("2021-11-01", at(1, 12, 2021), "url", "address"),
        ("2023-04-28", at(10), "url", "address"),  # a day without a time is no match for the address
        ("2023-04-28T18:11:00+02:00", at(20), "jsonld", "address"),  # a draft lay for a week
        ("2010-04-28T18:11:00+02:00", at(28), "jsonld", "address"),  # an archive at new addresses
        (
            "2023-04-20T18:11:00Z",
            AddressDay(date(2023, 4, 28), firm=False),
            "jsonld",
            "address",
        ),  # a number like a date
    ],
)
def test_rule_decides_between_page_and_address(
    claim: str, address: AddressDay, source: str, doubt: str | None
) -> None:
    found = publication([Claim("jsonld", claim)], address, now=NOW)
    assert (found.source, found.doubt) == (source, doubt)
    if source == "url":
        assert found.at == datetime(address.day.year, address.day.month, address.day.day, tzinfo=UTC)
        assert found.day_only


def test_address_of_a_day_to_come_is_not_believed() -> None:
    assert publication([], at(28, 12), None, NOW) == Publication()


def test_modification_before_publication_is_none() -> None:
    changed = Claim("jsonld", "2023-04-29T08:00:00Z")
    assert modification([changed], AT, NOW) == Publication(datetime(2023, 4, 29, 8, tzinfo=UTC), "jsonld")
    assert modification([changed], datetime(2023, 4, 30, tzinfo=UTC), NOW) == Publication()
    assert modification([], AT, NOW) == Publication()


def test_what_each_source_says_is_kept_with_its_precision_and_zone() -> None:
    claims = [Claim("jsonld", "2021-11-01"), Claim("meta", "2021-11-01T18:05+03:00"), Claim("meta", "no date")]
    feed = datetime(2021, 12, 1, 9, 30, 5, tzinfo=UTC)
    assert dates_said(claims, at(1, 12, 2021), feed) == (
        DateSaid("jsonld", datetime(2021, 11, 1, tzinfo=UTC), "day", None),
        DateSaid("meta", datetime(2021, 11, 1, 15, 5, tzinfo=UTC), "minute", 180),
        DateSaid("url", datetime(2021, 12, 1, tzinfo=UTC), "day", None),
        DateSaid("feed", feed, "second", None),
    )
