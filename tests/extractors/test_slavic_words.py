"""Words with their dictionary forms, and a clear word where there are no dictionaries."""

from __future__ import annotations

from typing import cast

import pytest

from extractors.slavic_words import Language, MissingExtraError, analyzer, words_of

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")


def test_words_keep_their_place_and_know_their_forms() -> None:
    words = words_of("Погибли 1 400 солдат.", "ru")
    assert [(w.text, w.kind) for w in words] == [
        ("Погибли", "word"), ("1 400", "number"), ("солдат", "word"), (".", "mark"),
    ]  # fmt: skip
    assert "погибнуть" in words[0].forms


def test_a_compound_has_the_forms_of_its_halves() -> None:
    assert "талиб" in words_of("талибов-охранников", "ru")[0].forms


def test_a_language_without_dictionaries_names_the_extra() -> None:
    with pytest.raises(MissingExtraError, match=r"muster-news\[ru\]"):
        analyzer(cast(Language, "xx"))
