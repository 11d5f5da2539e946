"""Whose a figure is, and when no side's."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

WHOSE = [
    ("Sudan sent 300 soldiers.", "SDN"),
    ("Sudanese officers sent 300 soldiers to Chad.", "SDN"),
    ("300 soldiers from Chad came.", "TCD"),
    ("300 Chadian soldiers came.", "TCD"),
    ("Sudan was accused of sending 300 soldiers.", "SDN"),
    ("Rockets fell. 300 rockets were fired from Lebanon.", "LBN"),
    ("The rivals have massed 3,000 soldiers.", None),
    ("The long civil war has killed 30,000 people in Sudan.", None),
    ("In the battle 300 soldiers on both sides were killed.", None),
    ("The shelling left 67 dead on the Israeli side.", "ISR"),
    ("Dozens of Sudanese and Chadian soldiers were killed in the battle.", None),
    ("In Chad rebels sank a Greek freighter, killing six.", "GRC"),
    ("In Chad rebels burned a market, killing six people.", "TCD"),
    ("More than 100 missiles were fired by France and Germany.", None),
    ("About 900 Palestinian militants died. Another official said 300 militants had been killed.", "PSE"),
    ("A bomb in Chad killed 14 people, including two Danes.", "DNK"),
    ("Sudan lost 300 soldiers in the battle.", "SDN"),
    ("Chad put Sudanese losses in the battle at 300 soldiers.", "SDN"),
    ("Chad put the losses of the Sudanese army at 300 soldiers.", "SDN"),
    ("Chad said Sudan had lost 300 soldiers in the battle, along with 12 tanks.", "SDN"),
    ("Israel came under attack from 60 rockets.", None),
    ("Israel and Hamas exchanged 20 prisoners each.", None),
]


@pytest.fixture(scope="module")
def found() -> dict[str, str | None]:
    readings = read_documents([Document(text) for text, _ in WHOSE])
    return {text: reading.figures[-1].subject for (text, _), reading in zip(WHOSE, readings, strict=True)}


@pytest.mark.parametrize(("text", "code"), WHOSE)
def test_subject_is_whose_forces_or_losses_are_counted(text, code, found) -> None:
    assert found[text] == code
