"""Which words of a sentence name the source of a clause."""

import pytest

from extractors.parsing import english
from extractors.saying import phrase_span, sayer_of, source_of


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("The minister said 40 tanks were lost.", "tanks", "minister"),
        ("The minister, who said nothing, lost 40 tanks.", "tanks", None),
        ("Russia accused Kyiv of massing 40 tanks.", "tanks", "Russia"),
        ("The fighting claimed 40 lives.", "lives", None),
        ("The minister put the toll at 40 soldiers.", "soldiers", "minister"),
    ],
)
def test_sayer_is_the_subject_of_the_nearest_speech_verb(text: str, word: str, speaker: str | None) -> None:
    doc = english()(text)
    found = sayer_of(next(t for t in doc if t.text == word))
    assert (found.text if found is not None else None) == speaker


def test_source_behind_according_to() -> None:
    doc = english()("Forty tanks were lost, according to a tally by Yemeni officials.")
    found = source_of(doc, doc[1])
    assert found is not None
    start, end = phrase_span(found)
    assert doc.text[start:end] == "Yemeni officials"
