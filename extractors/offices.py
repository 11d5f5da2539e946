"""Whose an unnamed office is, and who a sentence ends by naming: "…, the government in Kinshasa said on Sunday"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.antecedents import SAID
from extractors.locations import Places
from extractors.parties import ACTING, PartyMatch, find_parties, is_state
from extractors.sentences import DATELINE, Sentence

OFFICE = (
    r"(?:government|ministry|minister|premier|president|presidency|army|military|navy|air force|air defen[cs]e|armed "
    r"forces|defen[cs]e forces?|security service|general staff|joint chiefs|chief of staff|coast ?guard|border "
    r"(?:guards?|service|police)|police|department|officials?|authorit(?:y|ies)|cabinet|parliament|intelligence|spy "
    r"agency|spokes(?:man|woman|person)|commission|command|commander|embassy|mission|chief|secretary|chancellor|mayor|"
    r"governor|administration|council|head|prosecutors?|general|agency|headquarters|service)"
)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# What a name and title do not hold: what does is a clause, and says other things.
CLAUSE = (
    r"\b(?:has|have|had|is|are|was|were|be|been|will|would|that|who|which|when|before|after|as|than|but|while|because|"
    r"due|to|and|believes?|says?|if)\b"
)
# ", the head of the regional administration, Serhiy Lysak, said on Sunday."
ENDING = re.compile(
    rf"[,”\"—–]\s(?P<who>(?:(?!{CLAUSE})[^,;:“”\"\n]){{2,90}}?(?:,\s[^,;:“”\"\n]{{2,60}},)?)"
    rf"\s(?:has |have |had |also |later |then )?"
    rf"(?:{SAID}|say|announced?|confirmed|estimates?|reckons|believes|reports)"
    rf"(?:[,\s](?:(?:on|in|at|during|late|early|last|this|yesterday|today|reporters|to|via|after|by|{DAY})\b|"
    rf"[^;“”\"\n]{{0,3}}\w+ing\b)[^;“”\"\n]{{0,90}})?\.?$"
)
UNNAMED = re.compile(r"(?:\w+ )?(?:officials?|authorities|police)$", re.I)
IS_OFFICE = re.compile(rf"\b{OFFICE}s?\b", re.I)
IN = re.compile(r"\b(?:in|from) (?:the )?$")
OWN = re.compile(r"(?:its|his|her|their)\b", re.I)
LOCAL = re.compile(
    r"\b(?:(?:acting |deputy |vice )?mayor|governor|(?:regional|local|city|municipal|district|provincial|state|"
    r"county|city’s|city's|town's|region's) (?:\w+ ){0,2}(?:administration|council|officials?|authorities|government|"
    r"police|head|leader|chief)|(?:head|chief|leader) of the (?:[\w’']+ ){0,2}(?:region|province|district|city|"
    r"administration))\b",
    re.I,
)
HOME_DEFENCE = re.compile(
    r"\b(?:air force|air defen[cs]e|health|interior|emergenc\w+|rescue|civil defen[cs]e|police)\b", re.I
)
STRUCK = re.compile(
    r"\b(?:attack(?:ed|s)?(?: on)?|against|at|on|towards?|over|hit|struck|pounded|shelled|bombed) "
    r"(?:the )?$",
    re.I,
)
VICTIM = re.compile(
    r"\b(?:destroy|shot down|down(?:ed|ing)|intercept|repel|captur|kill|eliminat|detect|track|spot|sight|monitor|"
    r"observ|count|scrambl)\w*\b[^,.;]{0,24}$",
    re.I,
)
STATES = frozenset({"state", "demonym", "government", "body", "group"})


def ending_speaker(text: str, before: int) -> tuple[int, int] | None:
    """Return where a sentence names at its end, in so many words, who said what stands before; None if nobody."""
    found = ENDING.search(text, before)
    if found is None or not IS_OFFICE.search(found["who"]):
        return None
    return found.span("who")


def office_of(places: Places, sentence: Sentence, start: int, end: int) -> str | None:
    """Return the code of the state or body whose office the words at [start, end) of the text name.

    None where they name no office, or nothing tells whose.
    """
    words = places.text[start:end]
    if not IS_OFFICE.search(words) or UNNAMED.match(words):
        return None
    named = places.context.parties_in(sentence)
    seat = [p for p in named if start <= p.start < end and IN.search(places.text[max(start, p.start - 9) : p.start])]
    if seat and seat[0].kind in {"capital", "state", "place"}:
        return seat[0].code
    around = [p for p in named if not start <= p.start < end]
    if OWN.match(words):
        return _owner([p for p in around if p.start < start])
    if LOCAL.search(words):
        return _local(places, sentence)
    return _state(places, around, home=bool(HOME_DEFENCE.search(words)))


def _owner(before: Sequence[PartyMatch]) -> str | None:
    """Return whose "its" is: what a sentence begins with is what it is about."""
    return next((p.code for p in before if p.kind in STATES), None)


def _local(places: Places, sentence: Sentence) -> str | None:
    """Return the country of a mayor or governor: that of the place spoken of."""
    settings = [s.match.code for s in places.of(sentence) if len(s.match.code) == 3]
    return settings[0] if settings else places.topic(sentence.index)


def _state(places: Places, around: Sequence[PartyMatch], *, home: bool) -> str | None:
    """Return whose "the Defence Ministry" is: of who acts in the sentence; of an air force who is attacked."""
    text = places.text
    written_in = dateline_state(places)
    if home:
        struck = [
            p for p in around if p.kind in ACTING | {"place"} and STRUCK.search(text[max(0, p.start - 16) : p.start])
        ]
        if struck or written_in:
            return struck[0].code if struck else written_in
    doing = [
        p.code
        for p in around
        if p.kind in STATES | {"capital"} and not VICTIM.search(text[max(0, p.start - 40) : p.start])
    ]
    return doing[0] if doing else written_in


def dateline_state(places: Places) -> str | None:
    """Return the state that a report was written in, by its dateline: "TAIPEI — The Defence Ministry said"."""
    first = places.context.sentences[0].text
    named = find_parties(first.title()) if DATELINE.match(f"{first} …") else []
    return next((p.code for p in named if is_state(p.code)), None)
