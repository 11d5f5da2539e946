"""What was found in articles as rows of the ledger, each with the key that makes it the same row next time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any

import pyarrow as pa

from extractors.records import BY_THE_WAY, Figure, Mention, key64
from warehouse.arrow import TIME, WORDS, Row, stored_time
from warehouse.brought_article import Brought
from warehouse.claims import STOCK_MEASURES, Number, topic_key

REPORTABLE = frozenset({"actual", "planned"})
LARGEST = 10**12
OLD = timedelta(days=31)
CONTACTS = frozenset({"CONSULT", "AGREE", "REJECT"})
FIGURES = pa.schema(
    {
        "figure_id": pa.int64(), "article_id": pa.int64(), "revision": pa.int32(), "start": pa.int32(),
        "end": pa.int32(), "sentence": pa.string(), "low": pa.int64(), "high": pa.int64(), "qualifier": pa.string(),
        "measure": pa.string(), "item": pa.string(), "subject": pa.string(), "location": WORDS,
        "claimant": pa.string(), "claimant_text": pa.string(), "status": pa.string(), "as_of": pa.date32(),
        "claim_id": pa.int64(), "rule": pa.string(), "topic_id": pa.int64(), "outlet": pa.string(),
        "source_outlet": pa.string(), "sighting_id": pa.int64(), "at": TIME, "seen_at": TIME, "valid": pa.bool_(),
        "change": pa.string(), "late": pa.bool_(), "number": pa.int64(), "spots": WORDS, "posted_at": TIME,
        "post_url": pa.string(),
    }
)  # fmt: skip
MENTIONS = pa.schema(
    {
        "mention_id": pa.int64(), "article_id": pa.int64(), "revision": pa.int32(), "start": pa.int32(),
        "end": pa.int32(), "sentence": pa.string(), "event": pa.string(), "actors": WORDS, "targets": WORDS,
        "status": pa.string(), "as_of": pa.date32(), "rule": pa.string(), "outlet": pa.string(), "at": TIME,
        "seen_at": TIME, "valid": pa.bool_(), "change": pa.string(), "late": pa.bool_(), "posted_at": TIME,
    }
)  # fmt: skip
MEETINGS = pa.schema(
    {
        "meeting_id": pa.int64(), "pair_id": pa.int64(), "party": pa.string(), "other_party": pa.string(),
        "event": pa.string(), "status": pa.string(), "mention_id": pa.int64(), "article_id": pa.int64(),
        "outlet": pa.string(), "at": TIME, "seen_at": TIME, "valid": pa.bool_(), "change": pa.string(),
        "late": pa.bool_(), "post_url": pa.string(),
    }
)  # fmt: skip


def figure_rows(brought: Sequence[Brought]) -> list[dict[str, Any]]:
    """Return the figures of articles as rows, still without their claims."""
    return _unique(
        (_figure_row(one, f) for one in brought for f in one.extraction.figures if is_storable(f)), "figure_id"
    )


def mention_rows(brought: Sequence[Brought]) -> list[dict[str, Any]]:
    """Return the diplomacy mentions of articles as rows."""
    return _unique((_mention_row(one, m) for one in brought for m in one.extraction.mentions), "mention_id")


def meeting_rows(mentions: Iterable[Row]) -> list[dict[str, Any]]:
    """Return a row for each two parties that a mention brings together: all who consult, or actor and target."""
    return _unique((row for mention in mentions for row in _pairs(mention)), "meeting_id")


def is_storable(figure: Figure) -> bool:
    """Return whether its numbers are of this world: one that does not fit the column would lose the whole batch."""
    return max(figure.low or 0, figure.high or 0) <= LARGEST


def sighting_key(claim_id: int, article_id: int, claimant: str | None) -> int:
    """Return the key of a claim in an article by one claimant."""
    return key64("sighting", claim_id, article_id, claimant)


def _figure_row(one: Brought, figure: Figure) -> dict[str, Any]:
    article_id = one.extraction.article_id
    location = sorted(set(figure.location))
    return {
        **_shared(one, figure),
        "figure_id": key64("figure", article_id, one.revision, figure.start, figure.end, figure.measure, figure.item),
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier,
        "measure": figure.measure,
        "item": figure.item,
        "subject": figure.subject,
        "location": location,
        "claimant": figure.claimant,
        "claimant_text": figure.claimant_text,
        "claim_id": 0,
        "sighting_id": 0,
        "topic_id": topic_key(figure.measure, figure.item, figure.subject, location, figure.status),
        "source_outlet": one.source_outlet,
        "number": Number(figure.low, figure.high, figure.qualifier).named,
        "spots": list(figure.spots),
    }


def _is_old(one: Brought, found: Figure | Mention) -> bool:
    """Return whether what happened is told of a day long before: background, whatever its status was read as."""
    stands = isinstance(found, Figure) and found.measure in STOCK_MEASURES
    return found.as_of is not None and not stands and one.at_in(found.section).date() - found.as_of > OLD


def _mention_row(one: Brought, mention: Mention) -> dict[str, Any]:
    return {
        **_shared(one, mention),
        "mention_id": key64(
            "mention", one.extraction.article_id, one.revision, mention.start, mention.end, mention.event
        ),
        "event": mention.event,
        "actors": list(mention.actors),
        "targets": list(mention.targets),
    }


def _shared(one: Brought, found: Figure | Mention) -> dict[str, Any]:
    return {
        "article_id": one.extraction.article_id,
        "revision": one.revision,
        "start": found.start,
        "end": found.end,
        "sentence": found.sentence,
        "status": found.status,
        "as_of": found.as_of,
        "rule": found.rule,
        "outlet": one.extraction.outlet,
        "at": one.at_in(found.section),
        "seen_at": one.seen_at,
        "valid": one.may_alert_in(found.section) and found.status in REPORTABLE and not _is_old(one, found),
        "change": one.change,
        "late": one.late_in(found.section),
        "posted_at": stored_time(found.section.posted_at) if found.section else None,
        "post_url": found.section.url if found.section else None,
        "said_before": one.said_before(found.sentence),
    }


def _pairs(mention: Row) -> Iterable[dict[str, Any]]:
    if mention["event"] not in CONTACTS or mention["rule"].endswith(BY_THE_WAY):
        return
    actors, targets = set(mention["actors"]), set(mention["targets"])
    if mention["event"] == "CONSULT" or not targets:  # "the two have agreed": both act, on nobody
        pairs = set(combinations(sorted(actors | targets), 2))
    else:
        pairs = {(min(a, t), max(a, t)) for a in actors for t in targets if a != t}
    for party, other in sorted(pairs):
        yield {
            **mention,
            "meeting_id": key64("meeting", party, other, mention["article_id"], mention["event"], mention["status"]),
            "pair_id": key64("pair", party, other),
            "party": party,
            "other_party": other,
        }


def _unique(rows: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Return the rows with each key once, the first of each: the tables have no index to refuse a second."""
    kept: dict[int, dict[str, Any]] = {}
    for row in rows:
        kept.setdefault(row[key], row)
    return list(kept.values())
