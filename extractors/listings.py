"""Lists under a sentence that says what they count: bulletins of losses, tallies, what a package holds.

"The army destroyed the following Russian equipment:" and then one line each, "- 7 tanks", or "tanks – 11,740 (+4)".
A line says how many of what; all else is said by the sentence that leads the list in.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from extractors.context import Context
from extractors.governed import governed_by
from extractors.governors import INCLUDES, is_package
from extractors.items import counted, singular
from extractors.measures import LOSSES, WEAPONS, Governed, measure_table, noun_measure, verb_measure
from extractors.numbers import NumberMatch
from extractors.records import Item
from extractors.units import Unit
from extractors.verdicts import Verdict

MOST_ITEM_CHARACTERS = 140
LEADS_IN = re.compile(r":\s*$|\b(?:the following|as follows)\b[^.!?]*[.:]?\s*$", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-–—•*·▪●►‣◦+]|\d{1,2}[.)](?=\s))\s*")
ENDS_SENTENCE = re.compile(r"[.!?]['\"”’]?$")
# "tanks – 11,740 (+4)", "personnel: about 890": noun, then number. What follows in brackets is the day's rise.
NOUN_FIRST = re.compile(
    r"^\s*(?:[-–—•*·▪●►‣◦]\s*)?(?P<noun>[^\W\d_][^\d:;.!?()]{1,60}?)\s*(?:[-–—:…]+|\bwere\b|\bof\b)\s*$"
)


def listed_under(context: Context) -> dict[int, int]:
    """Return for each sentence that is a line of a list the sentence that leads the list in."""
    text, lead, under = context.document.text, None, dict[int, int]()
    for before, sentence in zip((None, *context.sentences), context.sentences, strict=False):
        own_line = before is not None and "\n" in text[before.end : sentence.start]
        if own_line and lead is not None and _is_item(sentence.text):
            under[sentence.index] = lead
        else:
            lead = sentence.index if LEADS_IN.search(sentence.text) else None
    return under


def _is_item(line: str) -> bool:
    if len(line) > MOST_ITEM_CHARACTERS or LEADS_IN.search(line):
        return False
    return bool(BULLET.match(line)) or not ENDS_SENTENCE.search(line)


def noun_before(doc: Doc, number: NumberMatch) -> Unit | None:
    """Return the unit of a line that names its noun first ("tanks – 11,740"), or None."""
    found = NOUN_FIRST.match(doc.text[: number.start])
    if found is None:
        return None
    words = re.split(r",|/|\band\b|&", found["noun"])[0]  # of several kinds the first counts
    end = found.start("noun") + len(words.rstrip())
    noun = next((t for t in reversed(doc) if t.idx + len(t) <= end and t.is_alpha), None)
    what = counted(noun) if noun is not None else None
    if noun is None or what is None:
        return None
    return Unit(number, noun, what, number.end, noun=noun)


def lead_verdict(lead: Doc, index: int, unit: Unit) -> Verdict | None:
    """Return what a list's lead-in says of one of its lines, as if the line stood in it; None where it says nothing.

    The unit returned lies at the word of the lead-in that stands for the list.
    """
    if unit.counted is None:
        return None
    item = unit.counted.item
    for word in _stand_ins(lead):
        at = replace(unit.number, start=word.idx, core=word.idx, end=word.idx + len(word))
        stands = Unit(at, word, unit.counted, at.end, noun=word)
        governed = _governed(stands, word, item)
        if governed is not None:
            return Verdict(stands, index, item, governed.measure, governed, f"{governed.rule}:list")
    return None


def reported_in(doc: Doc) -> list[Token]:
    """Return the nouns of a sentence that may be what it reports, its objects first."""
    return sorted((t for t in doc if t.dep_ in {"dobj", "nsubj", "nsubjpass"}), key=lambda t: t.dep_ != "dobj")


def _stand_ins(lead: Doc) -> list[Token]:
    """Return the words that may stand for the list, the likeliest first."""
    following = [t.head if t.dep_ == "amod" else t for t in lead if t.lower_ == "following" and t.tag_ != "IN"]
    losses = [t for t in lead if t.tag_.startswith("N") and singular(t.text) in measure_table()["noun"]]
    objects = [t for t in lead if t.dep_ in {"dobj", "nsubjpass", "attr"}]
    verbs = [t for t in lead if t.tag_.startswith("V")]
    return [*following, *reversed(losses), *reversed(objects), *reversed(verbs)]


def _governed(stands: Unit, word: Token, item: Item) -> Governed | None:
    if singular(word.text) == "loss":
        return Governed("destroyed" if item in WEAPONS else "casualties", word, "noun")
    if word.lower_ in INCLUDES and is_package(word):
        return Governed("supply", word, "object")
    if word.tag_.startswith("V"):
        return verb_measure(word, "object", item)
    measure = noun_measure(word, item)
    found = Governed(measure, word, "noun") if measure else governed_by(stands, item)
    return found if found is None or found.measure in LOSSES or found.cue != word else None
