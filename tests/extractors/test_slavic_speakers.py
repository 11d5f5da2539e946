"""Whom a Russian or Ukrainian sentence names as its source."""

from __future__ import annotations

import pytest

from extractors.slavic_speakers import sentence_source
from extractors.slavic_words import lexicon, words_of

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("По данным ООН, шли бои.", "UN", "ООН"),
        ("Пентагон сообщил, что идут бои.", "USA", "Пентагон"),
        ("Идут бои, заявил мэр города.", "unknown", "мэр города"),
        ("Идут бои, пишет французская газета.", None, None),
        ("Идут бои.", None, None),
    ],
)
def test_sources(text: str, code: str | None, words: str | None) -> None:
    found = sentence_source(text, words_of(text, "ru"), lexicon("ru"))
    assert ((found.code, found.text) if found else (None, None)) == (code, words)
