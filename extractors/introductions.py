"""Persons whom a text itself introduces: "Ukrainian commander Oleh Petrenko … Petrenko said"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.ambiguity import TITLES, has_other_first_name
from extractors.names import SHARED_NAMES, family_name
from extractors.parties import PartyMatch
from extractors.taken import Taken

SPEAKS_FOR = (
    r"(?:president|premier|prime minister|minister|secretary|chancellor|king|queen|crown prince|prince|emir|sultan"
    r"|ambassador|envoy|negotiator|mediator|spokes(?:man|woman|person)|general|gen\.|commander|colonel|col\.|captain"
    r"|capt\.|admiral|adm\.|major|maj\.|lieutenant|lt\.|brigadier|brig\.|marshal|chief|official|diplomat|adviser|advisor"
    r"|aide|leader|head|director|deputy|officer|coordinator|inspector|representative|counselor|chargé d['’]affaires"
    r"|secretary[ -]general|rapporteur|commissioner|chairman|governor|attaché|strongman|warlord|militant)"
)
# Who holds one of these speaks for no state: rulings, Diplomacy 1.
SPEAKS_FOR_NOBODY = re.compile(
    r"\b(?:former|ex|late|retired|then|opposition|party|union|tribal|religious|protest|lawmaker|senator|sen\.|rep\."
    r"|congress(?:man|woman)|MP|deputies|analyst|expert|professor|scholar|lawyer|journalist|reporter|activist|author"
    r"|actor|singer|student|resident|citizen|company|bank|businessman|church|cleric|editor|candidate|dissident"
    r"|spiritual|shia|shiite|sunni|who served|served as)\b",
    re.I,
)
NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|[A-Z]\.|[Aa]l-[A-Z]\w+|[Ee]l-[A-Z]\w+|bin|al|de|del|van|von|der|bint|ibn|abu)"
FULL_NAME = rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]+(?:\s{NAME_WORD}){{1,3}})"
# Words that end a title: what follows is no longer the party's own.
NO_TITLE = (
    r"(?:and|or|said|says|told|the|that|under|by|in|on|with|for|from|as|when|after|before|while|during|against|to|of|at"
    r"|is|was|were|are|has|had|have|will|would|who|which|but|than|\w+(?<!unit)ed|met|led)"
)
TITLE_THEN_NAME = re.compile(
    rf"^(?:['’]s?)?(?P<title>(?:[ -](?!{NO_TITLE}\b)[\w.'’-]+){{0,7}}?\s{SPEAKS_FOR}"
    rf"(?:\s(?:for|of|to)\s(?:the\s)?(?:[A-Z]\w+\s?){{1,3}},)?),?\s(?:Mr\.?\s|Mrs\.?\s|Ms\.?\s|Dr\.?\s)?(?-i:{FULL_NAME})",
    re.I,
)
CAPITALISED_NAME = re.compile(rf"^{FULL_NAME}$")
NAME_THEN_TITLE = re.compile(rf"{FULL_NAME},\s(?P<title>[^.;:,“”\"\n]{{3,90}}?)(?=[,.;]|\ssaid\b|\stold\b|\n|$)")
TITLE = re.compile(rf"\b{SPEAKS_FOR}", re.I)
SERVES = re.compile(r"\b(?:to|in|against)\s(?:the\s)?$")  # "ambassador to France" speaks for another than France
FEMALE = frozenset(
    "Maria Mariya Anna Olga Elena Yelena Natalia Natalya Svetlana Tatiana Iryna Irina Oksana Yulia Yuliia "
    "Julia Hanna Kateryna Ekaterina Viktoria Victoria Mary Patricia Jennifer Linda Elizabeth Susan Jessica "
    "Sarah Karen Nancy Lisa Margaret Sandra Ashley Emily Michelle Carol Amanda Melissa Deborah Stephanie "
    "Rebecca Laura Helen Sharon Cynthia Kathleen Amy Angela Emma Samantha Catherine Christine Rachel Carolyn "
    "Janet Heather Diane Julie Joyce Kelly Christina Joan Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline "
    "Martha Gloria Teresa Ann Anne Sara Madison Frances Kathryn Janice Jean Alice Abigail Sophia Grace Denise "
    "Amber Marilyn Danielle Isabella Diana Brittany Natalie Charlotte Marie Kayla Alexis Lori Fatima Aisha "
    "Leila Layla Zahra Mariam Maryam Noura Nadia Rania Hind Florence Francoise Ursula Federica Sabine Ingrid "
    "Astrid Mette Sanna Kaja Erna Caitlin Bernadette Jen Marzieh Rosemary Ravina Alyona Liudmyla Lyudmila "
    "Ludmila Tamara Vera Nina Galina Larisa Alina Daria Darya".split()
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person with the place of the name that introduces them."""

    start: int
    end: int
    name: str
    code: str
    gender: str | None


def gender_of(name: str, title: str = "") -> str | None:
    """Return "f" or "m" where a title or first name tells, else None."""
    if re.search(r"\w+woman\b|\b(?:queen|princess|Mrs|Ms)\b", title, re.I) or name.split()[0] in FEMALE:
        return "f"
    return "m" if re.search(r"\w+sman\b|\bchairman\b|\b(?:king|prince|emir|sultan|Mr)\b", title, re.I) else None


def introductions(text: str, parties: Sequence[PartyMatch]) -> Iterator[Introduction]:
    """Yield the persons that titles and appositions tie to a party, in no order."""
    taken = Taken((p.start, p.end) for p in parties if p.kind == "person")
    for party in parties:
        if party.kind == "person":
            yield Introduction(party.start, party.end, party.text, party.code, party.gender)
        elif party.kind != "place":
            found = _title_then_name(text, party)
            if found and not taken.holds(found.start, found.end):
                yield found
    for match in NAME_THEN_TITLE.finditer(text):
        found = _name_then_title(match, parties)
        if found and not taken.holds(found.start, found.end):
            yield found


def _title_then_name(text: str, party: PartyMatch) -> Introduction | None:
    match = TITLE_THEN_NAME.match(text[party.end : party.end + 140])
    if match is None or SPEAKS_FOR_NOBODY.search(match["title"]):
        return None
    if SPEAKS_FOR_NOBODY.search(text[max(0, party.start - 10) : party.start]):
        return None
    name = _capitalised(match["name"])
    if name is None:
        return None
    start = party.end + match.start("name")
    return Introduction(start, start + len(name), name, party.code, gender_of(name, match["title"]))


def _capitalised(name: str) -> str | None:
    """Return the leading words that are written as a name, if there are two."""
    words: list[str] = []
    for word in name.split():
        if not words and word in TITLES:
            return None
        if not re.fullmatch(NAME_WORD, word):
            break
        words.append(word)
    while words and words[-1].islower():
        words.pop()
    joined = " ".join(words)
    return joined if len(words) > 1 and name.startswith(joined) and CAPITALISED_NAME.match(joined) else None


def _name_then_title(match: re.Match[str], parties: Sequence[PartyMatch]) -> Introduction | None:
    title = match["title"]
    if not TITLE.search(title) or SPEAKS_FOR_NOBODY.search(title):
        return None
    if match["name"].split()[0] in TITLES:  # "On Saturday, French President …"
        return None
    start, end = match.span("title")
    near = parties[
        bisect_left(parties, start, key=lambda p: p.start) : bisect_left(parties, end, key=lambda p: p.start)
    ]
    inside = [p for p in near if p.end <= end and p.kind != "place"]
    own = [p for p in inside if not SERVES.search(title[: p.start - start])]
    if not own:
        return None
    return Introduction(*match.span("name"), match["name"], own[0].code, gender_of(match["name"], title))


def introduced(text: str, parties: Sequence[PartyMatch]) -> list[PartyMatch]:
    """Return the names of persons that the text introduces, and their family names after that."""
    people = sorted(introductions(text, parties), key=lambda i: i.start)
    known = Taken((p.start, p.end) for p in parties)
    extra: list[PartyMatch] = []

    def add(start: int, end: int, person: Introduction) -> None:
        if not known.holds(start, end):
            known.add(start, end)
            extra.append(PartyMatch(start, end, text[start:end], person.code, "person", person.gender))

    later: dict[str, Introduction] = {}
    for person in people:
        add(person.start, person.end, person)
        surname = family_name(person.name, person.code)
        if len(surname) > 1 and " " in person.name and surname not in SHARED_NAMES:
            later.setdefault(surname, person)
    if later:
        for match in re.finditer(rf"\b(?:{'|'.join(map(re.escape, sorted(later, key=len, reverse=True)))})\b", text):
            person = later[match.group()]
            if match.start() > person.end and not has_other_first_name(
                text[max(0, match.start() - 24) : match.start()]
            ):
                add(*match.span(), person)
    return sorted(extra, key=lambda p: p.start)
