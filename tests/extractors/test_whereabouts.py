"""Where a figure is set when its own words do not say."""

from datetime import date

import pytest

from extractors.context import Document
from extractors.reading import read_documents

SET = [
    ("A bomb went off in Baghdad. The blast killed 12 people.", ("IRQ",)),
    ("A bomb went off. The blast killed 12 Kenyan soldiers.", ()),
    ("A bomb went off. The blast killed 12 Kenyan policemen.", ("KEN",)),
    ("The war has killed 1,000 Iraqis.", ("IRQ",)),
    ("The war has killed 60 Israelis.", ()),
    ("A bomb went off in Ankara. Police said the man who killed 39 people came from Mali or Chad.", ("TUR",)),
    ("Mali buried its dead. Two gunmen had opened fire on the crowd.", ("MLI",)),
    ("Mali buried its dead. Two brigades had opened fire on the crowd.", ()),
    ("Militants fled into Libya. They were holding 21 Egyptians captive.", ("LBY",)),
    ("One Gaza rocket hit a building in Ashdod.", ("ISR",)),
]


@pytest.mark.parametrize(("text", "location"), SET)
def test_place_is_the_one_that_the_text_implies(text: str, location: tuple[str, ...]) -> None:
    assert read_documents([Document(text, date(2022, 6, 15))])[0].figures[0].location == location
