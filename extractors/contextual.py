"""Names that mean a party only in the company of others: "the North", "the rebels", "Kurdish forces", "Kim"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.ambiguity import REACH, has_other_first_name
from extractors.taken import Taken

FORCES = (
    r"(?:forces|fighters?|militias?|militiamen|troops|units|commanders?|leaders?|officials?|authorities|groups?|allies"
    r"|partners?|alliance|security forces|government|soldiers|administration|factions?|movement|armies|army)"
)
ADJECTIVE = r"(?:armed|moderate|Islamist|Sunni|Shiite|main|anti-government|anti-regime|opposition|local|other|some)"


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a party once others are named: by whose company, and whom."""

    words: re.Pattern[str]
    company: Mapping[str, frozenset[str]]  # the party named → the codes that must lead the count of the text
    needs: Mapping[str, frozenset[str]]  # the party named → codes of which one must be there at all
    kind: str
    gender: str | None = None


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


SYRIAN_KURDS, IRAQI_KURDS = _codes("SYR ypg sdf syrian-kurds"), _codes("IRQ iraqi-kurds")
ONLOOKERS = _codes("USA GBR FRA RUS CHN TUR IRN ISR SAU")  # named in the news of any war
REBELS = {
    "syrian-rebels": _codes("SYR syrian-rebels syrian-opposition"),
    "libyan-rebels": _codes("LBY libyan-rebels"),
    "houthis": _codes("YEM houthis"),
    "donbas-separatists": _codes("UKR donbas-separatists RUS"),
    "m23": _codes("COD m23"),
    "farc": _codes("COL farc"),
    "spla-io": _codes("SSD spla-io"),
    "taliban": _codes("AFG taliban"),
}
REBELS_NEED = {
    "houthis": _codes("houthis"), "m23": _codes("m23"), "farc": _codes("farc"), "donbas-separatists": _codes("UKR"),
    "taliban": _codes("taliban"), "spla-io": _codes("spla-io"),
}  # fmt: skip
NAMINGS = (
    Naming(
        re.compile(rf"\b(?:Kurds\b|Kurdish(?:-led)?\s(?:\w+\s)?{FORCES}\b)"),
        {"syrian-kurds": SYRIAN_KURDS, "iraqi-kurds": IRAQI_KURDS},
        {}, "group",
    ),
    Naming(
        re.compile(r"\bKurdish\s(?:militants?|rebels?|separatists?|insurgents?|guerrillas?)\b"),
        {"pkk": _codes("TUR pkk")}, {"pkk": _codes("TUR pkk")}, "group",
    ),
    Naming(
        re.compile(
            rf"(?<![-\w])(?:{ADJECTIVE}\s)?(?:rebels\b|rebel\s(?:\w+\s)?{FORCES}\b|(?:opposition|rebel)\sfighters\b|"
            rf"the\sinsurgents\b|opposition\sforces\b)", re.I,
        ),
        REBELS, REBELS_NEED, "group",
    ),
    Naming(
        re.compile(rf"(?<![-\w])separatists?\b(?:\s(?:\w+\s)?{FORCES}\b)?", re.I),
        {"donbas-separatists": REBELS["donbas-separatists"]}, {"donbas-separatists": _codes("UKR")}, "group",
    ),
    Naming(
        re.compile(r"\b(?:the|The)\sopposition\b(?!\s(?:forces|fighters|party|parties|lawmaker|leader of))"),
        {"syrian-opposition": REBELS["syrian-rebels"]}, {}, "group",
    ),
    Naming(
        re.compile(r"\b(?:the|The)\scoalition\b"),
        {"saudi-coalition": _codes("YEM SAU houthis saudi-coalition")},
        {"saudi-coalition": _codes("saudi-coalition")}, "group",
    ),
    Naming(re.compile(r"\b[Tt]he\sNorth\b(?!\s?-|\s[A-Z])"), {}, {"PRK": _codes("PRK")}, "state"),
    Naming(re.compile(r"\b[Tt]he\sSouth\b(?!\s?-|\s[A-Z])"), {}, {"KOR": _codes("PRK")}, "state"),
    Naming(re.compile(r"\b(?:two|both|rival|the|The)\sKoreas\b"), {}, {"PRK": _codes("PRK KOR")}, "state"),
    Naming(re.compile(r"\b(?:two|both|rival|the|The)\sKoreas\b"), {}, {"KOR": _codes("PRK KOR")}, "state"),
    Naming(re.compile(r"(?<!\w-)\bKim\b(?!\s[A-Z]|-)"), {}, {"PRK": _codes("PRK")}, "person", "m"),
)  # fmt: skip
TRIGGER = re.compile(r"(?i:kurd|rebel|separatist|insurgent|opposition|coalition)|North\b|South\b|Koreas|Kim\b")


def _company(naming: Naming, counts: Counter[str]) -> str | None:
    """Return the party named, told by which states and groups the text speaks of most."""
    if not naming.company:
        return next((code for code, any_of in naming.needs.items() if any(counts[c] for c in any_of)), None)
    scores = {code: sum(counts[c] for c in by) for code, by in naming.company.items()}
    for code, any_of in naming.needs.items():
        if not any(counts[c] for c in any_of):
            scores.pop(code, None)
    best = max(scores, key=lambda code: scores[code], default=None)
    if best is not None and any(
        n > scores[best]
        for code, n in counts.items()
        if len(code) == 3 and code.isupper() and code not in naming.company[best] | ONLOOKERS
    ):
        return None  # rebels of the country that the text speaks of more
    if best is None or not scores[best] or list(scores.values()).count(scores[best]) > 1:
        return None
    return best


def contextual_names(
    text: str, codes: Sequence[str], taken: Taken
) -> Iterator[tuple[int, int, str, str, str | None]]:
    """Yield start, end, code, kind and gender of names that their company tells; none inside what is taken."""
    if not TRIGGER.search(text):
        return
    counts = Counter(codes)
    for naming in NAMINGS:
        code = _company(naming, counts)
        if code is None:
            continue
        for match in naming.words.finditer(text):
            named = naming.kind == "person" and has_other_first_name(
                text[max(0, match.start() - REACH) : match.start()]
            )
            if not named and not taken.holds(*match.span()):
                yield (*match.span(), code, naming.kind, naming.gender)
