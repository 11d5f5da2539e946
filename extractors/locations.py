"""Where a figure is said to be: the countries of the places that its sentence, or one near it, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.context import Context
from extractors.parties import PartyMatch, find_parties, is_state
from extractors.placing import ACTS_AFTER, INITIALS, ONLOOKERS, PLACES, placing
from extractors.records import Measure
from extractors.sentences import Sentence

LISTED = re.compile(r"\s*(?:,|and|or|, and|, or)\s+(?:in |neighbou?ring |the )?")
BOTH = re.compile(r"\b(?:both|the two) (?:countries|nations|states)\b", re.IGNORECASE)
ZONE = re.compile(
    r"\b(?:in|into|inside|around|across|near) the (?:conflict|war|combat|occupied|front-?line) (?:zone|area|"
    r"territor\w+)\b"
)
ACROSS = re.compile(r"[^.;,]{0,40}\b(?:across|around|throughout) the (?:country|nation)\b")
THERE = re.compile(r"[^.;,]{0,40}\b(?:there|in the (?:country|area|city|kingdom|enclave|territory|town))\b")
HARMED_AT = frozenset({"killed", "wounded", "casualties", "captured", "missing"})
WITH = re.compile(r"\bborders? with (?:the )?$")
ARRIVED = re.compile(
    r"\b(?:arriv\w+|reach\w*|cross\w+|enter\w*|liv(?:e|es|ing)|shelter\w*|stay\w*|camps?|host\w*) "
    r"(?:(?:the border|over|now) )?(?:(?:in|into|to) )?(?:(?:the|neighbou?ring|eastern|western|northern|southern) )*$"
)
OWN_LAND = re.compile(
    r"\b(?P<whose>his|her|its|their) (?:own )?(?:country|territory|soil|land|airspace|(?:territorial )?waters)\b"
)
IN_WHICH = re.compile(r",? (?:where|in which|on which)\b[^.;]{0,60}")
OWN_LAND_REACH = 60
TESTED = re.compile(
    r"\b(?:tests?|tested|testing|test-fired|test-launch\w*|ballistic|Sea of|into the sea|ocean)\b", re.IGNORECASE
)
RESEARCH = re.compile(r"\b(?:tests?|tested|testing|test-fired|launch\w*|firing|fired)\b", re.IGNORECASE)


# People of these are seldom harmed at home: a nationality says nothing of the place.
FAR_FROM_WAR = frozenset("USA GBR FRA DEU CAN AUS ITA ESP POL JPN".split())
NOT_NEARBY = frozenset({"from", "to", "between"})
# "Pressure on Iran", "Iran and Turkey": a title's way to name whom it is about.
NOT_OF_TITLE = frozenset({"on", "and", "or", "against", "of", "from", "toward", "towards", "between", "left"})
ONLOOKER_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that something is set in, and the preposition that says so."""

    match: PartyMatch
    how: str


class Places:
    """Where a document says things are, sentence by sentence."""

    def __init__(self, context: Context) -> None:
        """Read the places of a document once."""
        self.context = context
        self.text = context.document.text
        self._known: dict[int, list[Setting]] = {}

    def of(self, sentence: Sentence) -> list[Setting]:
        """Return the settings of a sentence in order."""
        if sentence.index not in self._known:
            found = [Setting(p, how) for p in self.context.parties_in(sentence) if (how := placing(self.text, p))]
            found += self._listed(sentence, found)
            found.sort(key=lambda s: s.match.start)
            joined = {
                b.match.start
                for a, b in pairwise(found)
                if b.how in {"and", "or"}
                and a.match.end + 12 > b.match.start
                and not ACTS_AFTER.match(self.text[b.match.end : b.match.end + 12])
            }
            kept = [s for s in found if s.how not in {"and", "or", "against"} or s.match.start in joined]
            self._known[sentence.index] = _listed_alike(kept, joined)
        return self._known[sentence.index]

    def _listed(self, sentence: Sentence, found: Sequence[Setting]) -> list[Setting]:
        """Return the places that only a list sets: "in Iraq, Syria and Libya"."""
        settings = {s.match.end: s for s in found}
        extra: list[Setting] = []
        for a, b in pairwise(self.context.parties_in(sentence)):
            listed = a.end in settings and b.kind in PLACES and len(b.code) == 3 and b.text not in INITIALS
            if listed and all(s.match is not b for s in found) and LISTED.fullmatch(self.text[a.end : b.start]):
                if ACTS_AFTER.match(self.text[b.end : b.end + 12]) or re.match(
                    "['’]s?\\b", self.text[b.end : b.end + 3]
                ):
                    continue
                extra.append(Setting(b, settings[a.end].how))
                settings[b.end] = extra[-1]
        return extra

    def title_parties(self) -> list[PartyMatch]:
        """Return the parties that the title names."""
        return find_parties(self.context.document.title or "", self.context.document.published)

    def of_title(self) -> tuple[str, ...]:
        """Return the one country that the title sets things in, or ()."""
        title = self.context.document.title or ""
        placed = [(p.code, placing(title, p) or "on") for p in self.title_parties()]
        found = {
            code for code, how in placed if how not in NOT_OF_TITLE and not (how == "named" and code in ONLOOKERS)
        }
        return tuple(found) if len(found) == 1 else ()

    def topic(self, index: int) -> str | None:
        """Return the country that the text up to a sentence, else its title, else all of it, is about."""
        onlooker: str | None = None
        for matches in (
            [p for p in self.context.parties if p.end <= self.context.sentences[index].end],
            self.title_parties(),
            list(self.context.parties),
        ):
            counts = Counter(p.code for p in matches if p.kind in PLACES | {"demonym"} and len(p.code) == 3)
            counts.update(p.code for p in matches if p.kind == "place")
            if counts:
                best = max(counts, key=lambda code: counts[code] * (ONLOOKER_WEIGHT if code in ONLOOKERS else 1))
                if best not in ONLOOKERS:
                    return best
                onlooker = onlooker or best
        return onlooker


def _listed_alike(settings: Sequence[Setting], joined: Collection[int]) -> list[Setting]:
    """Return settings where "or Y" is said as "from X" before it is: "from X or Y" sets nothing in Y."""
    found: list[Setting] = []
    for setting in settings:
        after = setting.how in {"and", "or"} and setting.match.start in joined and found
        found.append(Setting(setting.match, found[-1].how) if after else setting)
    return found


def _distance(text: str, setting: Setting, start: int, end: int, measure: Measure) -> float:
    """Return how far a place stands from a figure: other clauses lie further, and so does the wrong preposition."""
    match = setting.match
    between = text[end : match.start] if match.start >= end else text[match.end : start]
    far = float(len(between)) * (1.0 if match.start >= end else 1.4)
    far += (
        120 * between.count(";")
        + 25 * between.count(",")
        + (60 if re.search(r"\b(?:said|while|after|but|when)\b", between) else 0)
    )
    if setting.how == "from" and measure not in {"withdrawal", "displaced"}:
        far += 220
    if setting.how in {"to", "into"} and measure in {"deployment", "supply"}:
        far -= 40
    if setting.how in {"named", "of"}:
        far += 60
    if setting.how == "named" and re.match(r" [a-z]", text[match.end : match.end + 2]):
        far += 80  # "a New York policeman"
    if measure == "displaced" and ARRIVED.search(text[max(0, match.start - 40) : match.start]):
        far -= 200  # "refugees from Sudan have arrived in Chad"
    elif measure == "displaced" and setting.how in {"to", "into"}:
        far += 120
    return far


def locate(places: Places, index: int, start: int, end: int, measure: Measure, cue: str) -> tuple[str, ...]:
    """Return the countries a figure at [start, end) is set in by its own sentence, or ()."""
    sentence = places.context.sentences[index]
    settings = places.of(sentence)
    if measure == "attack":
        settings = [s for s in settings if s.how != "from" and not start <= s.match.start < end]
        if RESEARCH.search(cue):
            settings = [s for s in settings if s.match.start >= start or s.how in {"event", "border"}]
            settings = [s for s in settings if s.how != "in" or s.match.start - end < 60]
    if measure not in {"withdrawal", "displaced", "attack"}:
        settings = [s for s in settings if s.how != "from"]
    if measure in HARMED_AT:  # "near the border with Chad" is on this side of it
        text = places.text
        settings = [s for s in settings if not WITH.search(text[max(0, s.match.start - 18) : s.match.start])]
    if not settings:
        return ()
    best = min(settings, key=lambda s: _distance(places.text, s, start, end, measure))
    return tuple(sorted({best.match.code} | _joined(places.text, settings, best)))


def _joined(text: str, settings: Sequence[Setting], best: Setting) -> set[str]:
    """Return the countries coordinated with a place: "in Iraq and Syria"."""
    runs: list[list[Setting]] = []
    for setting in settings:
        follows = bool(runs) and LISTED.fullmatch(text[runs[-1][-1].match.end : setting.match.start])
        if follows:
            runs[-1].append(setting)
        else:
            runs.append([setting])
    return {s.match.code for run in runs if best in run for s in run}


def referred(places: Places, index: int, end: int) -> tuple[str, ...]:
    """Return the countries that "there", "in the country", "both countries" stand for."""
    sentence = places.context.sentences[index]
    after = sentence.text[end - sentence.start :]
    found = BOTH.search(sentence.text)
    if found:
        codes = places.context.referents.resolve_both(index, sentence.start + found.start())
        return tuple(sorted(c for c in codes if is_state(c)))
    if ACROSS.match(after):
        topic = places.topic(index)
        return (topic,) if topic else ()
    return nearby(places, index, 4) if THERE.match(after) or ZONE.search(sentence.text) else ()


def own_land(places: Places, index: int, start: int, end: int, claimant: str | None) -> tuple[str, ...]:
    """Return the country of "are on its soil", "the south of his country, where": the speaker's, or ()."""
    sentence = places.context.sentences[index]
    for found in OWN_LAND.finditer(sentence.text):
        before, after = sentence.start + found.end(), sentence.start + found.start()
        where = before <= start and IN_WHICH.fullmatch(places.text[before:start])
        if not where and not (end <= after <= end + OWN_LAND_REACH):
            continue
        if claimant is not None and is_state(claimant):
            return (claimant,)
        code = places.context.referents.resolve(index, sentence.start + found.start(), found["whose"])
        return (code,) if code and is_state(code) else ()
    return ()


def _is_aside(settings: Sequence[Setting], topic: str) -> bool:
    """Return whether a sentence is set only in a country far from the war that its text is about."""
    return topic not in ONLOOKERS and all(s.match.code in ONLOOKERS for s in settings)


def nearby(places: Places, index: int, back: int, ahead: int = 0, topic: str | None = None) -> tuple[str, ...]:
    """Return the places of the nearest sentence before, else behind, that names any.

    With `topic`, the country the text is about, sentences set only far from war are passed over.
    """
    order = [index - i for i in range(1, back + 1)] + [index + i for i in range(1, ahead + 1)]
    for i in order:
        if 0 <= i < len(places.context.sentences):
            settings = [s for s in places.of(places.context.sentences[i]) if s.how not in NOT_NEARBY]
            if settings and not (topic and i != index and _is_aside(settings, topic)):
                last = settings[-1] if i < index else settings[0]
                return tuple(sorted(_joined(places.text, settings, last)))
    return ()
