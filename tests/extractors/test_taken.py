"""Stretches that touch do not overlap; any shared character does."""

from __future__ import annotations

from extractors.taken import Taken


def test_only_shared_characters_are_taken() -> None:
    taken = Taken([(10, 20), (0, 4)])
    taken.add(5, 7)
    assert [taken.holds(*span) for span in ((4, 5), (6, 9), (7, 10), (19, 30), (0, 40))] == [
        False, True, False, True, True,
    ]  # fmt: skip
