"""Judge what a number counts and what is said of it, beside the figures found before it in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from extractors.bare_numbers import bare_verdict, is_pronoun, part_verdict
from extractors.conflict import Conflict
from extractors.governed import governed_by
from extractors.governors import own
from extractors.inflection import all_forms
from extractors.items import Counted, is_mixed
from extractors.measures import EVENTS, FITS, FORCES, HARMS, OF_PEOPLE, WEAPONS, Governed, measures_of
from extractors.men_at_arms import as_soldiers
from extractors.records import Item, Measure
from extractors.tolls import PUT_AT, TOLL
from extractors.units import Unit
from extractors.verdicts import CONTINUES, GONE, TO_WITHDRAW, Verdict

AS_DID = re.compile(r"^[^.;]{0,60}, as (?:did|were|have|had|well as)\s*$|\b(?:along|together) with\s*$")
LOST_TOO = re.compile(
    r"[^.;:\d]{0,40}(?:,|\band|\bas well as|\balong with|\bplus|\btogether with)\s(?:\w+\s){0,2}", re.IGNORECASE
)
HARMED_WITH = re.compile(
    r"\b(?P<said>killed|slain|murdered|died|wounded|injured|captured|kidnapped)\b"
    r"[^;]{0,90}?\b(?:along|together) with (?:the )?$"
)
INCLUDES = re.compile(
    r"^[^.;:]{0,90}?(?:\b(?:including|among them|among (?:the|those) \w+|of them|of whom|of which|mostly|"
    r"included?|comprising|namely|"
    r"besides|most of them|all of them|-- |— |– |\()[^.;:,]{0,24})$",
    re.IGNORECASE,
)
OPENED = re.compile(
    r"^\W*[Aa]mong (?:the|those)(?: \w+){0,2}? (?P<said>dead|killed|wounded|injured|captured|missing|"
    r"slain)\b[^.;]{0,40}$"
)
AMONG_THOSE = re.compile(
    r"^[^.;\d]{0,40}? (?:was|were|are|is) (?:\w+ )?among (?:the|those)(?: \w+)? (?P<said>dead|killed|wounded|injured|"
    r"captured|missing|slain|victims)\b"
)
AMONG_THE: dict[str, Measure] = {
    "wounded": "wounded", "injured": "wounded", "hurt": "wounded", "captured": "captured", "missing": "missing",
    "kidnapped": "captured",
}  # fmt: skip
CHARGED = all_forms("indict charge convict sanction pardon clear acquit sentence discipline dismiss promote") | {
    "indictment", "trial", "conviction", "charges", "sanctions", "court-martial",
}  # fmt: skip
TRAILING = re.compile(r"\s?[-–—,]\s?(?:were )?(?P<said>killed|dead|wounded|injured|hurt|missing)\b")
FORMER = re.compile(r"\b(?:former|retired|ex|aspiring|would-be|potential)\b")
RANKS = re.compile(
    r"\b(?:army|militia|ranks|jihad\w*|[Ii]slami\w+|rebels?|fight\w*|militants?|al.Qaeda|ISIS|ISIL|Taliban|"
    r"forces|insurgen\w+)\b"
)
ENVOYS = ("diplomat", "ambassador", "envoy", "attach", "journalist", "correspondent")
IMPRISONED = re.compile(
    r"^ (?:(?:are|were|is|was|remain\w*|still|being|held|kept|now) ){0,4}"
    r"in (?:[\w’'-]+ ){0,4}(?:prisons?|captivity|custody|jails?)\b"
)
# Where states are at odds, what their fishermen and coast guards send counts as ships of the state.
CONTESTED = re.compile(
    r"\b(?:[Ss]hoal|[Rr]eef|[Aa]toll|disputed|contested|(?:its|their) (?:own )?waters|territorial (?:sea|waters)|"
    r"economic zone|median line|contiguous zone|[Ss]andbar|Cay\b|(?:South|East) China Sea)\b"
)
GONE_TO_FIGHT = re.compile(
    r"[^.;,]{0,40}\b(?:travell?ed|gone|went|left|flocked|headed|tried)\b[^.;,]{0,40}\bto (?:fight|join)\b"
    r"[^.;,]{0,40}\b(?:groups?|fight|war|jihad\w*|rebels|militants|militia|insurgen\w+|Islamic State|ISIS|ISIL|Daesh|"
    r"al.Qaeda)\b"
)
FIGHTS = frozenset("fight fights fighting fought serve serving served".split())


def judge(
    doc: Doc, text: str, sentence: int, unit: Unit, earlier: Sequence[Verdict], conflict: Conflict
) -> Verdict | None:
    """Return what a number counts, or None where it counts nothing of war."""
    before = [v for v in earlier if v.sentence == sentence]
    last = before[-1] if before else None
    if unit.partitive or is_pronoun(unit):
        return part_verdict(unit, sentence, earlier, doc)
    if unit.counted is not None and (found_in := _opened(text, unit, sentence, conflict)) is not None:
        return found_in
    if unit.counted is None:
        return None if unit.noun is not None else bare_verdict(doc, text, unit, sentence, earlier, conflict)
    supplied = any(v.measure == "supply" and sentence - v.sentence <= 2 for v in earlier)
    return _counted_verdict(text, sentence, unit, unit.counted, last, conflict, supplied)


def _counted_verdict(
    text: str, sentence: int, unit: Unit, found: Counted, last: Verdict | None, conflict: Conflict, supplied: bool
) -> Verdict | None:
    """Return what a number with a noun counts, or None. `supplied`: weapons were given in the sentences before."""
    if unit.number.year_like and own(found.noun, found.item) is not None:
        return None  # "2020 losses"
    if last is not None and found.noun.lower_ == "others" and last.item in FORCES:
        found = Counted(last.item, False, found.noun)
    found = as_soldiers(found, conflict.armed(sentence))
    governed = governed_by(unit, found.item)
    if found.guessed and (governed is None or governed.measure not in HARMS):
        return None  # "seized 12 containers" is nobody
    lent = _lent(text, unit, last, governed, found.item)
    if lent is not None and last is not None:
        return Verdict(unit, sentence, found.item, lent, None, f"{lent}:continued", last)
    with_another = HARMED_WITH.search(text[: unit.number.start]) if governed is None and last is None else None
    if with_another is not None and found.item in OF_PEOPLE and conflict.near(sentence, "killed"):
        told = AMONG_THE.get(with_another["said"], "killed")
        return Verdict(unit, sentence, found.item, told, None, f"{told}:along-with")
    harmed = governed is not None and governed.measure in EVENTS | {"destroyed", "attack"}
    if harmed and found.item == "vehicle":
        harmed = conflict.armed(sentence)  # trucks that burn on a road are anyone's
    # "Five divisions will take part", behind a sentence on those who are called up
    army = found.item == "formation" and sentence > 0 and conflict.armed(sentence - 1)
    at_odds = found.item == "ship" and CONTESTED.search(text) is not None
    given = supplied and governed is not None and governed.measure == "supply"
    if (
        is_mixed(found)
        and not conflict.rescues(sentence)
        and (harmed or given or army or at_odds or conflict.armed(sentence))
    ):
        found = Counted(found.item, True, found.noun)
    if not found.solid and unit.anchor.dep_ == "nsubj" and unit.anchor.head.lower_ in FIGHTS:
        return Verdict(unit, sentence, "troops", "strength", governed, "strength:fighting")
    if not found.solid and GONE_TO_FIGHT.match(text[unit.end :]):
        return Verdict(unit, sentence, found.item, "mobilisation", governed, GONE)
    if _is_idle(unit, found, governed, text):
        return None
    if governed is not None and governed.cue.lower_.startswith("join") and not found.solid and not RANKS.search(text):
        governed = None
    idle = governed is None or governed.measure == "strength"
    if found.item in {"munition", "missile", "drone"} and idle and _strikes(unit):
        return Verdict(unit, sentence, found.item, "attack", None, "attack:strikes")
    if not found.solid and (governed is None or governed.measure not in EVENTS):
        counts_dead = TOLL.search(text[: unit.number.start][-140:]) and conflict.near(sentence, "killed")
        return Verdict(unit, sentence, found.item, "killed", None, "killed:toll") if counts_dead else None
    if governed is not None and governed.measure == "displaced" and found.noun.lower_.startswith(ENVOYS):
        return None  # "expelled two diplomats"
    if governed is not None and not conflict.near(sentence, governed.measure):
        by_accident = governed.measure in HARMS and conflict.accident[sentence]
        if by_accident or not found.solid:
            return None
    if governed is None and _is_charged(unit.anchor):
        return None
    if governed is None or governed.measure == "strength":
        if (put_at := PUT_AT.search(text[: unit.number.core][-100:])) and conflict.near(sentence, "killed"):
            harm: Measure = "killed" if put_at["what"].lower() in {"deaths", "fatalities"} else "casualties"
            if found.item in FITS[harm]:
                return Verdict(unit, sentence, found.item, harm, None, f"{harm}:put-at")
        if found.item in OF_PEOPLE and IMPRISONED.match(text[unit.end :]):
            return Verdict(unit, sentence, found.item, "captured", None, "captured:imprisoned")
    if governed is not None and _stands_there(unit.anchor, governed):
        return Verdict(unit, sentence, found.item, "strength", governed, TO_WITHDRAW)
    measure: Measure = governed.measure if governed else "strength"
    return Verdict(unit, sentence, found.item, measure, governed, governed.rule if governed else "strength:named")


def _stands_there(anchor: Token, governed: Governed) -> bool:
    """Return whether a force to be withdrawn is one known to be there: "unless it removes its 300 troops"."""
    leaving = (
        governed.measure == "withdrawal" and governed.role == "object" and governed.cue.tag_ in {"VB", "VBZ", "VBG"}
    )
    known = any(c.dep_ == "poss" or c.lower_ in {"the", "those", "these"} for c in anchor.children)
    return leaving and known


def _is_charged(anchor: Token) -> bool:
    """Return whether soldiers or officers are counted as charged, sanctioned, dismissed or pardoned (RULINGS 2)."""
    node = anchor
    for _ in range(4):
        node = node.head
        if node.lower_ in CHARGED:
            return True
    return False


def _is_idle(unit: Unit, found: Counted, governed: Governed | None, text: str) -> bool:
    """Return whether a number only points at someone: "said one refugee", "one of the best", "former officers"."""
    one = unit.number.high == 1
    if governed is None and unit.number.low == 1 and unit.number.high in {1, None}:
        return True  # nobody counts a force of one
    if one and governed is not None and governed.cue == found.noun:
        return True
    if one and unit.anchor != unit.noun and (governed is None or governed.measure not in EVENTS):
        return True
    return governed is None and FORMER.search(text[unit.number.end : unit.end]) is not None


def _strikes(unit: Unit) -> bool:
    """Return whether munitions themselves do the harm ("two bombs killed"), or are tested."""
    noun, anchor = unit.noun, unit.anchor
    if noun is not None and noun.lower_.startswith(("test", "launch")):
        return True
    verb = anchor.head
    return anchor.dep_ == "nsubj" and bool({"killed", "wounded", "destroyed"} & set(measures_of(verb, "object")))


def _lent(text: str, unit: Unit, last: Verdict | None, governed: Governed | None, item: Item) -> Measure | None:
    """Return the measure of the figure before, where this one only continues or breaks it down."""
    if last is None or (governed is not None and governed.measure in EVENTS | {"attack", "destroyed"}):
        return None
    gap = text[last.unit.end : unit.number.start]
    if last.measure in {"casualties", "destroyed"} and item in WEAPONS and LOST_TOO.fullmatch(gap):
        return "destroyed"  # "lost 900 soldiers, as well as 11 tanks"
    if (
        governed is not None
        and governed.role in {"object", "subject"}
        and governed.cue.i > last.unit.anchor.i
        and not INCLUDES.match(gap)
    ):
        return None
    if INCLUDES.match(gap) and (trailing := TRAILING.match(text[unit.end :])):
        return AMONG_THE.get(trailing["said"], "killed")  # "several others, including five guards, wounded"
    if (CONTINUES.fullmatch(gap) or INCLUDES.match(gap) or AS_DID.search(gap)) and item in FITS[last.measure]:
        return last.measure if governed is None or last.measure in EVENTS else None
    return None


def _opened(text: str, unit: Unit, sentence: int, conflict: Conflict) -> Verdict | None:
    """Return the verdict of "Among the dead were five students" and "five students were among the dead"."""
    found = OPENED.match(text[: unit.number.start]) or AMONG_THOSE.match(text[unit.end :])
    if found is None or unit.counted is None or not conflict.near(sentence, "killed"):
        return None
    measure = AMONG_THE.get(found.group("said"), "killed")
    return Verdict(unit, sentence, unit.counted.item, measure, None, f"{measure}:among-those")
