"""Whether a name that could be a party's means it where it stands: names of persons, compass points, headlines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.names import Entry

# Where towns are family names as well: Houston, Brest, Cologne.
SURNAME_TOWNS = frozenset({"USA", "GBR", "FRA", "BLR", "CAN", "AUS", "DEU", "BEL"})
REACH = 24  # how many characters round a name are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: what goes before and after it, and every code named in the text."""

    head: str
    tail: str
    codes: frozenset[str]


# "pro-Russian", "anti-American", "ex-Soviet", "former Afghan": not the party itself.
PREFIX = re.compile(r"\b(?:(?:pro|anti|non|ex|post|pre|un|ut|[RD])[-‑–]|(?:former|retired|then)[\s-])$", re.I)
# "Iranian-backed", "US-made", "London-based": not the party itself; "U.S.-led" and "-brokered" are, they act.
SUFFIX = re.compile(
    r"[-‑–](?:backed|supported|made|built|born|speaking|trained|armed|allied|aligned|funded|financed|controlled"
    r"|occupied|held|administered|based|designed|style|era|inspired|friendly|flagged|registered|educated|owned"
    r"|supplied|affiliated|linked|ruled|dominated|language|installed|appointed|bound|area|wide)\b",
    re.I,
)
NAME_AFTER = re.compile(r"\s(?!River\b|Valley\b)[A-Z][a-z]+")
# A capitalised word right before, and not the first of its sentence or quotation.
WORD_BEFORE = re.compile(r"[^\s.!?:\"“”(]\s+([A-Z][\w'’-]+|[A-Z][a-z]{0,3}\.)[^\S\n]$")
DISH_AFTER = re.compile(r"\s(?:dinner|sandwich|[Dd]ay|breast|vulture|hunt)")
SHOUTED = re.compile(r"^[A-Z][A-Z'’-]+$")
TITLES = frozenset(
    "President Presidents Premier Chancellor King Queen Prince Princess Emir Sheikh Sultan Minister Secretary State "
    "General Gen Gen. Lt Lt. Col Col. Maj. Adm Adm. Admiral Colonel Major Commander Chief Chairman Mr Mr. Mrs Mrs. "
    "Ms Ms. Dr Dr. Ambassador Envoy Spokesman Spokeswoman Spokesperson Senator Sen. Gov. Governor Rep. Vice Director "
    "Leader Pope Ayatollah Mullah Imam Marshal Sir Lord Captain Capt. Sgt. Defense Defence Foreign Affairs Interior "
    "Army Navy Adviser Advisor Deputy Speaker Staff Republican Democrat Democrats Republicans Excellency Press Media "
    "The A An In On At By For From To Of And But If When While As That With After Before Since Because Although "
    "Though Unlike Like Under What Why How Where Who Has Is Was Did Does Will Would Could Should Can Both Yet So "
    "Then Now Also Even Only Not Or Nor Than Until Once Here There This These Those He She It They His Her Their Its "
    "Our Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Meanwhile However Earlier Later Separately Instead Still Against About "
    "Asked Calling Saying Speaking Says Said Via Photo Presidential Iran-Contra Anti-Terror".split()
)


def has_other_first_name(head: str) -> bool:
    """Return whether a capitalised word that is no title goes right before ("Eric" before Trump)."""
    word = WORD_BEFORE.search(head)
    return word is not None and word.group(1) not in TITLES and not word.group(1).endswith(("'s", "’s"))


def _no_person(place: Place) -> bool:
    return not NAME_AFTER.match(place.tail) and not has_other_first_name(place.head)


def _in_caucasus(place: Place) -> bool:
    """Georgia is the country where its neighbours are spoken of, else the American state."""
    return bool(place.codes & {"RUS", "UKR", "ARM", "AZE", "TUR", "NATO", "EU"})


def _no_headline(place: Place) -> bool:
    """US, IS, WHO: not as words of a line set in capitals."""
    around = (*place.head.split()[-1:], *place.tail.split()[:1])
    return sum(1 for word in around if len(word) > 2 and SHOUTED.match(word)) < 2


def _mercenaries(place: Place) -> bool:
    named = place.codes & {"RUS", "UKR", "MLI", "CAF", "LBY", "SDN", "SYR"}
    return bool(named) and not has_other_first_name(place.head)


def _in_syria(place: Place) -> bool:
    return "SYR" in place.codes


def _no_place_name(place: Place) -> bool:
    """The West, unless a name goes on ("the West Village")."""
    return not re.match(r"\s[A-Z]", place.tail)


def _no_dish(place: Place) -> bool:
    return not DISH_AFTER.match(place.tail)


AMBIGUOUS: dict[str, Callable[[Place], bool]] = {
    "Chad": _no_person, "Jordan": _no_person, "Togo": _no_person,
    "Georgia": _in_caucasus, "US": _no_headline, "IS": _no_headline,
    "WHO": _no_headline, "Wagner": _mercenaries, "Observatory": _in_syria, "the West": _no_place_name,
    "The West": _no_place_name, "Turkey": _no_dish, "Sana": _in_syria, "SANA": _in_syria,
}  # fmt: skip


def means_party(name: str, entry: Entry, place: Place) -> bool:
    """Return whether a name of the gazetteer means its party where it stands."""
    if place.head[-1:].isalpha() or place.tail[:1].isalpha():
        return False
    if entry.kind != "group" and (SUFFIX.match(place.tail) or PREFIX.search(place.head)):
        return False
    family_name = entry.surname if entry.kind == "person" else entry.kind == "place" and entry.code in SURNAME_TOWNS
    if family_name and has_other_first_name(place.head):
        return False
    rule = AMBIGUOUS.get(name)
    return rule is None or rule(place)
