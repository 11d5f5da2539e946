"""What a noun counts: the item of a figure from the noun phrase that a number stands with."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from spacy.tokens import Token

from extractors.records import Item

AMMUNITION = frozenset("ammunition ammo shells munitions artillery fire bullets".split())
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "quantmod", "advmod", "punct", "dep", "npadvmod"})
IRREGULAR_PLURALS = {
    "people": "people", "men": "man", "women": "woman", "children": "child", "lives": "life", "aircraft": "aircraft",
    "personnel": "personnel", "police": "police", "servicemen": "serviceman", "servicewomen": "servicewoman",
    "forces": "force", "taliban": "taliban", "corps": "corps", "dead": "dead", "wounded": "wounded",
    "injured": "injured",
    "staff": "staff", "craft": "craft", "remains": "remains", "bodies": "body", "gis": "gi", "series": "series",
    "pows": "pow", "headquarters": "headquarters", "schoolchildren": "schoolchild", "wolves": "wolf", "oxen": "ox",
    "members": "member", "casualties": "casualty", "losses": "loss", "cavalry": "cavalry", "persons": "person",
    "jets": "jet", "planes": "plane", "missiles": "missile", "vehicles": "vehicle",
    "houses": "house", "bases": "base",
    "passersby": "passerby", "clergymen": "clergyman", "himars": "himars", "mlrs": "mlrs", "nasams": "nasams",
}  # fmt: skip
# A member of one of these is of the forces; of a ship's crew, that depends on the ship.
SERVICES = frozenset(
    "military army navy service taliban force security militia guard police hezbollah hamas houthi houthis isis isil "
    "eln farc pkk m23 rsf al-shabab wagner".split()
)
# Whom a noun of no list names by what they do: dockers, welders, archaeologists.
WHO_DOES = ("er", "or", "ist", "man", "woman", "ian", "keeper")
MANNED = frozenset({"troops", "formation", "reservists", "mercenaries", "peacekeepers"})
# Nationality and creed as nouns: people, unless a word for a force stands by.
DEMONYM_ENDINGS = tuple(
    "ians eans ese icans ards ushes ites anis aelis raqis menis ghans urks erbs roats urds rabs inians ench ritons "
    "wedes anes oles inns zidis emenis udis ussians alis uslims ritish hristians ndians banese hinese panese "
    "ghurs amils "
    "enyans ibyans elans olans alans eshis iratis aitis ataris ilipinos zechs ermans ndans ambians ovars".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The item a noun counts; `solid` where the noun is of war by itself, `noun` its head."""

    item: Item
    solid: bool
    noun: Token
    guessed: bool = False  # people by the ending of their name alone


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The lexicon of items.toml, turned round for look-up."""

    solid: dict[str, Item]
    loose: dict[str, Item]
    modified: dict[tuple[str, str], Item]
    containers: frozenset[str]
    mixed: frozenset[str]
    never: frozenset[tuple[str, str]]


@functools.cache
def item_table() -> ItemTable:
    """Return the lexicon, read once a process."""
    data = tomllib.loads(files("extractors").joinpath("items.toml").read_text(encoding="utf-8"))
    modified = {
        cast("tuple[str, str]", tuple(phrase.split()[-2:])): cast("Item", item.removesuffix("_by_measure"))
        for item, phrases in data["modified"].items()
        for phrase in " ".join(phrases.split()).split("|")
        if len(phrase.split()) >= 2
    }
    return ItemTable(
        solid={word: cast("Item", item) for item, words in data["solid"].items() for word in words.split()},
        loose={word: cast("Item", item) for item, words in data["loose"].items() for word in words.split()},
        modified=modified,
        mixed=frozenset(data["mixed"]["words"].split()),
        containers=frozenset(data["containers"]["words"].split()),
        never=frozenset(
            cast("tuple[str, str]", tuple(phrase.split()[-2:]))
            for phrase in " ".join(data["never"]["phrases"].split()).split("|")
            if len(phrase.split()) >= 2
        ),
    )


def singular(word: str) -> str:
    """Return the singular of an English noun in lower case."""
    word = word.lower()
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_mixed(found: Counted) -> bool:
    """Return whether a noun is of war or of peace, as its sentence has it: vehicles, ships, officers."""
    return not found.solid and found.item not in {"people", "civilians", "children"}


def is_people_name(token: Token, ending: str = "") -> bool:
    """Return whether a noun, with an ending, names people by nation or creed: "Americans", "Kurds", "Lebanese"."""
    return token.text[:1].isupper() and (token.text.lower() + ending).endswith(DEMONYM_ENDINGS)


def premodifiers(noun: Token) -> list[Token]:
    """Return the words before a noun that belong to it, nearest first."""
    inside = {t.i for t in noun.subtree}
    words = []
    for i in range(noun.i - 1, max(noun.i - 9, noun.sent.start - 1), -1):
        token = noun.doc[i]
        if i not in inside or token.tag_ in {"IN", "CC", "VBZ", "VBD", "VBP", "DT", ","}:
            if token.lower_ == "-" or (token.tag_ in {"CC", ","} and i in inside):
                continue
            break
        words.append(token)
    return words


def counted(noun: Token) -> Counted | None:
    """Return what a noun counts, or None where it counts nothing of war."""
    table = item_table()
    word = singular(noun.text)
    before = premodifiers(noun)
    names = [singular(t.text) for t in before]
    for near in names[:3]:
        if (near, word) in table.never:
            return None
        if (near, word) in table.modified:
            item = table.modified[near, word]
            return Counted(item, item not in {"people", "civilians"}, noun)
    fires = table.solid.get(names[0]) if word == "battery" and names else None
    if fires == "air_defence" or fires == "artillery":
        return Counted(fires, True, noun)  # "NASAMS batteries"
    if word == "member" or word == "piece":
        return _member(noun, names)
    if word == "round" and any(
        c.lower_ == "of" and not any(g.lower_ in AMMUNITION for g in c.children) for c in noun.children
    ):
        return None
    if word in table.solid:
        item = _joined(noun, _by_modifier(table.solid[word], word, names))
        return Counted(item, word not in table.mixed, noun)
    if word in table.loose:
        item = table.loose[word]
        if word in {"man", "member", "other", "volunteer", "worker", "engineer", "medic", "doctor"} and set(names) & {
            "armed",
            "military",
            "army",
            "enlisted",
            "security",
            "militia",
        }:
            return Counted("troops", True, noun)
        return Counted(item, False, noun)
    if is_people_name(noun):
        return Counted("people", False, noun)
    if noun.tag_ == "NNS" and word.endswith(WHO_DOES):
        return Counted("civilians", False, noun, guessed=True)
    return None


def _member(noun: Token, before: list[str]) -> Counted:
    """Return what "members of the security forces" or "pieces of equipment" count: what stands behind the "of"."""
    table = item_table()
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                word = singular(inner.text)
                item = table.solid.get(word, "troops" if word in SERVICES else None)
                if inner.dep_ == "pobj" and item is not None and (noun.lower_.startswith("piece") or item in MANNED):
                    return Counted("troops" if item == "formation" else item, True, noun)
    if set(before) & SERVICES:
        return Counted("troops", True, noun)
    return Counted("people", False, noun)


def _joined(noun: Token, item: Item) -> Item:
    """Return people where forces and civilians are counted together: "40 soldiers and civilians"."""
    table = item_table()
    others = {
        table.loose.get(singular(t.text))
        for t in noun.conjuncts
        if t.i > noun.i and not any(c.tag_ == "CD" for c in t.children)
    }
    return (
        "people"
        if item == "troops" and not noun.lower_.startswith("service") and others & {"civilians", "people", "children"}
        else item
    )


def _by_modifier(item: Item, word: str, before: list[str]) -> Item:
    """Return the item as the words before its noun narrow it: "UN peacekeeping troops", "reserve soldiers"."""
    words = set(before)
    if word == "bomber" and words & {
        "suicide",
        "car",
        "truck",
        "would-be",
        "female",
        "marathon",
        "suspected",
        "alleged",
    }:
        return "troops"
    if item != "troops":
        return item
    if words & {"peacekeeping", "peacekeeper"}:
        return "peacekeepers"
    if words & {"reserve", "reservist"}:
        return "reservists"
    if words & {"mercenary"}:
        return "mercenaries"
    if words & {"conscript", "drafted"}:
        return "conscripts"
    if words & {"jet", "fighter"} and word == "fighter":
        return "aircraft"
    return item
