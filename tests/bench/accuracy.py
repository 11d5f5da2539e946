"""Score the extractors on the labelled set beside the project, and name what was gained and lost since the last save.

    python -m tests.bench.accuracy [--gold PATH] [--held] [--save] [--errors PATH]

The labelled set is not part of the project: without it this says so and ends with 0. A mirror, no gate: fix the rule
that a score points at, never the sentence.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import Figure, Mention
from tests.bench.confusion import confusion, print_table
from tests.bench.labelled import HELD, passages

PROJECT = Path(__file__).resolve().parents[2]
GOLD = PROJECT.parent / "shared" / "gold"
SAVED = Path(__file__).with_name("accuracy.json")
LEVELS = ("missed", "detection", "value", "tuple", "full")
TUPLE = ("measure", "item", "subject")
FULL = ("claimant", "location", "status")


def scorer(path: Path) -> ModuleType:
    """Return the labelled set's own score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: cannot be read as a module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figure_row(figure: Figure) -> dict[str, Any]:
    """Return a figure in the form of the labelled set."""
    names = ("low", "high", "qualifier", "measure", "item", "subject", "claimant", "claimant_text", "status", "rule")
    return {"span": [figure.start, figure.end], "location": list(figure.location)} | {
        name: getattr(figure, name) for name in names
    }


def mention_row(mention: Mention) -> dict[str, Any]:
    """Return a diplomacy mention in the form of the labelled set."""
    return {
        "span": [mention.start, mention.end], "event": mention.event, "actors": list(mention.actors),
        "targets": list(mention.targets), "status": mention.status, "rule": mention.rule,
    }  # fmt: skip


def predict(gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the extractors find in the documents of a labelled set."""
    documents = [
        Document(
            d["text"],
            date.fromisoformat(d["published"]) if d.get("published") else None,
            d.get("lang"),
            d.get("title"),
        )
        for d in gold
    ]
    return [
        {"id": d["id"], "figures": [*map(figure_row, r.figures)], "diplomacy": [*map(mention_row, r.mentions)]}
        for d, r in zip(gold, read_documents(documents), strict=True)
    ]


def reached(score: ModuleType, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, str]:
    """Return how far each labelled figure is right, by document and place; no word of the text."""
    found = {p["id"]: p["figures"] for p in predicted}
    levels: dict[str, str] = {}
    for d in gold:
        wanted, got = d.get("figures") or [], found[d["id"]]
        pairs = dict(score.match_figures(wanted, got))
        for i, figure in enumerate(wanted):
            level = "missed"
            if i in pairs:
                steps = (("value", ("interval",)), ("tuple", TUPLE), ("full", FULL))
                level = "detection"
                for name, fields in steps:
                    if not all(score.same(f, figure, got[pairs[i]]) for f in fields):
                        break
                    level = name
            levels[f"{d['id']}:{figure['span'][0]}-{figure['span'][1]}"] = level
    return levels


def show(result: dict[str, Any], kind: str) -> None:
    """Print the levels and fields of figures or of diplomacy."""
    print(kind)
    for name, level in result[kind]["levels"].items():
        print(
            f"  {name:<16} P {level['p']:.3f}  R {level['r']:.3f}  F1 {level['f1']:.3f}"
            f"   ({level['tp']} of {level['gold']}, {level['pred']} predicted)"
        )
    print("  " + "  ".join(f"{name} {field['accuracy']:.3f}" for name, field in result[kind]["fields"].items()))


def show_changes(before: dict[str, Any], result: dict[str, Any], levels: dict[str, str]) -> None:
    """Print what was gained and lost against a saved score, level by level and figure by figure."""
    for kind in ("figures", "diplomacy"):
        old = before["f1"][kind]
        new = {name: level["f1"] for name, level in result[kind]["levels"].items()}
        print(f"{kind} since the save: " + "  ".join(f"{n} {new[n] - old.get(n, 0.0):+.3f}" for n in new))
    moved = {k: (before["reached"].get(k, "missed"), now) for k, now in levels.items()}
    up = [f"{k} {a} > {b}" for k, (a, b) in moved.items() if LEVELS.index(b) > LEVELS.index(a)]
    down = [f"{k} {a} > {b}" for k, (a, b) in moved.items() if LEVELS.index(b) < LEVELS.index(a)]
    for name, rows in (("gains", up), ("losses", down)):
        print(f"{name}: {len(rows)}")
        for row in rows[:40]:
            print("  " + row)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, be the labelled set there or not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD / "dev.jsonl", help="a labelled file; dev.jsonl by default")
    parser.add_argument("--held", action="store_true", help="score passages that nothing was fitted to, in its place")
    parser.add_argument("--save", action="store_true", help="keep this score as the one to compare with")
    parser.add_argument("--errors", type=Path, help="write what is wrong, one line each, here")
    parser.add_argument("--language", default="en", help="score documents of this language; 'all' for each")
    options = parser.parse_args(arguments)
    ruler = options.gold.with_name("score.py")
    if not options.gold.exists() or not ruler.exists():
        print(f"No labelled set: {options.gold.name} and score.py are looked for beside each other. Nothing scored.")
        return 0
    score = scorer(ruler)
    rows = passages(GOLD / "unlabelled.jsonl", HELD) if options.held else score.load(options.gold)
    gold = [d for d in rows if options.language in {"all", d.get("lang")}]
    predicted = predict(gold)
    errors: list[str] | None = [] if options.errors else None
    result = score.score(gold, predicted, errors)["all"]
    levels = reached(score, gold, predicted)
    print(f"{HELD.name if options.held else options.gold.name}, language {options.language}: {len(gold)} documents")
    show(result, "figures")
    show(result, "diplomacy")
    print_table(confusion(score, gold, predicted))
    saved = json.loads(SAVED.read_text(encoding="utf-8")) if SAVED.exists() else {}
    name = f"{HELD.stem if options.held else options.gold.stem}:{options.language}"
    if name in saved:
        show_changes(saved[name], result, levels)
    if options.save:
        f1 = {kind: {n: round(v["f1"], 4) for n, v in result[kind]["levels"].items()} for kind in result}
        fields = {kind: {n: round(v["accuracy"], 4) for n, v in result[kind]["fields"].items()} for kind in result}
        saved[name] = {"f1": f1, "fields": fields, "reached": levels}
        SAVED.write_text(json.dumps(saved, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"saved as {name} in {SAVED.name}")
    if options.errors and errors is not None:
        options.errors.write_text("\n".join(errors) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
