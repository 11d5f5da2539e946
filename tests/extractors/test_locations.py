"""Where things are said to be."""

import pytest

from extractors.context import Document, build_context
from extractors.locations import Places, nearby


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("They fought in Syria.", ["SYR"]),
        ("They fought in the northern city of Aleppo.", ["SYR"]),
        ("They fought in Iraq and Syria.", ["IRQ", "SYR"]),
        ("They fought in Iraq, Syria and Libya.", ["IRQ", "SYR", "LBY"]),
        ("They fought in Iraq, and Syria denied it.", ["IRQ"]),
        ("They stood along the border with Ukraine.", ["UKR"]),
        ("They crossed the Syrian border.", ["SYR"]),
        ("They bombed Syria's largest airport.", ["SYR"]),
        ("The Syrian army fought.", []),
        ("Syria's army fought.", []),
        ("He told reporters in Paris.", []),
        ("They fought, according to Syria.", []),
        ("The London-based monitor spoke.", []),
        ("The invasion of Iraq began.", ["IRQ"]),
    ],
)
def test_place_is_where_something_is_set(text: str, codes: list[str]) -> None:
    context = build_context(Document(text))
    assert [s.match.code for s in Places(context).of(context.sentences[0])] == codes


def test_country_of_the_outlet_lends_no_place_to_a_war_elsewhere() -> None:
    context = build_context(Document("They fought in Mali. He lives in Britain. Ten men died."))
    assert nearby(Places(context), 2, back=2, topic="MLI") == ("MLI",)
    assert nearby(Places(context), 2, back=2) == ("GBR",)


def test_nearest_sentence_that_names_a_place_lends_it() -> None:
    context = build_context(Document("They fought in Mali. They fought in Niger. Ten men died."))
    assert nearby(Places(context), 2, back=2) == ("NER",)
