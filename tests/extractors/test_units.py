"""Which noun a number counts."""

import pytest

from extractors.numbers import find_numbers
from extractors.parsing import english
from extractors.units import find_unit

UNITS = [
    ("They saw 12 tall soldiers.", "soldiers"),
    ("They saw dozens of tall soldiers.", "soldiers"),
    ("They saw 12 groups of soldiers.", "soldiers"),
    ("They saw 12 of the soldiers.", "soldiers"),
    ("They saw five of them.", "them"),
    ("The raid killed seven.", None),
    ("They saw 300 Royal Air Force pilots.", "pilots"),
]


@pytest.mark.parametrize(("text", "noun"), UNITS)
def test_number_counts_its_noun(text: str, noun: str | None) -> None:
    (number,) = find_numbers(text)
    unit = find_unit(english()(text), number)
    assert unit is not None
    assert (unit.noun.text if unit.noun is not None else None) == noun


def test_singular_after_a_larger_number_is_a_name() -> None:
    text = "They joined 16 Assault Brigade."
    (number,) = find_numbers(text)
    unit = find_unit(english()(text), number)
    assert unit is None or unit.counted is None


def test_number_past_the_end_of_the_parse_has_no_unit() -> None:
    (number,) = find_numbers("They saw very many things and 12 soldiers.")
    assert find_unit(english()("They saw"), number) is None
