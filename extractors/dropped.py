"""What the cleaning of a page cost: numbers beside military nouns that it has and the text of its article lacks.

Most are other stories' figures in teasers, and rightly gone. What a person should look at is a page whose own list or
paragraph is among them, so each is recorded with the request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from extractors.wording import fold

# Stems, in the languages that the outlets write most: enough for an alarm, no more.
NOUNS = (
    r"troops?|soldiers?|servicem[ae]n|fighters?|reservists?|conscripts?|recruits?|mercenar(?:y|ies)|civilians?|people|"
    r"killed|dead|wounded|injured|casualties|prisoners?|tanks?|vehicles?|guns?|howitzers?|drones?|missiles?|rockets?|"
    r"shells?|aircraft|jets?|helicopters?|ships?|vessels?|brigades?|battalions?|soldaten|panzer|tote|verletzte|drohnen|"
    r"raketen|soldats|morts|blessés|chars|missiles|soldados|muertos|heridos|tanques|солдат\w*|военнослужащ\w+|военных|"
    r"убит\w+|погибш\w+|ранен\w+|пленн\w+|танк\w*|ракет\w*|дрон\w*|беспилотник\w*|військов\w+|вбит\w+|загибл\w+|"
    r"поранен\w+|полонен\w+|безпілотник\w*"
)
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*")
YEAR = re.compile(r"(?:19|20)\d\d")
NOUN_AFTER = re.compile(rf"(?:\s[^\W\d][\w-]{{0,20}}){{0,3}}?\s(?:{NOUNS})\b", re.IGNORECASE)
NOUN_BEFORE = re.compile(rf"\b(?:{NOUNS})(?:\s[^\W\d]\w{{0,12}})?:?\s$", re.IGNORECASE)
REACH = 80  # characters on either side of a number that are looked at
MOST_NUMBERS, MOST = 3_000, 20  # looked at on a page, kept of it


def military_numbers(tree: HtmlElement, declared: str | None = None) -> tuple[str, ...]:
    """Return the phrases of a page that name a number of something military, each once, in page order.

    What it declares as its article's body comes first: a text that lacks that is cut short.
    """
    shown = " ".join(" ".join([declared or "", *tree.itertext()]).split())
    found: dict[str, None] = {}
    for seen, match in enumerate(NUMBER.finditer(shown)):
        if seen == MOST_NUMBERS:
            break
        if not YEAR.fullmatch(match.group()) and (phrase := _phrase(shown, match)):
            found[phrase] = None
    return tuple(found)


def left_out(phrases: Sequence[str], *texts: str | None) -> tuple[str, ...]:
    """Return the phrases that stand in none of the texts: at most MOST."""
    if not phrases:
        return ()
    known = fold(" ".join(filter(None, texts)))
    return tuple(phrase for phrase in phrases if fold(phrase) not in known)[:MOST]


def _phrase(shown: str, number: re.Match[str]) -> str | None:
    """Return a number with the military noun beside it and what stands between them; None without such a noun."""
    after = NOUN_AFTER.match(shown, number.end(), number.end() + REACH)
    if after:
        return number.group() + after.group()
    before = NOUN_BEFORE.search(shown[max(0, number.start() - REACH) : number.start()])
    return before.group() + number.group() if before else None
