"""Which word governs a number: what its noun is, what hangs on it, what it hangs on, what stands beside it."""

import pytest

from extractors.governed import governed_by
from extractors.numbers import find_numbers
from extractors.parsing import english
from extractors.units import find_unit

GOVERNED = [
    ("The shelling killed 12 soldiers.", "killed", "killed"),
    ("Twelve soldiers were killed.", "killed", "killed"),
    ("Twelve soldiers died.", "killed", "died"),
    ("They mourned 12 soldiers killed in the raid.", "killed", "killed"),
    ("They mourned 12 soldiers who had died there.", "killed", "died"),
    ("The deaths of 12 soldiers were confirmed.", "killed", "deaths"),
    ("The raid left 12 soldiers dead.", "killed", "dead"),
    ("They shot down 12 drones.", "destroyed", "shot"),
    ("They called up 12,000 reservists.", "mobilisation", "called"),
    ("They brought 12,000 soldiers home.", "withdrawal", "brought"),
    ("They ordered 300 soldiers to be pulled back.", "withdrawal", "pulled"),
    ("The deployment of 300 soldiers began.", "deployment", "deployment"),
    ("They sent 300 soldiers.", "deployment", "sent"),
    ("There were 300 more soldiers.", "deployment", "more"),
    ("The base hosts 300 soldiers.", "strength", "hosts"),
]


@pytest.mark.parametrize(("text", "measure", "cue"), GOVERNED)
def test_word_that_governs_a_number_gives_its_measure(text: str, measure: str, cue: str) -> None:
    (number,) = find_numbers(text)
    unit = find_unit(english()(text), number)
    assert unit is not None
    assert unit.counted is not None
    found = governed_by(unit, unit.counted.item)
    assert found is not None
    assert (found.measure, found.cue.text) == (measure, cue)


def test_killers_are_not_the_killed() -> None:
    text = "Twelve soldiers killed the king."
    (number,) = find_numbers(text)
    unit = find_unit(english()(text), number)
    assert unit is not None
    found = governed_by(unit, "troops")
    assert found is None or found.measure != "killed"
