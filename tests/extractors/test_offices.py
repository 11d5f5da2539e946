"""Unnamed offices, and speakers named at a sentence's end."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.context import Document
from extractors.offices import ending_speaker
from extractors.reading import read_documents

ON = date(2026, 3, 10)
CASES = [
    ("Ghana sent 200 soldiers to Benin in May, the Ghanaian defence minister announced on Monday.", "GHA"),
    ("Egypt has moved 3,000 soldiers into Sinai, its army said on Friday.", "EGY"),
    ("Egypt has moved 3,000 soldiers into Libya, the government in Tripoli said.", "LBY"),
    ("Some 900 Dutch soldiers guard the port, the Defence Ministry in The Hague said on Monday.", "NLD"),
    ("Portugal will withdraw its 150 soldiers from Mali, the Department of Defence confirmed.", "PRT"),
    ("A shell killed four people in Kherson, the deputy head of the region, Olha Koval, said on Sunday.", "UKR"),
    ("A shell killed four people in Kherson, acting mayor Ivan Koval wrote on Telegram.", "UKR"),
    ("Russia attacked Ukraine with 81 drones, the air force said.", "UKR"),
    ("Crews shot down 40 Ukrainian drones over the Kursk region of Russia, the Defence Ministry said.", "RUS"),
    ("Syria's Hezbollah fighters said that they had killed 20 soldiers in Homs.", "hezbollah"),
    ("The al-Qaeda-linked group JNIM said that it had killed 20 soldiers in Mali.", "jnim"),
    ("TAIPEI — The Ministry of National Defence said it had tracked 19 Chinese warships off the coast.", "TWN"),
    ("MANILA, March 9 — The Navy counted 30 Chinese warships off the coast.", "PHL"),
    ("KYIV — Russia fired 40 drones overnight, the air force said.", "UKR"),
    ("BEIRUT — Israel has killed 12 fighters in the suburbs, the military said.", "ISR"),
    ("Ten soldiers were killed in Mali, officials said.", "unknown"),
    ("Ten soldiers were killed in Mali, a shopkeeper said.", "unknown"),
]


@pytest.fixture(scope="module")
def read():
    return dict(zip(CASES, read_documents([Document(text, ON) for text, _ in CASES]), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[text for text, _ in CASES])
def test_claimant_of_an_office_is_its_country(read, case):
    assert [f.claimant for f in read[case].figures] == [case[1]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Four died, the chief of the city council, Ada Okoye, said on Sunday.",
            "the chief of the city council, Ada Okoye,",
        ),
        ("Four died, the government has already announced plans to leave.", None),
        ("Four died, and the cabinet rejected the plan that it announced in Cairo.", None),
        ("Four died, his brother said.", None),
    ],
)
def test_ending_names_an_office_and_no_clause(text, who):
    found = ending_speaker(text, 4)
    assert (text[slice(*found)] if found else None) == who
