"""Copies of an agency's text: found though cut and added to, counted as one source."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)
AGENCY = " ".join(
    f"The agency wrote in its sentence number {n} what the officials said of the troops." for n in range(12)
)
OWN = " ".join(f"Our reporter found out in sentence number {n} something that nobody else had." for n in range(30))


def originals(desk):
    rows = desk.rows("SELECT c.outlet, o.outlet FROM articles c JOIN articles o ON c.syndicated_from = o.article_id")
    return sorted(rows)


def test_same_long_text_at_another_outlet_is_a_copy(desk):
    at, text = desk.start, "An agency wrote this long text about a meeting. " * 12
    original = desk.article("herald", "wire", at, desk.figure(100), text=text)
    copy = desk.article("courier", "copied", at + HOUR, desk.figure(100), text=text + "\n")
    desk.bring(at, original)
    desk.bring(at + HOUR, copy)
    assert (
        desk.value(f"SELECT syndicated_from FROM articles WHERE article_id = {copy.article_id}")
        == original.article_id
    )
    assert desk.rows("SELECT sightings, outlets, independent_sources FROM claims") == [(2, ["courier", "herald"], 1)]


def test_copies_in_one_batch_come_from_the_first_published(desk):
    at, text = desk.start, "An agency wrote this long text about a meeting. " * 12
    later = desk.article("courier", "a", at, text=text, published_at=at - HOUR)
    first = desk.article("herald", "b", at, text=text, published_at=at - 2 * HOUR)
    desk.bring(at, later, first)
    assert desk.rows("SELECT outlet, syndicated_from FROM articles WHERE syndicated_from IS NOT NULL") == [
        ("courier", first.article_id)
    ]


def test_short_texts_alike_are_no_copies(desk):
    at = desk.start
    desk.bring(at, *(desk.article(o, "wall", at, text="Please enable cookies.") for o in ("herald", "courier")))
    assert desk.rows("SELECT count(*) FROM articles WHERE syndicated_from IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    "text, copied",
    [
        ("KYIV (Agency) – " + AGENCY, True),
        ("A line of our own stands before the text, as it often does. " + AGENCY + " Read more here.", True),
        (AGENCY[: len(AGENCY) * 7 // 10], True),  # cut
        (AGENCY[: len(AGENCY) // 2] + OWN, False),  # quotes the agency, and has more of its own
        (OWN, False),
    ],
)
def test_text_mostly_of_an_agency_is_a_copy(desk, text, copied):
    at = desk.start
    desk.bring(at, desk.article("herald", "wire", at, desk.figure(100), text=AGENCY))
    desk.bring(at + HOUR, desk.article("courier", "x", at + HOUR, desk.figure(100), text=text))
    assert originals(desk) == ([("courier", "herald")] if copied else [])
    assert desk.rows("SELECT sightings, independent_sources FROM claims") == [(2, 1 if copied else 2)]


def test_copy_of_a_copy_leads_to_the_original(desk):
    at = desk.start
    for hours, outlet in enumerate(("herald", "courier", "gazette")):
        seen = at + hours * HOUR
        desk.bring(seen, desk.article(outlet, "x", seen, text=AGENCY + f" Added by the paper number {hours} alone."))
    assert originals(desk) == [("courier", "herald"), ("gazette", "herald")]


def test_texts_that_credit_one_agency_alone_are_one_source(desk):
    at = desk.start
    ours = desk.article(
        "herald", "x", at, desk.figure(100), text="One wording of it.", agencies=("AFP",), agency="AFP"
    )
    theirs = desk.article("courier", "x", at, desk.figure(100), text="And another.", agencies=("AFP",), agency="AFP")
    desk.bring(at, ours, theirs)
    helped = desk.article("gazette", "x", at + HOUR, desk.figure(100), text="Our own.", agencies=("AFP",))
    assert desk.rows("SELECT sightings, independent_sources FROM claims") == [(2, 1)]
    desk.bring(at + HOUR, helped)
    assert desk.rows("SELECT sightings, independent_sources FROM claims") == [(3, 2)]
    assert desk.rows("SELECT outlet, agencies, agency FROM articles WHERE len(agencies) > 0 ORDER BY 1") == [
        ("courier", ["AFP"], "AFP"), ("gazette", ["AFP"], None), ("herald", ["AFP"], "AFP"),
    ]  # fmt: skip


def test_copy_without_a_credit_counts_with_the_agency_of_its_original(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "x", at, desk.figure(100), text=AGENCY, agencies=("AFP",), agency="AFP"))
    desk.bring(at + HOUR, desk.article("courier", "x", at + HOUR, desk.figure(100), text=AGENCY + " And a line."))
    other = desk.article("gazette", "x", at + HOUR, desk.figure(100), text=OWN, agencies=("AFP",), agency="AFP")
    desk.bring(at + HOUR, other)
    assert desk.rows("SELECT sightings, independent_sources FROM claims") == [(3, 1)]


def test_new_number_in_a_copy_is_news(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "wire", at, desk.figure(100), text=AGENCY))
    more = desk.article(
        "courier", "x", at + HOUR, desk.figure(70, measure="wounded"), text=AGENCY + " And 70 were hurt."
    )
    assert desk.rules(at + HOUR, more) == ["new_figure"]


def test_article_rewritten_in_its_own_words_is_no_copy_any_more(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "wire", at, text=AGENCY))
    desk.bring(at + HOUR, desk.article("courier", "x", at + HOUR, text=AGENCY))
    desk.bring(at + 2 * HOUR, desk.article("courier", "x", at + 2 * HOUR, text=OWN, published_at=at))
    assert originals(desk) == []
    assert desk.value("SELECT count(DISTINCT article_id) FROM bands") == 2


def test_same_outlet_may_repeat_itself(desk):
    at = desk.start
    desk.bring(at, *(desk.article("herald", slug, at, text=AGENCY) for slug in ("a", "b")))
    assert originals(desk) == []
