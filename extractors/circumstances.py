"""Whose a figure is, as the sentence, the figures before it and the whole document tell."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from extractors.conflict import Conflict
from extractors.context import Context
from extractors.figure_dates import RECENT
from extractors.locations import Places, locate
from extractors.measures import FORCES, SUFFERED
from extractors.mixed_sides import (
    done_by_both,
    is_attacker,
    mixes_sides,
    of_other_nations,
    of_travellers,
    of_two_nations,
)
from extractors.owners import Parties
from extractors.parties import ACTING, is_state
from extractors.records import Figure
from extractors.sentences import Sentence
from extractors.speakers import Claimant
from extractors.subjects import DOERS, doer, may_lend, takes_country
from extractors.verdicts import GONE, KEEPS_ORDER, Verdict

SAME_BREATH = re.compile(r"[^.;:“”\"]{0,60}?(?:,| and) (?:\w+ ){0,2}")
ARMED_BODIES = frozenset({"NATO", "AU"})
# Whom news calls forces, never militants.
ALLIED = frozenset({"iraqi-kurds", "syrian-kurds", "sdf", "ypg", "saudi-coalition"})
OUR_OFFICE = re.compile(r"\b(?<=[Tt]he )(?:[Pp]resident|administration)\b(?! of)")
GOVERNED = re.compile(r"\b(?:on|of|in|to|against|with|for|at|over|from|by) (?:the )?$", re.IGNORECASE)


class Side(NamedTuple):
    """Whose a figure is, and the rule that says so."""

    code: str | None
    rule: str


class Circumstances:
    """The figures found so far in a document, and what they and the document tell of the next."""

    def __init__(self, context: Context, places: Places, conflict: Conflict) -> None:
        """Start with a document of which nothing has been found."""
        self.context, self.places, self.conflict = context, places, conflict
        self.found: list[tuple[Verdict, Figure]] = []

    def lender(self, verdict: Verdict) -> Figure | None:
        """Return the figure that a figure continues."""
        return next((f for v, f in reversed(self.found) if v is verdict.lender), None) if verdict.lender else None

    def said_with(self, sentence: Sentence, start: int) -> Claimant | None:
        """Return who says the figure right before one in the same clause: "said 12 died and 40 were hurt"."""
        last = self.found[-1] if self.found else None
        if last is None or last[0].sentence != sentence.index or last[1].claimant_text is None:
            return None
        gap = sentence.text[last[0].unit.end : start]
        return Claimant(last[1].claimant, last[1].claimant_text) if SAME_BREATH.fullmatch(gap) else None

    def told_before(self, verdict: Verdict, text: str) -> bool:
        """Return whether the same losses stood before in the document, set in the past."""
        number = verdict.unit.number
        return (
            verdict.measure in SUFFERED
            and not RECENT.search(text)
            and any(
                f.status == "historical"
                and f.measure == verdict.measure
                and number.low is not None
                and f.low == number.low
                for _, f in self.found
            )
        )

    def subject(
        self, parties: Parties, verdict: Verdict, code: str | None, location: tuple[str, ...], claimant: Claimant
    ) -> Side:
        """Return whose forces or losses a figure counts; `code` is the side that its own words name."""
        sentence = parties.sentence
        if of_two_nations(parties, verdict):
            return Side(None, "two-nations")
        if verdict.rule == GONE:
            return Side(None, "gone")
        if code is not None:
            return Side(code or None, "named")
        if mixes_sides(verdict, sentence.text) or done_by_both(parties, verdict):
            return Side(None, "mixed")
        if of_travellers(verdict, sentence.text):
            return Side(None, "travellers")
        lender = self.lender(verdict)
        if lender is not None and verdict.lender is not None:
            part = verdict.unit.partitive or verdict.unit.counted is None
            if part or may_lend(verdict.lender, verdict):
                return Side(lender.subject, "continued")
        if verdict.measure == "destroyed" and verdict.governed is not None:
            agent = doer(parties, verdict.governed.cue) or None
            same = [f.subject for v, f in self.found if f.item == verdict.item and sentence.index - v.sentence <= 2]
            if agent is None and same:
                return Side(same[-1], "same-loss")
            return Side(self.opponent(agent), "opponent")
        if takes_country(verdict):
            return self._of_victims(parties, verdict, location)
        return self._of_forces(parties, verdict, location, claimant)

    def _of_victims(self, parties: Parties, verdict: Verdict, location: tuple[str, ...]) -> Side:
        """Return whose victims are that no word names."""
        twin = self.twin(verdict)
        if twin is not None:
            return Side(twin.subject, "twin")
        if is_attacker(verdict):
            return Side(self._armed_group(parties.sentence), "armed-group")
        index = parties.sentence.index
        beside = [f.subject for v, f in self.found if v.sentence == index and may_lend(v, verdict)]
        if beside and not locate(self.places, index, 0, 0, verdict.measure, ""):
            return Side(beside[-1], "beside")
        if verdict.measure == "displaced" and (home := self._fled_from(parties.sentence, location)):
            return Side(home, "fled")
        alone = len(location) == 1 and not of_other_nations(parties, verdict, location[0])
        return Side(location[0] if alone else None, "place")

    def _fled_from(self, sentence: Sentence, location: tuple[str, ...]) -> str | None:
        """Return the country a text is about, where its people are told to have fled to another."""
        reached = {s.match.code for s in self.places.of(sentence) if s.how in {"to", "into"}}
        topic = self.places.topic(sentence.index)
        return topic if set(location) <= reached and topic not in reached else None

    def _of_forces(self, parties: Parties, verdict: Verdict, location: tuple[str, ...], claimant: Claimant) -> Side:
        """Return whose forces or weapons are that no word names."""
        sentence = parties.sentence
        near = [f for v, f in self.found if may_lend(v, verdict) and sentence.index - v.sentence <= 3 and f.subject]
        if near:
            return Side(near[-1].subject, "nearby")
        if verdict.measure == "attack":
            return Side(None, "attack")
        found = self._foremost(sentence, location, claimant)
        if is_attacker(verdict):
            group = found is None or is_state(found)
            return Side(self._armed_group(sentence), "armed-group") if group else Side(found, "foremost")
        noun = verdict.unit.noun
        if verdict.counts(KEEPS_ORDER) and len(location) == 1:
            return Side(location[0], "order")
        if found is None and noun is not None and verdict.item == "troops":
            return Side(parties.referred(noun) or self._of_readers(), "readers")
        return Side(found, "foremost")

    def twin(self, verdict: Verdict) -> Figure | None:
        """Return the figure of the same fighters that was told before: "900 Tuareg militants … 300 militants"."""
        noun = verdict.unit.noun
        if noun is None or verdict.item not in FORCES:
            return None
        return next(
            (
                f
                for v, f in reversed(self.found)
                if v.unit.noun is not None
                and v.unit.noun.lower_ == noun.lower_
                and f.subject is not None
                and v.measure not in DOERS
                and verdict.sentence - v.sentence <= 4
            ),
            None,
        )

    def opponent(self, agent: str | None) -> str | None:
        """Return the other side of a fight that a document speaks of: who lost what `agent` destroyed."""
        lost = [f.subject for v, f in self.found if v.measure not in DOERS and f.subject not in {None, agent}]
        if agent is not None and lost:
            return lost[-1]
        sides = Counter(p.code for p in self.context.parties if p.kind in ACTING and p.kind != "body")
        others = [code for code, n in sides.most_common(3) if code != agent and n > 1]
        return others[0] if agent is not None and others else None

    def _armed_group(self, sentence: Sentence) -> str | None:
        """Return the one armed group that a text names up to the next sentence after one, else the one near."""
        named = [p for p in self.context.parties if p.kind == "group" and p.code not in ALLIED]
        for since in (sentence.start, self.context.sentences[max(0, sentence.index - 1)].start):
            near = {p.code for p in named if since <= p.start < sentence.end}
            if len(near) == 1:
                return near.pop()
        last = self.context.sentences[min(sentence.index + 1, len(self.context.sentences) - 1)].end
        groups = {p.code for p in named if p.start < last}
        return groups.pop() if len(groups) == 1 else None

    def _of_readers(self) -> str | None:
        """Return America where a text speaks of its government: to English news its troops are "the troops"."""
        told = any(p.code == "USA" and p.kind in {"person", "government"} for p in self.context.parties)
        return "USA" if told else None

    def _foremost(self, sentence: Sentence, location: tuple[str, ...], claimant: Claimant) -> str | None:
        """Return the one side that a sentence, or the two before it, speak of beside the place."""
        office = OUR_OFFICE.search(sentence.text)
        if office and (
            code := self.context.referents.resolve(sentence.index, sentence.start + office.start(), "president")
        ):
            return code
        for index in range(sentence.index, max(-1, sentence.index - 3), -1):
            parties = self.context.parties_in(self.context.sentences[index])
            acting = [p for p in parties if p.kind in ACTING and (p.kind != "body" or p.code in ARMED_BODIES)]
            codes = {p.code for p in acting if p.code not in location}
            if len(codes) == 1:
                return codes.pop()
            if len(codes) > 1:
                return None
        if claimant.code is not None and is_state(claimant.code):
            return claimant.code
        title = self.context.document.title or ""
        titled = [
            p.code
            for p in self.places.title_parties()
            if p.kind in ACTING and p.code not in location and not GOVERNED.search(title[: p.start])
        ]
        return titled[0] if titled else None
