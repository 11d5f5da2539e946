"""The fitted choice of sides."""

import pytest

from extractors.contenders import contenders
from extractors.siding import choose_sides, chosen_features, party_features, relation, set_features, weights
from tests.extractors.test_contenders import view


@pytest.mark.parametrize(
    ("found", "contender", "how"),
    [
        (("NOR",), {"NOR"}, "is"),
        (("NOR", "ISL"), {"NOR"}, "holds"),
        (("NOR",), {"NOR", "ISL"}, "part of"),
        (("NOR", "ISL"), {"NOR", "SWE"}, "meets"),
        (("NOR",), {"SWE"}, "off"),
        ((), set(), "is"),
    ],
)
def test_a_way_compares_with_a_contender(found: tuple[str, ...], contender: set[str], how: str) -> None:
    assert relation(found, frozenset(contender)) == how


@pytest.mark.parametrize(
    ("text", "event", "actors", "targets"),
    [
        ("Norway accused Iceland of fraud.", "ACCUSE", ("NOR",), ("ISL",)),
        ("Norway and Iceland met in Denmark.", "CONSULT", ("NOR", "ISL"), ()),
        ("Iceland is accused of fraud.", "ACCUSE", (), ("ISL",)),
    ],
)
def test_sides_that_the_sentence_names_are_kept(
    text: str, event: str, actors: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    assert choose_sides(view(text, event)) == (actors, targets)


@pytest.mark.parametrize(
    ("text", "event"),
    [("Iceland fishes. Norway condemned the raid.", "ACCUSE"), ("Sanctions on Iceland have hurt us.", "SANCTION")],
)
def test_a_choice_is_of_the_contenders_and_never_of_nobody(text: str, event: str) -> None:
    outlook = view(text, event)
    actors, targets = choose_sides(outlook)
    assert {actors, targets} <= set(contenders(outlook.ways))
    assert actors or targets


def test_features_that_the_fit_knows_are_those_of_the_chooser() -> None:
    outlook = view("Norway accused Iceland of fraud.", "ACCUSE")
    names = [*party_features(outlook, "actors", "NOR"), *set_features(outlook, "targets", ("ISL",))]
    names += chosen_features(outlook, ("ISL",), ("NOR",))
    assert sum(name in weights() for name in names) > len(names) / 2
