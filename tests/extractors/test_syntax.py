"""Subjects and objects looked for through passives, control, relative clauses and participles."""

import pytest
from spacy.tokens import Doc, Token

from extractors.parsing import parse_sentences
from extractors.syntax import behind, is_passive, objects, quoted, subject


def parsed(sentence: str) -> Doc:
    return parse_sentences([sentence])[0]


def word(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("Norway rejected the plan.", "rejected", "Norway"),
        ("Norway is expected to reject the plan.", "reject", "Norway"),
        ("Norway urged Iceland to reject the plan.", "reject", "Iceland"),
        ("Norway promised Iceland to reject the plan.", "reject", "Norway"),
        ("The plan was rejected by Norway.", "rejected", "Norway"),
        ("The plan was rejected on Monday.", "rejected", None),
        ("Norway, which rejected the plan, gave no reason.", "rejected", "Norway"),
        ("Norway accused Iceland of rejecting the plan.", "rejecting", "Iceland"),
        ("Norway angered Iceland by rejecting the plan.", "rejecting", "Norway"),
        ("Norway read the plan and rejected it.", "rejected", "Norway"),
    ],
)
def test_the_subject_is_who_does_it(sentence: str, verb: str, who: str | None) -> None:
    found = subject(word(parsed(sentence), verb))
    assert (found.text if found is not None else None) == who


@pytest.mark.parametrize(
    ("sentence", "verb", "what"),
    [
        ("Norway accused Iceland of fraud.", "accused", ["Iceland"]),
        ("Iceland was accused of fraud.", "accused", ["Iceland"]),
        ("Iceland, accused of fraud, kept silent.", "accused", ["Iceland"]),
        ("The pact that Norway signed has lapsed.", "signed", ["pact"]),
        ("Norway slept.", "slept", []),
    ],
)
def test_the_object_is_what_it_is_done_to(sentence: str, verb: str, what: list[str]) -> None:
    assert [t.text for t in objects(word(parsed(sentence), verb))] == what


def test_a_participle_after_its_noun_is_passive_and_a_perfect_is_not() -> None:
    assert is_passive(word(parsed("The sanctions imposed by Norway hurt."), "imposed"))
    assert not is_passive(word(parsed("Norway has imposed sanctions."), "imposed"))


def test_nouns_are_found_behind_a_preposition() -> None:
    doc = parsed("Norway held talks with Iceland and Denmark.")
    assert [t.text for t in behind(word(doc, "talks"), "with") or behind(word(doc, "held"), "with")] == ["Iceland"]


def test_words_inside_quotation_marks_are_quoted() -> None:
    doc = parsed("“We reject the plan,” the minister said.")
    assert quoted(word(doc, "reject"))
    assert not quoted(word(doc, "said"))
