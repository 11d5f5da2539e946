"""The network over the words of a sentence."""

import numpy as np

from extractors.network import EVENTS, MOST, SILENT, impressions_of, network
from extractors.parsing import parse_sentences

SENTENCE = "Norway accused Iceland of fraud after talks in Denmark."


def test_each_token_has_a_row_and_the_word_of_an_act_the_highest_odds_of_its_event() -> None:
    (doc,) = parse_sentences([SENTENCE])
    (impression,) = network().read([doc])
    assert impression.events.shape == (len(doc), len(EVENTS))
    assert doc[int(impression.events[:, EVENTS.index("ACCUSE")].argmax())].text == "accused"


def test_who_acts_and_who_is_acted_on_are_told_apart() -> None:
    (doc,) = parse_sentences([SENTENCE])
    (impression,) = network().read([doc])
    norway, iceland = impression.leaning(1, 0), impression.leaning(1, 2)
    assert norway[0] > iceland[0] and iceland[1] > norway[1]


def test_a_sentence_is_read_alike_alone_and_beside_others() -> None:
    docs = parse_sentences([SENTENCE, "No.", SENTENCE + " " + "It went on and on and on, the minister said. " * 3])
    alone = network().read(docs[:1])[0].events
    assert np.allclose(alone, network().read(docs)[0].events, atol=1e-3)


def test_words_past_what_is_read_carry_no_act() -> None:
    (doc,) = parse_sentences(["Norway met Iceland, " * MOST])
    (impression,) = network().read([doc])
    assert len(impression.events) == len(doc) > MOST
    assert (impression.events[-1] == SILENT).all()


def test_nothing_is_made_of_nothing() -> None:
    assert network().read([]) == []
    assert impressions_of({}, network()) == {}
    (empty,) = network().read(parse_sentences([""]))
    assert empty.events.shape == (0, len(EVENTS))
