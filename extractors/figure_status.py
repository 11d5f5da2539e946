"""Whether a figure is so, was so, will be, might be, or is denied: from its verbs and the dates beside it.

act_status.py asks the same of acts of diplomacy. The two share no words: a number hangs deep in its clause, so its
status is sought upwards from verb to verb; an act is the verb itself, and what asks for it decides.
"""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from extractors.inflection import all_forms
from extractors.measures import LOSSES, Governed
from extractors.periods import MONTH_NAMES
from extractors.records import Measure, Status
from extractors.syntax import has_child
from extractors.when import is_past_period, resolve_when

MAY = frozenset("could would might may can should must 'd ’d".split())
WILL = frozenset("will 'll ’ll shall wo".split())
SAYING = all_forms("say tell claim report announce confirm estimate add state declare pledge promise vow warn")
PLANS = all_forms(
    "plan order pledge promise vow intend expect set schedule authorize authorise approve announce agree decide "
    "prepare aim arrange"
) | frozenset(
    "going due ready plans orders pledges promises decision authorization scheduled set poised upcoming likely "
    "slated".split()
)
IFS = all_forms(
    "consider propose suggest request ask demand urge call want threaten recommend need fear seek hope like risk"
) | frozenset(
    "if whether unless possibility potentially possible potential request requests proposal proposals fears "
    "risk".split()
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH = re.compile(
    rf"\b(?:in|on|late|early|mid|last|during|of|a|the|until|by|from|this)[ -](?:(?:late|early|mid)[ -])?({MONTHS})\b"
    r"|\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec)\. \d|"
    rf"\b({MONTHS}) \d{{1,2}}\b(?! ?,? ?\d{{4}})",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d,.$-])((?:19|20)\d\d)s?(?!\d|,\d|%|\.\d| (?:people|troops|soldiers))")
AGO = re.compile(
    r"\b(?:(?:two|three|four|five|six|seven|eight|nine|ten|several|many|\d+) (?:years?|decades?) (?:ago|earlier|"
    r"before)|(?:a|one) (?:year|decade) (?:ago|earlier)|last (?:year|spring|summer|autumn|fall|winter)|years? ago|"
    r"at the time|in the (?:spring|summer|autumn|fall|winter)|in the past(?! \w+ (?:\w+ )?(?:hours?|days?|weeks?|"
    r"months?|years?))"
    r"(?! (?:few|24|48|day|week|month|year|hour|two|three|several|decade))|the (?:previous|last|earlier|"
    r"first) (?:war|conflict)|World War|Vietnam War|(?:the|first|1991) Gulf War|9/11|Sept(?:ember|\.) 11|(?:Soviet|"
    r"Iran-Iraq|Cold|Korean) [Ww]ar)\b"
)
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
ANNIVERSARY = re.compile(r"\banniversary of\b[^.;]{0,120}$")
RECENT = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight|this (?:week|month|year|morning)|"
    r"last (?:week|month|night)|overnight|"
    r"so far|currently|now|since|recent(?:ly)?|in (?:the )?(?:past|last) (?:\w+ )?(?:hours?|days?|weeks?|months?))\b"
)
# "from 24 February 2022 to 15 March 2026", told in 2026: a beginning, as "since" is.
TO_DATE = re.compile(r"\b[Ff]rom\b[^.;:]{4,40}? (?:to|until|till|through) [^.;:]{0,24}?\b(20\d\d)\b")
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
PLEDGES = all_forms("pledge promise vow") | frozenset({"pledges"})
# "the war, which began when the army seized power in 2023": the year is the beginning's.
BEGAN = re.compile(r"\b(?:began|begun|started|broke out|erupted|flared)\b[^.;]{0,80}$")
MOVES = frozenset({"deployment", "withdrawal", "supply", "attack", "mobilisation"})
FINITE = frozenset("was were is are has have had been".split())
MOST_STEPS = 6


def _words(verb: Token) -> set[str]:
    # "MUST WATCH": what shouts is a label of the page.
    return {
        c.lower_
        for c in verb.children
        if c.dep_ in {"aux", "auxpass", "mark", "advmod", "prt"} and not (c.is_upper and len(c) > 2)
    }


def _of_another(before: str) -> bool:
    """Return whether what stands before a date makes it a beginning's ("since"), or another figure's ("than in")."""
    return any(pattern.search(before) for pattern in (SINCE, COMPARED, BEGAN))


def past_year(text: str, published: date | None) -> bool:
    """Return whether a text names an earlier year, other than as a beginning ("since 2014")."""
    for found in YEAR.finditer(text):
        earlier = int(found.group(1)) < (published.year if published else 2100)
        before = text[: found.start(1)]
        if earlier and not _of_another(before):
            return True
    return False


def last_year(text: str, published: date | None) -> bool:
    """Return whether a text dates itself to a year before publication's."""
    if published is None:
        return past_year(text, None)
    dates = [m for m in resolve_when(text, published) if m.kind != "since"]
    return past_year(text, published) or any(m.last.year < published.year for m in dates)


def dated_past(text: str, published: date | None) -> bool:
    """Return whether a sentence sets itself in the past: an earlier year, a named earlier month, years ago."""
    ago = AGO.search(text)
    if ago and not SINCE.search(text[: ago.start()]):
        return True
    if published is not None:
        dates = [m for m in resolve_when(text, published) if not _of_another(text[: m.start])]
        other_month = any(MONTH_NAMES[m.group(1)[:3].lower()] != published.month for m in MONTHLY.finditer(text))
        return other_month or past_year(text, published) or any(is_past_period(m, published) for m in dates)
    return past_year(text, None) or any(not SINCE.search(text[: m.start()]) for m in MONTH.finditer(text))


def day_of(text: str, at: int, published: date | None) -> date | None:
    """Return the day a figure at an offset of its sentence speaks of: the last day of the nearest time said."""
    dates = resolve_when(text, published)
    if not dates or published is None:
        return None
    nearest = min(dates, key=lambda m: min(abs(m.start - at), abs(m.end - at)))
    if nearest.kind == "since":
        return published
    return nearest.last


def _denied(node: Token) -> bool:
    return has_child(node, "neg") or (
        node.head.lower_ in {"denied", "denies", "deny", "denying", "rejected"} and node.dep_ == "ccomp"
    )


def _reported(node: Token, words: set[str]) -> bool:
    """Return whether "would" only shifts "will" into reported speech: "said it would send 300 troops"."""
    return "would" in words and node.dep_ == "ccomp" and node.head.lower_ in SAYING and "have" not in words


def _modal(node: Token, step: int, governs: bool) -> Status | None:
    """Return the status that the words around one verb give; what it means itself counts where it governs."""
    words = _words(node)
    if node.tag_.startswith("V") or node.tag_ == "MD":
        if _denied(node) and step < 2:
            return "denied"
        if words & WILL or _reported(node, words):
            return "planned"
        if words & MAY or words & {"if", "unless", "whether", "potentially", "perhaps", "possibly"}:
            return "hypothetical"
    if (
        step > 0
        and governs
        and node.lower_ in PLANS | IFS
        and has_child(node, "xcomp", "ccomp", "acl", "dobj", "prep", "pcomp")
    ):
        return "planned" if node.lower_ in PLANS else "hypothetical"
    return None


def _aimed(node: Token) -> bool:
    """Return whether a verb is an infinitive of purpose: "plans to launch", "partnering to dispatch"."""
    return node.tag_ == "VB" and any(c.lower_ == "to" for c in node.children if c.dep_ == "aux")


def _achieved(verb: Token) -> bool:
    """Return whether an infinitive tells what was done in the event: "had travelled there to join"."""
    above = verb.head
    return verb.dep_ in {"advcl", "xcomp"} and above.tag_ in {"VBD", "VBN"} and above.lower_ not in PLANS | IFS


def _climb(anchor: Token, governed: Governed | None) -> Status | None:
    node = governed.cue if governed is not None else anchor
    if any(c.dep_ == "relcl" and "would" in _words(c) for c in anchor.children):
        return "hypothetical"  # "150 dead that there would have been"
    loose = governed is None and anchor.dep_ in {"pobj", "conj", "appos"}
    if (
        loose
        and anchor.dep_ == "pobj"
        and anchor.head.lower_ in {"to", "at"}
        and anchor.head.head.tag_.startswith("V")
    ):
        node, loose = anchor.head.head, False  # "plans to bring it down to 5,500"
    governs = True
    for step in range(MOST_STEPS):
        if not (loose and step > 0):
            found = _modal(node, step, governs)
            if found is not None:
                return found
        if (
            step > 0
            and governed is not None
            and governed.cue == anchor
            and node.tag_.startswith("V")
            and node.dep_ != "xcomp"
        ):
            return None  # "the guarding of 400 prisoners": only the next verb tells of them
        if (step > 0 or node.tag_ in FINITE_TAGS) and node.dep_ in {"relcl", "advcl", "parataxis"}:
            return None
        if node.dep_ == "pcomp" and node.head.lower_ in {"after", "since", "before", "with", "as"}:
            return None
        if node.head == node or (node.head.lower_ in SAYING and node.dep_ in {"ccomp", "parataxis"}):
            return None
        if node.dep_ == "ccomp" and (node.tag_ in {"VBD", "VBZ", "VBP"} or _words(node) & FINITE):
            return None
        if step == 0 and node.dep_ in {"relcl"}:
            return None
        governs = node.dep_ != "conj"  # "called for talks after 40 were killed and 100 wounded"
        node = node.head
    return None


def status_of(
    anchor: Token, governed: Governed | None, measure: Measure, text: str, published: date | None, past_around: bool
) -> Status:
    """Return the status of a figure that hangs at `anchor`; `past_around`: so are the sentences by it."""
    text = _with_since(text, published)
    found = _climb(anchor, governed)
    cue = governed.cue if governed is not None else anchor
    if found is None and measure in {"supply", "deployment"} and cue.lower_ in PLEDGES:
        found = "planned"
    if found is None and measure in MOVES and _aimed(cue) and not _achieved(cue):
        found = "planned"
    if found is not None:
        return "historical" if found == "planned" and last_year(text, published) else found
    before = text[: anchor.idx]
    attack = OF_DATED_ATTACK.search(before)
    of_past = attack is not None and int(attack["year"]) < (published.year if published else 2100)
    if SINCE_WHEN.search(text) or (measure in LOSSES and (of_past or ANNIVERSARY.search(before))):
        return "historical"
    recent = RECENT.search(text) is not None
    words = _words(cue) | (_words(cue.head) if cue.dep_ == "conj" else set())
    perfect = bool(words & {"has", "have", "'ve", "'s"}) and not (published and past_year(text, published))
    if perfect or (measure == "strength" and _present(cue)):
        return "actual"
    if dated_past(text, published) and not (recent and not past_year(text, published)):
        return "historical"
    if measure in LOSSES and past_around and not recent:
        return "historical"
    return "actual"


def _with_since(text: str, published: date | None) -> str:
    """Return a text with each span of time that ends in the year of publication said as "since"."""
    this_year = published.year if published else 0
    return TO_DATE.sub(lambda m: "since then" if int(m[1]) == this_year else m[0], text)


def _present(node: Token) -> bool:
    """Return whether the clause of a word speaks of the present."""
    for _ in range(MOST_STEPS):
        if node.tag_ in {"VBZ", "VBP", "VBD", "VBN"}:
            words = _words(node)
            return (node.tag_ in {"VBZ", "VBP"} or bool(words & {"is", "are", "has", "have"})) and "been" not in words
        if node.head == node:
            return False
        node = node.head
    return False
