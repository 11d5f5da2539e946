"""What the acts of one sentence are read by."""

from datetime import date

from extractors.context import Document, build_context
from extractors.matching import find_hits
from extractors.network import network
from extractors.parsing import parse_sentences
from extractors.salience import Salience
from extractors.scenes import Scene, build_scene, in_title


def scene(text: str, index: int) -> Scene:
    context = build_context(Document(text, date(2021, 12, 1)))
    (doc,) = parse_sentences([context.sentences[index].text])
    return build_scene(context, index, doc, find_hits(doc), Salience(context), 2, (), network().read([doc])[0])


def test_a_scene_counts_its_parties_and_predicates() -> None:
    found = scene("Norway accused Iceland of fraud and met Denmark.", 0)
    assert (found.parties, found.hits) == (3, 2)


def test_a_sentence_after_one_of_history_goes_on_with_it_in_its_paragraph_alone() -> None:
    assert scene("In 2014 Norway sued Iceland. Norway accused it of fraud.", 1).past
    assert not scene("In 2014 Norway sued Iceland.\nNorway accused it of fraud.", 1).past
    assert not scene("Norway sued Iceland. Norway accused it of fraud.", 1).past


def test_who_speaks_is_known_from_the_sentence_before() -> None:
    text = "Norway must act, said Swedish Foreign Minister Ann Linde. She accused Oslo of delay."
    assert scene(text, 1).speaker == "SWE"


def test_the_title_names_parties_in_order_each_once() -> None:
    assert in_title(Document("Text.", title="Norway and Iceland at odds; Norway leaves")) == ("NOR", "ISL")
    assert in_title(Document("Text.")) == ()
