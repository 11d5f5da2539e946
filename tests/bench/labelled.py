"""Labelled text for the fits: documents, what the rules propose for each, and which label answers to a proposal.

Labelled text is in the form of the gold set: id, text, published, diplomacy. Further passages were read for the fits:
read_passages.jsonl beside this file holds their labels without their text, by id and offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from extractors.context import Context, Document, build_context
from extractors.diplomacy import propose_mentions
from extractors.gating import mention_candidates
from extractors.parsing import parse_sentences
from extractors.proposals import Proposal

Row = dict[str, Any]
READ = Path(__file__).with_name("read_passages.jsonl")


def english_rows(paths: Iterable[Path]) -> list[Row]:
    """Return the English documents of some files."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf8").splitlines() if line]
    return [row for row in rows if row.get("lang", "en") == "en"]


def passages(path: Path | None) -> tuple[list[Row], list[Row]]:
    """Return the passages labelled whole and those judged proposal by proposal, with the texts of a file."""
    if path is None:
        return [], []
    texts = {row["id"]: row for row in map(json.loads, path.read_text("utf8").splitlines())}
    known = [json.loads(line) for line in READ.read_text("utf8").splitlines()]
    joined = [texts[row["id"]] | row for row in known if row["id"] in texts]
    return [r for r in joined if "diplomacy" in r], [r for r in joined if "judged" in r]


def proposals_of(rows: list[Row]) -> list[list[Proposal]]:
    """Return what the rules propose for each document."""
    contexts: list[Context] = []
    for row in rows:
        day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        contexts.append(build_context(Document(row["text"], day, "en", row.get("title"))))
    wanted = [(i, index) for i, context in enumerate(contexts) for index in sorted(mention_candidates(context))]
    docs = parse_sentences(contexts[i].sentences[index].text for i, index in wanted)
    parsed: list[dict[int, Any]] = [{} for _ in rows]
    for (i, index), doc in zip(wanted, docs, strict=True):
        parsed[i][index] = doc
    return [propose_mentions(context, found) for context, found in zip(contexts, parsed, strict=True)]


def answers(row: Row, proposals: list[Proposal]) -> list[Row | None]:
    """Return the labelled mention that answers to each proposal, overlapping ones first, each used once."""
    pairs = []
    for i, gold in enumerate(row["diplomacy"]):
        for j, proposal in enumerate(proposals):
            mention, (start, end) = proposal.mention, gold["span"]
            if mention.event != gold["event"]:
                continue
            overlap = min(end, mention.end) - max(start, mention.start)
            at = row["text"].find(mention.sentence)
            inside = at <= start < at + len(mention.sentence)
            if overlap > 0 or inside:
                pairs.append(
                    (
                        overlap > 0,
                        set(gold["actors"]) == set(proposal.sides.actors),
                        -abs(start - mention.start),
                        i,
                        j,
                    )
                )
    found: dict[int, int] = {}
    for *_, i, j in sorted(pairs, reverse=True):
        if i not in found.values() and j not in found:
            found[j] = i
    return [row["diplomacy"][found[j]] if j in found else None for j in range(len(proposals))]
