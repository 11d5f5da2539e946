"""The type of what a given source does to a given target."""

import pytest

from extractors.between import Pair, events_between, see
from extractors.eventtypes import type_between, type_chances, type_features
from extractors.network import network
from extractors.parsing import parse_sentences


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("Norway accused Iceland of breaking the treaty.", "ACCUSE"),
        ("Norway held talks with Iceland on Monday.", "CONSULT"),
        ("Norway rejected a request from Iceland.", "REJECT"),
        ("Norway demanded that Iceland withdraw.", "REQUEST"),
        ("Norway threatened to expel Iceland.", "THREATEN"),
        ("Norwegian soldiers attacked Iceland and killed dozens.", None),
        ("Police in Norway arrested two men from Iceland.", None),
    ],
)
def test_the_type_between_two_given_sides(sentence: str, event: str | None) -> None:
    (guess,) = events_between([Pair(sentence, "Norway", "Iceland")])
    assert guess.event == event
    assert 0 < guess.likely <= 1


def test_chances_add_up_and_the_reason_is_readable() -> None:
    doc = parse_sentences(["Norway accused Iceland of fraud."])[0]
    (impression,) = network().read([doc])
    chances = type_chances(type_features(doc, {0}, {2}, [], impression))
    assert sum(chances.values()) == pytest.approx(1)
    assert type_between(doc, {0}, {2}, [], impression).reason.startswith("type: ")


def test_given_sides_are_the_only_parties_and_need_not_be_known() -> None:
    pair = Pair(
        "The guild of Sarn accused the Council of Oym and Norway of fraud.", "The guild of Sarn", "the council of oym"
    )
    (doc,) = parse_sentences([pair.text])
    seen = see(pair, doc)
    assert {code for p in seen.proposals for code in (*p.mention.actors, *p.mention.targets)} == {"source", "target"}
    assert [doc[i].text for i in sorted(seen.target)] == ["the", "Council", "of", "Oym"]


def test_sides_that_the_sentence_lacks_name_no_token() -> None:
    pair = Pair("Talks resumed.", "Norway", "Iceland")
    (doc,) = parse_sentences([pair.text])
    assert not see(pair, doc).source and not see(pair, doc).target
    assert len(events_between([pair])) == 1
