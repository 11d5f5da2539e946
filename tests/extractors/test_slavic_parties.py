"""Who and where, by dictionary forms."""

from __future__ import annotations

import pytest

from extractors.slavic_parties import named_parties, places_of
from extractors.slavic_words import lexicon, words_of

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")


@pytest.mark.parametrize(
    ("text", "codes", "places"),
    [
        ("Россия и Украина", ["RUS", "UKR"], ()),
        ("в Северной Корее", ["PRK"], ("PRK",)),
        ("афганские войска", ["AFG"], ()),
        ("бои в афганской провинции", ["AFG"], ("AFG",)),
        ("бои под Бахмутом", [], ("UKR",)),
        ("боевики ИГ", ["islamic-state"], ()),
        ("дождь и снег", [], ()),
    ],
)
def test_parties_and_places(text: str, codes: list[str], places: tuple[str, ...]) -> None:
    words, table = words_of(text, "ru"), lexicon("ru")
    parties = named_parties(words, table)
    assert [p.code for p in parties] == codes
    assert places_of(words, parties, table) == places
