"""The words in which tolls and totals are told before or behind a number that has no noun of its own."""

from __future__ import annotations

import re

from extractors.records import Measure

TOLL = re.compile(
    r"\b(?:(?:death|casualty|killed|body)?[ -]?(?:toll|count)|number of (?:the )?(?:dead|deaths|killed))\b"
    r"[^.;]{0,110}$",
    re.IGNORECASE,
)
# "Their troops are to be cut to 8,600": a force by what it grows or shrinks to.
RESIZED = re.compile(
    r"\b(?:troops|forces|soldiers|personnel)\b[^.;,\d]{0,40}\b(?:withdrawn|cut|reduced|drawn down|scaled back|"
    r"trimmed|lowered|raised|increased|boosted) (?:to|from) (?:\w+ )?$"
)
NUMBERS = re.compile(r"\b(?P<noun>\w+) (?:now |already )?(?:numbers?|numbered|numbering) (?:some )?$", re.IGNORECASE)
SIZE = re.compile(
    r"\b(?:army|force|military|contingent|garrison|armed forces)\b[^.;,\d]{0,20}\b(?:to|at|of) (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
TOLL_BEHIND = re.compile(r"^ (?:the|its|their|his) (?:[\w-]+ ){0,2}?toll\b", re.IGNORECASE)
PUT_AT = re.compile(
    r"\b(?P<what>losses|casualties|deaths|fatalities)\b[^.;\d]{0,40}\b(?:at|to|of|reach\w*|exceed\w*|topp\w+|pass\w*)"
    r"\s*(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
THAT_NUMBER = re.compile(
    r"\b(?:that|this|the|its|their) (?:\w+ )?(?:number|total|figure|force|level|contingent|"
    r"presence)s?\b[^.;]{0,50}\b(?:to|at|of|by|is|was|reach\w*)[^.;\d]{0,16}$",
    re.IGNORECASE,
)
# "the number of people displaced by the fighting has reached 11,000", "put the number of civilians killed at 16"
NUMBER_OF = re.compile(
    r"\b(?:number|total) of (?:[\w-]+ )?(?P<noun>\w+) (?:who (?:were|have been) )?(?P<what>killed|dead|wounded|"
    r"injured|displaced|uprooted|missing|captured|destroyed|downed|shot down)\b"
    r"[^.;\d]{0,60}\b(?:at|to|reach\w*|hit|passed|topped|exceed\w*|was|is)"
    r"\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
HARMED: dict[str, Measure] = {
    "killed": "killed", "dead": "killed", "wounded": "wounded", "injured": "wounded", "displaced": "displaced",
    "uprooted": "displaced", "missing": "missing", "captured": "captured",
    "destroyed": "destroyed", "downed": "destroyed", "shot down": "destroyed",
}  # fmt: skip
