"""What the network makes of one act."""

from extractors.leanings import HIGHEST, LOWEST, Leanings, lean, steps
from extractors.network import network
from extractors.parsing import parse_sentences


def leanings(text: str, word: str) -> Leanings:
    (doc,) = parse_sentences([text])
    act = next(t.i for t in doc if t.text == word)
    people = {t.i: t.text[:3].upper() for t in doc if t.text in {"Norway", "Iceland"}}
    return lean(network().read([doc])[0], {act}, "ACCUSE", people)


def test_odds_are_those_of_the_act_its_sentence_and_its_parties() -> None:
    found = leanings("Norway accused Iceland of fraud.", "accused")
    assert found.event == found.sentence > found.other
    assert found.of("actors")["NOR"] > found.of("actors")["ICE"]
    assert found.of("targets")["ICE"] > found.of("targets")["NOR"]


def test_a_word_beside_the_act_is_less_of_one_than_its_sentence() -> None:
    found = leanings("Norway accused Iceland of fraud.", "fraud")
    assert found.event < found.sentence


def test_steps_are_those_that_the_odds_are_over() -> None:
    assert list(steps("act", -5.5)) == ["act over -7", "act over -6"]
    assert list(steps("act", LOWEST - 1.0)) == []
    assert len(list(steps("act", 100.0))) == HIGHEST - LOWEST
