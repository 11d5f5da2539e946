"""How a sentence names someone: as its speaker, in a quotation, by which role."""

from __future__ import annotations

import pytest

from extractors.antecedents import Antecedent, antecedents_in, find_quotations
from extractors.parties import find_parties
from extractors.sentences import split_sentences


def first(text: str) -> Antecedent:
    sentences = split_sentences(text)
    return antecedents_in(sentences[0], find_parties(text), find_quotations(sentences)[0])[0]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Lavrov said so.", True),
        ("“No,” said Lavrov.", True),
        ("Lavrov, visiting Cairo, said so.", True),
        ("Lavrov slept.", False),
        ("“Lavrov said so,” Jane Doe wrote.", False),
    ],
)
def test_speakers_stand_by_a_verb_of_speech(text: str, speaker: bool) -> None:
    assert first(text).speaker is speaker


@pytest.mark.parametrize(
    ("text", "role"),
    [("The Greek ministry agreed.", "ministry"), ("The king of Jordan came.", "king"), ("Greece agreed.", None)],
)
def test_roles_are_kept(text: str, role: str | None) -> None:
    assert first(text).role == role


def test_an_open_quotation_lasts_to_the_end() -> None:
    assert find_quotations(split_sentences("He said “we go")) == [[(8, 14)]]


def test_a_quotation_goes_on_until_it_closes() -> None:
    sentences = split_sentences("“One. Two. Three,” he said. Four.")
    assert find_quotations(sentences) == [[(0, 5)], [(0, 4)], [(0, 7)], []]
