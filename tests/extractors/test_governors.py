"""The single ways in which a word governs a number."""

import pytest

from extractors.governors import above, additional, below, own
from extractors.parsing import english


@pytest.mark.parametrize(
    ("text", "noun", "measure"),
    [("They met 40 refugees.", 2, None), ("They met 40 hostages.", 3, "captured"), ("They met 40 sailors.", 3, None)],
)
def test_noun_that_is_a_loss_by_itself_says_so(text: str, noun: int, measure: str | None) -> None:
    doc = english()(text)
    found = own(doc[3] if measure or noun == 3 else doc[1], "people")
    assert (found.measure if found else None) == measure


def test_participle_below_and_verb_above_a_noun() -> None:
    doc = english()("They buried 40 sailors killed at sea.")
    assert below(doc[3], "troops").measure == "killed"
    doc = english()("They killed 40 sailors.")
    assert above(doc[3], "troops").measure == "killed"


def test_lives_at_stake_are_not_lost() -> None:
    doc = english()("Some 40 lives are at stake.")
    assert own(doc[2], "people") is None


def test_more_troops_are_a_deployment_and_more_than_is_not() -> None:
    doc = english()("There were 300 more troops.")
    assert additional(doc[4], "troops").measure == "deployment"
    doc = english()("There were more than 300 troops.")
    assert additional(doc[5], "troops") is None
