"""Which word governs a number and so says what is counted: its own noun, what hangs on it, what it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extractors.inflection import all_forms
from extractors.items import item_table, singular
from extractors.measures import (
    FIRED,
    FORCES,
    HARMS,
    OF_PEOPLE,
    SUFFERED,
    WEAPONS,
    Governed,
    Role,
    adjective_measure,
    fitting,
    has_passive,
    is_suffered,
    measure_table,
    noun_measure,
    verb_measure,
)
from extractors.records import Item, Measure
from extractors.syntax import children

TAKES_LIVES = all_forms("claim cost lose take steal end sacrifice give mourn")
SUFFERS = all_forms("suffer receive sustain have")
VICTIMS = frozenset("victims dead fatalities".split())
INCLUDES = all_forms("include number")
# "ordered 300 troops to be pulled out": what is ordered says more than the order.
ORDERED = frozenset(
    "ordered orders ordering authorized authorised approved told asked allowed expected directed".split()
)
PACKAGES = frozenset("package packages aid shipment delivery tranche consignment assistance donation batch".split())
LEAVES = all_forms("leave")
COUNTS_REFUGEES = re.compile(r"\b(?:OCHA|UNHCR|IOM|refugee agency|humanitarian office|migration agency)\b")
PLACING = all_forms("put place set estimate give")
COMES = all_forms("come be")
UNDER = frozenset("attack fire bombardment assault shelling".split())
STRIKES = all_forms("attack hit strike pound bombard target shell pummel pelt assault")
# What is put at a number, by its words.
PLACED: tuple[tuple[Measure, frozenset[str]], ...] = (
    ("killed", frozenset("toll dead deaths killed fatalities".split())),
    ("wounded", frozenset("wounded injured".split())),
    ("displaced", frozenset("displaced refugees evacuees".split())),
    ("casualties", frozenset("loss losses casualties".split())),
    ("strength", frozenset("force forces strength troops soldiers presence garrison contingent fighters".split())),
)
MOST_STEPS = 7


def steps(token: Token) -> Iterator[tuple[Token, Role | None]]:
    """Return the words above a noun, nearest first, each with the role that the noun has at it."""
    node = token
    for _ in range(MOST_STEPS):
        head, label = node.head, node.dep_
        if head == node:
            return
        if label in {"dobj", "nsubjpass", "dative"}:
            yield head, "object"
        elif label in {"nsubj", "csubj"}:
            yield head, "object" if has_passive(head) or is_suffered(head) else "subject"
        elif label in {"pobj", "pcomp"}:
            yield head, "noun"
        elif label in {"attr", "oprd", "acomp"}:
            yield head, "adjective"
        else:
            yield head, None
        if label in {"ROOT", "ccomp", "advcl", "relcl", "parataxis"}:
            return
        node = head


def own(noun: Token, item: Item | None) -> Governed | None:
    """Return the measure that the counted noun itself gives: "30 dead", "200 refugees", "five hostages"."""
    table, word = measure_table(), singular(noun.text)
    if word == "life":
        return _lives(noun)
    for role in ("noun", "adjective"):
        measure = fitting(table[role].get(word, ()), item)
        if measure is not None and measure in SUFFERED | {"deserted"}:
            return Governed(measure, noun, "noun")
    return None


def _lives(noun: Token) -> Governed | None:
    """Return the deaths that "claimed 40 lives" and "40 lives lost" name; nothing for "lives at stake"."""
    verbs = [noun.head, noun.head.head, *children(noun, "acl", "relcl")]
    taken = next((v for v in verbs if v.lower_ in TAKES_LIVES), None)
    return Governed("killed", taken, "object") if taken is not None else None


def below(noun: Token, item: Item | None) -> Governed | None:
    """Return the measure that a participle, relative clause or adjective of the noun gives: "12 soldiers killed"."""
    soft: Governed | None = None
    for child in noun.children:
        if child.dep_ not in {"acl", "relcl", "amod", "acomp", "advcl"}:
            continue
        if item in WEAPONS and any(c.lower_ in {"can", "could"} for c in child.children):
            continue  # "missiles that can reach the capital"
        if child.dep_ == "relcl" and any(s.tag_ == "CD" for s in children(child, "nsubj", "nsubjpass")):
            continue  # "96 drones, of which 71 were shot down"
        done = (
            child.tag_ == "VBN"
            and any(c.lower_ in {"has", "have", "had"} for c in child.children)
            and _owns_subject(child)
        )
        if (
            (child.tag_ == "VBN" and not done)
            or has_passive(child)
            or (child.dep_ == "relcl" and not _owns_subject(child))
        ):
            found = verb_measure(child, "object", item)
        elif done or child.tag_ in {"VBG", "VBD", "VBZ", "VBP", "VB"}:
            found = verb_measure(child, "object" if is_suffered(child) else "subject", item)
        else:
            found = adjective_measure(child, item)
            if found and child.i > noun.i and found.measure not in HARMS:
                found = None
        if found and found.measure not in {"strength", "deployment"}:
            return found
        if found and child.dep_ in {"acl", "relcl"}:
            soft = found
    return soft


def additional(noun: Token, item: Item | None) -> Governed | None:
    """Return the deployment that "300 more troops" and "an extra 300 troops" say of themselves."""
    for child in noun.children:
        if child.dep_ in {"amod", "acl"} and child.i < noun.i:
            following = noun.doc[child.i + 1].lower_
            found = adjective_measure(child, item)
            if found and following != "than":
                return found
    return None


def _owns_subject(clause: Token) -> bool:
    """Return whether a relative clause has its pronoun as subject ("who died"), not another ("that Iran fired")."""
    subject = next(children(clause, "nsubj", "nsubjpass"), None)
    return subject is None or subject.tag_ in {"WDT", "WP"} or subject.lower_ == "that"


def above(noun: Token, item: Item | None) -> Governed | None:
    """Return the measure that the nearest governing verb or noun gives."""
    passed_of = False
    of = False
    held: Governed | None = None  # "a contingent of 50 troops to be pulled back": what is done to it says more
    for word, role in steps(noun):
        if role in {"object", "subject"} and word.tag_.startswith("V"):
            found = _light(noun, word, role, item)
            if found is None and word.lower_ in {"left", "leave", "leaving", "leaves"}:
                found = _left(word, noun, item)
            if found is None and role == "subject" and item in OF_PEOPLE - FORCES and _flees(word):
                found = Governed("displaced", word, "subject")
            if found is None and word.lower_ in ORDERED:
                found = _complement(word, item)
            found = found or verb_measure(word, role, item)
            if found is None and role == "object" and is_suffered(word):
                found = verb_measure(word, "subject", item)
            if found is None and (state := adjective_measure(word, item)) and state.measure == "missing":
                found = state
            if found:
                return found
            return _complement(word, item) or held
        if role == "subject" and (found := adjective_measure(word, item)):
            return found
        if role == "noun":
            passed_of = word.lower_ in {"of", "to", "at", "by", "in", "for", "with", "on"}
            of = word.lower_ == "of"
            continue
        if word.tag_.startswith("N") or word.tag_ == "CD":
            measure = noun_measure(word, item)
            if measure and (passed_of or role is None):
                if measure != "strength":
                    return Governed(measure, word, "noun")
                held = held or Governed(measure, word, "noun")
            elif of and word.tag_ != "CD" and singular(word.text) not in item_table().containers:
                return held  # "released pictures of three men": no one was set free
        if word.tag_.startswith("V") and role is None:
            return (_oblique(word, item) if passed_of or comes_under_fire(word) else None) or held
    return held


def _light(noun: Token, verb: Token, role: Role, item: Item | None) -> Governed | None:
    """Return what a light verb says by its other noun: "suffered burns", "cost 40 men their lives"."""
    if role == "object" and verb.lower_ in INCLUDES and any(t.lower_ in VICTIMS for t in children(verb, "nsubj")):
        return Governed("killed", verb, "object") if item in OF_PEOPLE else None
    if role == "subject" and verb.lower_ in SUFFERS:
        others = list(children(verb, "dobj"))
    elif role == "object" and verb.lower_ in INCLUDES and item in WEAPONS and is_package(verb):
        return Governed("supply", verb, "object")
    elif role == "object" and verb.lower_ in INCLUDES:
        others = list(children(verb, "nsubj"))
    elif role == "object" and verb.lower_ in TAKES_LIVES:
        lives = next((t for t in verb.subtree if t.lower_ in {"life", "lives"} and t.i > noun.i), None)
        return Governed("killed", verb, "object") if lives is not None else None
    else:
        return None
    return next(
        (found for other in others if (found := own(other, item) or below(other, item)) and found.measure in HARMS),
        None,
    )


def is_package(verb: Token) -> bool:
    """Return whether what includes weapons is help: "a package that includes 500 missiles"."""
    subjects = list(children(verb, "nsubj"))
    heads = [verb.head] if verb.dep_ == "relcl" else subjects
    return any(t.lower_ in PACKAGES for t in heads)


def _left(verb: Token, noun: Token, item: Item | None) -> Governed | None:
    """Return what "left 30 dead", "leaving scores injured" says: the adjective behind the number."""
    beside = verb.doc[noun.i + 1 : noun.i + 2]  # "three dead and 10 hurt"
    for tokens in (beside, verb.doc[verb.i + 1 : noun.i], verb.doc[noun.i + 1 : noun.i + 24]):
        for token in tokens:
            found = adjective_measure(token, item)
            if found and found.measure in {"killed", "wounded", "displaced", "missing"}:
                return found
    return None


def _flees(verb: Token) -> bool:
    """Return whether people who "left" a place fled it: who counts refugees says so."""
    return verb.lower_ in LEAVES and COUNTS_REFUGEES.search(verb.doc.text) is not None


def _placed(counted: Token, item: Item | None) -> Governed | None:
    """Return what "put Russian losses at 900", "puts the force there at 14,000 troops" counts."""
    words = {t.lower_ for t in counted.subtree}
    for measure, said in PLACED:
        if words & said:
            kept: Measure = "destroyed" if measure == "casualties" and item in WEAPONS else measure
            return Governed(kept, counted, "noun")
    return None


def _complement(verb: Token, item: Item | None) -> Governed | None:
    """Return the measure of what a verb only leads to: "are expected to arrive", "were reported killed"."""
    for child in verb.children:
        purpose = child.dep_ == "advcl" and child.tag_ == "VB"
        if (purpose or child.dep_ in {"xcomp", "oprd", "acomp", "ccomp"}) and child.i > verb.i:
            had = any(c.lower_ in {"have", "has", "had"} for c in child.children)  # "known to have died"
            passive = has_passive(child) or (child.tag_ == "VBN" and not had)
            found = verb_measure(child, "object" if passive else "subject", item)
            if found:
                return found
            found = adjective_measure(child, item)
            if found:
                return found
    return None


def comes_under_fire(cue: Token) -> bool:
    """Return whether a word says that its subject came under attack: the verb, or the noun behind "under"."""
    if cue.lower_ in COMES:
        return any(comes_under_fire(n) for under in children(cue, "prep") for n in children(under, "pobj"))
    return cue.lower_ in UNDER and cue.head.lower_ == "under"


def _oblique(verb: Token, item: Item | None) -> Governed | None:
    """Return what a verb says of a number behind its preposition: "struck with 30 missiles", "put losses at 900"."""
    if verb.lower_ in PLACING and (placed := next(children(verb, "dobj"), None)) is not None:
        return _placed(placed, item)
    if item in FIRED and (verb.lower_ in STRIKES or comes_under_fire(verb)):
        return Governed("attack", verb, "object")
    found = verb_measure(verb, "object", item) or verb_measure(verb, "subject", item)
    return found if found and found.measure in {"attack", "strength", "deployment", "withdrawal", "supply"} else None
