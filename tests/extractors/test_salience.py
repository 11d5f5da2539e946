"""Whom a passage is about."""

from extractors.context import Document, build_context
from extractors.salience import Salience

TEXT = "Norway and Iceland share a sea. Norway fished there. Denmark looked on. The talks went on."


def test_the_party_spoken_of_most_and_latest_comes_first() -> None:
    salience = Salience(build_context(Document(TEXT)))
    assert salience.foremost(1, ()) == "NOR"
    assert salience.foremost(1, ("NOR",)) == "ISL"
    assert salience.foremost(3, ()) == "DNK"


def test_a_text_without_parties_has_no_foremost() -> None:
    assert Salience(build_context(Document("The talks went on."))).foremost(0, ()) is None
