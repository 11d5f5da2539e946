"""Which sentences promise an act by their words."""

from extractors.promise import LEAST, MOST_PARTIES, is_promising, weights, words_of


def test_words_pairs_length_and_parties_are_what_a_sentence_holds_each_once() -> None:
    held = list(words_of("Oslo accused Oslo.", 2))
    assert held == ["(all)", "(parties 2)", "(length 0)", "oslo", "accus", "oslo accus", "accus oslo"]
    assert f"(parties {MOST_PARTIES})" in words_of("Many.", 99)


def test_an_accusation_is_worth_a_parse_and_a_description_is_not() -> None:
    assert is_promising("Norway accused Iceland of breaking the agreement.", 2)
    assert not is_promising("The road from the Norwegian coast climbs through woods for several miles.", 1)


def test_least_is_no_word_of_a_sentence() -> None:
    assert LEAST in weights()
    assert LEAST not in words_of("At (least) 40 from Norway.", 1)
