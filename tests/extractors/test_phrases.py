"""Parties in noun phrases."""

import pytest
from spacy.tokens import Token

from extractors.parsing import parse_sentences
from extractors.parties import PartyMatch
from extractors.phrases import Phrases

CODES = {"Norway": "NOR", "Norwegian": "NOR", "Iceland": "ISL", "Icelandic": "ISL", "Denmark": "DNK"}
DEMONYMS = {"Norwegian", "Icelandic"}


def phrases(sentence: str) -> Phrases:
    doc = parse_sentences([sentence])[0]
    matches = [
        PartyMatch(t.idx, t.idx + len(t), t.text, CODES[t.text], "demonym" if t.text in DEMONYMS else "state")
        for t in doc
        if t.text in CODES
    ]
    return Phrases(doc, 0, matches, lambda _offset, _word: None, lambda _offset: ("NOR", "ISL"))


def word(found: Phrases, text: str) -> Token:
    return next(t for t in found.doc if t.text == text)


@pytest.mark.parametrize(
    ("sentence", "head", "wanted"),
    [
        ("Norwegian officials spoke.", "officials", ["NOR"]),
        ("Norwegian lawmakers spoke.", "lawmakers", []),
        ("The leaders of Norway spoke.", "leaders", ["NOR"]),
        ("Both sides spoke.", "sides", ["NOR", "ISL"]),
    ],
)
def test_who_speaks_for_a_party_is_the_party(sentence: str, head: str, wanted: list[str]) -> None:
    found = phrases(sentence)
    assert found.strict(word(found, head)) == wanted


def test_an_end_to_trade_between_two_is_about_both() -> None:
    found = phrases("An end to trade between Norway and Iceland hurt.")
    assert found.loose(word(found, "end")) == ["NOR", "ISL"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Norwegian sanctions hurt.", ["NOR"]),
        ("Norway's sanctions hurt.", ["NOR"]),
        ("The Iceland sanctions hurt.", []),
    ],
)
def test_the_owner_of_sanctions_is_not_whom_they_hit(sentence: str, wanted: list[str]) -> None:
    found = phrases(sentence)
    assert found.owners(word(found, "sanctions")) == wanted
