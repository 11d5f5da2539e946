"""What is said of a counted thing - killed, sent, massed - by the verb or noun that governs it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, cast

from spacy.tokens import Token

from extractors.inflection import verb_forms
from extractors.items import singular
from extractors.records import Item, Measure

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
MOST_STEPS = 7
BARE_PARTICIPLES = frozenset(
    "killed wounded injured hurt displaced captured destroyed evacuated detained arrested missing".split()
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
                for form in verb_forms(word) if role in {"object", "subject"} else {word}:
                    known = table[role].get(form, ())
                    if measure not in known:
                        table[role][form] = (*known, cast("Measure", measure))
    return table


def _pick(measures: tuple[Measure, ...], item: Item | None) -> Measure | None:
    return next((m for m in measures if item is None or item in FITS[m]), None)


def has_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive."""
    return any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)


def _suffers(verb: Token) -> bool:
    """Return whether a verb without auxiliary or object is a participle: "with ten people killed"."""
    return (
        verb.tag_ in {"VBN", "VBD"}
        and verb.lower_ in BARE_PARTICIPLES
        and not any(c.dep_ in {"dobj", "aux"} for c in verb.children)
    )


def _verb(verb: Token, role: Role, item: Item | None) -> Governed | None:
    measure = _pick(measure_table()[role].get(verb.lower_, ()), item)
    return Governed(measure, verb, role) if measure else None


def steps(token: Token) -> Iterator[tuple[Token, Role | None]]:
    """Return the words above a noun, nearest first, each with the role that the noun has at it."""
    node = token
    for _ in range(MOST_STEPS):
        head, label = node.head, node.dep_
        if head is node:
            return
        if label in {"dobj", "nsubjpass", "dative"}:
            yield head, "object"
        elif label in {"nsubj", "csubj"}:
            yield head, "object" if has_passive(head) or _suffers(head) else "subject"
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
        return Governed("killed", noun, "noun")
    for role in ("noun", "adjective"):
        measure = _pick(table[role].get(word, ()), item)
        if measure in {"killed", "wounded", "casualties", "captured", "missing", "displaced", "deserted"}:
            return Governed(measure, noun, "noun")
    return None


def below(noun: Token, item: Item | None) -> Governed | None:
    """Return the measure that a participle, relative clause or adjective of the noun gives: "12 soldiers killed"."""
    table = measure_table()
    for child in noun.children:
        if child.dep_ in {"acl", "relcl", "amod", "acomp", "advcl"} and child.i != noun.i:
            if child.tag_ == "VBN" or has_passive(child) or (child.dep_ == "relcl" and not _owns_subject(child)):
                found = _verb(child, "object", item)
            elif child.tag_ in {"VBG", "VBD", "VBZ", "VBP", "VB"}:
                found = _verb(child, "subject", item)
            else:
                measure = _pick(table["adjective"].get(child.lower_, ()), item)
                found = Governed(measure, child, "adjective") if measure else None
            if found and found.measure not in {"strength", "deployment"}:
                return found
            if found and (child.dep_ in {"acl", "relcl"} or found.role == "adjective"):
                return found
    return None


def _owns_subject(clause: Token) -> bool:
    """Return whether a relative clause has its pronoun as subject ("who died"), not another ("that Iran fired")."""
    subject = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is None or subject.tag_ in {"WDT", "WP"} or subject.lower_ == "that"


def above(noun: Token, item: Item | None) -> Governed | None:
    """Return the measure that the nearest governing verb or noun gives."""
    table = measure_table()
    passed_of = False
    for word, role in steps(noun):
        if role in {"object", "subject"} and word.tag_.startswith("V"):
            found = _verb(word, role, item)
            if found:
                return found
            if word.lower_ in {"left", "leave", "leaving", "leaves"}:
                return _left(word, item)
            return _complement(word, role, item)
        if role == "noun":
            passed_of = word.lower_ in {"of", "to", "at", "by", "in", "for", "with", "on"}
            continue
        if word.tag_.startswith("N") or word.tag_ == "CD":
            measure = _pick(table["noun"].get(singular(word.text), ()), item)
            if measure and (passed_of or role is None):
                return Governed(measure, word, "noun")
        if word.tag_.startswith("V") and role is None:
            return _oblique(word, item) if passed_of else None
    return None


def _left(verb: Token, item: Item | None) -> Governed | None:
    """Return what "left 30 dead", "leaving scores injured" says: the adjective behind the number."""
    for token in verb.subtree:
        if token.i > verb.i:
            measure = _pick(measure_table()["adjective"].get(token.lower_, ()), item)
            if measure in {"killed", "wounded", "displaced", "missing"}:
                return Governed(measure, token, "adjective")
    return None


def _complement(verb: Token, role: Role, item: Item | None) -> Governed | None:
    """Return the measure of what a verb only leads to: "are expected to arrive", "were reported killed"."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "oprd", "acomp", "ccomp"} and child.i > verb.i:
            found = _verb(child, "object" if child.tag_ == "VBN" or has_passive(child) else role, item)
            if found:
                return found
            measure = _pick(measure_table()["adjective"].get(child.lower_, ()), item)
            if measure:
                return Governed(measure, child, "adjective")
    return None


def _oblique(verb: Token, item: Item | None) -> Governed | None:
    """Return what a verb says of a number behind its preposition: "struck with 30 missiles"."""
    found = _verb(verb, "object", item) or _verb(verb, "subject", item)
    return found if found and found.measure in {"attack", "strength", "deployment", "withdrawal", "supply"} else None
