"""Whether a figure is so, was so, will be or might be."""

from datetime import date

import pytest

from extractors.context import Document
from extractors.reading import read_documents

PUBLISHED = date(2022, 6, 15)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("No team has played there since the 2009 attack on the bus that left six soldiers dead.", "historical"),
        ("No team has played there since 2009, and six soldiers guard the stadium.", "actual"),
        ("They met on the anniversary of an assault that killed six soldiers.", "historical"),
        ("There were 150 dead people that would have been the price of a strike.", "hypothetical"),
        ("Drones went after the car and two missiles were fired.", "actual"),
        ("They are going to fire two missiles at the car.", "planned"),
        ("Kenya vowed to avenge the deaths of six soldiers.", "actual"),
        ("Kenya vowed to kill six soldiers.", "planned"),
        ("In March this year the ministry counted 600 soldiers there.", "historical"),
        ("This year the ministry counted 600 soldiers there.", "actual"),
        ("It was the spring of 1916. Six brigades entered the town.", "historical"),
        ("It was the spring of 1916. Last week six brigades entered the town.", "actual"),
        ("World War II was over. Two bombs killed 600 people.", "historical"),
        ("Kenya asked that Chad remove its 600 troops.", "actual"),
        ("Kenya will remove 600 troops.", "planned"),
    ],
)
def test_status_of_a_figure(text: str, status: str) -> None:
    (reading,) = read_documents([Document(text, PUBLISHED)])
    assert reading.figures[-1].status == status
