"""Numbers whose noun stands elsewhere."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

BARE = [
    ("The air raid killed seven.", [(7, "killed", "people")]),
    (
        "Rockets hit the town, killing 12 soldiers and wounding 30.",
        [(12, "killed", "troops"), (30, "wounded", "troops")],
    ),
    ("The shelling went on. It brought the death toll to 130.", [(130, "killed", "people")]),
    ("The army spokesman put the toll of the raid at 19.", [(19, "killed", "people")]),
    ("The raid killed many soldiers. Kyiv puts the losses at more than 5,000.", [(5000, "casualties", "troops")]),
    ("The strike raised to 212 the number of people killed since the truce.", [(212, "killed", "people")]),
    ("The bombing brought to 40 the number of wounded civilians.", [(40, "wounded", "civilians")]),
    ("The raid killed many. He was jailed at 19.", []),
    ("The casualty toll from the raid reached 400.", [(400, "casualties", "people")]),
    (
        "There are 5,000 US troops in Iraq and 2,000 in Syria.",
        [(5000, "strength", "troops"), (2000, "strength", "troops")],
    ),
    ("The number of soldiers there has reached 4,000.", [(4000, "strength", "troops")]),
    (
        "Militants fired four missiles; three of them hit a school.",
        [(4, "attack", "missile"), (3, "attack", "missile")],
    ),
    ("In the raid, 132 of the dead were children.", [(132, "killed", "children")]),
    ("Of the soldiers, he likes seven.", []),
    ("The raid killed 12 soldiers. They saw three of the sites.", [(12, "killed", "troops")]),
    ("The mayor of the town is over 60.", []),
]


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[int | None, str, str]]]:
    readings = read_documents([Document(text) for text, _ in BARE])
    return {
        text: [(f.low, f.measure, f.item) for f in reading.figures]
        for (text, _), reading in zip(BARE, readings, strict=True)
    }


@pytest.mark.parametrize(("text", "wanted"), BARE)
def test_number_without_a_noun_takes_what_the_text_gives_it(text, wanted, found) -> None:
    assert found[text] == wanted
