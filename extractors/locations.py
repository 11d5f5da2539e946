"""Where a figure is said to be: the countries of the places that its sentence, or one near it, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.context import Context
from extractors.parties import PartyMatch, find_parties, is_state
from extractors.records import Measure
from extractors.sentences import Sentence

PLACES = frozenset({"state", "capital", "place"})
# What may stand between a preposition and the place it sets something in.
LEADING = (
    r"(?:(?: (?:the|a|an|its|both|all|all of|war-torn|neighbou?ring|occupied|annexed|rebel-held|government-held|"
    r"(?:north|south|east|west|central|north-?east|north-?west|south-?east|south-?west)(?:ern)?|mainland|"
    r"(?:main )?(?:train |bus |railway |police )?stations?|squares?|markets?|hospitals?|palace|suburbs?|outskirts|"
    r"streets|nearby|downtown|"
    r"(?:\w+ )?(?:town|city|village|district|province|region|capital|port|suburb|area|outskirts|borders?|state|area|"
    r"parts|coast|island|side|countries|neighbou?rhood|heart|center|centre|south|north|east|west)s? of(?: the)?|"
    r"(?:town|city|village|district|province|region|capital|port|suburb|area|state|country|island|airport|"
    r"countries)s?)),?)"
)
SETTING = re.compile(
    rf"\b(?P<how>in|into|inside|at|near|on|along|around|across|throughout|over|outside|within|to|toward|towards|from|"
    rf"through|off|beyond|of|between|and|or|entered|invaded|invading|entering|leaving|left|bombed|struck|hit|hitting|"
    rf"striking|reached|around|against)"
    rf"{LEADING}{{0,3}} ?$",
    re.IGNORECASE,
)
OWNED_LAND = re.compile(
    r"^(?:['’]s?)? (?:[\w-]+ ){0,2}(?:borders?|capital|coast|shores?|airspace|territory|soil|region|provinces?|city|"
    r"cities|waters|frontier|airports?|air defen[cs]e|airspace|Strait|towns?|villages?|districts?|airbase|air base|"
    r"bases?|ports?|islands?|consulate|prisons?|side of|economic (?:exclusion )?zone|"
    r"mainland|countryside|desert|peninsula|area|seaport)\b",
    re.IGNORECASE,
)
EVENT_AFTER = re.compile(
    r"^ (?:terror(?:ist)? |suicide |bomb |car |mosque |nightclub |airport |school )?(?:attacks?|bombings?|"
    r"massacre|killings?|siege|"
    r"raid|blasts?|explosions?|shootings?|assault|war|battle|offensive|front|conflict|[Mm]arathon|uprising|"
    r"protests?|crackdown)\b",
    re.IGNORECASE,
)
BORDER_WITH = re.compile(r"\bborders? with (?:the )?$", re.IGNORECASE)
INVASION_OF = re.compile(
    r"\b(?:invasion|occupation|bombardment|annexation|attack|war|shelling|bombing|siege|intervention) (?:of|on|"
    r"in) (?:the )?$",
    re.IGNORECASE,
)
SPOKEN_AT = re.compile(
    r"\b(?:told|said|says|speaking|spoke|reporters|conference|interview|statement|meeting|summit|forum|headquartered|"
    r"talks|speech|visit|met|embassy|arrived for|blamed?|blames|offices?|ambassador|envoy)\b(?:(?!killed|wounded|"
    r"injured|died|troops|"
    r"soldiers|people|\d)[^,;.]){0,28}$",
    re.IGNORECASE,
)
WITHIN_REACH = re.compile(r"\b(?:capable of|able to|range to|far as|could reach|can reach|shuttling)\b[^;.]{0,50}$")
HOME_TO = re.compile(r"^,? (?:is |which is )?(?:home|host) to\b")
AT_OFFICE = re.compile(r"\b(?:at|near|outside|inside|on) the $", re.IGNORECASE)
BOTH = re.compile(r"\b(?:both|the two) (?:countries|nations|states)\b", re.IGNORECASE)
ZONE = re.compile(
    r"\b(?:in|into|inside|around|across|near) the (?:conflict|war|combat|occupied|front-?line) (?:zone|area|"
    r"territor\w+)\b"
)
THERE = re.compile(r"[^.;,]{0,40}\b(?:there|in the (?:country|area|city|kingdom|enclave|territory|town))\b")
RESEARCH = re.compile(r"\b(?:tests?|tested|testing|test-fired|launch\w*|firing|fired)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """A place that something is set in, and the preposition that says so."""

    match: PartyMatch
    how: str


def _setting(text: str, match: PartyMatch) -> str | None:
    """Return how a party's mention sets something there: a preposition, "border", "event"; or None."""
    before, after = text[max(0, match.start - 70) : match.start], text[match.end : match.end + 60]
    if match.kind == "demonym":
        return "border" if OWNED_LAND.match(after) else None
    if match.kind == "government" and AT_OFFICE.search(before) and not SPOKEN_AT.search(before):
        return "at"
    if match.kind in PLACES and HOME_TO.match(after):
        return "home"
    if match.kind not in PLACES or len(match.code) != 3:
        return None
    if BORDER_WITH.search(before) or (OWNED_LAND.match(after) and match.kind != "place"):
        return "border"
    if EVENT_AFTER.match(after):
        return "event"
    if re.match(r"['’]s?\b|-(?:based|backed|led|born|held|made|controlled)", after) and not re.match(
        r"-controlled (?:Gaza|Crimea)", after
    ):
        return None
    if SPOKEN_AT.search(before) or WITHIN_REACH.search(before):
        return None
    found = SETTING.search(before)
    if re.search(r"\b[Aa]ccording to (?:the )?$", before):
        return None
    if found is None:
        return "named" if match.kind == "place" else None
    how = found.group("how").lower()
    if how == "of" and found.group().lower() in {"of ", "of the "}:
        return "in" if INVASION_OF.search(before) else None
    return how


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
            found = [Setting(p, how) for p in self.context.parties_in(sentence) if (how := _setting(self.text, p))]
            joined = {
                b.match.start
                for a, b in pairwise(found)
                if b.how in {"and", "or"} and a.match.end + 12 > b.match.start
            }
            self._known[sentence.index] = [
                s for s in found if s.how not in {"and", "or", "against"} or s.match.start in joined
            ]
        return self._known[sentence.index]

    def title_parties(self) -> list[PartyMatch]:
        """Return the parties that the title names."""
        return find_parties(self.context.document.title or "", self.context.document.published)

    def of_title(self) -> tuple[str, ...]:
        """Return the one country that the title sets things in, or ()."""
        title = self.context.document.title or ""
        found = {p.code for p in self.title_parties() if _setting(title, p)}
        return tuple(found) if len(found) == 1 else ()

    def topic(self, index: int) -> str | None:
        """Return the country that the text up to a sentence, else its title, else all of it, is about."""
        for matches in (
            [p for p in self.context.parties if p.end <= self.context.sentences[index].end],
            self.title_parties(),
            list(self.context.parties),
        ):
            counts = Counter(p.code for p in matches if p.kind in PLACES | {"demonym"} and len(p.code) == 3)
            counts.update(p.code for p in matches if p.kind == "place")
            ranked = [(n, code) for code, n in counts.most_common() if code not in {"USA", "GBR", "FRA"}] or [
                (n, code) for code, n in counts.most_common()
            ]
            if ranked:
                return ranked[0][1]
        return None


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
    return far


def locate(places: Places, index: int, start: int, end: int, measure: Measure, cue: str) -> tuple[str, ...]:
    """Return the countries a figure at [start, end) is set in by its own sentence, or ()."""
    sentence = places.context.sentences[index]
    settings = places.of(sentence)
    if measure == "attack":
        settings = [s for s in settings if s.how != "from"]
        if RESEARCH.search(cue):
            settings = [s for s in settings if s.match.start >= start or s.how in {"event", "border"}]
            settings = [s for s in settings if s.how != "in" or s.match.start - end < 60]
    if measure not in {"withdrawal", "displaced", "attack"}:
        settings = [s for s in settings if s.how != "from"]
    if not settings:
        return ()
    best = min(settings, key=lambda s: _distance(places.text, s, start, end, measure))
    return tuple(sorted({best.match.code} | _joined(places.text, settings, best)))


def _joined(text: str, settings: Sequence[Setting], best: Setting) -> set[str]:
    """Return the countries coordinated with a place: "in Iraq and Syria"."""
    joined = {best.match.code}
    for a, b in pairwise(settings):
        if re.fullmatch(
            r"\s*(?:,|and|or|, and)\s+(?:in |neighbou?ring )?", text[a.match.end : b.match.start]
        ) and best in {a, b}:
            joined |= {a.match.code, b.match.code}
    return joined


def referred(places: Places, index: int, end: int) -> tuple[str, ...]:
    """Return the countries that "there", "in the country", "both countries" stand for."""
    sentence = places.context.sentences[index]
    after = sentence.text[end - sentence.start :]
    found = BOTH.search(sentence.text)
    if found:
        codes = places.context.referents.resolve_both(index, sentence.start + found.start())
        return tuple(sorted(c for c in codes if is_state(c)))
    return nearby(places, index, 4) if THERE.match(after) or ZONE.search(sentence.text) else ()


def nearby(places: Places, index: int, back: int, ahead: int = 0) -> tuple[str, ...]:
    """Return the places of the nearest sentence before, else behind, that names any."""
    order = [index - i for i in range(1, back + 1)] + [index + i for i in range(1, ahead + 1)]
    for i in order:
        if 0 <= i < len(places.context.sentences):
            settings = [s for s in places.of(places.context.sentences[i]) if s.how not in {"from", "to", "between"}]
            if settings:
                last = settings[-1] if i < index else settings[0]
                return tuple(sorted(_joined(places.text, settings, last)))
    return ()
