"""Men and members that are soldiers, and those that are not."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

COUNTED = [
    ("The Chadian army lost 130 men near the lake.", ["casualties troops"]),
    ("The rebels lost 60 men in the attack, the army said.", ["casualties troops"]),
    ("A column of 400 men crossed the border, the army said.", ["deployment troops"]),
    ("An army of some 9,000 men held the pass.", ["strength troops"]),
    ("Rwanda has sent 2,000 men to Mozambique, its defence ministry said.", ["deployment troops"]),
    ("Libya attacked the province with some 3,000 men and 40 tanks.", ["strength troops", "strength tank"]),
    ("The multinational force in Haiti has 1,050 members, the UN said.", ["strength troops"]),
    ("The Kenyan-led mission now has 900 members.", ["strength troops"]),
    ("The peacekeeping force there now has 2,400 members.", ["strength peacekeepers"]),
    ("The trade mission now has 90 members.", []),
    ("The union of army veterans has 1,200 members.", []),
    ("The company sent 40 men to mend the line.", []),
    ("A gang of 12 men robbed a bank.", []),
    ("The blast killed 12 men in the market.", ["killed people"]),
]


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    readings = read_documents([Document(text) for text, _ in COUNTED])
    return {
        text: [f"{f.measure} {f.item}" for f in r.figures] for (text, _), r in zip(COUNTED, readings, strict=True)
    }


@pytest.mark.parametrize(("text", "figures"), COUNTED, ids=[text for text, _ in COUNTED])
def test_men_of_an_army_are_troops_and_others_are_not(text, figures, found) -> None:
    assert found[text] == figures
