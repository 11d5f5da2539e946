"""What makes a mention no news of a contact: it only frames another act, or it is likely and not more."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.lexicon import Hit
from extractors.plausibility import plausibility
from extractors.proposals import Proposal
from extractors.records import BY_THE_WAY, UNSURE
from extractors.syntax import children, has_child

CONTACTS = frozenset({"CONSULT", "AGREE", "REJECT"})
# Of contacts in text left out of the fits, 83 of 100 are right at this chance and above, some 55 of those below it.
LEAST_SURE = 0.7
SPANS = frozenset("hours days weeks months years hour day week month year".split())


def doubt_of(proposal: Proposal) -> str:
    """Return what is added to the rule of a mention that shall raise no alert of a contact; "" for others."""
    if _is_aside(proposal.hit):
        return BY_THE_WAY
    contact = proposal.mention.event in CONTACTS and plausibility(proposal) < LEAST_SURE
    return UNSURE if contact else ""


def _is_aside(hit: Hit) -> bool:
    """Return whether an act only frames another: "said on a visit to Kyiv", "came a week after it agreed"."""
    if hit.verb is not None:
        of_thing = hit.verb.dep_ == "relcl" and hit.verb.head.tag_ == "NNS"  # "delivered the shells it promised"
        return _is_long_before(hit.verb) or (of_thing and has_child(hit.verb, "nsubj"))
    with_whom = any(prep.lower_ in {"with", "between"} for prep in children(hit.token, "prep"))
    return hit.token.dep_ == "pobj" and not with_whom


def _is_long_before(verb: Token) -> bool:
    """Return whether a clause begins with "two weeks after"."""
    for token in reversed(verb.doc[max(1, verb.i - 8) : verb.i]):
        if token.text == ",":
            return False
        if token.lower_ == "after":
            return token.nbor(-1).lower_ in SPANS
    return False
