"""Persons that a text ties to a party are that party's, under the family name too; strangers are nobody's."""

from __future__ import annotations

import pytest

from extractors.context import Document, build_context


def people(text: str) -> list[tuple[str, str]]:
    return [(p.text, p.code) for p in build_context(Document(text)).parties if p.kind == "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ukrainian commander Oleh Petrenko came. Later Petrenko spoke.",
            [("Oleh Petrenko", "UKR"), ("Petrenko", "UKR")],
        ),
        ("Dana Weiss, a spokeswoman for the Pentagon, agreed.", [("Dana Weiss", "USA")]),
        ("Iran’s deputy foreign minister Reza Karimi left.", [("Reza Karimi", "IRN")]),
        ("Omar Haddad, Jordan's ambassador to France, left.", [("Omar Haddad", "JOR")]),
        ("Boris Johnson flew in. Johnson spoke.", [("Boris Johnson", "GBR"), ("Johnson", "GBR")]),
        ("Kim Jong Un waved. Kim smiled.", [("Kim Jong Un", "PRK"), ("Kim", "PRK")]),
    ],
)
def test_introduced_persons_speak_for_their_party(text: str, expected: list[tuple[str, str]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Former Ukrainian minister Oleh Petrenko came.",
        "Russian opposition leader Ivan Sidorov came.",
        "American journalist Jane Doe came.",
        "Jane Doe, a professor at a college in France, came.",
        "Johnson spoke of Texas.",
        "U.S. senator Jim Doe came.",
        "On Saturday, an American official came.",
        "Talks in Egypt happened under chairman Jim Doe.",
    ],
)
def test_strangers_and_private_persons_speak_for_nobody(text: str) -> None:
    assert people(text) == []
