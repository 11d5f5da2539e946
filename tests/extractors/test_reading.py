import time
from datetime import date

import pytest

from extractors.context import Document
from extractors.reading import read_documents

ENGLISH = "Ukraine's foreign ministry said on Tuesday that Russia had massed 38,000 troops near Kharkiv."
RUSSIAN = "Минобороны Украины заявило, что Россия стянула к границе 38 000 военных."
GERMAN = "Das Ministerium sprach von 38.000 Soldaten an der Grenze."


def test_readings_come_in_the_order_of_the_documents_whatever_their_language():
    day = date(2026, 3, 3)
    texts = ((RUSSIAN, "ru"), ("", "en"), (GERMAN, "de"), (ENGLISH, "en"))
    documents = [Document(text, day, language) for text, language in texts]
    russian, empty, german, english = read_documents(documents)
    assert [f.low for f in russian.figures] == [38_000]
    assert (empty.figures, empty.mentions, empty.unread) == ((), (), None)
    assert (german.figures, german.unread) == ((), "de")
    assert [(f.low, f.subject, f.claimant) for f in english.figures] == [(38_000, "RUS", "UKR")]


def test_offsets_point_at_the_words_and_every_finding_names_its_rule():
    (reading,) = read_documents([Document("Nothing here. " + ENGLISH, date(2026, 3, 3))])
    (figure,) = reading.figures
    assert ("Nothing here. " + ENGLISH)[figure.start : figure.end] == "38,000 troops"
    assert figure.rule
    assert figure.sentence == ENGLISH


def test_no_documents_give_no_readings():
    assert read_documents([]) == []


def seconds(text: str) -> float:
    """Return how much of the processor a text takes, at the best of two."""
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        read_documents([Document(text, date(2022, 6, 15))])
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize(
    "piece",
    ["9 ", "1,000,", "more than ", "killed 12 soldiers and ", "(", "“", "said, ", "since the ", "from 3 to ", "U.S. ",
     "of the 2009 attack ", "Iran's ", "-", "in March 2014 ", "tens of ", "\n", "the number of dead rose to 12 "],
)  # fmt: skip
def test_twice_the_text_takes_at_most_three_times_as_long(piece: str) -> None:
    size = 6_000
    once, twice = (piece * size)[:size], (piece * 2 * size)[: 2 * size]
    assert any(seconds(twice) < 3 * seconds(once) for _ in range(3))
