"""Figures in Russian and Ukrainian, by dictionary forms and the words around a number; no parser."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from extractors.records import Figure, Item, Measure, Status
from extractors.sentences import split_sentences
from extractors.slavic_numbers import GROWING, SlavicNumber, find_slavic_numbers
from extractors.slavic_parties import Named, named_parties, places_of
from extractors.slavic_speakers import Source, document_sources
from extractors.slavic_words import Language, Lexicon, Word, lexicon, words_of

PEOPLE = frozenset("troops reservists conscripts mercenaries peacekeepers advisers civilians children people".split())
FORCES = PEOPLE - {"civilians", "children", "people"}
ONLY_PEOPLE = frozenset("killed wounded displaced missing deserted mobilisation".split())
ONLY_THINGS = frozenset({"destroyed", "supply", "attack"})
HURT = frozenset("killed wounded casualties captured missing displaced".split())
ARRESTS = frozenset("задержать арестовать затримати".split())
LOSING = frozenset("потерять терять втратити втрачати".split())  # "lost their jobs", where people do
EVERYBODY = frozenset("человек люди людина особа гражданин громадянин".split())
MODIFIERS = frozenset({"ADJF", "PRTF", "ADJS", "NUMR"})
CLAUSE_ENDS = frozenset(",;:()—–")
PLANNED = frozenset("планировать намереваться обещать пообещать собираться будет планувати обіцяти".split())
HYPOTHETICAL = frozenset("бы если мочь может якщо якби би могти".split())
OUT_OF = frozenset({"из", "із", "з", "зі"})
QUOTES = frozenset("«»\"“”„'")
FOREIGN = frozenset("иностранец иностранный іноземець іноземний".split())
HOW_FAR_BACK = 10  # sentences that a place holds for
MOST_CHARACTERS = 1_500  # a longer "sentence" is a table or a broken page
REACH = 8  # how many words off a cue may stand


@dataclass(frozen=True, slots=True)
class _Unit:
    item: Item
    at: int | None  # the word that names it; None: none does
    generic: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    measure: Measure
    at: int


def _unit(words: Sequence[Word], number: SlavicNumber, table: Lexicon) -> _Unit | None:
    """Return what a number counts; None where it counts what is no figure."""
    not_counted = frozenset(table.numbers["not_counted"].split())
    modifier: str | None = None
    start = number.last
    if start + 1 < len(words) and words[start].text.lower() in OUT_OF and words[start + 1].kind == "number":
        start += 2  # "7 из 12 дронов" counts drones
    for at in range(start, min(start + 5, len(words))):
        word = words[at]
        if word.text in QUOTES:
            continue
        if word.kind != "word" or word.forms & not_counted:
            return None if word.forms & not_counted else _Unit("people", None, generic=True)
        item = next((table.items[form] for form in sorted(word.forms) if form in table.items), None)
        following = words[at + 1] if at + 1 < len(words) else None
        more = following is not None and following.kind == "word" and bool(following.forms & table.items.keys())
        if item and not (word.part in MODIFIERS and more):
            generic = modifier and item in {"people", "vehicle", "equipment", "troops"}
            return _Unit(cast(Item, modifier if generic else item), at, bool(word.forms & EVERYBODY))
        modifier = item or modifier
        if not (item or word.forms & table.containers or word.part in MODIFIERS):
            return _Unit("people", None, generic=True) if word.part != "NOUN" else None
    return None


def _clause(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Return where the clause round some words begins and ends."""
    begin, end = first, last
    while begin > 0 and words[begin - 1].text not in CLAUSE_ENDS:
        begin -= 1
    while end < len(words) and words[end].text not in CLAUSE_ENDS:
        end += 1
    return begin, end


def _cue(words: Sequence[Word], number: SlavicNumber, unit: _Unit, table: Lexicon) -> _Cue | None:
    """Return the nearest word that says what befell or is done with what is counted: its clause first."""
    begin, end = _clause(words, number.first, unit.at or number.last)
    past = (unit.at + 1) if unit.at is not None else number.last
    ranked: list[tuple[tuple[int, int], _Cue]] = []
    for at in range(max(0, number.first - 2 * REACH), min(len(words), past + 2 * REACH)):
        measure = _measure(words[at], unit, table)
        if measure is None:
            continue
        own = number.first <= at < past
        distance = 0 if own else (number.first - at if at < number.first else at - past + 1)
        inside = begin <= at < end
        if inside or distance <= REACH:
            ranked.append(((0 if inside else 1, distance), _Cue(measure, at)))
    ranked.sort(key=lambda pair: (pair[1].measure == "strength", pair[0]))
    return ranked[0][1] if ranked else None


def _measure(word: Word, unit: _Unit, table: Lexicon) -> Measure | None:
    if word.part == "ADJF" and word.forms & {"мирный", "мирний"}:
        return None
    for form in sorted(word.forms):
        for measure in table.cues.get(form, ()):
            if measure not in (ONLY_THINGS if unit.item in PEOPLE else ONLY_PEOPLE):
                lost = measure == "casualties" and unit.item not in PEOPLE
                return cast(Measure, "destroyed" if lost else measure)
    return None


def _accepted(words: Sequence[Word], number: SlavicNumber, unit: _Unit, cue: _Cue | None, table: Lexicon) -> bool:
    if (
        number.first > 1
        and words[number.first - 1].text.lower() in OUT_OF
        and words[number.first - 2].kind == "number"
    ):
        return False
    begin, end = _clause(words, number.first, unit.at or number.last)
    if any(word.forms & table.never for word in words[begin:end]):
        return False
    if cue is None:
        return unit.at is not None and unit.item not in {"people", "civilians", "children", "vehicle", "equipment"}
    if unit.at is None:
        grown = any(word.forms & GROWING for word in words[cue.at : number.first])
        return cue.measure in HURT and (-3 <= cue.at - number.last <= 3 or grown)
    if unit.generic and words[cue.at].forms & (ARRESTS | LOSING):
        return False
    return cue.measure in HURT | {"mobilisation"} or unit.item not in {"people", "civilians", "children"}


def _subject(
    words: Sequence[Word], parties: Sequence[Named], number: SlavicNumber, unit: _Unit, cue: _Cue | None,
    location: tuple[str, ...],
) -> str | None:  # fmt: skip
    """Return whose people or arms are counted: named in the noun phrase, else the doer, else the place's."""
    past = (unit.at if unit.at is not None else number.last) + 3
    for party in parties:
        between = words[number.last : party.first]
        if number.last <= party.first < past and not any(
            (w.kind == "mark" and w.text not in QUOTES) or w.part == "PREP" for w in between
        ):
            return party.code
    measure = cue.measure if cue else "strength"
    if cue is not None and words[cue.at].forms & ARRESTS:
        measure = "strength"  # those a state arrests of its own forces
    if any(word.forms & FOREIGN for word in words[number.last : past]):
        return None
    if measure in {"supply", "attack", "deployment", "withdrawal", "mobilisation", "strength", "casualties"}:
        before = [p for p in parties if p.first < number.first]
        if before:
            return before[0].code
    if measure == "captured":
        return None
    return location[0] if len(location) == 1 and unit.item in {"people", "civilians", "children"} else None


def _status(words: Sequence[Word], first: int, last: int, published: date | None) -> Status:
    begin, end = _clause(words, first, last)
    inside = [form for word in words[begin:end] for form in word.forms]
    if HYPOTHETICAL.intersection(inside):
        return "hypothetical"
    if PLANNED.intersection(inside):
        return "planned"
    years = [int(w.text) for w in words if w.kind == "number" and w.text.isdigit() and 1900 < int(w.text) < 2100]
    return "historical" if published and years and max(years) < published.year else "actual"


def find_slavic_figures(text: str, published: date | None, language: Language) -> list[Figure]:
    """Return the figures of a Russian or Ukrainian text in order; MissingExtraError without the dictionaries."""
    table = lexicon(language)
    sentences = split_sentences(text)
    words = [words_of(sentence.text[:MOST_CHARACTERS], language) for sentence in sentences]
    parties = [named_parties(each, table) for each in words]
    sources = document_sources([s.text for s in sentences], words, table)
    figures: list[Figure] = []
    places: list[tuple[str, ...]] = []
    for sentence, each, named, source in zip(sentences, words, parties, sources, strict=True):
        places.append(places_of(each, named, table))
        location = next((p for p in reversed(places[-HOW_FAR_BACK:]) if p), ())
        for number in find_slavic_numbers(sentence.text, each, language):
            figure = _figure(sentence.text, each, number, named, location, source, published, table)
            if figure is not None:
                figures.append(_moved(figure, sentence.start))
    return figures


def _figure(
    text: str, words: Sequence[Word], number: SlavicNumber, parties: Sequence[Named], location: tuple[str, ...],
    source: Source, published: date | None, table: Lexicon,
) -> Figure | None:  # fmt: skip
    unit = _unit(words, number, table)
    if unit is None:
        return None
    cue = _cue(words, number, unit, table)
    if not _accepted(words, number, unit, cue, table):
        return None
    end = words[unit.at].end if unit.at is not None else number.end
    return Figure(
        start=number.start, end=end, sentence=text, low=number.low, high=number.high, qualifier=number.qualifier,
        measure=cue.measure if cue else "strength", item=unit.item,
        subject=_subject(words, parties, number, unit, cue, location), location=location,
        claimant=source.code, claimant_text=source.text,
        status=_status(words, number.first, number.last, published),
        rule=f"slavic:{'noun' if unit.at is not None else 'bare'}:{'cue' if cue else 'stand'}",
    )  # fmt: skip


def _moved(figure: Figure, by: int) -> Figure:
    """Return a figure with its offsets told from the whole text."""
    return dataclasses.replace(figure, start=figure.start + by, end=figure.end + by)
