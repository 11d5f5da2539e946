"""Quotations over a whole text."""

from extractors.quotations import find_quotation_spans


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
