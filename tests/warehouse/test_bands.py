"""MinHash bands: common to texts that share most sentences, and made again when they are of another make."""

from __future__ import annotations

import pytest

from warehouse.bands import BANDS, bands_of, refill_bands

SENTENCES = [f"This is the sentence with the number {n} in it, and it is long enough." for n in range(40)]
TEXT = " ".join(SENTENCES)


def test_a_text_has_so_many_bands_and_the_same_ones_each_time():
    assert len(set(bands_of(TEXT))) == BANDS
    assert bands_of(TEXT) == bands_of(TEXT.replace(". ", ".\n") + " Read more.")


@pytest.mark.parametrize("text", ["", "Please enable cookies.", "Read more. " * 40, SENTENCES[0]])
def test_a_text_without_enough_to_tell_it_apart_has_none(text):
    assert bands_of(text) == ()


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [(SENTENCES[:24], 4, BANDS), ([*SENTENCES, "A line of our own, as long as the others are."], 12, BANDS),
     (reversed(SENTENCES), BANDS, BANDS), ([s.replace("number", "figure") for s in SENTENCES], 0, 0)],
)  # fmt: skip
def test_texts_share_the_more_bands_the_more_sentences_they_share(other, least, most):
    assert least <= len(set(bands_of(TEXT)) & set(bands_of(" ".join(other)))) <= most


def test_ledger_without_bands_or_with_others_gets_them_with_the_next_load(desk):
    at = desk.start
    original = desk.article("herald", "one", at, text=TEXT)
    desk.bring(at, original)
    made = desk.rows("FROM bands ORDER BY ALL")
    for spoil in ("DELETE FROM bands_made", "UPDATE bands_made SET make = 7"):
        desk.rows("DELETE FROM bands")
        desk.rows(spoil)
        refill_bands(desk.connection)
        assert desk.rows("FROM bands ORDER BY ALL") == made and len(made) == BANDS
    desk.rows("DELETE FROM bands_made")
    copy = desk.article("courier", "two", at, text=TEXT)
    desk.bring(at, copy)
    assert desk.rows("SELECT syndicated_from FROM articles WHERE syndicated_from IS NOT NULL") == [
        (original.article_id,)
    ]
