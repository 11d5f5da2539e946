"""Where a figure is and whose it is, as the sentence, the figures before it and the whole document tell."""

from __future__ import annotations

import re
from collections import Counter

from extractors.conflict import Conflict
from extractors.context import Context
from extractors.figure_dates import RECENT
from extractors.items import singular
from extractors.locations import FAR_FROM_WAR, TESTED, Places, locate, nearby, own_land, referred
from extractors.measures import FORCES, SUFFERED
from extractors.mixed_sides import done_by_both, is_attacker, mixes_sides, of_other_nations, of_two_nations
from extractors.owners import Parties
from extractors.parties import ACTING, is_state
from extractors.records import Figure
from extractors.sentences import Sentence
from extractors.speakers import OFFICE, Claimant
from extractors.subjects import DOERS, doer, may_lend, takes_country
from extractors.verdicts import Verdict

SAME_BREATH = re.compile(r"[^.;:“”\"]{0,60}?(?:,| and) (?:\w+ ){0,2}")
# No country (RULINGS, figures 10).
KEEPS_ORDER = frozenset(
    "police policeman policewoman officer official cop guard gendarme".split()
)  # where they are, theirs
NO_LAND = re.compile(
    r"[^.;,]{0,40}\b(?:in|to|into|across|around) the (?:\w+ )?"
    r"(?:region|Middle East|Gulf|Pacific|Baltics?|Mediterranean)\b"
)
OWNS = frozenset("have has had boasts boast commands command".split())
OUR_OFFICE = re.compile(r"\b(?<=[Tt]he )(?:[Pp]resident|administration)\b(?! of)")
GOVERNED = re.compile(r"\b(?:on|of|in|to|against|with|for|at|over|from|by) (?:the )?$", re.IGNORECASE)
# Munitions that came down somewhere, and not only went up.
STRUCK = re.compile(
    r"\b(?:hit|struck|landed|fell|assault|attack|airport|barrage|slammed|exploded|intercepted|raid)\w*\b"
)


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

    def location(
        self, sentence: Sentence, verdict: Verdict, start: int, end: int, owner: str | None, claimant: Claimant
    ) -> tuple[str, ...]:
        """Return the countries a figure is set in: by its sentence, by the figure it continues, by what is near."""
        cue = verdict.governed.cue.text if verdict.governed else ""
        location = own_land(self.places, sentence.index, start, end, claimant.code) or locate(
            self.places, sentence.index, start, end, verdict.measure, cue
        )
        lender = self.lender(verdict)
        if location or lender is not None:
            return location or (lender.location if lender else ())
        if said := referred(self.places, sentence.index, end):
            return said
        after = sentence.text[end - sentence.start :]
        if NO_LAND.match(after) or (verdict.measure == "strength" and cue in OWNS):
            return ()
        if verdict.measure == "attack":
            struck = STRUCK.search(sentence.text)
            tested = TESTED.search(sentence.text)
            return nearby(self.places, sentence.index, 3 if struck else 2) if struck or not tested else ()
        harmed = verdict.measure in SUFFERED
        if harmed and owner is None and (twin := self._twin(verdict)) is not None and twin.location:
            return twin.location
        if harmed and (known := self._harmed_at(sentence, verdict, owner, claimant)) is not None:
            return known
        about = self.places.topic(sentence.index) if harmed else None
        location = nearby(self.places, sentence.index, 3 if harmed else 1, 1 if harmed else 0, about)
        if location or not harmed:
            return location or (self.places.of_title() if verdict.measure in DOERS else ())
        return (about,) if about else ()

    def _harmed_at(
        self, sentence: Sentence, verdict: Verdict, owner: str | None, claimant: Claimant
    ) -> tuple[str, ...] | None:
        """Return where people were harmed, as far as whose they are, who says so, and the figure before tell."""
        beside = [
            f.location for v, f in self.found if v.sentence == sentence.index and v.measure in SUFFERED and f.location
        ]
        if beside:
            return beside[-1]
        if verdict.measure == "captured" and mixes_sides(verdict, sentence.text):
            return ()  # what two sides exchange is in neither's capital
        if owner is not None and is_state(owner):
            if verdict.item in FORCES:
                near = nearby(self.places, sentence.index, 1) if owner in FAR_FROM_WAR else ()
                return near if owner not in near else ()
            if owner not in FAR_FROM_WAR:
                return (owner,)
        local = claimant.code is not None and is_state(claimant.code) and claimant.code not in FAR_FROM_WAR
        if local and claimant.code is not None and OFFICE.search(claimant.text or "") and verdict.item not in FORCES:
            return (claimant.code,)
        return None

    def subject(
        self, parties: Parties, verdict: Verdict, code: str | None, location: tuple[str, ...], claimant: Claimant
    ) -> str | None:
        """Return whose forces or losses a figure counts; `code` is the side that its own words name."""
        sentence = parties.sentence
        if of_two_nations(parties, verdict):
            return None
        if code is not None:
            return code or None
        if mixes_sides(verdict, sentence.text) or done_by_both(parties, verdict):
            return None
        lender = self.lender(verdict)
        if lender is not None and verdict.lender is not None:
            part = verdict.unit.partitive or verdict.unit.counted is None
            if part or may_lend(verdict.lender, verdict):
                return lender.subject
        if verdict.measure == "destroyed" and verdict.governed is not None:
            agent = doer(parties, verdict.governed.cue) or None
            same = [f.subject for v, f in self.found if f.item == verdict.item and sentence.index - v.sentence <= 2]
            return self.opponent(agent) if agent is not None or not same else same[-1]
        if takes_country(verdict):
            twin = self._twin(verdict)
            if twin is not None:
                return twin.subject
            if is_attacker(verdict):
                return self._armed_group(sentence)
            beside = [f.subject for v, f in self.found if v.sentence == sentence.index and may_lend(v, verdict)]
            if beside and not locate(self.places, sentence.index, 0, 0, verdict.measure, ""):
                return beside[-1]
            alone = len(location) == 1 and not of_other_nations(parties, verdict, location[0])
            return location[0] if alone else None
        near = [f for v, f in self.found if may_lend(v, verdict) and sentence.index - v.sentence <= 3 and f.subject]
        if near:
            return near[-1].subject
        if verdict.measure == "attack":
            return None
        found = self._foremost(sentence, location, claimant)
        if is_attacker(verdict):
            return self._armed_group(sentence) if found is None or is_state(found) else found
        noun = verdict.unit.noun
        if noun is not None and singular(noun.text) in KEEPS_ORDER and len(location) == 1:
            return location[0]
        if found is None and noun is not None and verdict.item == "troops":
            found = parties.referred(noun) or self._of_readers()
        return found

    def _twin(self, verdict: Verdict) -> Figure | None:
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
        """Return the one armed group that a text names up to the next sentence after one."""
        last = self.context.sentences[min(sentence.index + 1, len(self.context.sentences) - 1)].end
        groups = {p.code for p in self.context.parties if p.kind == "group" and p.start < last}
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
            codes = {p.code for p in parties if p.kind in ACTING and p.code not in location}
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
