"""The table of labelled against found event types."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.bench.confusion import confusion


def same_words(gold: list[dict[str, Any]], found: list[dict[str, Any]], _sentences: object, any_event: bool = False):
    return [
        (i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(found)
        if g["span"] == p["span"] and (any_event or g["event"] == p["event"])
    ]


def test_each_mention_is_counted_once() -> None:
    score = SimpleNamespace(match_diplomacy=same_words, sentence_ids=lambda text: None)
    gold = [{"id": "a", "text": "", "diplomacy": [{"span": [n, n + 1], "event": e} for n, e in enumerate("XYZ")]}]
    found = [{"id": "a", "diplomacy": [{"span": [n, n + 1], "event": e} for n, e in ((0, "X"), (1, "Z"), (9, "W"))]}]
    table = confusion(score, gold, found)  # type: ignore[arg-type]
    assert table == {("X", "X"): 1, ("Y", "Z"): 1, ("Z", "-"): 1, ("-", "W"): 1}
