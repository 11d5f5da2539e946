"""Find figures: how many, of what, whose, where, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import re2
from spacy.tokens import Doc

from extractors.conflict import Conflict
from extractors.context import Context
from extractors.items import item_table, singular
from extractors.judging import judge
from extractors.measures import EVENTS, FORCES, measure_table
from extractors.numbers import find_numbers
from extractors.parsing import MOST_CHARACTERS
from extractors.places_of import HARMS, Places, locate, nearby, referred
from extractors.records import Figure
from extractors.sentences import Sentence
from extractors.speakers import OFFICE, Claimant, Speakers
from extractors.statuses import day_of, past_year, status_of
from extractors.subjects import (
    DOERS,
    OWNERS,
    Parties,
    doer,
    done_by_both,
    may_lend,
    mixes_sides,
    of_side,
    said_subject,
    takes_country,
)
from extractors.units import find_unit
from extractors.verdicts import Verdict

# Verbs of every page, which tell of war only with their object: "take hostage", "call up", "lose lives".
LIGHT = (
    "take",
    "took",
    "taking",
    "hold",
    "held",
    "call",
    "put",
    "round",
    "see",
    "return",
    "drive",
    "drov",
    "hurt",
    "join",
    "sign",
)
NUMBER_GATE = re2.compile(
    r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|"
    r"eighty|ninety|hundreds?|thousands?|millions?|dozens?|scores)\b"
)


def _word_gate() -> str:
    """Return a pattern of the words without which no sentence holds a figure: nouns of war, and words of harm."""
    table, measures = item_table(), measure_table()
    nouns = set(table.solid) | {near for near, _ in table.modified}
    harms = {
        form.split("+")[0]
        for role in ("object", "subject", "noun", "adjective")
        for form, found in measures[role].items()
        if set(found) & EVENTS and not form.startswith(LIGHT)
    }
    words = {"lives"} | {singular(word) if word in table.solid else word for word in nouns | harms}
    return r"(?i)\b(?:" + "|".join(sorted(str(re2.escape(word)) for word in words if len(word) > 2)) + ")"


WORDS = re2.compile(_word_gate())


def figure_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for figures: those with a count and a word of war."""
    return {
        s.index
        for s in context.sentences
        if NUMBER_GATE.search(s.text)
        and WORDS.search(s.text)
        and any(not n.year_like for n in find_numbers(s.text[:MOST_CHARACTERS]))
    }


def find_figures(context: Context, parsed: Mapping[int, Doc]) -> list[Figure]:
    """Return the figures of a document in text order; `parsed` holds the parse of the candidate sentences."""
    wanted = figure_candidates(context) & set(parsed)
    if not wanted:
        return []
    finder = Finder(context)
    return [figure for index in sorted(wanted) for figure in finder.in_sentence(index, parsed[index])]


# People of these are seldom harmed at home: a nationality says nothing of the place.
FAR_FROM_WAR = frozenset("USA GBR FRA DEU CAN AUS ITA ESP POL JPN".split())


def is_state(code: str) -> bool:
    """Return whether a code is that of a state."""
    return len(code) == 3 and code.isupper()


class Finder:
    """What is known of a document while its figures are read in order."""

    def __init__(self, context: Context) -> None:
        """Start with a document of which nothing has been found."""
        self.context = context
        self.conflict = Conflict(context)
        self.places = Places(context)
        self.speakers = Speakers(context, self.places)
        self.earlier: list[Verdict] = []
        self.found: list[tuple[Verdict, Figure]] = []

    def in_sentence(self, index: int, doc: Doc) -> list[Figure]:
        """Return the figures of one sentence, in order."""
        sentence = self.context.sentences[index]
        figures: list[Figure] = []
        for number in find_numbers(sentence.text[: len(doc.text)]):
            unit = find_unit(doc, number)
            verdict = judge(doc, sentence.text, index, unit, self.earlier, self.conflict) if unit else None
            if verdict is not None:
                figure = self._figure(sentence, doc, verdict)
                self.earlier.append(verdict)
                self.found.append((verdict, figure))
                figures.append(figure)
        return figures

    def _figure(self, sentence: Sentence, doc: Doc, verdict: Verdict) -> Figure:
        unit, number = verdict.unit, verdict.unit.number
        start, end = sentence.start + number.start, sentence.start + unit.end
        parties = Parties(self.context, sentence, self.context.referents)
        side = of_side(parties, verdict, sentence.text)
        owner = side or said_subject(parties, verdict)
        claimant = self.speakers.claimant(sentence, doc, unit.anchor)
        location = self._location(sentence, verdict, start, end, owner, claimant)
        published = self.context.document.published
        status = status_of(
            unit.anchor, verdict.governed, verdict.measure, sentence.text, published, self._past(sentence.index)
        )
        return Figure(
            start=start,
            end=end,
            sentence=sentence.text,
            low=number.low,
            high=number.high,
            qualifier=number.qualifier,
            measure=verdict.measure,
            item=verdict.item,
            subject=self._subject(parties, verdict, owner, location, claimant),
            location=location,
            claimant=claimant.code,
            claimant_text=claimant.text,
            status=status,
            rule=verdict.rule,
            as_of=day_of(sentence.text, number.start, published),
        )

    def _lender(self, verdict: Verdict) -> Figure | None:
        """Return the figure that a figure continues."""
        return next((f for v, f in reversed(self.found) if v is verdict.lender), None) if verdict.lender else None

    def _past(self, index: int) -> bool:
        """Return whether the sentences just before are set in the past."""
        published = self.context.document.published
        return any(past_year(s.text, published) for s in self.context.sentences[max(0, index - 2) : index])

    def _location(
        self, sentence: Sentence, verdict: Verdict, start: int, end: int, owner: str | None, claimant: Claimant
    ) -> tuple[str, ...]:
        cue = verdict.governed.cue.text if verdict.governed else ""
        location = locate(self.places, sentence.index, start, end, verdict.measure, cue)
        lender = self._lender(verdict)
        if location or lender is not None:
            return location or (lender.location if lender else ())
        if said := referred(self.places, sentence.index, end):
            return said
        if verdict.measure == "attack":
            return nearby(self.places, sentence.index, 1)
        harmed = verdict.measure in HARMS
        if harmed and (known := self._harmed_at(sentence, verdict, owner, claimant)) is not None:
            return known
        location = nearby(self.places, sentence.index, 3 if harmed else 1, 1 if harmed else 0)
        if location or not harmed:
            return location
        topic = self.places.topic(sentence.index)
        return (topic,) if topic else ()

    def _harmed_at(
        self, sentence: Sentence, verdict: Verdict, owner: str | None, claimant: Claimant
    ) -> tuple[str, ...] | None:
        """Return where people were harmed, as far as whose they are, who says so, and the figure before tell."""
        beside = [
            f.location for v, f in self.found if v.sentence == sentence.index and v.measure in HARMS and f.location
        ]
        if beside:
            return beside[-1]
        if owner is not None and is_state(owner):
            if verdict.item in FORCES:
                return ()
            if owner not in FAR_FROM_WAR:
                return (owner,)
        local = claimant.code is not None and is_state(claimant.code) and claimant.code not in FAR_FROM_WAR
        if local and claimant.code is not None and OFFICE.search(claimant.text or "") and verdict.item not in FORCES:
            return (claimant.code,)
        return None

    def _subject(
        self, parties: Parties, verdict: Verdict, code: str | None, location: tuple[str, ...], claimant: Claimant
    ) -> str | None:
        sentence = parties.sentence
        if code is not None:
            return code
        if mixes_sides(verdict, sentence.text) or done_by_both(parties, verdict):
            return None
        lender = self._lender(verdict)
        if lender is not None and verdict.lender is not None:
            part = verdict.unit.partitive or verdict.unit.counted is None
            if part or may_lend(verdict.lender, verdict):
                return lender.subject
        if verdict.measure == "destroyed" and verdict.governed is not None:
            return self._opponent(doer(parties, verdict.governed.cue))
        if takes_country(verdict):
            beside = [f.subject for v, f in self.found if v.sentence == sentence.index and may_lend(v, verdict)]
            if beside and not locate(self.places, sentence.index, 0, 0, verdict.measure, ""):
                return beside[-1]
            return location[0] if len(location) == 1 else None
        near = [f for v, f in self.found if may_lend(v, verdict) and sentence.index - v.sentence <= 3 and f.subject]
        if near:
            return near[-1].subject
        moves = verdict.measure in DOERS and verdict.measure != "attack"
        return self._foremost(sentence, location, claimant) if moves else None

    def _opponent(self, agent: str | None) -> str | None:
        """Return the other side of a fight that a document speaks of: who lost what `agent` destroyed."""
        sides = Counter(p.code for p in self.context.parties if p.kind in OWNERS and p.kind != "body")
        others = [code for code, n in sides.most_common(3) if code != agent and n > 1]
        return others[0] if agent is not None and others else None

    def _foremost(self, sentence: Sentence, location: tuple[str, ...], claimant: Claimant) -> str | None:
        """Return the one side that a sentence, or the two before it, speak of beside the place."""
        for index in range(sentence.index, max(-1, sentence.index - 3), -1):
            parties = self.context.parties_in(self.context.sentences[index])
            codes = {p.code for p in parties if p.kind in OWNERS and p.code not in location}
            if len(codes) == 1:
                return codes.pop()
            if len(codes) > 1:
                return None
        return claimant.code if claimant.code is not None and is_state(claimant.code) else None
