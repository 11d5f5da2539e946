"""Find figures: how many, of what, whose, where, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import re2
from spacy.tokens import Doc

from extractors.attacks import Attack, named_attack
from extractors.circumstances import Circumstances
from extractors.conflict import Conflict
from extractors.context import Context
from extractors.figure_dates import day_of, past_year, years_ago
from extractors.figure_status import status_of
from extractors.items import item_table, singular
from extractors.judging import judge
from extractors.listings import lead_verdict, listed_under, noun_before, reported_in
from extractors.locations import Places, locate
from extractors.measures import EVENTS, HARMS, measure_table
from extractors.numbers import find_numbers
from extractors.owners import Parties
from extractors.parsing import MOST_CHARACTERS
from extractors.records import Figure, Status
from extractors.sentences import Sentence
from extractors.speakers import OUTLET, Claimant, Speakers
from extractors.spots import spots_of
from extractors.subjects import of_enemy, of_side, said_subject
from extractors.units import Unit, find_unit, shared_nouns
from extractors.verdicts import TO_WITHDRAW, Verdict
from extractors.whereabouts import whereabouts

# Verbs of every page, which tell of war only with their object: "take hostage", "call up", "lose lives".
LIGHT = tuple("take took taking hold held call put round see return drive drov hurt join sign left leav".split())
NO_NEWS = 60  # days after which an attack with a name is background
NUMBER_GATE = re2.compile(
    r"(?i)\p{Nd}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|dozens?|scores)\b"
)
# "Fifty-three of them were downed": a part of what the sentence before counted.
OF_THOSE = re2.compile(r"\W*(?:\p{L}+ ){0,3}[\p{L}\p{Nd},-]+ of (?:them|those|these)\b")


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
    words = {word[:-1] if word.endswith("y") else word for word in words}  # "casualt" is in "casualties" too
    stands_for = (
        r"homes|(?:were|was|been|others|more) hurt\b|"
        r"OCHA|UNHCR|IOM\b|refugee agency|humanitarian office|victims|arm(?:y|ies)\b|missions?\b|columns?\b|"
        r"(?:figure|number|total) (?:was|is|had|has|stood|stands|rose|fell|reached)\b"
    )
    return (
        rf"(?i)\b(?:{stands_for}|" + "|".join(sorted(str(re2.escape(word)) for word in words if len(word) > 2)) + ")"
    )


WORDS = re2.compile(_word_gate())


def figure_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for figures: those with a count and a word of war."""
    if not WORDS.search(context.document.text):
        return set()
    listed = listed_under(context)
    wanted = {
        s.index
        for s in context.sentences
        if NUMBER_GATE.search(s.text)
        and WORDS.search(s.text if s.index not in listed else context.sentences[listed[s.index]].text + s.text)
        and any(not n.year_like for n in find_numbers(s.text[:MOST_CHARACTERS]))
    }
    parts = {s.index for s in context.sentences if s.index - 1 in wanted and OF_THOSE.match(s.text)}
    wanted |= parts
    leads = {listed[line] for line in wanted & set(listed)}
    return wanted | leads | {lead - 1 for lead in leads if lead}  # who reports the list may stand before its lead-in


def find_figures(context: Context, parsed: Mapping[int, Doc]) -> list[Figure]:
    """Return the figures of a document in text order; `parsed` holds the parse of the candidate sentences."""
    wanted = figure_candidates(context) & set(parsed)
    if not wanted:
        return []
    finder = Finder(context, parsed)
    return [figure for index in sorted(wanted) for figure in finder.in_sentence(index, parsed[index])]


def _is_aside(verdict: Verdict) -> bool:
    """Return whether harm is told only to say which attack is meant: "the 2012 attack that killed four"."""
    cue = verdict.governed.cue if verdict.governed is not None else None
    return cue is not None and "relcl" in {cue.dep_, cue.head.dep_ if cue.dep_ == "conj" else ""}


class Finder:
    """What is known of a document while its figures are read in order."""

    def __init__(self, context: Context, parsed: Mapping[int, Doc]) -> None:
        """Start with a document of which nothing has been found, and the parse of its candidate sentences."""
        self.context, self.parsed = context, parsed
        self.listed = listed_under(context)
        self.conflict = Conflict(context)
        self.places = Places(context)
        self.speakers = Speakers(context, self.places)
        self.earlier: list[Verdict] = []
        self.around = Circumstances(context, self.places, self.conflict)

    def in_sentence(self, index: int, doc: Doc) -> list[Figure]:
        """Return the figures of one sentence, in order."""
        sentence = self.context.sentences[index]
        figures: list[Figure] = []
        units = [find_unit(doc, number) for number in find_numbers(sentence.text[: len(doc.text)])]
        for unit in shared_nouns(units, sentence.text):
            verdict = judge(doc, sentence.text, index, unit, self.earlier, self.conflict) if unit else None
            listed = self._listed(sentence, doc, unit, verdict)
            if listed is not None:
                verdict, figure = listed
            elif verdict is not None:
                figure = self._figure(sentence, doc, verdict)
            else:
                continue
            self.earlier.append(verdict)
            self.around.found.append((verdict, figure))
            figures.append(figure)
        return figures

    def _listed(
        self, sentence: Sentence, doc: Doc, unit: Unit, verdict: Verdict | None
    ) -> tuple[Verdict, Figure] | None:
        """Return the figure of a line of a list by the sentence that leads it in; None where the line says more."""
        lead = self.listed.get(sentence.index)
        if lead is None or lead not in self.parsed or (verdict is not None and verdict.rule != "strength:named"):
            return None
        unit = unit if unit.counted is not None else noun_before(doc, unit.number) or unit
        told = lead_verdict(self.parsed[lead], lead, unit)
        if told is None:
            return None
        figure = self._figure(self.context.sentences[lead], self.parsed[lead], told, self._said_before(lead))
        start, end = sentence.start + unit.number.start, sentence.start + unit.end
        place = locate(self.places, sentence.index, start, end, told.measure, "") or figure.location
        return told, replace(figure, start=start, end=end, sentence=sentence.text, location=place)

    def _said_before(self, lead: int) -> Claimant:
        """Return who reports what the sentence before a list's lead-in speaks of."""
        doc, sentence = self.parsed.get(lead - 1), self.context.sentences[lead - 1]
        told = (self.speakers.claimant(sentence, doc, word) for word in reported_in(doc)) if doc else ()
        return next((said for said in told if said.text), OUTLET)

    def _figure(self, sentence: Sentence, doc: Doc, verdict: Verdict, otherwise: Claimant = OUTLET) -> Figure:
        unit, number = verdict.unit, verdict.unit.number
        start, end = sentence.start + number.start, sentence.start + unit.end
        parties = Parties(self.context, sentence, self.context.referents)
        attack = self._attack(verdict)
        claimant = self._claimant(sentence, doc, verdict, otherwise)
        status = self._status(sentence, verdict, attack, claimant)
        if attack is not None and status == "historical" and _is_aside(verdict) and not self.speakers.quoted(start):
            claimant = OUTLET
        owner = self._owner(parties, verdict, claimant, attack)
        location = whereabouts(self.around, sentence, verdict, start, end, owner, claimant)
        if attack is not None and attack.country:
            location = (attack.country,)
        return Figure(
            start=start,
            end=end,
            sentence=sentence.text,
            low=number.low,
            high=number.high,
            qualifier=number.qualifier,
            measure=verdict.measure,
            item=verdict.item,
            subject=self.around.subject(parties, verdict, owner, location, claimant).code,
            location=location,
            claimant=claimant.code,
            claimant_text=claimant.text,
            status=status,
            rule=verdict.rule,
            as_of=day_of(sentence.text, number.start, self.context.document.published),
            spots=spots_of(self.context, self.places, sentence),
        )

    def _claimant(self, sentence: Sentence, doc: Doc, verdict: Verdict, otherwise: Claimant) -> Claimant:
        """Return who states a figure: of its own clause, of the figure it continues, else `otherwise`."""
        claimant = self.speakers.claimant(sentence, doc, verdict.unit.anchor)
        if claimant.text is None:
            claimant = otherwise
        lender = self.around.lender(verdict) if verdict.governed is None else None
        if claimant.code is None and lender is not None and lender.sentence == sentence.text:
            claimant = Claimant(lender.claimant, lender.claimant_text)
        if claimant.text is None:
            claimant = self.around.said_with(sentence, verdict.unit.number.start) or claimant
        return claimant

    def _owner(self, parties: Parties, verdict: Verdict, claimant: Claimant, attack: Attack | None) -> str | None:
        """Return the side that a figure's own words name, or that "the enemy" or a named attack stand for."""
        owner = of_side(parties, verdict, parties.sentence.text) or said_subject(parties, verdict)
        if owner is None and of_enemy(verdict):
            owner = self.around.opponent(claimant.code)
        if owner is None and attack is not None and attack.victims and not verdict.unit.partitive:
            owner = attack.victims
        return owner

    def _status(self, sentence: Sentence, verdict: Verdict, attack: Attack | None, claimant: Claimant) -> Status:
        """Return the status of a figure: of its clause, of the figure it continues, of an attack long past."""
        lender = self.around.lender(verdict) if verdict.governed is None else None
        if lender is not None:
            return lender.status
        published, anchor = self.context.document.published, verdict.unit.anchor
        past = self._past(sentence.index, claimant)
        if verdict.rule == TO_WITHDRAW:
            return "actual"
        status = status_of(anchor, verdict.governed, verdict.measure, sentence.text, published, past)
        old = attack is not None and published is not None and (published - attack.day).days > NO_NEWS
        if status == "actual" and (old or self.around.told_before(verdict, sentence.text)):
            return "historical"
        return status

    def _attack(self, verdict: Verdict) -> Attack | None:
        """Return the attack with a name that harmed whom a figure counts."""
        if verdict.measure not in HARMS:
            return None
        document = self.context.document
        return named_attack(f"{document.title or ''}\n{document.text}", verdict.unit.number, document.published)

    def _past(self, index: int, claimant: Claimant) -> bool:
        """Return whether the sentences just before are set in the past; what someone says of years ago is his own."""
        published = self.context.document.published
        before = self.context.sentences[max(0, index - 2) : index]
        of_years_ago = claimant.text is None and any(years_ago(s.text) for s in before[-1:])
        return of_years_ago or any(past_year(s.text, published) for s in before)
