"""Sides that only the document tells."""

from datetime import date

import pytest

from extractors.context import Document
from extractors.reading import read_documents

PUBLISHED = date(2022, 6, 15)


def first(text: str):
    return read_documents([Document(text, PUBLISHED)])[0].figures[0]


def test_place_of_the_sentence_before_is_the_place_of_its_victims() -> None:
    figure = first("A bomb went off in Baghdad. The blast killed 12 people.")
    assert (figure.subject, figure.location) == ("IRQ", ("IRQ",))


def test_what_one_side_destroyed_was_the_others() -> None:
    text = "Armenia and Azerbaijan fought on. Azerbaijan fell back. Armenia destroyed 80 tanks."
    assert first(text).subject == "AZE"


def test_conflict_zone_is_where_the_text_last_was() -> None:
    text = "Fighting went on in Mali. Talks failed. The number of soldiers in the conflict zone has reached 4,000."
    assert first(text).location == ("MLI",)


def test_both_countries_are_the_two_named_before() -> None:
    figure = first("The group grew in Iraq and in Syria. It has 400 fighters in both countries.")
    assert figure.location in {("IRQ", "SYR"), ()}


def test_accused_side_owns_what_it_is_accused_of_massing() -> None:
    figure = first("Russian officials have accused Kyiv of massing thousands of troops near the front.")
    assert (figure.subject, figure.claimant, figure.claimant_text) == ("UKR", "RUS", "Russian officials")


def test_of_layered_sources_the_vague_one_gives_way_to_who_speaks() -> None:
    text = (
        "Russian Foreign Ministry spokeswoman Maria Ivanova spoke on Monday. “According to some reports, the number "
        "of Ukrainian troops there has reached 5,000,” she claimed."
    )
    figure = first(text)
    assert (figure.subject, figure.claimant, figure.claimant_text) == ("UKR", "RUS", "she")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("A missile hit the airliner over Iran, killing all 176 people on board.", None),
        ("A missile hit the town in Iran, killing all 176 people.", "IRN"),
        ("A bomb in Tunisia killed 38 people, most of them tourists.", None),
        ("A bomb in Tunisia killed 38 people, most of them farmers.", "TUN"),
        ("A bomb in Tunisia killed 38 people, half of them Danes.", None),
        ("War went on in Sudan. Some 90,000 people have fled to Chad.", "SDN"),
        ("Hamas and Hezbollah met. Boko Haram attacked the camp and 40 militants were killed.", "boko-haram"),
        ("The war is now in its third year with some 93,000 people killed in Syria.", None),
        ("Militants in Gaza fired 200 rockets.", "PSE"),
        ("Militants in the hills fired 200 rockets.", None),
        ("America is at war. They killed one of our soldiers.", "USA"),
    ],
)
def test_side_is_the_one_that_the_text_implies(text: str, side: str | None) -> None:
    assert first(text).subject == side
