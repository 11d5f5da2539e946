"""Words cut into the pieces that a network knows."""

from spacy.tokens import Doc

from extractors.parsing import english
from extractors.wordpieces import LONGEST, pieces_of

KNOWN = {p: i for i, p in enumerate(["[UNK]", "oslo", "met", "minis", "##ter", "##ters", "-", "in", "##dia"])}


def cut(*words: str, most: int = 100) -> tuple[list[str], list[int]]:
    numbers, begins = pieces_of(Doc(english().vocab, words), KNOWN, most)
    return [list(KNOWN)[n] for n in numbers], begins


def test_the_longest_known_piece_comes_first_and_each_token_has_its_beginning() -> None:
    assert cut("Oslo", "met", "ministers") == (["oslo", "met", "minis", "##ters"], [0, 1, 2])


def test_signs_stand_alone_and_accents_are_left_out() -> None:
    assert cut("Met-Ösló") == (["met", "-", "oslo"], [0])


def test_a_word_that_is_not_made_of_known_pieces_is_one_unknown() -> None:
    assert cut("indigo", "met") == (["[UNK]", "met"], [0, 1])
    assert cut("in" + "dia" * LONGEST, "met") == (["[UNK]", "met"], [0, 1])


def test_what_is_past_the_most_pieces_has_no_beginning() -> None:
    assert cut("Oslo", "ministers", "met", most=2) == (["oslo", "minis"], [0, 1, -1])
