import pytest

from extractors.wording import count_tokens, fold, holds, one_line


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("two words", 2), ("1,200 men", 3), ("戦車が川を", 5), ("— … !", 0)]
)
def test_words_are_counted_in_any_script(text: str, number: int) -> None:
    assert count_tokens(text) == number


def test_folded_texts_are_equal_in_any_typography() -> None:
    assert fold("“Armour”\u00a0moves — now") == fold('"armour" MOVES - now')
    assert fold("Армія — відійшла") == "арміявідійшла"
    assert fold("…!") == ""


def test_text_is_found_again_with_small_differences_only() -> None:
    whole = fold("The brigade moved ten tanks across the river on Monday, and officials in the capital said so.")
    assert holds(
        whole,
        fold("The brigade moved ten tanks across the river on Monday, and (on record) officials in the capital"),
    )
    assert not holds(whole, fold("The brigade lost ten tanks, and nobody knows on which river it was."))
    assert not holds(whole, fold("another"))


def test_one_line_is_none_for_nothing() -> None:
    assert one_line(" a \n b ") == "a b"
    assert one_line(" \n ") is None
    assert one_line(None) is None
