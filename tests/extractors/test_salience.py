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


def test_a_place_counts_less_than_a_side() -> None:
    salience = Salience(build_context(Document("Norway spoke with Iceland in Austria. Talks in Austria went on.")))
    assert salience.ranked(1)[-1] == "AUT"


def test_the_partner_is_whom_a_party_was_named_with() -> None:
    salience = Salience(build_context(Document(TEXT)))
    for pair in (("NOR", "ISL"), ("NOR", "DNK"), ("DNK", "NOR")):
        salience.note(pair)
    assert (salience.partner("NOR"), salience.partner("ISL"), salience.partner("AUT")) == ("DNK", "NOR", None)


def test_a_party_dominates_where_no_other_is_near() -> None:
    salience = Salience(build_context(Document("Norway fishes. Norway rows. Iceland looks on.")))
    assert salience.dominates(1, "NOR") and not salience.dominates(2, "NOR")
