"""Acts whose word the lexicon does not list."""

from extractors.lexicon import Hit
from extractors.network import EVENTS, Impression, network
from extractors.parsing import parse_sentences
from extractors.records import Event
from extractors.unlisted import unlisted_hits


def hits(text: str, likely: dict[str, tuple[Event, float]], *taken: tuple[int, Event]) -> list[Hit]:
    (doc,) = parse_sentences([text])
    (impression,) = network().read([doc])
    events = impression.events * 0 - 9
    for token in doc:
        if token.text in likely:
            event, odds = likely[token.text]
            events[token.i, EVENTS.index(event)] = odds
    changed = Impression(events, impression.acting, impression.struck, impression.unsaid)
    return unlisted_hits(doc, changed, taken)


def test_a_likely_word_is_an_act_and_an_unlikely_one_is_not() -> None:
    (hit,) = hits("Norway froze the Icelandic assets.", {"froze": ("SANCTION", 2.0), "assets": ("AID", -5.0)})
    assert (hit.token.text, hit.predicate.event, hit.predicate.rule) == ("froze", "SANCTION", "network verb")


def test_a_noun_acts_through_the_verb_that_it_is_the_object_of() -> None:
    (hit,) = hits("Norway brokered a thaw.", {"thaw": ("COOPERATE", 2.0)})
    assert hit.verb is not None and hit.verb.text == "brokered"


def test_of_neighbours_the_likeliest_is_the_act_and_none_where_one_was_found() -> None:
    both: dict[str, tuple[Event, float]] = {"held": ("CONSULT", 1.0), "parleys": ("CONSULT", 3.0)}
    assert [h.token.text for h in hits("Norway held parleys in Oslo.", both)] == ["parleys"]
    assert hits("Norway held parleys in Oslo.", both, (1, "CONSULT")) == []
