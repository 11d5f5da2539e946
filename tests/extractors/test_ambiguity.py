"""Where a name stands decides whether it means the party."""

from __future__ import annotations

import pytest

from extractors.ambiguity import Place, has_other_first_name, means_party
from extractors.names import Entry

CHAD, RUSSIAN = Entry("TCD", "state"), Entry("RUS", "demonym")


@pytest.mark.parametrize(
    ("name", "entry", "head", "tail", "means"),
    [
        ("Chad", CHAD, "troops in ", " and Niger", True),
        ("Chad", CHAD, "said ", " Miller, 40", False),
        ("Russian", RUSSIAN, "the ", " army", True),
        ("Russian", RUSSIAN, "a pro-", " march", False),
        ("Russian", RUSSIAN, "the ", "-made gun", False),
        ("Russian", RUSSIAN, "the ", "-led force", True),
        ("Russian", RUSSIAN, "a former ", " pilot", False),
        ("Russian", RUSSIAN, "Prus", "", False),
    ],
)
def test_surroundings_decide(name: str, entry: Entry, head: str, tail: str, means: bool) -> None:
    assert means_party(name, entry, Place(head, tail, frozenset({"RUS"}))) is means


@pytest.mark.parametrize(
    ("head", "other"),
    [("her son Eric ", True), ("met President ", False), ("It rained. Then ", False), ("on Monday. ", False)],
)
def test_titles_are_no_first_names(head: str, other: bool) -> None:
    assert has_other_first_name(head) is other
