"""Who is named in a sentence, and how: as its subject, its speaker, in a quotation, by which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extractors.introductions import gender_of
from extractors.parties import PartyMatch
from extractors.sentences import Sentence
from extractors.taken import Taken

PERSON_ROLES = frozenset(
    "president premier minister secretary chancellor king queen prince ambassador envoy negotiator mediator "
    "spokesman spokeswoman spokesperson general commander colonel admiral official diplomat adviser advisor leader "
    "chief chairman director governor emir pope strongman officer representative".split()
)
ROLE = (
    r"(?:prime minister|president|premier|minister|secretary|chancellor|king|queen|prince|ambassador|envoy|negotiator"
    r"|mediator|spokes(?:man|woman|person)|general|commander|colonel|admiral|officials?|diplomats?|advis[eo]r|leaders?"
    r"|chief|chairman|director|governor|emir|officer|representative|ministry|military|army|government|regime|navy"
    r"|administration|forces|troops|authorities|embassy|parliament|agency|coalition|council|court|mission|delegation|sources?|police|intelligence|spokesmen|envoys|rebels|fighters)"
)
BETWEEN = r"(?:\s(?!(?:said|says|and|or|that|the|to|in|on|with|of|has|was|is|will)\b)[\w.'’-]+){0,4}?"
ROLE_AFTER = re.compile(rf"(?:['’]s?)?(?P<title>{BETWEEN}\s(?:{ROLE}\s)*(?P<role>{ROLE}))\b", re.I)
ROLE_BEFORE = re.compile(rf"(?P<title>\b(?P<role>{ROLE})\s(?:of|for|from|at))\s(?:the\s)?$", re.I)
TITLE_BEFORE = re.compile(rf"\b(?P<role>{'|'.join(sorted(PERSON_ROLES))}) $", re.I)  # "President" before a name
SAID = (
    r"(?:said|says|told|added|adds|announced|warned|wrote|tweeted|insisted|stated|declared|noted|explained|continued|"
    r"argued|claimed|reported)"
)
SAID_AFTER = re.compile(
    rf"(?:['’]s?(?:\s[\w.'’-]+){{1,6}})?(?:,[^,.“”\"]{{2,90}},)?\s(?:(?:also|has|had|later|then)\s)?{SAID}\b"
)
ROLE_SAID_AFTER = re.compile(rf"(?:['’]s?)?(?:\s[\w.'’-]+){{0,6}}?\s{SAID}\b")
SAID_BEFORE = re.compile(rf"(?:\b{SAID}|\baccording to)\s(?:[\w.'’,-]+\s){{0,6}}$", re.I)
PREPOSITION = (
    r"(?:in|on|at|by|with|to|from|of|against|over|for|about|between|into|near|through|under|during|after|before|since"
    r"|towards?|across|inside|outside|than|and)"
)
OFFICE = (
    r"(?:President|Prime|Vice|Foreign|Defen[sc]e|Interior|Minister|Secretary|State|General|Gen\.|King|Prince|Chancellor"
    r"|Ambassador|Leader|Mr\.?|Mrs\.?|Ms\.?|Adm\.|U\.S\.|US|Israeli|Iraqi|Saudi|[A-Z][a-z]+(?:an|ese|ish))"
)
GOVERNED = re.compile(rf"\b(?i:{PREPOSITION})\s(?:the\s)?(?:(?:[a-z-]+|{OFFICE})\s){{0,4}}$")
CLOSING = re.compile(r"[^“”\"]*(?:”|(?<=[.,?!\w…])\"(?!\w))")  # the first mark of a sentence closes what was open
QUOTATION = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
PLURAL_AFTER = re.compile(
    r"(?:['’]s?)?(?:\s[\w-]+){0,3}?\s(?:officials|forces|troops|leaders|authorities|rebels|soldiers|fighters)\b"
)
PLURAL = re.compile(r"(?:ans|is|ns|ites|[Rr]ebels|[Ss]eparatists|Houthis?|Taliban|Kurds|fighters|militants)$")
STRANGER = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+\s){1,2}[A-ZÀ-Þ][\w'’-]+|\bM(?:r|rs|s)\.?\s[A-Z][\w'’-]+|[A-Z][\w'’-]+")
NO_STRANGER = frozenset(
    "He She It They We The A An In On At But And Monday Tuesday Wednesday Thursday Friday Saturday Sunday Reuters "
    "Associated January February March April May June July August September October November December".split()
)


POSSESSIVES = frozenset({"'s ", "’s "})
SORTS = {"capital": "state", "demonym": "people"}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone named who a later pronoun or role may stand for. A code of None: a person who is no party."""

    start: int
    end: int
    code: str | None
    sort: str  # person, state, people, government, body, group, place
    gender: str | None
    speaker: bool
    quoted: bool
    plural: bool
    role: str | None
    subject: bool = False


def find_quotations(sentences: Sequence[Sentence]) -> list[list[tuple[int, int]]]:
    """Return where quotations lie in each sentence; one that closes up to four sentences on lasts until there."""
    found: list[list[tuple[int, int]]] = []
    still_open = False
    for index, sentence in enumerate(sentences):
        closed = CLOSING.match(sentence.text) if still_open else None
        begin = closed.end() if closed else 0
        if still_open and not closed:
            found.append([(0, len(sentence.text))])
        else:
            spans = [match.span() for match in QUOTATION.finditer(sentence.text, begin)]
            found.append([(0, begin), *spans] if closed else spans)
            last = sentence.text[spans[-1][0] : spans[-1][1]] if spans else ""
            still_open = bool(last) and (len(last) == 1 or last[-1] not in '”"')
        still_open = still_open and any(CLOSING.match(s.text) for s in sentences[index + 1 : index + 5])
    return found


def antecedents_in(
    sentence: Sentence, parties: Sequence[PartyMatch], quotations: Sequence[tuple[int, int]]
) -> list[Antecedent]:
    """Return who is named in a sentence, in order; unnamed office-holders as persons, strangers with no code."""
    text, shift = sentence.text, sentence.start
    found: list[Antecedent] = []
    quoted = Taken(quotations)
    for party, following in zip_longest(parties, parties[1:]):
        at_home = following is not None and following.kind == "group" and following.code != party.code
        if not (at_home and text[party.end - shift : following.start - shift] in POSSESSIVES):
            found += _of_party(text, shift, party, quoted)  # but Yemen in "Yemen's Houthi movement"
    taken = Taken({(a.start, a.end) for a in found})
    for match in STRANGER.finditer(text):
        start, end = match.start() + shift, match.end() + shift
        if match.group().split()[0] in NO_STRANGER or taken.holds(start, end):
            continue
        speaks = bool(SAID_AFTER.match(text, match.end()) or SAID_BEFORE.search(text[: match.start()][-60:]))
        if speaks:
            gender = gender_of(match.group(), match.group())
            found.append(_antecedent(text, shift, match.span(), None, "person", gender, quoted, True))
    return sorted(found, key=lambda a: a.start)


def _of_party(text: str, shift: int, party: PartyMatch, quoted: Taken) -> list[Antecedent]:
    start, end = party.start - shift, party.end - shift
    head = text[max(0, start - 60) : start]
    role = ROLE_AFTER.match(text, end) or ROLE_BEFORE.search(head)
    name = role["role"].lower().split()[-1] if role else None
    singular = name.removesuffix("s") if name else None
    last = role.end() if role and role.re is ROLE_AFTER else end
    speaks = bool(SAID_AFTER.match(text, last) or SAID_BEFORE.search(head) or ROLE_SAID_AFTER.match(text, end))
    span = (start, end)
    if party.kind == "person" and name is None:
        title = TITLE_BEFORE.search(head)
        name = title["role"].lower() if title else None
    if party.kind == "person":
        return [_antecedent(text, shift, span, party.code, "person", party.gender, quoted, speaks, name)]
    sort = SORTS.get(party.kind, party.kind)
    known = [_antecedent(text, shift, span, party.code, sort, None, quoted, speaks, name)]
    if role and singular in PERSON_ROLES and name == singular:
        gender = gender_of("X", role["title"])
        known.append(_antecedent(text, shift, span, party.code, "person", gender, quoted, speaks, name))
    return known


def _antecedent(
    text: str, shift: int, span: tuple[int, int], code: str | None, sort: str, gender: str | None,
    quotations: Taken, speaker: bool, role: str | None = None,
) -> Antecedent:  # fmt: skip
    start, end = span
    quoted = quotations.holds(start, start + 1)
    plural = sort != "person" and bool(PLURAL.search(text[start:end]) or PLURAL_AFTER.match(text, end))
    governed = bool(GOVERNED.search(text[max(0, start - 60) : start]))
    return Antecedent(
        start + shift, end + shift, code, sort, gender, speaker and not quoted, quoted, plural, role, not governed
    )
