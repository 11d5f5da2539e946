"""Views: the course of a number, who met whom, and the ledger as it stood."""

from __future__ import annotations

from datetime import timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_series_is_the_course_of_a_number_by_claimant(desk):
    at = desk.start
    for day, (claimant, number) in enumerate((("UKR", 90_000), ("RUS", 10_000), ("UKR", 90_500), ("UKR", 115_000))):
        seen = at + day * DAY
        desk.bring(seen, desk.article("herald", f"n{day}", seen, desk.figure(number, claimant)))
    course = (
        "SELECT claimant, words, published_at FROM series WHERE measure = 'strength' ORDER BY claimant, published_at"
    )
    assert desk.rows(course) == [
        ("RUS", "10,000", (at + DAY).replace(tzinfo=None)),
        ("UKR", "90,000", at.replace(tzinfo=None)),
        ("UKR", "115,000", (at + 3 * DAY).replace(tzinfo=None)),
    ]


def test_contacts_are_a_row_a_pair_and_day_and_leave_out_what_never_happened(desk):
    at, ahead = desk.start, (desk.start + 5 * DAY).date()
    desk.bring(at, desk.article("herald", "a", at, desk.mention("RUS", "USA", status="planned", as_of=ahead)))
    desk.bring(at + DAY, desk.article("courier", "b", at + DAY, desk.mention("USA", "RUS")))
    again = desk.article("gazette", "d", at + DAY, desk.mention("RUS", event="AGREE", targets=["USA"]))
    desk.bring(at + DAY, again)
    desk.bring(at + DAY, desk.article("gazette", "c", at + DAY, desk.mention("USA", "CHN", status="denied")))
    columns = "party, other_party, day, events, statuses, articles, outlets"
    assert desk.rows(f"SELECT {columns} FROM contacts ORDER BY day") == [
        ("RUS", "USA", (at + DAY).date(), ["AGREE", "CONSULT"], ["actual"], 2, ["courier", "gazette"]),
        ("RUS", "USA", ahead, ["CONSULT"], ["planned"], 1, ["herald"]),
    ]


def test_contacts_hold_acts_of_every_type_between_who_acts_and_towards_whom(desk):
    at = desk.start
    accused = desk.mention("UKR", "POL", event="ACCUSE", targets=["RUS"])
    drilled = desk.mention("NOR", "SWE", event="COOPERATE", start=9, end=12)
    nobody = desk.mention(event="ACCUSE", targets=["RUS"], start=15, end=18)
    desk.bring(at, desk.article("herald", "a", at, accused, drilled, nobody))
    assert desk.rows("SELECT party, other_party, events FROM contacts ORDER BY ALL") == [
        ("NOR", "SWE", ["COOPERATE"]),
        ("POL", "RUS", ["ACCUSE"]),
        ("RUS", "UKR", ["ACCUSE"]),
    ]


def test_meeting_that_a_rewrite_leaves_out_stays_a_contact(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "a", at, desk.mention("RUS", "USA"), text="They met."))
    desk.bring(at + HOUR, desk.article("herald", "a", at + HOUR, text="They did not speak.", published_at=at))
    assert desk.rows("SELECT party, other_party, events FROM contacts") == [("RUS", "USA", ["CONSULT"])]


def test_ledger_as_it_stood(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(100), text="First."))
    rewritten = desk.article("herald", "one", at + DAY, desk.figure(200), text="Second.", published_at=at)
    desk.bring(at + DAY, rewritten, desk.article("courier", "two", at + DAY, desk.figure(100, "USA")))
    noon = (at + 2 * HOUR).replace(tzinfo=None)
    assert desk.rows(f"SELECT number, sightings, claimants FROM claims_as_of('{noon}')") == [(100, 1, ["UKR"])]
    assert desk.rows(f"SELECT revision, text FROM articles_as_of('{noon}') WHERE url LIKE '%/one'") == [(1, "First.")]
    later = (at + 2 * DAY).replace(tzinfo=None)
    assert desk.rows(f"SELECT number, sightings FROM claims_as_of('{later}') ORDER BY 1") == [(100, 2), (200, 1)]
    columns = {row[0] for row in desk.rows(f"DESCRIBE FROM claims_as_of('{later}')")}
    assert columns <= {row[0] for row in desk.rows("DESCRIBE claims")}
