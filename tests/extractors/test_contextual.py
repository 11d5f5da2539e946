"""Names that need company: each with the text that makes it a party, and the text that does not."""

from __future__ import annotations

import pytest

from extractors.parties import find_parties


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("North Korea fired. The North denied it.", "The North", "PRK"),
        ("Sudan fired. The North denied it.", "The North", None),
        ("North Korea fired. It snowed in the North Sea.", "the North", None),
        ("Pyongyang spoke. Kim smiled.", "Kim", "PRK"),
        ("Paris spoke. Kim smiled.", "Kim", None),
        ("Kurdish fighters held Kobani in Syria.", "Kurdish fighters", "syrian-kurds"),
        ("Kurdish forces held Erbil in Iraq.", "Kurdish forces", "iraqi-kurds"),
        ("Kurdish poets read in Paris.", "Kurdish poets", None),
        ("Syria shelled the rebels.", "rebels", "syrian-rebels"),
        ("Yemen was shelled by rebels.", "rebels", None),
        ("Yemen has Houthi forces; the rebels fired.", "rebels", "houthis"),
        ("Ukraine and separatists traded fire.", "separatists", "donbas-separatists"),
        ("Spain and separatists traded words.", "separatists", None),
        ("Syria and the opposition met.", "the opposition", "syrian-opposition"),
        ("Hungary and the opposition met.", "the opposition", None),
    ],
)
def test_company_tells_who_is_meant(text: str, name: str, expected: str | None) -> None:
    found = [m.code for m in find_parties(text) if m.text == name or (expected is None and m.text in name)]
    assert found[-1:] == ([expected] if expected else [])


def test_two_koreas_are_two_parties() -> None:
    text = "Seoul hoped; the two Koreas met."
    assert [m.code for m in find_parties(text) if m.text == "two Koreas" or m.text == "the Koreas"] == ["PRK", "KOR"]
