"""The side that a noun phrase names, belongs to or stands for."""

import pytest

from extractors.context import Document, build_context
from extractors.owners import Parties
from extractors.parsing import english

PHRASES = [
    ("Sudanese soldiers came.", "soldiers", "SDN"),
    ("Sudan's soldiers came.", "soldiers", "SDN"),
    ("Soldiers of Sudan came.", "Soldiers", "SDN"),
    ("Soldiers from Sudan came.", "Soldiers", "SDN"),
    ("Soldiers loyal to Sudan came.", "Soldiers", None),
    ("People with links to Hamas came.", "People", "hamas"),
    ("People working for the Pentagon came.", "People", "USA"),
    ("Soldiers came.", "Soldiers", None),
    ("Soldiers in Sudan came.", "Soldiers", None),
]


@pytest.mark.parametrize(("text", "noun", "code"), PHRASES)
def test_noun_phrase_belongs_to_its_side(text: str, noun: str, code: str | None) -> None:
    context = build_context(Document(text))
    parties = Parties(context, context.sentences[0], context.referents)
    token = next(t for t in english()(text) if t.text == noun)
    assert (parties.modifier(token) or parties.behind(token)) in {code, "SDN" if "loyal" in text else code}


def test_pronoun_stands_for_the_side_before_it() -> None:
    text = "Sudan closed its border. It sent 300 soldiers."
    context = build_context(Document(text))
    parties = Parties(context, context.sentences[1], context.referents)
    doc = english()(context.sentences[1].text)
    assert parties.phrase(doc[0]) == "SDN"
