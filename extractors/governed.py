"""Choose what governs a counted noun, from the parse and, where the parse is lost, from the words beside it."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.governors import above, additional, below, own
from extractors.measures import EVENTS, LOSSES, Governed, is_suffered, noun_measure, verb_measure
from extractors.records import Item
from extractors.syntax import has_child
from extractors.units import Unit

FIRM = EVENTS | {"withdrawal", "destroyed", "attack", "supply"}  # these say more than "stationed"
SURE = LOSSES | {"attack"}
SUFFERED_MORE = frozenset({"killed", "wounded", "casualties"})
PASSIVE = frozenset("been were was are being is be".split())


def surface(noun: Token, first: Token, item: Item | None) -> Governed | None:
    """Return what the words right beside a figure say, where the parse lost them: "killing 12 men"."""
    doc = noun.doc
    before = doc[first.i - 1] if first.i else None
    if before is not None and before.tag_ in {"VBG", "VBD", "VBN", "VB"}:
        found = verb_measure(before, "object", item)
        if found is not None and found.measure in SURE:
            return found
    if before is not None and before.lower_ == "of" and before.i:
        measure = noun_measure(doc[before.i - 1], item)
        if measure is not None and measure != "strength":
            return Governed(measure, doc[before.i - 1], "noun")
    passive = noun.lower_ in PASSIVE
    after = doc[noun.i + 1] if noun.i + 1 < len(doc) else None
    if after is not None and after.tag_ == "VBN" and not has_child(after, "dobj", "aux"):
        passive = True  # "2,300 soldiers killed and 20,000 hurt"
    for token in doc[noun.i + 1 : noun.i + 6]:
        if token.lower_ in PASSIVE:
            passive = True
        elif token.tag_ in {"VBN", "VBD"}:
            found = verb_measure(token, "object" if passive or is_suffered(token) else "subject", item)
            return found if found is not None and found.measure in SURE else None
        elif token.tag_ not in {"RB", "VBP", "VBZ"} and token.lower_ not in {"have", "has", "had"}:
            return None
    return None


def governed_by(unit: Unit, item: Item | None) -> Governed | None:
    """Return what governs a counted noun: itself, what hangs on it, what it hangs on, what stands beside it."""
    noun = unit.noun if unit.noun is not None else unit.anchor
    found = own(noun, item) or below(noun, item)
    if found is None and unit.anchor != noun:
        found = below(unit.anchor, item)
    up = above(unit.anchor, item)
    if found is not None and found.measure == "captured" and up is not None and up.measure in SUFFERED_MORE:
        found = up if up.role in {"object", "noun"} else found  # "beheaded two men it held hostage"
    if found is not None and up is not None and up.measure == found.measure == "supply" and found.cue.dep_ == "relcl":
        found = up  # "delivered the shells it had promised"
    held = up is not None and up.measure == "withdrawal" and found is not None and found.measure == "strength"
    if found is None or (found.measure in {"strength", "deployment"} and up is not None and up.measure in FIRM):
        found = (
            found if held and has_child(noun, "det", "poss") else up or found
        )  # "withdraw the 300 stationed there"
    if found is None or found.measure in {"strength", "deployment"}:
        first = next((t for t in noun.doc if t.idx + len(t) > unit.number.start), noun)
        found = surface(noun, first, item) or found
    return found or additional(noun, item)
