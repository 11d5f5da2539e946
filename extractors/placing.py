"""Whether a name in a text sets something in a country: by a preposition, as a border, as an event's place."""

from __future__ import annotations

import re

from extractors.parties import PartyMatch

# News of any war names these: they are its place only where they are named far oftener than any other.
ONLOOKERS = frozenset({"USA", "GBR", "FRA"})
# Of these the onlookers keep many abroad.
BASES = frozenset("base bases airbase airfield airfields port ports".split())
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
    rf"striking|reached|around|against|visiting)"
    rf"{LEADING}{{0,3}} ?$",
    re.IGNORECASE,
)
# Words that begin another phrase: "American security in the region" is no American region.
LINKS = r"(?:in|on|of|at|to|by|for|from|and|or|with|over|the|near|into|as|that|said|says)"
OWNED_LAND = re.compile(
    rf"^(?:['’]s?)? (?:(?!{LINKS}\b)[\w-]+ ){{0,2}}"
    r"(?:borders?|capital|coast|shores?|territory|soil|region|provinces?|city|"
    r"cities|waters|frontier|airports?|air defen[cs]e|airspace|Strait|towns?|villages?|districts?|airbase|air base|"
    r"airfields?|(?:military )?installations?|(?-i:north|south|east|west)|"
    r"bases?|ports?|islands?|prisons?|side of|economic (?:exclusion )?zone|"
    r"mainland|countryside|desert|peninsula|area|seaport)\b",
    re.IGNORECASE,
)
EVENT_AFTER = re.compile(
    r"^ (?!war (?:dead|veterans?|hero|hawk|memorial))"
    r"(?:terror(?:ist)? |suicide |bomb |car |mosque |nightclub |airport |school )?(?:attacks?|bombings?|"
    r"massacre|killings?|siege|"
    r"raid|blasts?|explosions?|shootings?|assault|war|battle|offensive|front|conflict|[Mm]arathon|uprising|"
    r"protests?|crackdown)\b",
    re.IGNORECASE,
)
BORDER_WITH = re.compile(r"(?<!['’]s )(?<!ian )\bborders? with (?:the )?$", re.IGNORECASE)
BORDER_OF_BOTH = re.compile(r"(?:['’]s|ian) borders? with (?:the )?$", re.IGNORECASE)
# An initialism stands before a noun as an adjective does: "the U.S. consulate" is where the consulate is.
INITIALS = frozenset({"U.S.", "US", "U.K.", "UK", "EU", "USA"})
OWNS_NOUN = re.compile(
    r"^ (?!(?:on|in|and|or|for|by|to|at|of|with|from|since|after|before|during|as|but|is|are|was|were|has|have|had|"
    r"will|would|could|may|who|that|which|when|while|where|said|says|last|this|next|today|yesterday|itself|"
    r"because|so|if|than|over|under|until|through|within|now|again|alone|a|an|the|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b)[A-Za-z]"
)
ACTS_AFTER = re.compile(
    r"^ (?:would|has|had|have|was|were|is|are|will|could|may|said|says|sees?|saw|denie[sd]|called|accuse[sd]?|"
    r"warned)\b"
)
INVASION_OF = re.compile(
    r"\b(?:invasion|occupation|bombardment|annexation|attack|war|shelling|bombing|siege|intervention) (?:of|on|"
    r"in) (?:the )?$",
    re.IGNORECASE,
)
SPOKEN_AT = re.compile(
    r"\b(?:told|said|says|speaking|spoke|reporters|conference|interview|statement|meeting|summit|forum|headquartered|"
    r"talks|speech|visit|stop|trip|tour|met|embassy|arrived for|blamed?|blames|offices?|ambassador|envoy)\b"
    r"(?:(?!killed|wounded|injured|died|troops|soldiers|people|\d)[^,;.]){0,28}$"
    r"|\b(?:told|tells)\b[^,;.\d]{0,45} in $",
    re.IGNORECASE,
)
# Where someone comes from is not where something happens.
BACKGROUND = re.compile(
    r"\b(?:born|raised|grew up|brought up|educated|trained|native|naturali[sz]ed|emigrated|immigrated)\b"
    r"(?: \w+){0,2} (?:in|to) $"
)
STANCE = re.compile(
    r"\b(?:policy|policies|approach|attitude|stance|hostility|moves?|steps?) towards? $", re.IGNORECASE
)
WITHIN_REACH = re.compile(r"\b(?:capable of|able to|range to|far as|could reach|can reach|shuttling)\b[^;.]{0,50}$")
HOME_TO = re.compile(r"^,? (?:is |which is )?(?:home|host) to\b")
AT_OFFICE = re.compile(r"\b(?:at|near|outside|inside|on) the $", re.IGNORECASE)


def placing(text: str, match: PartyMatch) -> str | None:
    """Return how a party's mention sets something there: a preposition, "border", "event"; or None."""
    before, after = text[max(0, match.start - 70) : match.start], text[match.end : match.end + 60]
    if match.kind == "demonym" or (match.text in INITIALS and OWNS_NOUN.match(after)):
        land = OWNED_LAND.match(after)
        abroad = land is not None and match.code in ONLOOKERS and land.group().split()[-1] in BASES
        return "border" if land and not abroad else None
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
    if (
        BACKGROUND.search(before)
        or SPOKEN_AT.search(before)
        or WITHIN_REACH.search(before)
        or BORDER_OF_BOTH.search(before)
    ):
        return None
    found = SETTING.search(before) if not STANCE.search(before) else None
    if re.search(r"\b[Aa]ccording to (?:the )?$", before):
        return None
    if found is None:
        return "named" if match.kind == "place" else None
    how = found.group("how").lower()
    if how == "of" and found.group().lower() in {"of ", "of the "}:
        return "in" if INVASION_OF.search(before) else None
    return how
