"""Numbers without a noun of their own: "killing seven", "brought the toll to 130", "five of them"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from extractors.conflict import Conflict
from extractors.governed import governed_by, surface
from extractors.governors import above, below, own
from extractors.items import Counted, counted, item_table, singular
from extractors.measures import EVENTS, FITS, FORCES, LOSSES, WEAPONS, Governed
from extractors.records import Item, Measure
from extractors.syntax import children
from extractors.tolls import HARMED, NUMBER_OF, NUMBERS, PUT_AT, RESIZED, SIZE, THAT_NUMBER, TOLL, TOLL_BEHIND
from extractors.units import Unit
from extractors.verdicts import CONTINUES, Verdict

CHANGED = re.compile(r"^[^.;]{0,50}\b(?:to|down to|up to|from|than|of|at)\s*(?:\w+\s){0,2}$", re.IGNORECASE)
OF_WHOM = re.compile(r"\bof (?:whom|which) $", re.IGNORECASE)
GOES_ON = frozenset({"more", "others", "were", "was"})
ELSEWHERE = re.compile(
    r"^ (?:\w+ )?(?:in|at|on|near|from|to|over|into) (?:the )?[\w .'’-]{2,50},? (?:and|plus|followed by) (?:\w+ )?$"
)


def bare_verdict(
    doc: Doc, text: str, unit: Unit, sentence: int, earlier: Sequence[Verdict], conflict: Conflict
) -> Verdict | None:
    """Return what a number without a noun counts: "killing seven", "brought the toll to 130", "24 others"."""
    number = unit.number
    if number.year_like:
        return None
    if unit.anchor.lower_ == "one" and text[: number.start].rstrip().endswith((":", "—", "-")):
        return None  # "two hearings: one on Monday"
    last = next((v for v in reversed(earlier) if v.sentence == sentence), None)
    recent = earlier[-1] if earlier and sentence - earlier[-1].sentence <= 2 else None
    before = text[: number.start]
    if (TOLL.search(before[-140:]) or TOLL_BEHIND.match(text[unit.end :])) and conflict.near(sentence, "killed"):
        casualty = "asualty toll" in before[-140:]
        return Verdict(unit, sentence, "people", "casualties" if casualty else "killed", None, "killed:toll")
    put_at = PUT_AT.search(before[-100:])
    if put_at and conflict.near(sentence, "killed"):
        return _put_at(unit, sentence, put_at["what"].lower(), recent)
    if (people := NUMBER_OF.search(before)) and conflict.near(sentence, HARMED[people["what"].lower()]):
        measure_of = HARMED[people["what"].lower()]
        word, table = singular(people["noun"]), item_table()
        item = table.loose.get(word) or table.solid.get(word) or "people"
        if item in FITS[measure_of]:
            return Verdict(unit, sentence, item, measure_of, None, f"{measure_of}:number-of")
    if OF_WHOM.search(before):
        return _of_whom(unit, sentence, last)
    sized = NUMBERS.search(before)
    of_size = SIZE.search(before) or RESIZED.search(before)
    if (sized and singular(sized["noun"]) in item_table().solid) or (of_size and _ends(text, unit)):
        return Verdict(unit, sentence, "troops", "strength", None, "strength:size")
    governed = below(unit.anchor, None) or above(unit.anchor, None)
    governed = _said_after(doc, unit) or governed
    if (
        governed is not None
        and governed.measure in LOSSES
        and not (governed.role == "noun" and governed.cue.tag_ == "CD")
    ):
        if governed.measure == "destroyed" and (last is None or last.item not in WEAPONS):
            return None
        item = _lent_item(last, governed.measure)
        if not conflict.near(sentence, governed.measure):
            return None
        return Verdict(unit, sentence, item, governed.measure, governed, governed.rule + "-bare", last)
    if recent is not None and recent.item in FORCES and THAT_NUMBER.search(text[: number.start]):
        measure: Measure = (
            recent.measure if recent.measure in {"strength", "deployment", "withdrawal"} else "strength"
        )
        return Verdict(unit, sentence, recent.item, measure, None, f"{measure}:that-number", recent)
    counted_before = _number_of(doc, unit)
    if counted_before is not None:
        return _numbered(unit, sentence, counted_before, governed)
    return _continued(text, unit, sentence, last) if last is not None else None


def _said_after(doc: Doc, unit: Unit) -> Governed | None:
    """Return what "… and 100 more were injured" says, where the parse has lost it."""
    first = next(t for t in doc if t.idx + len(t) > unit.number.core)
    following = next((t for t in doc if t.idx >= unit.number.end), None)
    if following is None or not (following.lower_ in GOES_ON or following.tag_ == "VBN"):
        return None
    return surface(following if following.tag_ != "VBN" else following.nbor(-1), first, "people")


def _of_whom(unit: Unit, sentence: int, last: Verdict | None) -> Verdict | None:
    """Return what "of whom 400 are fighters", "of which nearly 300 were shot down" count."""
    item = _predicated(unit.anchor) or (last.item if last is not None else None)
    governed = above(unit.anchor, item) if item is not None else None
    if item is None or (last is None and item not in FORCES):
        return None
    if governed is not None and governed.measure != "strength":
        return Verdict(unit, sentence, item, governed.measure, governed, governed.rule + "-part", last)
    measure: Measure = last.measure if last is not None else "strength"
    return Verdict(unit, sentence, item, measure, None, f"{measure}:of-whom", last)


def _put_at(unit: Unit, sentence: int, what: str, recent: Verdict | None) -> Verdict:
    """Return what "puts the losses at more than 5,000" counts: of forces, where nothing else was counted before."""
    measure: Measure = "killed" if what in {"deaths", "fatalities"} else "casualties"
    usual: Item = "troops" if what == "losses" else "people"
    item = recent.item if recent is not None and recent.item in FITS[measure] else usual
    return Verdict(unit, sentence, item, measure, None, f"{measure}:put-at")


def _continued(text: str, unit: Unit, sentence: int, last: Verdict) -> Verdict | None:
    """Return what a number takes from the figure before it: "5,000 in Iraq and 2,000 in Syria"."""
    gap = text[last.unit.end : unit.number.start]
    predicated = _predicated(unit.anchor)
    if predicated is not None and last.measure in LOSSES:
        return Verdict(unit, sentence, predicated, last.measure, None, f"{last.measure}:another", last)
    links = CONTINUES.fullmatch(gap) or CHANGED.match(gap) or ELSEWHERE.match(gap)
    if links and _ends(text, unit):
        return Verdict(unit, sentence, last.item, last.measure, None, f"{last.measure}:same-noun", last)
    return None


def _ends(text: str, unit: Unit) -> bool:
    """Return whether nothing that could be counted follows a bare number."""
    return (
        re.match(
            r"(?:[.,;:)–—]|$| (?:in|on|at|by|to|from|more|others|are|were|who|and|of them|this|last|while|"
            r"elsewhere|massed|stationed|deployed|based|posted)\b)",
            text[unit.number.end :],
        )
        is not None
    )


def _lent_item(last: Verdict | None, measure: Measure) -> Item:
    """Return the item of a bare number: that of the figure before it, where such a thing can be harmed so."""
    if last is not None and last.item in FITS[measure] and last.measure in LOSSES and last.item != "children":
        return last.item
    return "people"


def _number_of(doc: Doc, unit: Unit) -> Counted | None:
    """Return what "the number of troops could go as high as 4,000" and "a force of 9,800" count."""
    last = next((t for t in reversed(doc) if t.idx < unit.end), unit.anchor)
    behind = doc[last.i + 1 : last.i + 4]  # "brought to 212 the number of people killed"
    for token in [*doc[max(0, unit.anchor.i - 16) : unit.anchor.i], *behind]:
        if singular(token.text) in {"number", "total"}:
            for prep in token.children:
                if prep.dep_ == "prep" and prep.lower_ == "of":
                    inner = next(children(prep, "pobj"), None)
                    return counted(inner) if inner is not None else None
        if (
            token.lower_ in {"force", "army", "contingent", "garrison"}
            and unit.anchor.head.head == token
            and unit.anchor.head.lower_ == "of"
        ):
            return Counted("troops", True, token)
    return None


def _numbered(unit: Unit, sentence: int, found: Counted, governed: Governed | None) -> Verdict | None:
    said = own(found.noun, found.item) or below(found.noun, found.item)
    if said is not None and said.measure in EVENTS | {"destroyed"}:
        return Verdict(replace(unit, noun=found.noun), sentence, found.item, said.measure, said, said.rule)
    if not found.solid:
        return None
    measure: Measure = (
        governed.measure
        if governed is not None and governed.measure in FITS and found.item in FITS[governed.measure]
        else "strength"
    )
    return Verdict(unit, sentence, found.item, measure, governed, f"{measure}:number-of")


def part_verdict(unit: Unit, sentence: int, earlier: Sequence[Verdict], doc: Doc) -> Verdict | None:
    """Return what "five of them", "two of which landed", "132 of the dead" count: a part of what was named before."""
    near = [v for v in earlier if sentence - v.sentence <= 1]
    whole = near[-1] if near else None
    found = unit.counted
    if unit.number.high == 1 and not is_pronoun(unit):
        return None
    said = own(unit.noun, "people") if unit.noun is not None else None
    if said is not None and unit.noun is not None and unit.noun.lower_ not in {"them", "those"}:
        up = above(unit.anchor, "people") if said.measure == "wounded" else None
        said = up if up is not None and up.measure == "killed" else said  # "two of the wounded have died"
        return Verdict(
            unit,
            sentence,
            _predicated(unit.anchor) or "people",
            said.measure,
            said,
            f"{said.measure}:of-the-{unit.noun.lower_}",
        )
    if found is not None:
        governed = governed_by(unit, found.item)
        if governed is not None and (found.solid or governed.measure in EVENTS):
            return Verdict(unit, sentence, found.item, governed.measure, governed, governed.rule + "-part")
        if whole is None or whole.item != found.item:
            return None
    if unit.noun is not None and unit.noun.tag_ in {"NN", "NNS", "NNP"} and found is None and said is None:
        return None  # "three of the 13 sites"
    item = whole.item if whole is not None else _war_noun(doc, unit.anchor)
    if item is None:
        return None
    governed = above(unit.anchor, item)
    if governed is not None and governed.measure != "strength":
        return Verdict(unit, sentence, item, governed.measure, governed, governed.rule + "-part", whole)
    if whole is None:
        return None
    return Verdict(unit, sentence, item, whole.measure, None, f"{whole.measure}:part", whole)


def _predicated(anchor: Token) -> Item | None:
    """Return the item of what a number is said to be: "132 of the dead were children"."""
    if anchor.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    for child in anchor.head.children:
        if child.dep_ == "attr" and (found := counted(child)) is not None:
            return found.item
    return None


def _war_noun(doc: Doc, anchor: Token) -> Item | None:
    """Return the item of the weapon or force last named before a number in its sentence."""
    for token in reversed(doc[: anchor.i]):
        if token.tag_ == "NNS" or token.lower_ in {"police", "troops"}:
            found = counted(token)
            if found is not None and (found.solid or found.item == "troops"):
                return found.item
    return None


def is_pronoun(unit: Unit) -> bool:
    """Return whether a number counts what a pronoun stands for: "of them", "of which"."""
    return unit.noun is not None and unit.noun.lower_ in {"them", "those", "which", "whom", "these"}
