"""Labelled text for the fits: documents, what the rules propose for each, and which label answers to a proposal.

Labelled text is in the form of the gold set: id, text, published, diplomacy. Further passages were read for the fits:
read_passages.jsonl beside this file holds their labels without their text, by id and offsets. held_passages.jsonl
holds others of the kind, with figures, read by one who read none of the first.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from extractors.context import Context, Document, build_context
from extractors.diplomacy import propose_mentions
from extractors.gating import acting_sentences
from extractors.network import Network, impressions_of, network
from extractors.parsing import parse_sentences
from extractors.proposals import Proposal

Row = dict[str, Any]
FOLDS = 3  # groups of documents that are left out in turn
READ = Path(__file__).with_name("read_passages.jsonl")
HELD = Path(__file__).with_name("held_passages.jsonl")  # to measure on alone: nothing is ever fitted to these


def english_rows(paths: Iterable[Path]) -> list[Row]:
    """Return the English documents of some files."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf8").splitlines() if line]
    return [row for row in rows if row.get("lang", "en") == "en"]


def passages(path: Path | None, labels: Path = READ) -> list[Row]:
    """Return the passages of a file of labels, with the texts of another."""
    if path is None:
        return []
    texts = {row["id"]: row for row in map(json.loads, path.read_text("utf8").splitlines())}
    known = [json.loads(line) for line in labels.read_text("utf8").splitlines()]
    return [texts[row["id"]] | row for row in known if row["id"] in texts]


def fold_of(row: Row) -> int:
    """Return the group of a document."""
    return zlib.crc32(row["text"].encode()) % FOLDS


def contexts_of(rows: list[Row]) -> list[Context]:
    """Return each document as the extractors see it."""
    found: list[Context] = []
    for row in rows:
        day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        found.append(build_context(Document(row["text"], day, "en", row.get("title"))))
    return found


def networks(pattern: str | None) -> list[Network]:
    """Return the networks that never saw a group of documents each; the package's own for all without a pattern."""
    return [Network(Path(pattern.format(fold))) if pattern else network() for fold in range(FOLDS)]


def proposals_of(rows: list[Row], by: list[Network] | None = None) -> list[list[Proposal]]:
    """Return what is proposed for each document, with the network of its group."""
    contexts, by = contexts_of(rows), by or networks(None)
    wanted = [(i, index) for i, context in enumerate(contexts) for index in sorted(acting_sentences(context))]
    docs = parse_sentences(contexts[i].sentences[index].text for i, index in wanted)
    parsed: list[dict[int, Any]] = [{} for _ in rows]
    for (i, index), doc in zip(wanted, docs, strict=True):
        parsed[i][index] = doc
    return [
        propose_mentions(context, found, impressions_of(found, by[fold_of(row)]))
        for row, context, found in zip(rows, contexts, parsed, strict=True)
    ]


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
