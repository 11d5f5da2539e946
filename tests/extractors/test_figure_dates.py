"""When a sentence is set in the past."""

from datetime import date

import pytest

from extractors.figure_dates import dated_past, day_of, past_year

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


def test_without_a_day_of_publication_any_year_is_past() -> None:
    assert past_year("In 2014 they lost 40 tanks.", None)


def test_figure_speaks_of_the_day_its_sentence_names() -> None:
    text = "On Tuesday they lost 40 tanks."
    assert day_of(text, 21, PUBLISHED) == date(2022, 6, 14)
    assert day_of("They lost 40 tanks.", 10, PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ministry said on Monday that 40 soldiers were killed on Sunday.", date(2022, 6, 12)),
        ("The ministry said on Monday that 40 soldiers were killed.", date(2022, 6, 13)),
        ("The army, founded in 1991, has 40 tanks.", None),
        ("The army in 1991 had 40 tanks.", date(1991, 12, 31)),
        ("The minister, who took office in March, said 40 soldiers were killed on Sunday.", date(2022, 6, 12)),
        ("The 2012 attack killed 40 soldiers, a court heard on Monday.", date(2012, 12, 31)),
    ],
)
def test_figure_speaks_of_no_day_on_which_it_was_said_or_someone_came_to_office(text: str, day: date | None) -> None:
    assert day_of(text, text.index("40"), PUBLISHED) == day
