"""Sides of an act, and how each is known."""

import pytest

from extractors.context import Document, build_context
from extractors.diplomacy import propose_mentions
from extractors.parsing import parse_sentences
from extractors.sides import Sides


def sides(text: str, event: str) -> Sides:
    context = build_context(Document(text))
    parsed = dict(enumerate(parse_sentences(s.text for s in context.sentences)))
    return next(p.sides for p in propose_mentions(context, parsed) if p.mention.event == event)


@pytest.mark.parametrize(
    ("text", "event", "actors", "targets", "known"),
    [
        ("Norway accused Iceland of fraud.", "ACCUSE", ("NOR",), ("ISL",), ("named", "named")),
        ("Iceland is accused of fraud.", "ACCUSE", (), ("ISL",), ("agentless", "named")),
        ("Iceland fishes. Norway condemned the practice.", "ACCUSE", ("NOR",), ("ISL",), ("named", "around")),
        (
            "Norway and Iceland accused each other of fraud.",
            "ACCUSE",
            ("NOR", "ISL"),
            ("NOR", "ISL"),
            ("named", "named"),
        ),
        ("Norway denied the allegations.", "ACCUSE", ("NOR",), (), ("named", "unsaid")),
        ("Norway called for calm. The ministry accused Iceland.", "ACCUSE", ("NOR",), ("ISL",), ("named", "named")),
        (
            "Norway changed its laws with the aim of pressuring Iceland.",
            "REQUEST",
            ("NOR",),
            ("ISL",),
            ("named", "named"),
        ),
        (
            "Norway said that Iceland seriously violated its borders and demanded that Icelandic troops withdraw.",
            "REQUEST",
            ("NOR",),
            ("ISL",),
            ("named", "named"),
        ),
        (
            "The talks broke down in response to Norway imposing new sanctions on Iceland.",
            "SANCTION",
            ("NOR",),
            ("ISL",),
            ("named", "named"),
        ),
        (
            "Oslo acted. Norway said the law was a response to what it called Iceland's aggression.",
            "ACCUSE",
            ("NOR",),
            ("ISL",),
            ("named", "sentence"),
        ),
        (
            "Washington watched. Sanctions on Iceland have hurt fishermen.",
            "SANCTION",
            ("USA",),
            ("ISL",),
            ("unsaid", "named"),
        ),
        (
            "Washington watched. International sanctions on Iceland have hurt fishermen.",
            "SANCTION",
            (),
            ("ISL",),
            ("unsaid", "named"),
        ),
        (
            "Norway met Iceland. Norway's call for help came as Sweden watched its border.",
            "REQUEST",
            ("NOR",),
            ("ISL",),
            ("named", "around"),
        ),
        ("Norway must reach an agreement with Iceland.", "AGREE", ("NOR", "ISL"), (), ("named", "named")),
        ("Norway is united with Iceland against piracy.", "COOPERATE", ("NOR",), ("ISL",), ("named", "named")),
        ("Norway met Iceland.", "CONSULT", ("NOR", "ISL"), (), ("named", "named")),
    ],
)
def test_sides_say_how_they_are_known(
    text: str, event: str, actors: tuple[str, ...], targets: tuple[str, ...], known: tuple[str, str]
) -> None:
    assert sides(text, event) == Sides(actors, targets, *known)


@pytest.mark.parametrize(
    ("words", "found"), [("drills", False), ("joint drills", True), ("drills with Iceland", True)]
)
def test_drills_of_one_side_are_no_cooperation(words: str, found: bool) -> None:
    text = f"Iceland complained that Norway conducted {words} in the North Sea."
    context = build_context(Document(text))
    parsed = dict(enumerate(parse_sentences([text])))
    assert any(p.mention.event == "COOPERATE" for p in propose_mentions(context, parsed)) is found
