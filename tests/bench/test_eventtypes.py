"""The type of what a given source does to a given target."""

import pytest

from extractors.parsing import parse_sentences
from tests.bench.eventtypes import type_between, type_chances, type_features
from tests.bench.plover import proposals_of


def guess(sentence: str, source: str, target: str) -> str | None:
    doc = parse_sentences([sentence])[0]
    row = {"text": sentence, "source": source, "target": target}
    proposals, sources, targets = proposals_of(row, doc)
    return type_between(doc, sources, targets, proposals).event


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Norway accused Iceland of breaking the treaty.", "ACCUSE"),
        ("Norway held talks with Iceland on Monday.", "CONSULT"),
        ("Norway rejected a request from Iceland.", "REJECT"),
        ("Norway demanded that Iceland withdraw.", "REQUEST"),
        ("Norway threatened to expel Iceland.", "THREATEN"),
        ("Norwegian soldiers attacked Iceland and killed dozens.", None),
        ("Police in Norway arrested two men from Iceland.", None),
    ],
)
def test_the_type_between_two_given_sides(sentence: str, event: str | None) -> None:
    assert guess(sentence, "Norway", "Iceland") == event


def test_chances_add_up_and_the_reason_is_readable() -> None:
    doc = parse_sentences(["Norway accused Iceland of fraud."])[0]
    chances = type_chances(type_features(doc, {0}, {2}, []))
    assert sum(chances.values()) == pytest.approx(1)
    assert type_between(doc, {0}, {2}, []).reason.startswith("type: ")
