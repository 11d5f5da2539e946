"""Attacks with a name, by name and number together."""

from datetime import date

import pytest

from extractors.attacks import named_attack
from extractors.numbers import find_numbers
from extractors.reading import Document, read_documents


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The senators asked about Benghazi, where four Americans died.", "LBY"),
        ("The inquiry into 9/11 counted the 2,977 dead.", "USA"),
        ("In Benghazi 40 soldiers died.", None),
        ("Four Americans died.", None),
    ],
)
def test_attack_is_known_by_its_name_and_its_toll(text: str, country: str | None) -> None:
    number = find_numbers(text)[-1]
    found = named_attack(text, number, date(2015, 5, 1))
    assert (found.country if found else None) == country


def test_no_attack_is_known_before_its_day() -> None:
    text = "In Benghazi four engineers were killed."
    assert named_attack(text, find_numbers(text)[0], date(2011, 5, 1)) is None


def test_attack_of_an_earlier_year_is_history_and_has_its_place() -> None:
    text = "The hearing turned to Benghazi again. The attack left four Americans dead."
    (later,), (soon,) = (
        reading.figures
        for reading in read_documents([Document(text, date(2014, 2, 1)), Document(text, date(2012, 9, 20))])
    )
    assert (later.status, later.location, later.subject) == ("historical", ("LBY",), "USA")
    assert soon.status == "actual"
