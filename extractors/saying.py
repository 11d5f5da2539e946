"""Which words of a sentence name the source of a clause: the subject of "said", "according to", "citing"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extractors.inflection import all_forms
from extractors.syntax import children, has_child

SAYING = all_forms(
    "say tell claim report announce confirm state estimate add warn believe allege assert argue declare note write "
    "tweet explain acknowledge admit insist maintain reveal disclose testify predict suggest put cite count describe "
    "conclude determine find reckon remind mention learn stress emphasise emphasize recall boast inform think lament "
    "complain reiterate affirm assess"
)
# Of these the number may be the object, and need not stand in a clause of its own.
ACCUSING = all_forms("accuse blame suspect")
PLACING = all_forms("put give count list place record cite document quote")
NAMING = all_forms(
    "admit affirm estimate put report count cite give announce mention remind confirm tally list acknowledge record "
    "document quote allege place"
)
RAISES = all_forms("raise lower revise update increase correct")
TOLLS = frozenset("toll tolls tally estimate".split())
VICTIMS = frozenset("dead deaths killed wounded injured casualties victims".split())
CLAIMS = frozenset(
    "claim claims allegation allegations report reports estimate estimates statement tally figure figures "
    "assertion assertions announcement count accusation accusations assessment data statistics numbers toll".split()
)
VAGUE = frozenset(
    "reports report estimates estimate sources source accounts rumours rumors some figures data statistics tally "
    "count records".split()
)
# What harms and costs "claims" lives; it says nothing.
MUTE = frozenset(
    "war fighting conflict attack attacks violence blast blasts bombing bombings explosion clashes strike "
    "strikes raid disease virus "
    "fire offensive assault who which that there insurgency battle operation pictures video picture".split()
)
MOST_STEPS = 14


ROLES = frozenset(
    "government ministry military army police administration statement spokesman spokeswoman spokesperson "
    "agency group organization organisation minister president ministry's authorities premier general "
    "department commander regime report embassy council mission alliance coalition movement center centre "
    "office navy officials official he she it they his her".split()
)
# These speak for no side, whatever nationality stands before them.
PRIVATE = frozenset(
    "media newspaper newspapers daily activist activists resident residents witness witnesses analyst "
    "analysts expert experts doctor doctors monitor monitors survivor survivors villager villagers "
    "journalist journalists reporter website channel station broadcaster lawmaker lawmakers lawyer lawyers "
    "relatives relative family workers professor researcher researchers author magazine tabloid press "
    "historian economist columnist opposition-figure outlets tv center centre institute foundation university "
    "association charity".split()
)


def phrase_span(noun: Token) -> tuple[int, int]:
    """Return where a noun phrase begins and ends in its sentence, relative clauses and remarks left out."""
    left, end = noun.left_edge, noun
    while left.i < noun.i and (left.is_punct or left.lower_ in {"and", "but"}):
        left = left.nbor()
    for child in noun.children:
        if child.i > noun.i and child.dep_ in {"prep", "compound", "case", "flat"} and child.i - noun.i <= 2:
            end = child.right_edge if child.dep_ == "prep" else child
    return left.idx, end.idx + len(end)


def _subject(verb: Token) -> Token | None:
    """Return who says what a speech verb brings, found at the verbs above it where it is a participle."""
    node = verb
    for _ in range(3):
        for child in node.children:
            if child.dep_ in {"nsubj", "agent"}:
                inner = next(children(child, "pobj"), child) if child.dep_ == "agent" else child
                if inner.lower_ in {"who", "which", "that"} and node.dep_ == "relcl":
                    return node.head
                return None if (inner.lower_ in MUTE and inner.text != "WHO") or inner.tag_ == "CD" else inner
        if node.dep_ not in {"advcl", "xcomp", "conj"} or node.head == node:
            return None
        node = node.head
    return None


def sayer_of(at: Token) -> Token | None:
    """Return the subject of the nearest speech verb, or the owner of the nearest "claim", that holds a token."""
    node = at
    through_object = through_verb = crossed = False
    for _ in range(MOST_STEPS):
        for verb in _beside(node):
            subject = _subject(verb)
            if subject is not None and at not in subject.subtree:
                return subject
        head = node.head
        if head == node:
            return None
        if node.dep_ in {"advcl", "relcl"}:
            through_object = False
        through_object = through_object or node.dep_ in {"dobj", "pobj", "attr", "nsubjpass"}
        if head.lower_ in CLAIMS and node.dep_ in {"acl", "relcl", "ccomp"}:
            owners = [c for c in head.children if c.dep_ in {"poss", "compound", "amod"} and c.text[:1].isupper()]
            if not owners and head.i > 1 and head.nbor(-1).tag_ == "POS":
                owners = [head.nbor(-2)]
            if owners:
                return owners[0]
        if head.lower_ in ACCUSING and node.dep_ == "prep" and (accuser := _subject(head)) is not None:
            return accuser
        clause = node.dep_ in {"ccomp", "xcomp", "parataxis", "pcomp"}
        named = (head.lower_ in NAMING or _of_toll(head)) and through_object and node.dep_ != "nsubj"
        if named and head.lower_ in PLACING and through_verb:
            named = False
        if (head.lower_ in SAYING and clause and not (crossed and node.dep_ == "xcomp")) or named:
            subject = _subject(head)
            if subject is not None and at not in subject.subtree:
                return subject
        through_verb = through_verb or (head.tag_.startswith("V") and not _of_number(head))
        crossed = crossed or node.dep_ in {"relcl", "acl"}
        if (
            crossed
            and node.dep_ == "advcl"
            and any(c.lower_ in {"after", "when", "since", "as"} for c in node.children)
        ):
            return None
        node = head
    return None


def _of_toll(verb: Token) -> bool:
    """Return whether a verb raises or lowers a toll: "the ministry has raised the number of dead to ten"."""
    told = next(children(verb, "dobj"), None) if verb.lower_ in RAISES else None
    return told is not None and (told.lower_ in TOLLS or any(t.lower_ in VICTIMS for t in told.subtree))


def _of_number(participle: Token) -> bool:
    """Return whether a participle is that of "put the number of civilians killed in the raid at 12"."""
    near = participle.doc[max(0, participle.i - 6) : participle.i]
    return participle.tag_ in {"VBN", "VBD"} and any(t.lower_ in {"number", "total"} for t in near)


def _beside(node: Token) -> Iterator[Token]:
    """Yield the speech verbs that stand beside a clause: "…, the ministry said"."""
    for child in node.children:
        if child.dep_ in {"parataxis", "ccomp", "advcl"} and child.lower_ in SAYING and child.dep_ != "advcl":
            inside = has_child(child, "ccomp")
            if not inside:
                yield child


def source_of(doc: Doc, at: Token) -> Token | None:
    """Return whom "according to" or "citing" names, where it stands beside the token's clause."""
    for token in doc:
        inner: Token | None = None
        if token.lower_ == "according":
            inner = next(
                (c for prep in token.children if prep.lower_ == "to" for c in prep.children if c.dep_ == "pobj"), None
            )
        elif token.lower_ in {"citing", "quoting", "per"}:
            inner = next(children(token, "dobj", "pobj"), None)
            if (
                inner is not None
                and inner.tag_ not in {"NNP", "NNPS"}
                and inner.lower_ not in ROLES | PRIVATE | VAGUE | CLAIMS
            ):
                inner = None
        if inner is not None and inner.lower_ in VAGUE:
            made = [p for p in inner.children if p.lower_ in {"by", "from", "of"}]
            inner = next((c for p in made for c in p.children if c.dep_ == "pobj"), inner)
        if inner is not None and at not in inner.subtree and _same_clause(doc, token, at):
            return inner
    return None


def _same_clause(doc: Doc, source: Token, at: Token) -> bool:
    """Return whether a source is of a token's clause: no other clause with "and" or ";" lies between them."""
    first, last = sorted((source.i, at.i))
    for token in doc[first + 1 : last]:
        if token.text == ";":
            return False
        if (
            token.lower_ == "and"
            and token.nbor(-1).text == ","
            and token.head.dep_ in {"ROOT", "ccomp"}
            and source.i < at.i
        ):
            return False
    return True
