"""Whom a pronoun or a bare role stands for: "he", "they", "its", "the ministry", "the spokeswoman", "both sides".

All sentences feed it, by patterns and parties alone: what a parser would tell of the few candidate sentences is not
enough, and parsing all of them costs ten times more (research/language.md, section 4).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.antecedents import PERSON_ROLES, Antecedent, antecedents_in, find_quotations
from extractors.parties import PartyMatch
from extractors.sentences import Sentence

HOW_FAR_BACK = 8  # sentences
HE, SHE = frozenset("he him his himself".split()), frozenset("she her hers herself".split())
THEY, IT = frozenset("they them their theirs themselves".split()), frozenset("it its itself".split())
WE = frozenset("i me my we us our ours mine myself ourselves".split())
GROUP_ROLES = frozenset(
    "group groups militia movement organization organisation militants insurgents fighters rebels separatists "
    "faction jihadists extremists gunmen".split()
)
BODY_ROLES = {"alliance": "NATO", "bloc": "EU", "union": "EU"}
STATE_ROLES = frozenset(
    "government regime army military ministry administration forces troops "
    "authorities navy embassy parliament leadership ".split()
)
STATES = frozenset({"state", "people", "government"})
PARTIES = STATES | {"group", "body"}
LANDS = frozenset("country nation kingdom republic island state enclave strip territory emirate".split())
# Whom news calls so: "the island" beside China is Taiwan, however often China is named in between.
LANDS_OF_A_KIND = {
    "island": frozenset("TWN CUB CYP LKA HTI JPN PHL MDG MLT BHR ISL IRL JAM".split()),
    "kingdom": frozenset("SAU JOR BHR MAR THA KHM GBR ESP".split()),
    "enclave": frozenset({"PSE"}),
    "strip": frozenset({"PSE"}),
    "emirate": frozenset({"QAT", "KWT"}),
}
AGENCY_ROLES = frozenset(
    {"agency", "watchdog", "organization", "organisation", "body", "mission", "court", "council"}
)
# "it is clear that", "it would be wrong to": nobody.
NOBODYS_IT = re.compile(
    r"it(?:['’]s| is| was| would be| will be| may be| might be| seems| appears| seemed| has been| is not| was not)\s"
    r"(?:\w+\s){0,3}?(?:that|to|whether|if|when|for|how|why)\b",
    re.I,
)


class Referents:
    """Who was spoken of, sentence by sentence."""

    def __init__(self, sentences: Sequence[Sentence], parties: Sequence[PartyMatch]) -> None:
        """Take a document; it is read when first asked, as most articles never ask."""
        self.sentences = tuple(sentences)
        self.parties = parties
        self._known: list[list[Antecedent]] = []
        self._quotations: list[list[tuple[int, int]]] = []

    def _read_all(self) -> None:
        """Read all sentences once, in order, so that a "he said" keeps its speaker for the next one."""
        if self._known:
            return
        self._quotations = find_quotations(self.sentences)
        starts = [p.start for p in self.parties]
        for sentence in self.sentences:
            inside = self.parties[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            found = antecedents_in(
                sentence, [p for p in inside if p.end <= sentence.end], self._quotations[sentence.index]
            )
            self._known.append(found)
            found += self._kept_speakers(sentence)
            found.sort(key=lambda a: a.start)

    def _kept_speakers(self, sentence: Sentence) -> list[Antecedent]:
        """Return the "he said" and opening "He …" of a sentence as mentions of whom they stand for."""
        kept = []
        quotations = self._quotations[sentence.index]
        for match in KEPT.finditer(sentence.text):
            word = match["first"] or match["said"] or match["says"]
            at = match.start("first" if match["first"] else "said" if match["said"] else "says")
            if any(a <= at < b for a, b in quotations):
                continue
            start, gender = sentence.start + at, "f" if word.lower() == "she" else "m"
            found = self._person(sentence.index, start, gender)
            if found is not None:
                kept.append(
                    Antecedent(
                        start, start + len(word), found.code, "person", gender, speaker=True, quoted=False,
                        plural=False, role=None, subject=True,
                    )
                )  # fmt: skip
        return kept

    # ------------------------------------------------------------ questions
    def resolve(self, sentence_index: int, offset: int, word: str) -> str | None:
        """Return the code of whom a word at an offset of the text stands for; None where the text does not say."""
        self._read_all()
        word = word.lower().removesuffix("'s").removesuffix("’s")
        if word in HE or word in SHE:
            found = self._person(sentence_index, offset, "m" if word in HE else "f")
        elif word in WE:
            found = self._speaker(sentence_index)
        elif word in THEY:
            found = self._party(sentence_index, offset, plural=True)
        elif word in IT:
            sentence = self.sentences[sentence_index]
            if NOBODYS_IT.match(sentence.text, offset - sentence.start):
                return None
            found = self._party(sentence_index, offset, plural=False)
        else:
            found = self._role(sentence_index, offset, word)
        return found.code if found is not None else None

    def resolve_both(self, sentence_index: int, offset: int) -> tuple[str, ...]:
        """Return the two parties that "both sides", "the two countries", "each other" stand for, or ()."""
        self._read_all()
        codes: list[str] = []
        for index in self._back(sentence_index, 4):
            known = [a for a in self._before(index, offset) if a.code]
            here = list(dict.fromkeys(a.code for a in known if a.code))
            if len(here) > 2 and index == sentence_index and known[0].subject:
                here.remove(here[0])  # who speaks of "both sides" is seldom one of them
            if len(here) >= 2:
                return tuple(here[:2])
            codes += [code for code in here if code not in codes]
            if len(codes) >= 2:
                return tuple(reversed(codes[:2]))
        return ()

    # ------------------------------------------------------------ how they are answered
    def _back(self, index: int, most: int = HOW_FAR_BACK) -> range:
        return range(index, max(-1, index - most - 1), -1)

    def _before(self, index: int, offset: int) -> list[Antecedent]:
        return [a for a in self._known[index] if a.end <= offset]

    def _person(self, index: int, offset: int, gender: str) -> Antecedent | None:
        quoted = self._in_quotation(index, offset)
        for back in self._back(index):
            people = [a for a in self._before(back, offset) if a.sort == "person" and (quoted or not a.quoted)]
            fitting = [a for a in people if a.gender == gender] or [a for a in people if a.gender is None]
            if fitting:
                return next((a for a in fitting if a.speaker), None) or next(
                    (a for a in fitting if a.subject), fitting[0]
                )
        return None

    def _speaker(self, index: int) -> Antecedent | None:
        here = [a for a in self._known[index] if a.speaker and not a.quoted]
        if here:
            return here[0]
        for back in self._back(index)[1:]:
            speakers = [a for a in self._known[back] if a.speaker and not a.quoted]
            if speakers:
                return speakers[-1]
        return None

    def _party(self, index: int, offset: int, plural: bool, states: bool = False) -> Antecedent | None:
        for back in self._back(index, 3):
            known = [a for a in self._before(back, offset) if a.sort in (STATES if states else PARTIES)]
            fitting = [a for a in known if a.plural] if plural else [a for a in known if not a.plural]
            fitting = fitting or ([] if plural and back == index else known)
            if fitting:
                return next((a for a in fitting if a.subject), fitting[0] if back != index else fitting[-1])
        return None

    def _role(self, index: int, offset: int, word: str) -> Antecedent | None:
        if word in LANDS:
            return self._land(index, offset, LANDS_OF_A_KIND.get(word))
        owner = self._owner(index, offset, word)
        if owner:
            return self._land(
                index, self.sentences[index].start + owner.start(), LANDS_OF_A_KIND.get(owner[1].lower())
            )
        if word in STATE_ROLES:
            said = [a for a in self._before(index, offset) if a.speaker and a.sort == "person" and a.code]
            if said:
                return said[-1]
        singular = word.removesuffix("s") if word not in STATE_ROLES else word
        for back in self._back(index):
            same = [a for a in self._before(back, offset) if a.role in {word, singular}]
            if same:
                return same[-1]
        if word in GROUP_ROLES:
            return self._last(index, offset, "group")
        if word in BODY_ROLES:
            return self._last(index, offset, "body", BODY_ROLES[word])
        if word in AGENCY_ROLES:
            return self._last(index, offset, "body")
        if word in PERSON_ROLES:
            home = self._american() if word == "president" else None
            return self._last(index, offset, "person") or home
        if word == "administration":
            return self._american()
        if word in STATE_ROLES:
            return self._party(index, offset, plural=False, states=True)
        return None

    def _american(self) -> Antecedent | None:
        """Return America where the text names it at all: "the administration" of English news is hers."""
        return next((a for known in self._known for a in known if a.code == "USA"), None)

    def _owner(self, index: int, offset: int, word: str) -> re.Match[str] | None:
        """Return "the island's … ministry" where it holds a role at an offset, or begins there."""
        at = offset - self.sentences[index].start
        pattern = rf"\b({'|'.join(sorted(LANDS))})['’]s?\s(?:[\w-]+\s){{0,3}}?{re.escape(word)}"
        found = re.finditer(pattern, self.sentences[index].text, re.I)
        return next((m for m in found if m.start() - 5 <= at < m.end()), None)

    def _land(self, index: int, offset: int, of_a_kind: frozenset[str] | None) -> Antecedent | None:
        """Return the state last named as a land, "in Mali" before "Mali"; else whose people or government were."""
        if of_a_kind:
            named = (a for back in self._back(index) for a in self._before(back, offset) if a.code in of_a_kind)
            return next(named, None) or self._land(index, offset, None)
        for sorts in (("state", "place"), ("people", "government")):
            for back in self._back(index, 3):
                known = [a for a in self._before(back, offset) if a.sort in sorts]
                if known:
                    return next((a for a in reversed(known) if not a.subject), known[-1])
        return None

    def _last(self, index: int, offset: int, sort: str, code: str | None = None) -> Antecedent | None:
        for back in self._back(index):
            known = [a for a in self._before(back, offset) if a.sort == sort and (code is None or a.code == code)]
            if known:
                return next((a for a in known if a.subject), known[-1])
        return None

    def _in_quotation(self, index: int, offset: int) -> bool:
        start = self.sentences[index].start
        return any(a <= offset - start < b for a, b in self._quotations[index])


KEPT = re.compile(
    r"^(?:[“\"'‘(]*)(?P<first>He|She)\b"
    r"|\b(?P<said>[Hh]e|[Ss]he)\s(?:also\s|has\s|had\s|later\s)?(?:said|says|added|told|wrote|tweeted|warned|noted)\b"
    r"|\b(?:said|says|added)\s(?P<says>he|she)\b"
)


def build_referents(sentences: Sequence[Sentence], parties: Sequence[PartyMatch]) -> Referents:
    """Return who can be referred to in a document; `parties` in text order, with the persons it introduces."""
    return Referents(sentences, parties)
