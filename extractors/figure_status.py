"""Whether a figure is so, was so, will be, might be, or is denied: from its verbs and the dates beside it.

act_status.py asks the same of acts of diplomacy. The two share no words: a number hangs deep in its clause, so its
status is sought upwards from verb to verb; an act is the verb itself, and what asks for it decides.
"""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from extractors.figure_dates import (
    ANNIVERSARY,
    MONTH_OF_YEAR,
    OF_DATED_ATTACK,
    RECENT,
    SINCE_WHEN,
    dated_past,
    last_year,
    past_year,
    with_since,
)
from extractors.inflection import all_forms
from extractors.measures import HARMS, LOSSES, Governed
from extractors.records import Measure, Status
from extractors.syntax import has_child

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
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
PLEDGES = all_forms("pledge promise vow") | frozenset({"pledges"})
MOVES = frozenset({"deployment", "withdrawal", "supply", "attack", "mobilisation"})
FINITE = frozenset("was were is are has have had been".split())
MOST_STEPS = 6
# "dismissed Kyiv's claim that 52,000 troops": the clause is not the speaker's.
DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|dismiss\w*|reject\w*|refut\w*)\b[^.;,“”\"]{0,60}\b(?:claims?|reports?|allegations?|"
    r"assertions?|suggestions?|statements?) that (?:[\w'’,-]+ ){0,5}$"
)
CONDITION = re.compile(
    r"(?:^If|(?<!even)(?<!as)(?<!asked)(?<!see)(?<!know) if|\bunless|\bprovided that|\bon condition) "
)
NEEDED = re.compile(r"\bwould (?:\w+ )?(?:be needed|be required|need|require)\b")
LACKED = re.compile(r"\b(?:short of|shortage of|shortfall of|lack(?:s|ed|ing)?|short by)\s(?:[\w,]+\s){0,3}$")


def _words(verb: Token) -> set[str]:
    # "MUST WATCH": what shouts is a label of the page.
    return {
        c.lower_
        for c in verb.children
        if c.dep_ in {"aux", "auxpass", "mark", "advmod", "prt"} and not (c.is_upper and len(c) > 2)
    }


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


def _is_told(governed: Governed, anchor: Token) -> bool:
    """Return whether a harm stands whatever is planned about it: "vowed to avenge the deaths of 40"."""
    of_itself = governed.measure == "displaced" and governed.cue == anchor  # "agreed to take 60 refugees"
    return governed.role == "noun" and (governed.measure in HARMS or of_itself)


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
    governs = governed is None or not _is_told(governed, anchor)
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
        finite = node.tag_ in FINITE_TAGS or bool(_words(node) & FINITE)
        if (step > 0 or finite) and node.dep_ in {"relcl", "advcl", "parataxis"}:
            return None
        if node.dep_ == "pcomp" and node.head.lower_ in {"after", "since", "before", "with", "as"}:
            return None
        if node.head == node or (node.head.lower_ in SAYING and node.dep_ in {"ccomp", "parataxis"}):
            return None
        if node.dep_ == "ccomp" and (node.tag_ in {"VBD", "VBZ", "VBP"} or _words(node) & FINITE):
            return None
        if step == 0 and node.dep_ in {"relcl"}:
            return None
        governs = governs and node.dep_ != "conj"  # "called for talks after 40 were killed and 100 wounded"
        node = node.head
    return None


def status_of(
    anchor: Token, governed: Governed | None, measure: Measure, text: str, published: date | None, past_around: bool
) -> Status:
    """Return the status of a figure that hangs at `anchor`; `past_around`: so are the sentences by it."""
    text = with_since(text, published)
    found = _climb(anchor, governed)
    if DENIES.search(text[: anchor.idx]):
        return "denied"
    if (found == "planned" and CONDITION.search(text)) or NEEDED.search(text) or LACKED.search(text[: anchor.idx]):
        return "hypothetical"
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
    recent = RECENT.search(MONTH_OF_YEAR.sub("", text)) is not None
    words = _words(cue) | (_words(cue.head) if cue.dep_ == "conj" else set())
    tells = (
        words & {"has", "have", "'ve", "'s"} and "to" not in words
    )  # "claims to have recruited … in April" does not
    perfect = bool(tells) and not (published and past_year(text, published))
    if perfect or (measure == "strength" and _present(cue)):
        return "actual"
    if dated_past(text, published) and not (recent and not past_year(text, published)):
        return "historical"
    told = measure in LOSSES or (cue.tag_ == "VBD" and not words & {"has", "have"})
    if told and past_around and not recent:
        return "historical"
    return "actual"


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
