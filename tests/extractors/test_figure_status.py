"""When a sentence is set in the past."""

from datetime import date

import pytest

from extractors.context import Document
from extractors.figure_status import dated_past, day_of, past_year
from extractors.reading import read_documents

PUBLISHED = date(2022, 6, 15)


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("In 2014 they lost 40 tanks.", True),
        ("In March they lost 40 tanks.", True),
        ("Last year they lost 40 tanks.", True),
        ("They lost 40 tanks three years ago.", True),
        ("Since 2014 they have lost 40 tanks.", False),
        ("They have lost 40 tanks since January.", False),
        ("Last week they lost 40 tanks.", False),
        ("On Tuesday they lost 40 tanks.", False),
        ("They lost 40 tanks.", False),
        ("They have lost 40 tanks since the war broke out in March 2021.", False),
        ("They lost 40 tanks, compared with the same period in 2021.", False),
        ("They lost 2,014 tanks.", False),
    ],
)
def test_sentence_is_set_in_the_past_by_its_dates(text: str, past: bool) -> None:
    assert dated_past(text, PUBLISHED) is past


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No team has played there since the 2009 attack on the bus that left six soldiers dead.", "historical"),
        ("No team has played there since 2009, and six soldiers guard the stadium.", "actual"),
        ("They met on the anniversary of an assault that killed six soldiers.", "historical"),
        ("There were 150 dead people that would have been the price of a strike.", "hypothetical"),
        ("Drones went after the car and two missiles were fired.", "actual"),
        ("They are going to fire two missiles at the car.", "planned"),
    ],
)
def test_status_of_a_figure(text: str, status: str) -> None:
    (reading,) = read_documents([Document(text, PUBLISHED)])
    assert reading.figures[-1].status == status


def test_without_a_day_of_publication_any_year_is_past() -> None:
    assert past_year("In 2014 they lost 40 tanks.", None)


def test_figure_speaks_of_the_day_its_sentence_names() -> None:
    text = "On Tuesday they lost 40 tanks."
    assert day_of(text, 21, PUBLISHED) == date(2022, 6, 14)
    assert day_of("They lost 40 tanks.", 10, PUBLISHED) is None
