"""Who says a clause: said-clauses in every order, "according to", "citing", quotations that stay open."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.context import Context
from extractors.locations import Places
from extractors.offices import ending_speaker, office_of
from extractors.parties import PartyMatch, is_state
from extractors.quotations import Quotations
from extractors.saying import PRIVATE, ROLES, VAGUE, phrase_span, sayer_of, source_of
from extractors.sentences import Sentence
from extractors.syntax import has_child

NO_ACRONYM = frozenset({"AI"})  # news writes Amnesty out: RULINGS, figures 11, keep codes for usual acronyms
# So news calls America's own, and nobody else's.
OUR_PEOPLE = re.compile(
    r"(?:\w+ )?(?:federal|defense|administration|congressional|intelligence and defense) "
    r"(?:\w+ )?(?:officials?|investigators?|agents?|prosecutors?|authorities)\b"
)
TIES = ("-linked", "-backed", "-affiliated", "-allied", "-aligned")
NOBODY = frozenset("i we you".split())
STATE_VOICE = re.compile(
    r"\b(?:state|state-run|state-owned|official)[ -](?:media|television|tv|news|radio|run|broadcaster|newspaper)",
    re.IGNORECASE,
)
OFFICES = frozenset("administration government ministry military army police authorities council navy".split())
OFFICE = re.compile(
    r"\b(?:officials?|authorit\w+|ministry|government|police|minister|spokes\w+|militants|governors?|mayors?|"
    r"prosecutors?)\b",
    re.IGNORECASE,
)
GROUPS = frozenset({"group", "groups", "organization", "organisation"})
ARMED = re.compile(r"\b(?:armed|militant|rebel|militia|insurgent|separatist|guerrilla|jihadist)\b", re.IGNORECASE)
PAPERS = frozenset("statement report group agency ministry".split())
IN_PLACE = re.compile(r"\b(?:in|at|near) (?:the )?$")
UNNAMED = frozenset("officials official authorities".split())
SPOKE = r"(?:said|says|told|added|announced|stated|counted|estimated|claimed|confirmed)"
SPEECH = re.compile(
    rf"(?P<early>[^.;“”\"\n]{{2,90}}?)(?P<turned>[,”\"]?)\s+(?:also |later |has |then |had )?{SPOKE}\b"
    rf"(?:\s+(?P<late>[A-Z][^,.;\n]{{2,60}}))?"
)
# "where, the United Nations estimated, 70,000 people have died"
SAID_ASIDE = re.compile(
    r", (?P<who>(?:the |a |an )?(?:[\w.'’-]+ ){1,6}?)(?:estimated|estimates|said|says|reported|reports|claimed|"
    r"claims|believes?), (?:[^.;,“”\"]|(?<=\d),(?=\d)){0,40}$"
)
HEADLINE = re.compile(r"^(?P<who>[A-Z][^:.,;!?“\"]{2,48}): (?=[A-Z“\"‘'])")
LEAD_IN = re.compile(
    r"^(?:In [A-Z]\w+, |.*\b(?:and|but|when|that|as|while|where|because)\s+)(?=[A-Zhsti])", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who states a number: the code, and the words the text names them by."""

    code: str | None
    text: str | None


OUTLET = Claimant(None, None)


class Speakers:
    """The speakers of one document, sentence by sentence."""

    def __init__(self, context: Context, places: Places) -> None:
        """Take a document; its quotations are found once."""
        self.context, self.places = context, places
        self.text = context.document.text
        self.referents = context.referents
        self.quotations = Quotations(self.text)
        self._codes = {p.code for p in context.parties}

    def claimant(self, sentence: Sentence, doc: Doc, at: Token) -> Claimant:
        """Return who states what stands at a token; OUTLET where the outlet does in its own voice."""
        source, sayer = source_of(doc, at), sayer_of(at)
        if source is not None and (sayer is None or source.lower_ not in VAGUE):
            said = self._named(sentence, source)
            if said.code != "unknown" or sayer is None or sayer.lower_ in NOBODY:
                return said
            nearer = self._named(sentence, sayer)  # "the minister said, according to the paper"
            return nearer if nearer.code not in {None, "unknown"} else said
        if sayer is not None and sayer.lower_ not in NOBODY:
            return self._named(sentence, sayer)
        if (quoted := self.quotations.at(sentence.start + at.idx)) is not None:
            if (named := self.quotations.speaker(quoted)) is not None:
                return self._words(*named)
            if (signed := self.quotations.signature(quoted)) is not None:
                return Claimant("unknown", self.text[signed[0] : signed[1]])
        if ending := ending_speaker(sentence.text, at.idx + len(at)):
            return self._words(sentence.start + ending[0], sentence.start + ending[1])
        if aside := SAID_ASIDE.search(sentence.text, 0, at.idx):
            return self._words(sentence.start + aside.start("who"), sentence.start + aside.end("who"))
        headline = HEADLINE.match(sentence.text)
        if headline and headline.end() <= at.idx:
            who = headline.group("who")
            code = self.code(sentence.start, sentence.start + len(who), who.split()[-1])
            return Claimant(code, who) if code != "unknown" else OUTLET
        return OUTLET

    def _named(self, sentence: Sentence, head: Token) -> Claimant:
        start, end = phrase_span(head)
        words = sentence.text[start:end]
        private = next((c.lower_ for c in head.children if c.dep_ == "appos" and c.lower_ in PRIVATE), head.lower_)
        if head.lower_ in {"it", "they"} | PAPERS and not has_child(head, "amod", "compound", "prep"):
            before = self._last_speaker(sentence.index)
            if before is not None:
                return Claimant(before.code, words)
        code = self._apposed(sentence, head, start, end) or self.code(
            sentence.start + start, sentence.start + end, private
        )
        owner = next((c for c in head.children if c.tag_ == "PRP$"), None)
        if code == "unknown" and owner is not None:
            at = sentence.start + owner.idx
            code = self.referents.resolve(sentence.index, at, owner.text) or code
        if code == "unknown" and head.lower_ in PAPERS and (before := self._last_speaker(sentence.index)) is not None:
            code = before.code or code
        for remark in (
            c for c in head.children if c.dep_ == "appos" and code == "unknown" and private not in PRIVATE
        ):
            first, last = remark.left_edge.idx, remark.right_edge.idx + len(remark.right_edge)
            inside = self._parties(sentence.start + first, sentence.start + last)
            code = next(
                (p.code for p in inside if p.kind in {"state", "demonym", "government", "body", "group"}), code
            )
        return Claimant(code, words)

    def _apposed(self, sentence: Sentence, head: Token, start: int, end: int) -> str | None:
        """Return whose "the kingdom's defence minister, Khalid bin Salman," is, by the name."""
        if self._parties(sentence.start + start, sentence.start + end):
            return None
        for name in (c for c in head.children if c.dep_ == "appos"):
            first, last = name.left_edge.idx, name.right_edge.idx + len(name.right_edge)
            people = [p for p in self._parties(sentence.start + first, sentence.start + last) if p.kind == "person"]
            if people:
                return people[0].code
        return None

    def _parties(self, start: int, end: int) -> list[PartyMatch]:
        return [
            p
            for p in self.context.parties
            if start <= p.start < end
            and not IN_PLACE.search(self.text[max(0, p.start - 8) : p.start])
            and not self.text.startswith("-based", p.end)
        ]

    def _last_speaker(self, index: int) -> Claimant | None:
        """Return who spoke last before a sentence, if a side did."""
        for back in range(index - 1, max(-1, index - 5), -1):
            sentence = self.context.sentences[back]
            for found in reversed(list(SPEECH.finditer(sentence.text))):
                name = "late" if found.group("late") and found.group("turned") else "early"
                said = self._words(sentence.start + found.start(name), sentence.start + found.end(name))
                if said.code not in {None, "unknown"}:
                    return said
        return None

    def code(self, start: int, end: int, head: str) -> str:
        """Return the code of the party that the words at [start, end) of the text name, else `unknown`."""
        words = self.text[start:end]
        head = head.lower()
        inside = self._parties(start, end)
        named = [p for p in inside if p.kind != "place"] or [p for p in inside if OFFICE.search(words)]
        if head in PRIVATE or (words.lower().split() or [""])[-1] in PRIVATE:
            bodies = [p.code for p in named if p.kind == "body"]
            if bodies or not STATE_VOICE.search(words):
                return bodies[0] if bodies else "unknown"
            return named[0].code if named else self.places.topic(self._sentence_at(start)) or "unknown"
        if len(named) > 1 and named[1].kind == "body" and not self.text[named[0].end : named[1].start].strip():
            return named[1].code  # "the Syrian Observatory", "the Jordanian Red Crescent"
        named = [p for p in named if not self.text.startswith(TIES, p.end)] or named
        if len(named) > 1 and named[1].kind == "group" and self.text[named[0].end : named[1].start] in {"'s ", "’s "}:
            return named[1].code  # "Yemen's Houthi movement"
        if head in GROUPS and named and all(p.kind == "demonym" for p in named) and not ARMED.search(words):
            return "unknown"  # "the Peruvian rescue group"
        if named:
            return named[0].code if named[0].code not in NO_ACRONYM else "unknown"
        index = self._sentence_at(start)
        role = self._role(start, words, head)
        if role != "unknown" and any(p.end <= self.context.sentences[index].start for p in self.context.parties):
            return role
        return office_of(self.places, self.context.sentences[index], start, end) or role

    def _role(self, start: int, words: str, head: str) -> str:
        """Return whom "the ministry", "the spokesman", "she" stand for; an office is the country's own."""
        if "USA" in self._codes and OUR_PEOPLE.match(words.lower()):
            return "USA"
        named = [w for w in reversed(words.lower().split()) if w in ROLES]
        role = next((w for w in named if w in OFFICES), head if head in ROLES else named[0] if named else "")
        if not role or (role in UNNAMED and len(words.split()) == 1):
            return "unknown"
        index = self._sentence_at(start)
        code = (self._woman(index, start) if role in {"she", "her"} else None) or self.referents.resolve(
            index, start, role
        )
        code = code or "unknown"
        if role in OFFICES and not is_state(code):
            return self.places.topic(index) or code
        return code

    def _woman(self, index: int, start: int) -> str | None:
        """Return the side of the last woman named before a place: "she" fits few."""
        first = self.context.sentences[max(0, index - 8)].start
        women = [p for p in self.context.parties if p.gender == "f" and first <= p.start < start]
        return women[-1].code if women else None

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right([s.start for s in self.context.sentences], offset) - 1)

    def quoted(self, at: int) -> bool:
        """Return whether an offset of the text stands in a quotation."""
        return self.quotations.at(at) is not None

    def _words(self, start: int, end: int) -> Claimant:
        """Return the claimant that a stretch of text names."""
        lead = LEAD_IN.match(self.text[start:end])
        start += lead.end() if lead else 0
        words = self.text[start:end].strip()
        first = words.split()[0].lower() if words else ""
        if first in {"he", "she", "it", "they"}:
            words = words.split()[0]
            end = start + len(words)
        return Claimant(self.code(start, end, words.split()[-1] if words else ""), words or None)
