"""Quotations over a whole text."""

import pytest

from extractors.quotations import Quotations, find_quotation_spans


def spans(text: str) -> list[str]:
    return [text[a:b] for a, b in find_quotation_spans(text)]


def test_quotation_stays_open_over_sentences() -> None:
    assert spans("He said: “They came. They left.” Then he went.") == ["“They came. They left.”"]


def test_straight_marks_open_and_close_in_turn() -> None:
    assert spans('"One," he said. "Two."') == ['"One,"', '"Two."']


def test_quotation_left_open_ends_with_its_line() -> None:
    assert spans("“We hold it\nNew line") == ["“We hold it"]


def test_closing_mark_alone_opens_nothing() -> None:
    assert spans("so it was” said he") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“They came,” Jane Roe said.", "Jane Roe"),
        ("Jane Roe said: “They came.”", "Jane Roe"),
        ("“They came\n“They left,” Jane Roe said.", "Jane Roe"),
        ("“They came.”\n“They left,” Jane Roe said.", None),
        ("Jane Roe said: “They rose.” And then: “They came.”", "Jane Roe"),
        ("Jane Roe said: “They rose.” " + "It was so. " * 60 + "“They came.”", None),
        ("They came from “Here”.", None),
    ],
)
def test_speaker_of_a_quotation_is_named_beside_it_or_those_it_belongs_with(text: str, speaker: str | None) -> None:
    quotations = Quotations(text)
    at = quotations.at(text.index("came"))
    named = quotations.speaker(at) if at is not None else None
    assert (text[named[0] : named[1]] if named else None) == speaker


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“They came.” Jane Roe, The Paper", "Jane Roe"),
        ("Jane Roe, The Paper\n“They came.”", "Jane Roe"),
        ("“They came.” Jane Roe, The Paper of record, was late.", None),
        ("They met Jane Roe, Paul Poe and others. “They came.”", None),
    ],
)
def test_line_of_its_own_signs_a_quotation(text: str, name: str | None) -> None:
    quotations = Quotations(text)
    at = quotations.at(text.index("came"))
    signed = quotations.signature(at) if at is not None else None
    assert (text[signed[0] : signed[1]] if signed else None) == name


def test_thousands_of_quotations_without_a_speaker_end_nowhere() -> None:
    quotations = Quotations("“So.” " * 5_000)
    assert quotations.speaker(4_999) is None
