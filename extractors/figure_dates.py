"""Whether the dates in a sentence set its figures in the past, and which day they speak of."""

from __future__ import annotations

import re
from datetime import date

from extractors.periods import MONTH_NAMES
from extractors.when import is_past_period, resolve_when

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = re.compile(
    rf"\b(?:in|on|late|early|mid|last|during|of|a|the|until|by|from|this)[ -](?:(?:late|early|mid)[ -])?({MONTHS})\b"
    r"|\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec)\. \d|"
    rf"\b({MONTHS}) \d{{1,2}}\b(?! ?,? ?\d{{4}})",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<![\d,.$-])((?:19|20)\d\d|(?<=\b[Ii]n )1[4-8]\d\d)s?"
    r"(?!\d|,\d|%|\.\d| (?:people|troops|soldiers|villages|cases))"
)
AGO = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d+) (?:years?|decades?) (?:ago|earlier|"
    r"before)|(?:a|one) (?:year|decade) (?:ago|earlier)|last (?:year|spring|summer|autumn|fall|winter)|years? ago|"
    r"at the time|in the (?:spring|summer|autumn|fall|winter)|in the past(?! \w+ (?:\w+ )?(?:hours?|days?|weeks?|"
    r"months?|years?))"
    r"(?! (?:few|24|48|day|week|month|year|hour|two|three|several|decade))|the (?:previous|last|earlier|"
    r"first) (?:war|conflict)|World War|Vietnam War|(?:the|first|1991) Gulf War|9/11|Sept(?:ember|\.) 11|(?:Soviet|"
    r"Iran-Iraq|Cold|Korean) [Ww]ar)\b"
)
REACH = 160  # characters before a date that say what it is the date of
SINCE_WHEN = re.compile(r"\bsince (?:\w+ ){0,2}(?:19|20)\d\d,? when\b")
MONTHLY = re.compile(rf"\b(?:a|an|the) (?:late |early |mid-)?({MONTHS}) (?=[a-z])")
SINCE = re.compile(
    r"\b(?:[Ss]ince|[Aa]fter|following)(?: (?:the|late|early|mid-?|at least|its|in|his))?(?: \w+\.?){0,2} ?$"
    r"|\b[Ss]ince (?:[\w'’-]+ ){1,7}(?:in|on) (?:\w+\.? ){0,2}$"
)
# "compared with the same period in 2019": the year is another figure's.
COMPARED = re.compile(
    r"\b(?:compar\w+ (?:with|to)|than|versus|up from|down from|same (?:period|time|month)s?)\b[^.;,]{0,40}$"
)
# "since the 2009 attack that killed eight": what the attack did is of its day.
OF_DATED_ATTACK = re.compile(
    r"\b(?:since|after|following|to|for|with|of|in|on|anniversary of) (?:the|a|an|an? \w+) (?:\w+\.? ){0,2}"
    r"(?P<year>(?:19|20)\d\d) (?:[\w'’-]+ ){0,5}?(?:attacks?|bombings?|assault|massacre|siege|"
    r"raid|shootings?|blasts?|clash(?:es)?|coup|"
    r"battle|war|crash|killings?|explosions?|strikes?)\b[^.;]{0,90}$"
)
DATED_ATTACK = re.compile(
    r"^(?:The|A|An) (?P<year>(?:19|20)\d\d) (?:[\w'’-]+ ){0,4}?(?:attacks?|bombings?|massacre|siege|raid|shootings?|"
    r"blasts?|battle|war|strikes?)\b[^.;]{0,40}$"
)
# When it was said is not when it was; when someone was born or a force founded is neither.
SAID_THEN = re.compile(
    r"\b(?:said|says|told|reported|announced|heard|confirmed|claimed|stated)(?: \w+){0,2}?(?: on| late)? $"
)
BIOGRAPHY = re.compile(
    r"\b(?:born|founded|established|formed|created|elected|appointed|took office|came to power|took power|built|"
    r"independent|independence)\b(?: [\w'’]+){0,3}?(?: (?:in|since|on))? $"
)
ANNIVERSARY = re.compile(r"\banniversary of\b[^.;]{0,120}$")
RECENT = re.compile(
    r"(?i)\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight|this (?:week|month|year|morning)|"
    r"last (?:week|month|night)|overnight|"
    r"so far|currently|now|since|recent(?:ly)?|in (?:the )?(?:past|last) (?:\w+ )?(?:hours?|days?|weeks?|months?))\b"
)
MONTH_OF_YEAR = re.compile(rf"(?<=\b[Ii]n )(?:{MONTHS}),? this year\b")  # no nearer than the month alone
# "from 24 February 2022 to 15 March 2026", told in 2026: a beginning, as "since" is.
TO_DATE = re.compile(r"\b[Ff]rom\b[^.;:]{4,40}? (?:to|until|till|through) [^.;:]{0,24}?\b(20\d\d)\b")
# "the war, which began when the army seized power in 2023": the year is the beginning's.
BEGAN = re.compile(r"\b(?:began|begun|started|broke out|erupted|flared)\b[^.;]{0,80}$")


def _of_another(before: str) -> bool:
    """Return whether what stands before a date makes it a beginning's ("since"), or another figure's ("than in")."""
    near = before[-REACH:]  # else a sentence of dates alone costs the square of its length
    return any(pattern.search(near) for pattern in (SINCE, COMPARED, BEGAN))


def past_year(text: str, published: date | None) -> bool:
    """Return whether a text names an earlier year, other than as a beginning ("since 2014")."""
    for found in YEAR.finditer(text):
        earlier = int(found.group(1)) < (published.year if published else 2100)
        before = text[max(0, found.start(1) - REACH) : found.start(1)]
        if earlier and not _of_another(before):
            return True
    return False


def last_year(text: str, published: date | None) -> bool:
    """Return whether a text dates itself to a year before publication's."""
    if published is None:
        return past_year(text, None)
    dates = [m for m in resolve_when(text, published) if m.kind != "since"]
    return past_year(text, published) or any(m.last.year < published.year for m in dates)


def years_ago(text: str) -> bool:
    """Return whether a text speaks of years ago or of an earlier war, other than as a beginning."""
    ago = AGO.search(text)
    return ago is not None and not SINCE.search(text[: ago.start()])


def dated_past(text: str, published: date | None) -> bool:
    """Return whether a sentence sets itself in the past: an earlier year, a named earlier month, years ago."""
    if years_ago(text):
        return True
    if published is not None:
        dates = [m for m in resolve_when(text, published) if not _of_another(text[max(0, m.start - REACH) : m.start])]
        other_month = any(MONTH_NAMES[m.group(1)[:3].lower()] != published.month for m in MONTHLY.finditer(text))
        return other_month or past_year(text, published) or any(is_past_period(m, published) for m in dates)
    months = (text[max(0, m.start() - REACH) : m.start()] for m in MONTH.finditer(text))
    return past_year(text, None) or any(not SINCE.search(before) for before in months)


def day_of(text: str, at: int, published: date | None) -> date | None:
    """Return the day a figure at an offset of its sentence speaks of: the last day of the nearest time said."""
    if published is None:
        return None
    if (attack := OF_DATED_ATTACK.search(text[:at])) or (attack := DATED_ATTACK.search(text[:at])):
        return date(int(attack["year"]), 12, 31)
    dates = [
        m for m in resolve_when(text, published) if not BIOGRAPHY.search(text[max(0, m.start - REACH) : m.start])
    ]
    told = [m for m in dates if SAID_THEN.search(text[max(0, m.start - REACH) : m.start])]
    dates = [m for m in dates if m not in told] or told
    if not dates:
        return None
    nearest = min(dates, key=lambda m: min(abs(m.start - at), abs(m.end - at)))
    if nearest.kind == "since":
        return published
    return nearest.last


def with_since(text: str, published: date | None) -> str:
    """Return a text with each span of time that ends in the year of publication said as "since"."""
    this_year = published.year if published else 0
    return TO_DATE.sub(lambda m: "since then" if int(m[1]) == this_year else m[0], text)
