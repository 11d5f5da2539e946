"""Names of towns that tell one strike from another."""

from datetime import date

import pytest

from extractors.context import Document, build_context
from extractors.locations import Places
from extractors.spots import spots_of

CASES = [
    ("Shells killed nine in Kharkiv and outside Merefa.", None, ("kharkiv", "merefa")),
    ("A raid on the town of Djibo left 20 dead, the army in Ouagadougou said.", None, ("djibo",)),
    ("Nine people were killed in Ukraine on Sunday, in May, the ministry said.", None, ()),
    ("Nine died in Port Sudan and in Gaza City.", None, ("gaza", "gaza city", "port sudan", "sudan")),
    ("Nine people were killed on Sunday.", "Toll of Omdurman market climbs", ("omdurman",)),
]


@pytest.mark.parametrize(("text", "title", "spots"), CASES)
def test_spots_are_what_is_smaller_than_a_country(text, title, spots):
    context = build_context(Document(text, date(2026, 3, 1), "en", title))
    assert spots_of(context, Places(context), context.sentences[0]) == spots
