"""What a noun counts, with the words before it and without."""

import pytest

from extractors.items import counted, singular
from extractors.parsing import english

NOUNS = [
    ("soldiers", "troops"),
    ("border guards", "troops"),
    ("suicide bombers", "troops"),
    ("strategic bombers", "aircraft"),
    ("fighter jets", "aircraft"),
    ("aircraft carriers", "ship"),
    ("armoured personnel carriers", "armoured_vehicle"),
    ("military vehicles", "vehicle"),
    ("rocket launchers", "artillery"),
    ("rockets", "munition"),
    ("cruise missiles", "missile"),
    ("air-defence systems", "air_defence"),
    ("peacekeeping troops", "peacekeepers"),
    ("reservists", "reservists"),
    ("battalions", "formation"),
    ("helicopters", "helicopter"),
    ("students", "civilians"),
    ("schoolgirls", "children"),
    ("Syrians", "people"),
    ("refugees", "people"),
    ("machine guns", "equipment"),
    ("car bombs", "munition"),
]


@pytest.mark.parametrize(("phrase", "item"), NOUNS)
def test_noun_counts_its_item(phrase: str, item: str) -> None:
    doc = english()(f"They saw 40 {phrase}.")
    found = counted(doc[len(doc) - 2])
    assert found is not None
    assert found.item == item


@pytest.mark.parametrize(
    "phrase", ["drone strikes", "oil tanks", "fuel tanks", "insurance companies", "apples", "police stations"]
)
def test_noun_of_peace_counts_nothing(phrase: str) -> None:
    doc = english()(f"They saw 40 {phrase}.")
    assert counted(doc[len(doc) - 2]) is None


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("men", "man"),
        ("policemen", "policeman"),
        ("companies", "company"),
        ("buses", "buse"),
        ("aircraft", "aircraft"),
    ],
)
def test_singular_of_a_noun(plural: str, one: str) -> None:
    assert singular(plural) == one
