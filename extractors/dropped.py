"""A check on the cleaning: numbers beside military nouns that a page shows and the text of its article lacks.

Most are other stories' figures in teasers and captions, and rightly gone. What a person should look at is a page
whose own list or paragraph is among them. Nothing depends on it: it is asked for, as by a doctor, and costs a parse.
"""

from __future__ import annotations

import re

from lxml import etree

from extractors.furniture import NEVER_TEXT_TAGS
from extractors.markup import LIBRARY_FAILURES, UnreadableError, parse_page
from extractors.wording import fold, one_line

# Stems, in the languages that the outlets write most: enough for an alarm, no more.
NOUNS = (
    r"troops?|soldiers?|servicem[ae]n|fighters?|reservists?|conscripts?|recruits?|mercenar(?:y|ies)|civilians?|people|"
    r"killed|dead|wounded|injured|casualties|prisoners?|tanks?|vehicles?|guns?|howitzers?|drones?|missiles?|rockets?|"
    r"shells?|aircraft|jets?|helicopters?|ships?|vessels?|brigades?|battalions?|soldaten|panzer|tote|verletzte|drohnen|"
    r"raketen|soldats|morts|blessés|chars|missiles|soldados|muertos|heridos|tanques|солдат\w*|военнослужащ\w+|военных|"
    r"убит\w+|погибш\w+|ранен\w+|пленн\w+|танк\w*|ракет\w*|дрон\w*|беспилотник\w*|військов\w+|вбит\w+|загибл\w+|"
    r"поранен\w+|полонен\w+|безпілотник\w*"
)
NUMBER = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d{1,9})(?!\d)")
NOUN_AFTER = re.compile(rf"(?:\s[^\W\d][\w-]{{0,20}}){{0,3}}?\s(?:{NOUNS})\b", re.IGNORECASE)
NOUN_BEFORE = re.compile(rf"\b(?:{NOUNS})(?:\s[^\W\d]\w{{0,12}})?:?\s$", re.IGNORECASE)
REACH = 80  # characters on either side of a number that are looked at
MOST = 50


def dropped_figures(body: bytes, text: str, content_type: str | None = None) -> tuple[str, ...]:
    """Return the phrases of a page that name a military number and are not in the text, each once, in page order.

    Scripts, menus, asides, captions and footers are not looked at. Nothing is returned for a page that no tree can be
    had of.
    """
    try:
        tree = parse_page(body, content_type)
        etree.strip_elements(tree, *NEVER_TEXT_TAGS, with_tail=False)
        shown = one_line(" ".join(tree.itertext())) or ""
    except (UnreadableError, *LIBRARY_FAILURES):
        return ()
    known = fold(text)
    found = dict.fromkeys(phrase for match in NUMBER.finditer(shown) if (phrase := _phrase(shown, match)))
    return tuple(phrase for phrase in found if fold(phrase) not in known)[:MOST]


def _phrase(shown: str, number: re.Match[str]) -> str | None:
    """Return a number with the military noun beside it and what stands between them; None without such a noun."""
    after = NOUN_AFTER.match(shown[number.end() : number.end() + REACH])
    if after:
        return number.group() + after.group()
    before = NOUN_BEFORE.search(shown[max(0, number.start() - REACH) : number.start()])
    return before.group() + number.group() if before else None
