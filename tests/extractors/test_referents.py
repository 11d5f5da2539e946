"""Whom a pronoun or a bare role stands for, and where it stands for nobody."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.context import Document, build_context

PUBLISHED = date(2022, 3, 9)


def resolve(text: str, word: str) -> str | None:
    """Resolve the last occurrence of a word, given with an asterisk behind it in the text."""
    at = text.index(word + "*")
    context = build_context(Document(text.replace("*", ""), PUBLISHED))
    sentence = next(s for s in context.sentences if s.start <= at < s.end)
    return context.referents.resolve(sentence.index, at, word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Lavrov met Borrell. He* left early.", "He", "RUS"),
        ("Zakharova met Borrell. She* left early.", "She", "RUS"),
        ("Putin told Macron that he* would not wait.", "he", "RUS"),
        ("Macron called. “Putin lied,” he* said.", "he", "FRA"),
        ("Macron called. He said so. Later he* wept.", "he", "FRA"),
        ("Lavrov left. Tom Reed, a farmer, said it rained. He* wept.", "He", None),
        ("Turkey spoke with Russia. It* asked for time.", "It", "TUR"),
        ("Russia waited. It* is clear that snow fell.", "It", None),
        ("Hamas spoke to Israel. The group* asked for time.", "group", "hamas"),
        ("NATO met Ukraine. The alliance* agreed.", "alliance", "NATO"),
        ("The Polish foreign ministry wrote to Russia. The ministry* asked for time.", "ministry", "POL"),
        ("An Israeli army spokeswoman came. She* counted rockets.", "She", "ISR"),
        ("Troops in Mali met Turkey. The country* is calm.", "country", "MLI"),
        ("China flew over Taiwan. China paused. The island* counted jets.", "island", "TWN"),
        ("China flew over Taiwan. China paused. The island's ministry* counted jets.", "ministry", "TWN"),
        ("Rebels fought in Syria. The rebels fled the regime*.", "regime", "SYR"),
        ("President Macron called. Lavrov left. The president* wept.", "president", "FRA"),
        ("“We* will go on,” Macron said.", "We", "FRA"),
        ("Nobody came. He* wept.", "He", None),
    ],
)
def test_words_stand_for_whom_the_text_named(text: str, word: str, expected: str | None) -> None:
    assert resolve(text, word) == expected


def test_both_sides_may_be_named_in_two_sentences() -> None:
    text = "Armenia sent a note. Azerbaijan answered it. The two sides agreed."
    context = build_context(Document(text, PUBLISHED))
    assert set(context.referents.resolve_both(2, text.index("two sides"))) == {"ARM", "AZE"}


def test_who_speaks_of_both_sides_is_none_of_them() -> None:
    text = "Turkey said Armenia and Azerbaijan fight, and urged both sides to stop."
    context = build_context(Document(text, PUBLISHED))
    assert context.referents.resolve_both(0, text.index("both sides")) == ("ARM", "AZE")


def test_both_sides_are_the_two_last_named() -> None:
    text = "Armenia and Azerbaijan met in a hall. The two sides agreed."
    context = build_context(Document(text, PUBLISHED))
    assert context.referents.resolve_both(1, text.index("two sides")) == ("ARM", "AZE")
