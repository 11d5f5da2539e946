"""What a verb or adjective says of a number: killed, sent, massed, fired."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import takewhile
from typing import Literal, cast

from spacy.tokens import Token

from extractors.inflection import all_forms, verb_forms
from extractors.items import singular
from extractors.records import Item, Measure
from extractors.syntax import children, has_child

Role = Literal["object", "subject", "noun", "adjective"]
WEAPONS = frozenset(
    {"tank", "armoured_vehicle", "artillery", "air_defence", "aircraft", "helicopter", "ship", "missile", "drone",
     "munition", "vehicle", "equipment"}
)  # fmt: skip
PEOPLE = frozenset({"people", "civilians", "children"})
FORCES = frozenset({"troops", "reservists", "conscripts", "mercenaries", "peacekeepers", "advisers", "formation"})
OF_PEOPLE = FORCES | PEOPLE
FITS: dict[str, frozenset[str]] = {
    "killed": OF_PEOPLE, "wounded": OF_PEOPLE, "casualties": OF_PEOPLE, "missing": OF_PEOPLE, "deserted": FORCES,
    "displaced": PEOPLE, "destroyed": WEAPONS | {"formation"}, "supply": WEAPONS, "mobilisation": OF_PEOPLE,
    "attack": frozenset({"missile", "drone", "munition", "artillery", "air_defence"}),
    "deployment": FORCES | WEAPONS, "withdrawal": FORCES | WEAPONS, "strength": FORCES | WEAPONS,
    "captured": OF_PEOPLE | {"ship", "vehicle", "tank", "armoured_vehicle", "aircraft", "equipment"},
}  # fmt: skip
# In this order where a verb has several: "shot down" destroys, "fired" attacks.
ORDER = (
    "killed", "wounded", "missing", "deserted", "captured", "attack", "destroyed", "casualties", "displaced",
    "mobilisation", "withdrawal", "supply", "deployment", "strength",
)  # fmt: skip
SENDS = all_forms("send")
LOSES = all_forms("lose")
# Ships and aircraft are sent by those who keep them; the rest is sent to be kept.
GIVEN = WEAPONS - {"ship", "aircraft", "helicopter", "vehicle"}
RECEIVERS = frozenset("government army military navy forces ministry rebels police air".split())
AIMED = frozenset("into at toward towards against over across onto".split())
FIRED = frozenset({"missile", "drone", "munition"})
# RULINGS, figures 7: arrests count only of members of a force.
ARRESTS = all_forms("arrest detain jail imprison intern apprehend")
# Kept from the lexicon of diplomacy: "ships equipped with" and "weapons shipped out" gave it two acts, both wrong.
MORE_FORMS = {"run": "ran running", "slay": "slew slain", "ship": "shipped shipping", "equip": "equipped equipping"}
# What a war does to people, and the rest of what happens once, from the hardest out: each takes in the one before.
HARMS: frozenset[Measure] = frozenset({"killed", "wounded", "casualties", "missing"})
SUFFERED = HARMS | {"captured", "displaced"}
LOSSES = SUFFERED | {"destroyed"}
EVENTS = SUFFERED | {"deserted", "mobilisation"}
BARE_PARTICIPLES = frozenset(
    "killed wounded injured hurt displaced captured destroyed evacuated detained arrested missing fired "
    "launched".split()
)


@dataclass(frozen=True, slots=True)
class Governed:
    """A measure with the word that gives it and the role the number has there."""

    measure: Measure
    cue: Token
    role: Role

    @property
    def rule(self) -> str:
        """Return the readable name of the rule: "killed:verb-object"."""
        return f"{self.measure}:{'verb-' + self.role if self.role in {'object', 'subject'} else self.role}"


@functools.cache
def measure_table() -> dict[Role, dict[str, tuple[Measure, ...]]]:
    """Return for each role the measures of each word form, read from measures.toml once a process."""
    data = tomllib.loads(files("extractors").joinpath("measures.toml").read_text(encoding="utf-8"))
    table: dict[Role, dict[str, tuple[Measure, ...]]] = {"object": {}, "subject": {}, "noun": {}, "adjective": {}}
    for measure in ORDER:
        for role in table:
            for word in data[measure].get(role, "").split():
                for form in _phrasal_forms(word) if role in {"object", "subject"} else {word}:
                    known = table[role].get(form, ())
                    if measure not in known:
                        table[role][form] = (*known, cast("Measure", measure))
    return table


def _phrasal_forms(verb: str) -> set[str]:
    """Return the forms of a verb, or of one with its particle: "shoot+down" gives "shot+down"."""
    base, plus, particle = verb.partition("+")
    forms = {*verb_forms(base), *MORE_FORMS.get(base, "").split()}
    return {form + plus + particle for form in forms}


def measures_of(verb: Token, role: Role) -> tuple[Measure, ...]:
    """Return the measures of a verb: with its particle, alone, or of the verb it shares its object with."""
    table = measure_table()[role]
    for child in verb.children:
        if child.dep_ in {"prt", "advmod", "prep", "npadvmod", "dobj", "oprd", "acomp"} and (
            found := table.get(f"{verb.lower_}+{child.lower_}")
        ):
            return found
    found = table.get(verb.lower_, ())
    if not found and verb.dep_ == "conj" and role == "object" and not has_child(verb.head, "dobj"):
        return table.get(verb.head.lower_, ())
    return found


def fitting(measures: tuple[Measure, ...], item: Item | None) -> Measure | None:
    """Return the first of these measures that an item can have."""
    return next((m for m in measures if item is None or item in FITS[m]), None)


def has_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive."""
    return has_child(verb, "nsubjpass", "auxpass")


def is_suffered(verb: Token) -> bool:
    """Return whether a verb without auxiliary or object is a participle: "with ten people killed"."""
    if verb.tag_ == "VBN" and not has_child(verb, "aux"):
        return not has_child(verb, "dobj")
    return (
        verb.tag_ in {"VBN", "VBD", "VBP"} and verb.lower_ in BARE_PARTICIPLES and not has_child(verb, "dobj", "aux")
    )


def _has_receiver(verb: Token) -> bool:
    """Return whether who is sent something stands before how many of it: "sent the army 20 aircraft"."""
    for receiver in children(verb, "dative"):
        if receiver.tag_ not in {"IN", "TO"} or any(c.lower_ in RECEIVERS for c in receiver.children):
            return True  # "sent four cutters to the reef": no one is given them
    following = [t.lower_ for t in takewhile(lambda t: t.tag_ != "CD", verb.doc[verb.i + 1 : verb.i + 9])]
    return len(following) < 8 and bool(RECEIVERS & set(following))


def _is_aimed(verb: Token) -> bool:
    """Return whether what is sent is sent at someone: "sent 96 drones at the port"."""
    ahead = [t.lower_ for t in verb.subtree if t.i > verb.i and t.dep_ == "prep"][:2]
    return bool(AIMED & set(ahead))


def verb_measure(verb: Token, role: Role, item: Item | None) -> Governed | None:
    """Return the measure that a verb gives a number in this role at it."""
    measures = measures_of(verb, role)
    measure = fitting(measures, item)
    signed = verb.lower_.startswith("sign")  # "38,000 volunteers signed contracts"
    if measure is None or (measure == "mobilisation" and role == "subject" and item in FORCES and not signed):
        measure = next((m for m in measures[1:] if item in FITS[m]), None)
    if measure is None:
        return None
    if measure == "casualties" and item in PEOPLE and verb.lower_ in LOSES:
        measure = "killed"
    if measure == "casualties" and any(
        "killed" in measure_table()[role].get(c.lower_, ()) for c in children(verb, "conj")
    ):
        measure = "killed"  # "were shot and killed"
    if measure in {"deployment", "supply"} and verb.lower_ in SENDS and item in FIRED and _is_aimed(verb):
        return Governed("attack", verb, role)
    if measure == "deployment" and verb.lower_ in SENDS and item in WEAPONS and _has_receiver(verb):
        measure = "supply"  # "sent the army 20 aircraft"
    if measure == "deployment" and verb.lower_ in SENDS and item in GIVEN:
        measure = "supply"
    if measure == "attack" and verb.lower_ in SENDS and not any(c.lower_ in AIMED for c in verb.children):
        measure = "supply"  # "sent 300 shells" gives them, "sent 300 rockets into the town" fires them
    if measure == "captured" and item in PEOPLE and verb.lower_ in ARRESTS:
        return None
    if (
        measure == "deployment"
        and verb.lower_ == "deployed"
        and (
            any(c.lower_ in {"are", "is"} for c in verb.children if c.dep_ == "auxpass")
            or (verb.dep_ in {"acl", "ccomp", "oprd"} and not has_child(verb, "aux", "auxpass", "agent", "dobj"))
        )
    ):
        measure = "strength"
    if measure in {"killed", "wounded"} and role == "object" and _shared_with(verb, measure):
        measure = "casualties"
    return Governed(measure, verb, role)


def _shared_with(verb: Token, measure: Measure) -> bool:
    """Return whether one object belongs to two verbs of harm: "killed and wounded", "maiming or killing"."""
    others = list(children(verb, "conj")) + ([verb.head] if verb.dep_ == "conj" else [])
    for other in others:
        measures = measure_table()["object"].get(other.lower_, ())
        harms = bool({"killed", "wounded", "captured"} & set(measures)) and measure not in measures
        first, second = sorted((verb, other), key=lambda t: t.i)
        own = [t for t in first.children if t.dep_ in {"dobj", "nsubjpass"} and first.i < t.i < second.i]
        subjects = [t for t in second.children if t.dep_ in {"nsubj", "nsubjpass"}]
        if harms and not own and not subjects and second.i - first.i <= 4:
            return second == verb or not any(t.dep_ == "dobj" for t in second.children)
    return False


def noun_measure(word: Token, item: Item | None) -> Measure | None:
    """Return the measure that a noun gives what stands behind its "of": "the deaths of", "the arrest of"."""
    noun = singular(word.text)
    measure = fitting(measure_table()["noun"].get(noun, ()), item)
    arrest = measure == "captured" and item in PEOPLE and noun in {"arrest", "detention", "seizure"}
    return None if arrest else measure


def adjective_measure(word: Token, item: Item | None) -> Governed | None:
    """Return the measure that an adjective gives: "dead", "wounded", "additional"."""
    measure = fitting(measure_table()["adjective"].get(word.lower_, ()), item)
    return Governed(measure, word, "adjective") if measure else None
