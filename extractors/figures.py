"""Find figures: how many, of what, whose, where, and who says so."""

from __future__ import annotations

from collections.abc import Mapping

import re2
from spacy.tokens import Doc

from extractors.context import Context
from extractors.items import Counted, item_table
from extractors.measures import Governed, above, below, measure_table, own
from extractors.numbers import find_numbers
from extractors.places_of import location_of
from extractors.records import Figure, Item
from extractors.sentences import Sentence
from extractors.speakers import Speakers
from extractors.statuses import status_of
from extractors.subjects import subject_of
from extractors.units import Unit, find_unit

EVENTS = frozenset(
    {"killed", "wounded", "casualties", "captured", "missing", "displaced", "deserted", "mobilisation"}
)
BARE = frozenset({"killed", "wounded", "casualties", "captured", "missing", "displaced"})
NUMBER_GATE = re2.compile(
    r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|"
    r"eighty|ninety|hundreds?|thousands?|millions?|dozens?|scores)\b"
)


def _gate() -> object:
    table = item_table()
    words = set(table.solid) | set(table.loose) | {near for near, _ in table.modified}
    verbs = {
        form
        for role in ("object", "subject", "noun", "adjective")
        for form, found in measure_table()[role].items()
        if found[0] in BARE
    }
    return words | verbs


WORDS = re2.compile(
    r"(?i)\b(?:" + "|".join(sorted(re2.escape(w) for w in _gate() if len(w) > 2)) + r")"  # type: ignore[attr-defined]
)


def figure_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for figures."""
    return {s.index for s in context.sentences if NUMBER_GATE.search(s.text) and WORDS.search(s.text)}


def find_figures(context: Context, parsed: Mapping[int, Doc]) -> list[Figure]:
    """Return the figures of a document in text order; `parsed` holds the parse of the candidate sentences."""
    speakers = Speakers(context, parsed)
    found: list[Figure] = []
    wanted = figure_candidates(context)
    for index, doc in sorted(parsed.items()):
        if index in wanted:
            found += _in_sentence(context, context.sentences[index], doc, speakers)
    return found


def _in_sentence(context: Context, sentence: Sentence, doc: Doc, speakers: Speakers) -> list[Figure]:
    figures: list[Figure] = []
    for number in find_numbers(sentence.text[: len(doc.text)]):
        unit = find_unit(doc, number)
        if unit is None or (number.year_like and unit.counted is None):
            continue
        judged = _judge(unit)
        if judged is None:
            continue
        item, governed = judged
        figures.append(_figure(context, sentence, doc, speakers, unit, item, governed))
    return figures


def _judge(unit: Unit) -> tuple[Item, Governed | None] | None:
    """Return the item and what governs it, or None where the number counts nothing of war."""
    found: Counted | None = unit.counted
    item = found.item if found else None
    if found is None and unit.noun is not None and not unit.partitive:
        return None
    noun = unit.noun if unit.noun is not None else unit.anchor
    governed = (
        own(noun, item)
        or below(noun, item)
        or (below(unit.anchor, item) if unit.anchor is not noun else None)
        or above(unit.anchor, item)
    )
    if found is None:
        if (
            governed is None
            or governed.measure not in BARE
            or (governed.role == "subject" and governed.cue.lower_ not in {"died", "perished"})
        ):
            return None
        return "people", governed
    if not found.solid and (governed is None or governed.measure not in EVENTS):
        return None
    return found.item, governed


def _figure(
    context: Context,
    sentence: Sentence,
    doc: Doc,
    speakers: Speakers,
    unit: Unit,
    item: Item,
    governed: Governed | None,
) -> Figure:
    number = unit.number
    start, end = sentence.start + number.start, sentence.start + unit.end
    location = location_of(context, sentence.index, start, end)
    claimant = speakers.claimant(sentence, doc, unit.anchor)
    return Figure(
        start=start,
        end=end,
        sentence=sentence.text,
        low=number.low,
        high=number.high,
        qualifier=number.qualifier,
        measure=governed.measure if governed else "strength",
        item=item,
        subject=subject_of(context, sentence, unit, governed, location),
        location=location,
        claimant=claimant.code,
        claimant_text=claimant.text,
        status=status_of(unit.anchor, governed, sentence.text, context.document.published),
        rule=governed.rule if governed else "strength:bare",
    )
