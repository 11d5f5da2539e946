"""Deaths of war and deaths of accidents."""

import pytest

from extractors.conflict import Conflict
from extractors.context import Document, build_context


@pytest.mark.parametrize(
    ("text", "war"),
    [
        ("Rockets hit the town. Twelve people were killed.", True),
        ("A quake shook the town. Twelve people were killed.", False),
        ("A storm came. The floods killed 12.", False),
        ("A suicide bomber struck. Twelve people were killed.", True),
        ("The town has a school. Twelve people were killed.", False),
    ],
)
def test_deaths_are_of_war_where_the_text_around_is(text: str, war: bool) -> None:
    assert Conflict(build_context(Document(text))).near(1, "killed") is war


def test_title_of_war_is_enough_where_the_text_is_silent() -> None:
    context = build_context(
        Document("The town has a school. Twelve people were killed.", title="Battle for the town")
    )
    assert Conflict(context).near(1, "killed")


def test_vehicles_are_of_war_beside_a_word_for_a_force() -> None:
    conflict = Conflict(build_context(Document("The army moved 30 trucks. The shop sold 30 trucks.")))
    assert [conflict.armed(0), conflict.armed(1)] == [True, False]
