"""A common family name counts beside its state, in its time, speaking or titled, and borne by nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.parties import find_parties


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("In Britain, Johnson said so.", date(2020, 5, 1), ["GBR"]),
        ("In Britain, Mr. Johnson left.", date(2020, 5, 1), ["GBR"]),
        ("In Britain, Johnson left.", date(2020, 5, 1), []),
        ("In Brazil, Johnson said so.", date(2020, 5, 1), []),
        ("In Britain, Johnson said so.", date(2015, 5, 1), []),
        ("In Britain, Johnson said so. Tim Johnson sings.", date(2020, 5, 1), []),
        ("In Britain, Tim Johnson said so.", date(2020, 5, 1), []),
    ],
)
def test_lone_family_names(text: str, day: date, expected: list[str]) -> None:
    assert [m.code for m in find_parties(text, day) if m.kind == "person"] == expected
