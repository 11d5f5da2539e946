"""What verbs and adjectives say of a number at them."""

import pytest

from extractors.measures import FITS, ORDER, measure_table, measures_of
from extractors.parsing import english


@pytest.mark.parametrize(
    ("form", "measure"),
    [
        ("sank", "destroyed"),
        ("slain", None),
        ("fled", None),
        ("lobbed", "attack"),
        ("shot+down", "destroyed"),
        ("called+up", "mobilisation"),
    ],
)
def test_every_form_of_a_verb_is_known(form: str, measure: str | None) -> None:
    assert measure_table()["object"].get(form, (None,))[0] in {measure, "killed"}


def test_particle_tells_what_the_verb_alone_does_not() -> None:
    doc = english()("They took out 12 tanks and took 12 maps.")
    assert measures_of(doc[1], "object")[0] == "destroyed"


def test_every_measure_says_which_items_it_can_have() -> None:
    assert set(ORDER) == set(FITS)
