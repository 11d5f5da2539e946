"""When a figure is of no one side."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

NO_ONES = [
    ("In the battle 300 soldiers on both sides were killed.", None),
    ("The long civil war has killed 30,000 people in Sudan.", None),
    ("The rivals have massed 3,000 soldiers.", None),
    ("Dozens of Sudanese and Chadian soldiers were killed in the battle.", None),
    ("Police in Mali killed two gunmen.", None),
    ("Police in Mali killed two Tuareg soldiers and a bomb killed 14 people, including two Danes.", "DNK"),
    ("A bomb in Mali killed 14 people.", "MLI"),
]


@pytest.mark.parametrize(("text", "code"), NO_ONES)
def test_side_is_told_only_where_there_is_one(text: str, code: str | None) -> None:
    (reading,) = read_documents([Document(text)])
    assert reading.figures[-1].subject == code
