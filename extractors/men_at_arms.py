"""Whether "men" and "members" are soldiers: what an army has, loses or sends, and what a force is made of."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.inflection import all_forms
from extractors.items import Counted
from extractors.measures import LOSES, SENDS
from extractors.syntax import children

COUNTED_SO = frozenset({"men", "members"})
ARMIES = frozenset(
    "army armies military navy militia militias garrison contingent battalion brigade regiment division rebels "
    "insurgents column columns troops forces battlegroup".split()
)
# A force or a mission is of arms by what stands before it: there are task forces and trade missions.
FORCES = frozenset({"force", "mission"})
OF_ARMS = frozenset(
    "peacekeeping multinational security suppression stabilisation stabilization international united un nato au eu "
    "military armed occupation expeditionary border reaction defence defense police invasion monitoring".split()
)
HAVING = all_forms("have number comprise include lose send deploy lead command")
ATTACKS = all_forms("attack invade storm assault march cross enter")
MOST_STEPS = 3


def as_soldiers(found: Counted, armed: bool) -> Counted:
    """Return what "1,300 men" of an army count; as it was found where nothing makes soldiers of them.

    `armed`: the sentence speaks of armed forces.
    """
    noun = found.noun
    if noun.lower_ not in COUNTED_SO or found.solid:
        return found
    whole = _whole(noun)
    if whole is not None and _is_force(whole):
        return _soldiers(noun, whole)
    verb = noun.head
    sent = noun.dep_ == "dobj" and verb.lower_ in SENDS
    with_them = noun.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lower_ in ATTACKS
    if noun.lower_ == "men" and ((armed and sent) or with_them):
        return _soldiers(noun, noun)
    return found


def _whole(noun: Token) -> Token | None:
    """Return what has or loses those that a noun names, or is "of" so many of them."""
    node = noun
    for _ in range(MOST_STEPS):
        head = node.head
        if head == node:
            return None
        if node.dep_ == "pobj" and head.lower_ == "of" and head.head != noun:
            return head.head
        if node.dep_ == "dobj" and head.lower_ in HAVING | LOSES:
            return next(children(head, "nsubj"), None)
        node = head
    return None


def _is_force(whole: Token) -> bool:
    if whole.lower_ in ARMIES:
        return True
    before = {t.lower_ for t in whole.subtree if whole.i - 5 < t.i < whole.i + 3}
    return whole.lower_ in FORCES and bool(before & OF_ARMS or any(t.endswith("led") for t in before))


def _soldiers(noun: Token, whole: Token) -> Counted:
    peace = any(t.lower_.startswith("peacekeep") for t in whole.subtree)
    return Counted("peacekeepers" if peace else "troops", True, noun)
