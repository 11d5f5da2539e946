"""Find diplomacy mentions: who did, will do or refuses to do something towards whom."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import re2
from spacy.tokens import Doc

from extractors.arguments import ACTING, Arguments
from extractors.context import Context
from extractors.lexicon import Hit, lexicon
from extractors.matching import find_hits
from extractors.modality import future, negated, status, uncertain
from extractors.records import Event, Mention, Status
from extractors.sentences import Sentence
from extractors.syntax import branch

# Refusing one of these is REJECT: "will not meet", "does not recognise". Not having done it is a denied act.
REFUSABLE = frozenset({"CONSULT", "AGREE", "SUPPORT", "AID", "CONCEDE", "COOPERATE"})
SPEECH = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})
# What hangs on one of these is its content, not a second act: "urged both sides to hold talks".
SWALLOWING = frozenset({"REQUEST", "AGREE", "REJECT", "THREATEN"})
RECIPROCAL = ("each other", "one another")


@functools.cache
def _predicate_words() -> Any:
    words = sorted(lexicon().forms)
    return re2.compile(r"(?i)\b(?:" + "|".join(words) + r")\b")


def mention_candidates(context: Context) -> set[int]:
    """Return the indexes of the sentences worth parsing for diplomacy: a predicate word and a party that can act."""
    acting = sorted(p.start for p in context.parties if p.kind in ACTING)
    found = set()
    for sentence in context.sentences:
        if any(sentence.start <= at < sentence.end for at in acting) and _predicate_words().search(sentence.text):
            found.add(sentence.index)
    return found


def _event(hit: Hit) -> tuple[Event, Status | None] | None:
    """Return the event after negation, with the status that settles; None where negation leaves no act."""
    event, anchor = hit.predicate.event, hit.verb or hit.token
    if hit.predicate.negated or not (negated(anchor) or negated(hit.token)):
        return event, None
    if event in {"REJECT", "SANCTION"} or (event == "ACCUSE" and hit.predicate.word == "deny"):
        return None
    present = anchor.tag_ in {"VBP", "VBZ"} or any(c.lower_ in {"do", "does"} for c in anchor.children)
    if event in REFUSABLE and hit.predicate.kind == "verb" and (future(anchor) or uncertain(anchor) or present):
        return "REJECT", "actual"
    return event, "denied"


def _content_of(hit: Hit) -> set[int]:
    """Return the tokens that are the content of an act."""
    anchor = hit.token
    found: set[int] = set()
    labels = {"xcomp", "ccomp", "dobj", "prep", "pcomp", "acl", "dative"}
    for child in anchor.children:
        if child.dep_ in labels and not (child.dep_ == "ccomp" and child.i < anchor.i):
            found |= {t.i for t in branch(child)}
    return found - {w.i for w in hit.words}


def _unswallowed(hits: list[Hit]) -> Iterator[Hit]:
    """Return the hits that are no mere content of another; a pledge of aid is the aid."""
    content = {id(h): _content_of(h) for h in hits if h.predicate.event in SWALLOWING}
    pledged = {
        id(h)
        for h in hits
        if h.predicate.event == "AGREE"
        and any(o.predicate.event == "AID" and o.token.i in content[id(h)] for o in hits)
    }
    for hit in hits:
        above = [h for h in hits if id(h) in content and h is not hit and hit.token.i in content[id(h)]]
        if id(hit) in pledged or any(id(h) not in pledged for h in above):
            continue
        yield hit


def _span(hit: Hit, sentence: Sentence) -> tuple[int, int]:
    """Return where the predicate stands: its auxiliaries, its words, unless these stand far apart."""
    words = sorted({hit.token, *hit.words}, key=lambda t: t.i)
    near = [w for w in words if abs(w.i - hit.token.i) <= 6]
    first, last = near[0], near[-1]
    while first.i > 0 and first.nbor(-1).dep_ in {"aux", "auxpass", "neg"}:
        first = first.nbor(-1)
    return sentence.start + first.idx, sentence.start + last.idx + len(last.text)


def _sides(hit: Hit, event: Event, arguments: Arguments) -> tuple[list[str], list[str]] | None:
    """Return actors and targets, or None where the text names too few for an act between parties."""
    actors, targets = arguments.roles(hit)
    tail = arguments.doc[hit.token.i : hit.token.i + 6].text.lower()
    if any(words in tail for words in RECIPROCAL) and len(actors) > 1:
        return (actors, []) if hit.predicate.joint else (actors, list(actors))
    both = len({*actors, *targets})
    if hit.predicate.joint or hit.predicate.both:
        wanted = 2 if hit.predicate.weak or hit.verb is None else 1
        if both < wanted:
            return None
        if (
            event in {"CONSULT", "COOPERATE"}
            or (hit.predicate.kind == "noun" and event == "AGREE")
            or hit.predicate.objects
        ):
            return (actors, targets) if hit.predicate.event == "AID" else (actors + targets, [])
        return actors, targets
    if hit.predicate.weak and not (actors and targets):
        return None
    return (actors, targets) if actors or targets else None


def _mention(hit: Hit, sentence: Sentence, arguments: Arguments, context: Context) -> Mention | None:
    settled = _event(hit)
    if settled is None:
        return None
    event, fixed = settled
    sides = _sides(hit, event, arguments)
    if sides is None:
        return None
    start, end = _span(hit, sentence)
    published = context.document.published
    return Mention(
        start=start,
        end=end,
        sentence=sentence.text,
        event=event,
        actors=tuple(sides[0]),
        targets=tuple(sides[1]),
        status=fixed or status(hit.verb or hit.token, sentence.text, published, event in SPEECH),
        rule=hit.predicate.rule,
    )


def find_mentions(context: Context, parsed: Mapping[int, Doc]) -> list[Mention]:
    """Return the mentions of a document in text order; `parsed` holds the parse of the candidate sentences."""
    mentions: list[Mention] = []
    for index, doc in sorted(parsed.items()):
        sentence = context.sentences[index]
        parties = context.parties_in(sentence)

        def resolve(offset: int, word: str, index: int = index) -> str | None:
            referents = getattr(context, "referents", None)
            return referents.resolve(index, offset, word) if referents is not None else None

        arguments = Arguments(doc, sentence.start, parties, resolve)
        for hit in _unswallowed(find_hits(doc)):
            mention = _mention(hit, sentence, arguments, context)
            if mention is not None:
                mentions.append(mention)
    return mentions
