"""What is lent from figure to figure, and what is refused."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

JUDGED = [
    ("The blast killed 12 soldiers, 4 civilians and 3 children.", ["killed", "killed", "killed"]),
    ("The blast wounded 40 people, including nine children.", ["wounded", "wounded"]),
    ("Five soldiers died in the attack, as did two officers.", ["killed", "killed"]),
    ("Some 300 foreigners have travelled to Syria to join the militants.", ["mobilisation"]),
    ("Some 300 foreigners joined the choir.", []),
    ("The army announced the arrest of nine people.", []),
    ("The army announced the arrest of nine militants.", ["captured"]),
    ("The army showed photographs of three men.", []),
    ("The army released pictures of three prisoners.", ["captured"]),
    ("Up to 4,000 Russians are fighting in the ranks.", ["strength"]),
]


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    readings = read_documents([Document(text) for text, _ in JUDGED])
    return {text: [f.measure for f in r.figures] for (text, _), r in zip(JUDGED, readings, strict=True)}


@pytest.mark.parametrize(("text", "measures"), JUDGED)
def test_figure_is_judged_beside_those_before_it(text, measures, found) -> None:
    assert found[text] == measures


def test_every_figure_names_the_rule_that_fired() -> None:
    (reading,) = read_documents([Document("The blast killed 12 soldiers.")])
    assert reading.figures[0].rule == "killed:verb-object"
