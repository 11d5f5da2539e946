"""Which event types are taken for which: the table of labelled against found types, and its print."""

from __future__ import annotations

from collections import Counter
from types import ModuleType
from typing import Any

NONE = "-"  # nothing labelled, or nothing found


def confusion(
    score: ModuleType, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]
) -> Counter[tuple[str, str]]:
    """Return how often a mention labelled as one type was found as another, at the same words or in its sentence."""
    found = {p["id"]: p["diplomacy"] for p in predicted}
    table: Counter[tuple[str, str]] = Counter()
    for d in gold:
        wanted, got = d.get("diplomacy") or [], found.get(d["id"], [])
        same = score.match_diplomacy(wanted, got, score.sentence_ids(d.get("text")))
        left, rest = {i for i, _ in same}, {j for _, j in same}
        others = [i for i in range(len(wanted)) if i not in left]
        spare = [j for j in range(len(got)) if j not in rest]
        pairs = score.match_diplomacy([wanted[i] for i in others], [got[j] for j in spare], None, any_event=True)
        table.update((wanted[i]["event"], got[j]["event"]) for i, j in same)
        table.update((wanted[others[i]]["event"], got[spare[j]]["event"]) for i, j in pairs)
        table.update((wanted[i]["event"], NONE) for n, i in enumerate(others) if n not in {i for i, _ in pairs})
        table.update((NONE, got[j]["event"]) for n, j in enumerate(spare) if n not in {j for _, j in pairs})
    return table


def print_table(table: Counter[tuple[str, str]]) -> None:
    """Print a table of (labelled, found) types."""
    types = sorted({t for pair in table for t in pair})
    print("gold\\got".ljust(11) + "".join(t[:9].rjust(10) for t in types))
    for gold in types:
        print(gold.ljust(11) + "".join(str(table[gold, got] or ".").rjust(10) for got in types))
