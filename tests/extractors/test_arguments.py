"""Parties at a predicate's places."""

import pytest

from extractors.arguments import Arguments
from extractors.matching import find_hits
from extractors.parsing import parse_sentences
from extractors.parties import PartyMatch

PARTIES = {
    "Norway": "NOR",
    "Norwegian": "NOR",
    "Iceland": "ISL",
    "Icelandic": "ISL",
    "Denmark": "DNK",
    "Danish": "DNK",
}
DEMONYMS = {"Norwegian", "Icelandic", "Danish"}


def arguments(sentence: str, pronoun: str | None = None) -> Arguments:
    doc = parse_sentences([sentence])[0]
    matches = [
        PartyMatch(t.idx, t.idx + len(t), t.text, PARTIES[t.text], "demonym" if t.text in DEMONYMS else "state")
        for t in doc
        if t.text in PARTIES
    ]
    return Arguments(doc, 0, matches, lambda _offset, _word: pronoun, lambda _offset: ("NOR", "ISL"))


def roles(sentence: str, event: str, pronoun: str | None = None) -> tuple[list[str], list[str]]:
    found = arguments(sentence, pronoun)
    hit = next(h for h in find_hits(found.doc) if h.predicate.event == event)
    return found.roles(hit)


@pytest.mark.parametrize(
    ("sentence", "event", "actors", "targets"),
    [
        ("Norway and Denmark accused Iceland of fraud.", "ACCUSE", ["NOR", "DNK"], ["ISL"]),
        ("Norwegian officials accused the Icelandic navy of fraud.", "ACCUSE", ["NOR"], ["ISL"]),
        ("Iceland was accused by Norway of fraud.", "ACCUSE", ["NOR"], ["ISL"]),
        ("Norway condemned the strikes carried out by Iceland.", "ACCUSE", ["NOR"], ["ISL"]),
        ("Norway condemned Iceland's strikes on Denmark.", "ACCUSE", ["NOR"], ["ISL"]),
        ("The leaders of Norway rejected the Icelandic proposal.", "REJECT", ["NOR"], ["ISL"]),
        ("Norway demanded that Iceland leave.", "REQUEST", ["NOR"], ["ISL"]),
        ("Norway imposed sanctions on Iceland.", "SANCTION", ["NOR"], ["ISL"]),
        ("The talks between Norway and Iceland failed.", "CONSULT", [], ["NOR", "ISL"]),
        ("Iceland was dismissed as a liar by Norway.", "REJECT", ["NOR"], ["ISL"]),
        ("Norwegian ships threatened Iceland.", "THREATEN", ["NOR"], ["ISL"]),
        ("Norwegian sanctions were imposed on Iceland.", "SANCTION", ["NOR"], ["ISL"]),
        ("Norway faces sanctions from Iceland.", "SANCTION", ["ISL"], ["NOR"]),
        ("Norway drew condemnation from Iceland.", "ACCUSE", ["ISL"], ["NOR"]),
        ("At the meeting in Denmark, Norway criticised Iceland.", "ACCUSE", ["NOR"], ["ISL"]),
        ("Norway, Denmark and Iceland met.", "CONSULT", ["NOR", "DNK", "ISL"], []),
    ],
)
def test_actors_and_targets_stand_at_their_places(
    sentence: str, event: str, actors: list[str], targets: list[str]
) -> None:
    assert roles(sentence, event) == (actors, targets)


def test_lawmakers_and_firms_do_not_speak_for_their_state() -> None:
    assert roles("Norwegian lawmakers condemned Iceland.", "ACCUSE")[0] == []
    assert roles("A Norwegian company accused Iceland of fraud.", "ACCUSE")[0] == []


def test_a_pronoun_and_both_sides_are_asked_of_the_referents() -> None:
    assert roles("She accused Iceland of fraud.", "ACCUSE", pronoun="DNK") == (["DNK"], ["ISL"])
    assert roles("Both countries condemned Denmark.", "ACCUSE") == (["NOR", "ISL"], ["DNK"])
