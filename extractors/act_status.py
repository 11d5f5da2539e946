"""Whether an act is done, planned, thought of, past or denied, from the words around its verb.

figure_status.py asks the same of figures, and says why the two are not one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.lexicon import Hit
from extractors.records import Status
from extractors.syntax import children, has_child

NEGATIONS = frozenset("not n't n’t never no neither without hardly little nor cannot".split())
FAILURES = frozenset("fail fails failed failing unable failure stopped stop short lack".split())
WILL = frozenset("will 'll ’ll shall wo going".split())
PERHAPS = frozenset("could might may can should must ought would 'd ’d ca need".split())
OBLIGATION = frozenset({"must", "should", "can", "need"})
CONDITIONS = frozenset("if unless whether should".split())
# Words that put what hangs on them into the future, whatever their own tense.
PLANNING = frozenset(
    "plan plans planned planning plot set scheduled schedule due expected expects expect intend intends "
    "intended intending prepare prepares preparing prepared ready willing poised slated agreed pledged "
    "promised vowed pledge promise committed commits commitment aims decided decision ordered authorized "
    "authorised approved poised".split()
)
# Words that only think of what hangs on them: it is asked for, hoped for, weighed.
WISHING = frozenset(
    "hope hopes hoping hoped want wants wanted wish need needs needed urge urges urged urging call calls "
    "called calling ask asks asked asking demand demands demanded request requested consider considers "
    "considering considered suggest suggests suggested propose proposes proposed possibility chance avoid "
    "require requires required necessitate offer offered seek seeks sought seeking invite invited press "
    "pressed pressing persuade encourage encouraged option".split()
)
AHEAD = frozenset("threatened upcoming coming next planned later future scheduled further forthcoming".split())
BEING = frozenset("is are was were".split())
HANGING = frozenset({"xcomp", "acl", "pcomp", "prep", "pobj", "dobj", "conj", "nsubjpass"})
# Behind these stands when, where or why a thing is done, not what: "after urging Iran", "at a meeting".
AROUND = frozenset("after before by beyond since while despite at during in on under with through amid until".split())
IFFY = frozenset("possible potential hypothetical suggested proposed possibly perhaps".split())
THREATENING = frozenset({"threaten", "warn", "threat", "warning", "ultimatum", "caution", "menace"})
BEFORE = frozenset("previous previously former formerly earlier past once historically then".split())


def _asked_for(noun: Token) -> bool:
    """Return whether a second negation turns a "without" round: "cannot end it without talks"."""
    node = noun.head.head if noun.dep_ in {"pcomp", "pobj"} and noun.head.lower_ == "without" else None
    while node is not None:
        if has_child(node, "neg"):
            return True
        node = node.head if node.dep_ in {"xcomp", "acomp"} else None  # "will not be able to end it without"
    return False


def negated(verb: Token) -> bool:
    """Return whether a verb (or noun) itself is negated."""
    if any(has_child(c, "neg", "det") and c.lower_ in {"longer", "more"} for c in children(verb, "advmod")):
        return True  # "will no longer abide by"
    if any(c.lower_ in NEGATIONS for c in children(verb, "neg", "det", "preconj", "advmod", "amod")):
        return True
    if any(c.lower_ in NEGATIONS for o in children(verb, "dobj") for c in children(o, "det")):
        return True
    if verb.dep_ in {"pcomp", "pobj"} and verb.head.lower_ == "without":
        return not _asked_for(verb)
    return verb.dep_ == "xcomp" and (verb.head.lower_ in FAILURES or has_child(verb.head, "neg"))


def _auxiliaries(verb: Token) -> set[str]:
    words = {c.lower_ for c in children(verb, "aux", "auxpass", "mark", "advmod")}
    if verb.dep_ == "conj" and verb.head.tag_.startswith("V"):
        words |= {c.lower_ for c in children(verb.head, "aux", "mark")}
    return words


def _governors(token: Token) -> Iterator[Token]:
    """Return what a verb or noun hangs on as its content, from the inside out, coordinates left out."""
    node = token
    for _ in range(5):
        label, above = node.dep_, node.head
        if label not in HANGING or (label == "acl" and node.tag_ in {"VBN", "VBG"}) or above.lower_ in AROUND:
            return
        node = above
        if label != "conj":
            yield node


def future(token: Token) -> bool:
    """Return whether an act lies ahead: "will", "is due to", "plans to", "upcoming"."""
    if _auxiliaries(token) & WILL or any(c.lower_ in AHEAD for c in children(token, "amod", "advmod")):
        return True
    for node in _governors(token):
        if node.lower_ in PLANNING:
            return True
        if node.tag_.startswith("V") and not token.tag_.startswith("V"):
            return bool(_auxiliaries(node) & WILL)
    if token.tag_ == "VB" and token.dep_ == "xcomp" and token.head.lower_ in BEING:
        return True  # "Norway is to impose sanctions"
    # "Norway to meet Iceland": a headline's infinitive has a subject of its own, or is read as a relative clause.
    own = token.dep_ in {"relcl", "ROOT"} or has_child(token, "nsubj")
    return token.tag_ == "VB" and "to" in _auxiliaries(token) and own


def uncertain(token: Token) -> bool:
    """Return whether an act is only thought of: "could", "if", "urged them to"."""
    words = _auxiliaries(token)
    if _asked_for(token) or words & CONDITIONS or words & PERHAPS:
        return True
    if any(c.lower_ in IFFY for c in children(token, "amod", "advmod")):
        return True
    for node in _governors(token):
        if node.lower_ in WISHING or (node.lower_ in {"exchange", "return"} and node.dep_ == "pobj"):
            return True
        if node.tag_.startswith("V"):
            return bool(_auxiliaries(node) & (PERHAPS | CONDITIONS))
    return False


def would(token: Token) -> bool:
    """Return whether a verb stands with "would", which under negation refuses where "could not" only fails."""
    return bool(_auxiliaries(token) & {"would", "'d", "’d"})


def reported_future(verb: Token) -> bool:
    """Return whether "would" only shifts "will" into reported speech: "said it would sign"."""
    words = _auxiliaries(verb)
    return bool(words & {"would", "'d", "’d"}) and verb.dep_ in {"ccomp", "conj"} and not words & CONDITIONS


def status(hit: Hit, history: bool, speech: bool) -> Status:
    """Return the status of an act; `history` where it is dated to the past, `speech` where it is the saying itself.

    A speech act's status is its own, not that of what is asked or threatened (RULINGS, diplomacy 8).
    """
    verb = hit.verb or hit.token
    if hit.verb is None and hit.token.dep_ in {"nsubj", "nsubjpass"} and hit.token.head.tag_.startswith("V"):
        verb = hit.token.head
    if hit.predicate.negated or (hit.predicate.event == "THREATEN" and hit.predicate.lemma not in THREATENING):
        return "actual"  # "will never tolerate", "will have consequences": the threat is made now
    if negated(verb) or negated(hit.token):
        return "denied"
    if reported_future(verb) or future(verb) or future(hit.token):
        return "planned"
    if hit.predicate.event == "CONSULT" and verb.dep_ == "advcl" and verb.tag_ == "VB":
        return "planned"  # "flew to Oslo to attend talks"
    if (uncertain(verb) or uncertain(hit.token)) and not (speech and _auxiliaries(verb) & OBLIGATION):
        return "hypothetical"
    before = any(c.lower_ in BEFORE for a in (verb, hit.token) for c in children(a, "amod", "advmod"))
    return "historical" if history or (before and not speech) else "actual"
