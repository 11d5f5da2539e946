"""Where a figure is set: by its sentence, by the figure it continues, by whose it is, by what is told near it."""

from __future__ import annotations

import re

from extractors.circumstances import Circumstances
from extractors.inflection import all_forms
from extractors.locations import FAR_FROM_WAR, TESTED, locate, nearby, own_land, referred
from extractors.measures import FORCES, PEOPLE, SUFFERED
from extractors.mixed_sides import mixes_sides
from extractors.parties import is_state
from extractors.sentences import Sentence
from extractors.speakers import OFFICE, Claimant
from extractors.subjects import DOERS
from extractors.verdicts import KEEPS_ORDER, TO_WITHDRAW, Verdict

AT_WAR_ABROAD = frozenset({"ISR"})  # its people are harmed on both sides of its borders
AT_SCENE = frozenset("gunman attacker assailant bomber hijacker shooter".split())  # told of where they struck
HOLDS = all_forms("hold keep abduct kidnap")
# No country (RULINGS, figures 10).
NO_LAND = re.compile(
    r"[^.;,]{0,40}\b(?:in|to|into|across|around) the (?:\w+ )?"
    r"(?:region|Middle East|Gulf|Pacific|Baltics?|Mediterranean)\b"
)
OWNS = frozenset("have has had boasts boast commands command".split())
# Munitions that came down somewhere, and not only went up.
STRUCK = re.compile(
    r"\b(?:hit|struck|landed|fell|assault|attack|airport|barrage|slammed|exploded|intercepted|raid)\w*\b"
)


def whereabouts(
    around: Circumstances,
    sentence: Sentence,
    verdict: Verdict,
    start: int,
    end: int,
    owner: str | None,
    claimant: Claimant,
) -> tuple[str, ...]:
    """Return the countries a figure at [start, end) is set in; () where the text does not say."""
    places, cue = around.places, verdict.governed.cue.text if verdict.governed else ""
    location = own_land(places, sentence.index, start, end, claimant.code) or locate(
        places, sentence.index, start, end, "withdrawal" if verdict.rule == TO_WITHDRAW else verdict.measure, cue
    )
    lender = around.lender(verdict)
    if location or lender is not None:
        return location or (lender.location if lender else ())
    if said := referred(places, sentence.index, end):
        return said
    after = sentence.text[end - sentence.start :]
    if NO_LAND.match(after) or (verdict.measure == "strength" and cue in OWNS):
        return ()
    if verdict.measure == "attack":
        struck = STRUCK.search(sentence.text)
        return (
            nearby(places, sentence.index, 3 if struck else 2) if struck or not TESTED.search(sentence.text) else ()
        )
    harmed = verdict.measure in SUFFERED
    if harmed and (known := _harmed_at(around, sentence, verdict, owner, claimant)) is not None:
        return known
    topic = places.topic(sentence.index) if harmed or verdict.counts(AT_SCENE | KEEPS_ORDER) else None
    location = nearby(places, sentence.index, 3 if harmed else 1, 1 if harmed else 0, topic)
    if not location and verdict.measure in DOERS:
        location = places.of_title()
    return location or ((topic,) if topic else ())


def _harmed_at(
    around: Circumstances, sentence: Sentence, verdict: Verdict, owner: str | None, claimant: Claimant
) -> tuple[str, ...] | None:
    """Return where people were harmed, as far as whose they are, who says so, and the figure before tell."""
    twin = around.twin(verdict) if owner is None else None
    if twin is not None and twin.location:
        return twin.location
    here = [v for v in around.found if v[0].sentence == sentence.index and v[0].measure in SUFFERED]
    if beside := [figure.location for _, figure in here if figure.location]:
        return beside[-1]
    if verdict.measure == "captured" and mixes_sides(verdict, sentence.text):
        return ()  # what two sides exchange is in neither's capital
    if owner is not None and is_state(owner):
        if verdict.item in FORCES and not verdict.counts(KEEPS_ORDER):
            near = nearby(around.places, sentence.index, 1) if owner in FAR_FROM_WAR else ()
            return near if owner not in near else ()
        if owner not in FAR_FROM_WAR:
            if verdict.governed is not None and verdict.governed.cue.lower_ in HOLDS:
                return None  # who is held is seldom at home
            at_home = verdict.item in PEOPLE or verdict.counts(KEEPS_ORDER)
            return (owner,) if at_home and owner not in AT_WAR_ABROAD else ()
    local = claimant.code is not None and is_state(claimant.code) and claimant.code not in FAR_FROM_WAR
    if local and claimant.code is not None and OFFICE.search(claimant.text or "") and verdict.item not in FORCES:
        return (claimant.code,)
    return None
