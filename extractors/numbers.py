"""How many: number expressions with their hedges and ranges, as intervals; nothing that counts no things."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.numerals import Numeral, find_numerals
from extractors.records import Qualifier

MORE = (
    r"(?:well |far |just |slightly |already )?(?:more than|(?<!ran )(?<!run )(?<!runs )(?<!hand )"
    r"(?<!hands )(?<!handed )(?<!handing )(?<!turned )(?<!took )over|above|in excess of|"
    r"upwards? of|exceed(?:s|ed|ing)?|"
    r"greater than|higher than|topp(?:ed|ing)|surpass(?:ed|ing)|beyond)"
    r"|at (?:the (?:very )?)?least|no (?:fewer|less) than|not (?:fewer|less) than|a minimum of|as few as"
)
LESS = (
    r"(?<!gone )(?<!went )(?<!goes )(?<!rose )(?<!go )(?<!going )(?<!risen )(?<!climbed )up to|"
    r"as (?:many|much|high) as|(?:far )?(?:fewer|less|lower) than|no more than|not more than|at most|under|"
    r"below|a maximum of|maximum|upto|at the most"
)
NEARLY = (
    r"nearly|almost|close to|just (?:under|short of|below)|approaching|nearing|not quite|just shy of|"
    r"a little (?:under|less than)"
)
ABOUT = (
    r"(?:an |the )?estimated|around|about|some|roughly|approximately|approx\.?|circa|an average of|something like|"
    r"in the region of|in the order of|on the order of|perhaps|maybe|~|≈|about an estimated|estimates? of"
)
PLAIN = (
    r"an? (?:additional|extra|further|total of|combined|record)|another|(?:the |all )?(?:other|first|last)|all|the|"
    r"additional"
)
HEDGE = re.compile(
    rf"(?<![\w-])(?:(?P<more>{MORE})|(?P<less>{LESS})|(?P<nearly>{NEARLY})|(?P<about>{ABOUT})|"
    rf"(?P<plain>{PLAIN}))[ \u00a0]?$",
    re.IGNORECASE,
)
HEDGE_REACH = 34  # no hedge is longer
BEHIND = re.compile(
    r"(?:-| )(?P<about>odd|or so|or thereabouts)\b|(?P<more>\+| or more\b|-plus\b| plus\b| and counting\b)",
    re.IGNORECASE,
)
RANGE_LINK = re.compile(r"\s?[–—-]\s?|\s+(?:to|or|and)\s+", re.IGNORECASE)
BETWEEN = re.compile(
    r"(?<!\w)(?:between|from|(?:at )?anywhere (?:from|between))(?: (?:about|around|some|roughly))? $", re.IGNORECASE
)
# The verbs after which "from A to B" names two states of affairs and no range.
CHANGES = re.compile(
    r"\b(?:rise|rose|risen|rising|grow|grew|grown|growing|increas\w+|jump\w*|climb\w*|fall|fell|fallen|falling|"
    r"drop\w*|"
    r"cut|cutting|reduc\w+|shrink\w*|shrank|declin\w+|swell\w*|expand\w*|went|go|boost\w*|up|down)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
# What stands right before a number that counts nothing: money, names with numbers, dates, ages.
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|uary|ruary|ch|il|e|y|ust|tember|ober|ember)?"
NO_COUNT_BEFORE = re.compile(
    r"(?:[$€£¥₽₴#§@/]|\b(?:US|A|C|HK)\$|\b(?:EUR|USD|GBP|Rs\.?)|[A-Za-z]-|[A-Za-z]|\d[.:,/]|"
    r"\b(?:[Rr]esolution|[Nn]o\.|[Nn]umber|Article|Section|Chapter|Title|Route|Highway|[Ff]light|Channel|Page|Part|"
    r"Phase|Level|Tier|Type|Mark|Mk|Leopard|Abrams M|Challenger|Merkava|Boeing|Airbus|Falcon|Apollo|Camp|Unit|Pier|"
    r"Gate|Bureau|Area|Vatican|World War|Super Bowl|Tu|MiG|Su|Group of|aged?|at|Rule|Annex|Amendment|Room|Zone|Block|"
    r"Caption) ?)$"
)  # fmt: skip
DAY_OF_MONTH = re.compile(rf"\b{MONTH} ?$")
# "put the toll at 19" is no age.
PUT_AT = re.compile(
    r"\b(?:tolls?|losses|casualties|deaths|dead|numbers?|total|figure|tally|count|strength|force|garrison)\b"
    r"[^.;,]{0,90}\bat $"
)
NO_COUNT_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|[A-Za-z]|[/:]\d|\.\d| ?(?:%|percent\b|per ?cent\b|pct\b|°)|"
    r"-(?!odd|strong|plus|man|men|soldier|troop|member|person|\d|–)[A-Za-z]|"
    r" ?(?:a\.?m\b|p\.?m\b|GMT|ET\b|EST\b|EDT\b|o['’]clock)|"
    r"[ -](?:(?:and a half|more|full|long|consecutive|straight|nautical|square|cubic|metric|US|U\.S\.|American|"
    r"Canadian) )?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|nights?|decades?|centur\w+|kilomet\w+|kms?|miles?|"
    r"met(?:er|re)s?|feet|foot|ft|inch\w*|yards?|cm|mm|kg|kilos?|kilogram\w*|pounds?|tons?|tonnes?|barrels?|gallons?|"
    r"lit(?:er|re)s?|acres?|hectares?|degrees?|dollars?|euros?|rubles?|roubles?|cents?|hryvnias?|pesos?|francs?|yen|"
    r"yuan|rupees?|shekels?|times|points?|percentage|votes?|seats?|knots|mph|kph|megawatts?|kilotons?|thirds?|"
    r"quarters?|fifths?|tenths?|"
    rf"{MONTH}(?=\W|$))(?!\w)"
)  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d\d")
OLD_YEAR = re.compile(r"[Ii]n 1[4-8]\d\d")
AGED = re.compile(
    r"\b(?:girls?|boys?|children|men|women|people|those|anyone|everyone|kids|citizens|child|"
    r"aged) (?:aged )?(?:under|over|above|below) $",
    re.IGNORECASE,
)
POPULATION = re.compile(r"\bpopulation (?:of|is) (?:\w+ ){0,3}$", re.IGNORECASE)
NAME_AND_AGE = re.compile(r"[A-Z][\w.'’-]+, $")  # "Mary Ellis, 43, said"
ALL_BUT = re.compile(r"\b(?:all|everything|anything|none) but (?:the )?$", re.IGNORECASE)
ONE_OF_THE_BEST = re.compile(
    r" of (?:[\w.]+['’]s |the |its |their |his ){0,2}(?:most|best|top|leading|highest|few)\b"
)
AGE_OF = re.compile(r", (?:who|said|told|was|is|has|had|alleged|claimed|added|from)\b")
NO_PRONOUN = re.compile(r"(?:\b(?:no|any|every|some|each|this|that|which|the|as|number|day) ?$)", re.IGNORECASE)
FRACTIONS = re.compile(
    r"[ -](?:in|out of)[ -](?:\d|two|three|four|five|six|ten|a hundred)|[ -](?:third|half|quarter|fifth|tenth)",
    re.IGNORECASE,
)

OF_SO_MANY = re.compile(r"\b(?:one|two|three|four|nine|\d) (?:in|out of) (?:every )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number expression: `start`, `end` with its hedge, `core` of the bare number, and its interval."""

    start: int
    end: int
    core: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    year_like: bool = False


def _counts(text: str, n: Numeral) -> bool:
    """Return whether a numeral may count things."""
    if n.decimal:
        return False
    before, word = text[max(0, n.start - 14) : n.start], text[n.start : n.end].lower()
    if n.digits and (n.high <= 31 or YEAR.fullmatch(text[n.start : n.end])) and DAY_OF_MONTH.search(before):
        return False  # "March 14", and not "by the end of March 5,000"
    if n.digits and NO_COUNT_BEFORE.search(before) and not PUT_AT.search(text[max(0, n.start - 120) : n.start]):
        return False
    if not n.digits and re.search(r"[\w]-$|[$€£]$", before):
        return False
    if NO_COUNT_AFTER.match(text, n.end):
        return False
    if n.high < 20 and (FRACTIONS.match(text, n.end) or OF_SO_MANY.search(before)):
        return False
    aged = n.digits and n.high < 111 and before.endswith(", ")
    if aged and (
        AGE_OF.match(text, n.end) or (text[n.end : n.end + 1] in {",", ")"} and NAME_AND_AGE.search(before))
    ):
        return False
    if (
        ALL_BUT.search(before)
        or AGED.search(text[max(0, n.start - 24) : n.start])
        or POPULATION.search(text[max(0, n.start - 40) : n.start])
    ):
        return False
    return not (
        word == "one"
        and (
            NO_PRONOUN.search(before)
            or re.match(
                r" (?:another|day|way|time|who|whose|might|could|can|must|should|would|may|needs?|has to)\b|['’]s",
                text[n.end : n.end + 9],
            )
        )
    )


def _ranged(text: str, a: Numeral, b: Numeral) -> tuple[int, int, int] | None:
    """Return start, low and high where two numerals are the ends of one range."""
    link = text[a.end : b.start]
    if not RANGE_LINK.fullmatch(link) or a.kind != "count" or b.kind == "order":
        return None
    if a.decimal and b.scale == 1:
        return None
    first = float(text[a.start : a.end]) if a.decimal else a.low
    low = round(first * b.scale) if a.scale == 1 and b.scale > 100 and a.low < 1_000 else a.low
    if a.digits and low < 1_000 and b.low >= 1_000 and low * 1_000 < b.low and text[b.start : b.end].endswith("000"):
        low *= 1_000  # "8-10,000" begins at eight thousand
    if low >= b.low or (YEAR.fullmatch(text[a.start : a.end]) and YEAR.fullmatch(text[b.start : b.end])):
        return None
    opened = BETWEEN.search(text[max(0, a.start - 24) : a.start])
    word = link.strip().lower()
    if word == "and" and not (opened and "etween" in opened.group().lower()):
        return None
    if word == "or" and b.low > 2 * low:
        return None
    if (
        word == "to"
        and opened
        and "from" in opened.group().lower()
        and CHANGES.search(text[max(0, a.start - 100) : a.start])
    ):
        return None
    return (a.start - len(opened.group()) if opened else a.start), low, b.low


def _hedged(text: str, start: int) -> tuple[int, str]:
    """Return where the hedges before a number begin, and the weightiest of them."""
    names: list[str] = []
    while True:
        found = HEDGE.search(text[max(0, start - HEDGE_REACH) : start])
        if not found or found.lastgroup is None or len(names) == 3:
            break
        if found.lastgroup == "about" and found.group().lower().startswith("perhaps") and names:
            break
        names.append(found.lastgroup)
        start -= len(found.group())
    weighty = [x for x in names if x in {"more", "less", "nearly"}] or [x for x in names if x == "about"]
    return start, weighty[-1] if weighty else "plain"


def _interval(n: Numeral, low: int, high: int, hedge: str) -> tuple[int | None, int | None, Qualifier]:
    if n.kind == "order":
        return low, high, "order"
    if low != high:
        return low, high, "range"
    if hedge == "more":
        return low, None, "more_than"
    if hedge == "less":
        return None, high, "less_than"
    if hedge == "nearly":
        return high * 9 // 10, high, "nearly"
    if hedge == "about" or n.kind == "about":
        return low, high, "about"
    return low, high, "exact"


def find_numbers(text: str) -> list[NumberMatch]:
    """Return the number expressions that may count things, in order, with the intervals of the contract.

    None for money, percentages, distances, dates, ages, times, ordinals, fractions and names with numbers.
    """
    numerals = find_numerals(text)
    found: list[NumberMatch] = []
    i = 0
    while i < len(numerals):
        n = numerals[i]
        i += 1
        start, end, low, high = n.start, n.end, n.low, n.high
        pair = _ranged(text, n, numerals[i]) if i < len(numerals) else None
        if pair and _counts(text, numerals[i]):
            (start, low, high), end = pair, numerals[i].end
            i += 1
        elif not _counts(text, n):
            continue
        begin, hedge = _hedged(text, start)
        after = BEHIND.match(text, end)
        if after:
            end, hedge = after.end(), hedge if hedge != "plain" else str(after.lastgroup)
        lower, upper, qualifier = _interval(n, low, high, hedge)
        year_like = n.digits and n.end - n.start == 4 and YEAR.fullmatch(text[n.start : n.end]) is not None
        year_like = year_like or OLD_YEAR.fullmatch(text[max(0, n.start - 3) : n.end]) is not None
        found.append(NumberMatch(begin, end, n.start, lower, upper, qualifier, year_like))
    return found
