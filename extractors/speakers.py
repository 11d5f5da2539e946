"""Who says a clause: said-clauses in every order, "according to", "citing", quotations that stay open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.context import Context
from extractors.inflection import verb_forms
from extractors.quotations import find_quotation_spans
from extractors.sentences import Sentence


def _forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))


SAYING = _forms(
    "say tell claim report announce confirm state estimate add warn believe allege assert argue declare note "
    "write tweet explain "
    "acknowledge admit insist maintain reveal disclose testify predict suggest put cite count describe conclude "
    "determine find reckon "
    "remind mention learn stress emphasise emphasize recall boast inform think lament complain reiterate"
)
# Of these the number may be the object, and need not stand in a clause of its own.
NAMING = _forms(
    "estimate put report count cite give announce mention remind confirm tally list acknowledge record document "
    "quote allege place"
)
CLAIMS = frozenset(
    "claim claims allegation allegations report reports estimate estimates statement tally figure figures "
    "assertion assertions announcement "
    "count accusation accusations assessment data statistics numbers toll".split()
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
NOBODY = frozenset("i we you".split())
# These speak for no side, whatever nationality stands before them.
PRIVATE = frozenset(
    "media newspaper newspapers daily activist activists resident residents witness witnesses analyst analysts "
    "expert experts doctor doctors "
    "monitor monitors survivor survivors villager villagers journalist journalists reporter website channel "
    "station broadcaster "
    "lawmaker lawmakers lawyer lawyers relatives relative family workers professor researcher researchers author "
    "magazine tabloid press "
    "historian economist columnist opposition-figure outlets tv".split()
)
STATE_VOICE = re.compile(
    r"\b(?:state|state-run|state-owned|official)[ -](?:media|television|tv|news|radio|run|broadcaster|newspaper)",
    re.IGNORECASE,
)
ROLES = frozenset(
    "government ministry military army police administration statement spokesman spokeswoman spokesperson agency "
    "group organization "
    "organisation minister president ministry's authorities premier general department commander regime report "
    "embassy council mission "
    "alliance coalition movement center centre office navy officials official he she it they his her".split()
)
UNNAMED = frozenset("officials official authorities".split())
SAID = (
    r"(?:said|says|told|added|adds|announced|warned|wrote|tweeted|insisted|stated|declared|noted|explained|"
    r"continued|claimed|reported)"
)
AFTER_QUOTE = re.compile(
    rf"^[,.]?\s*(?:{SAID}\s+(?P<late>[^,.;\n]{{2,80}})|(?P<early>[^,.;“\"\n]{{2,80}}?)\s+(?:also |later |has |"
    rf"then )?{SAID}\b)"
)
BEFORE_QUOTE = re.compile(
    rf"(?P<who>[^.;“”\"\n]{{2,90}}?)\s+(?:also |later |has |then |had )?{SAID}\b[^.“”\"\n]{{0,80}}[,:.]?\s*$"
)
HEADLINE = re.compile(r"^(?P<who>[A-Z][^:.,;!?“\"]{2,48}): (?=[A-Z“\"‘'])")
LEAD_IN = re.compile(r"^.*\b(?:and|but|when|that|as|while|where|because)\s+(?=[A-Zhsti])", re.DOTALL)
MOST_STEPS = 14


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who states a number: the code, and the words the text names them by."""

    code: str | None
    text: str | None


OUTLET = Claimant(None, None)


class Speakers:
    """The speakers of one document, sentence by sentence."""

    def __init__(self, context: Context) -> None:
        """Take a document; its quotations are found once."""
        self.context = context
        self.text = context.document.text
        self.referents = context.referents
        self.quotations = find_quotation_spans(self.text)
        self._starts = [start for start, _ in self.quotations]

    def claimant(self, sentence: Sentence, doc: Doc, at: Token) -> Claimant:
        """Return who states what stands at a token; OUTLET where the outlet does in its own voice."""
        source, sayer = _source(doc, at), _sayer(at)
        if source is not None and (sayer is None or source.lower_ not in VAGUE):
            return self._named(sentence, source, wide=True)
        if sayer is not None and sayer.lower_ not in NOBODY:
            return self._named(sentence, sayer)
        quoted = self._quotation(sentence.start + at.idx)
        if quoted is not None and (said := self._of_quotation(*quoted)) is not None:
            return said
        headline = HEADLINE.match(sentence.text)
        if headline and headline.end() <= at.idx:
            who = headline.group("who")
            code = self.code(sentence.start, sentence.start + len(who), who.split()[-1])
            return Claimant(code, who) if code != "unknown" else OUTLET
        return OUTLET

    def _named(self, sentence: Sentence, head: Token, wide: bool = False) -> Claimant:
        start, end = _phrase(head)
        reach = head.right_edge.idx + len(head.right_edge) if wide else end
        if wide and head.lower_ in VAGUE:
            end = reach
        return Claimant(
            self.code(sentence.start + start, sentence.start + max(end, reach), head.lower_), sentence.text[start:end]
        )

    def code(self, start: int, end: int, head: str) -> str:
        """Return the code of the party that the words at [start, end) of the text name, else `unknown`."""
        words = self.text[start:end]
        head = head.lower()
        inside = [p for p in self.context.parties if start <= p.start < end and p.kind != "place"]
        if head in PRIVATE or (words.lower().split() or [""])[-1] in PRIVATE:
            return inside[0].code if inside and STATE_VOICE.search(words) else "unknown"
        if inside:
            return inside[0].code
        last = head if head in ROLES else next((w for w in reversed(words.lower().split()) if w in ROLES), "")
        if not last or (last in UNNAMED and len(words.split()) == 1):
            return "unknown"
        index = self._sentence_at(start)
        return self.referents.resolve(index, start, last) or "unknown"

    def _sentence_at(self, offset: int) -> int:
        return max(0, bisect_right([s.start for s in self.context.sentences], offset) - 1)

    def _quotation(self, at: int) -> tuple[int, int] | None:
        i = bisect_right(self._starts, at) - 1
        if i >= 0 and self.quotations[i][0] <= at < self.quotations[i][1]:
            return self.quotations[i]
        return None

    def _of_quotation(self, start: int, end: int) -> Claimant | None:
        """Return who speaks a quotation: named behind it, before it, or by the quotation before it."""
        after = AFTER_QUOTE.match(self.text[end : end + 140])
        if after:
            name = "late" if after.group("late") else "early"
            return self._words(end + after.start(name), end + after.end(name))
        base = max(0, start - 200)
        before = BEFORE_QUOTE.search(self.text[base:start])
        if before:
            return self._words(base + before.start("who"), base + before.end("who"))
        earlier = [q for q in self.quotations if q[1] <= start and start - q[1] < 500]
        return self._of_quotation(*earlier[-1]) if earlier else None

    def _words(self, start: int, end: int) -> Claimant:
        """Return the claimant that a stretch of text names."""
        lead = LEAD_IN.match(self.text[start:end])
        start += lead.end() if lead else 0
        words = self.text[start:end].strip()
        first = words.split()[0].lower() if words else ""
        if first in {"he", "she", "it", "they"}:
            words = words.split()[0]
            end = start + len(words)
        return Claimant(self.code(start, end, words.split()[-1] if words else ""), words or None)


def _phrase(noun: Token) -> tuple[int, int]:
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
                inner = (
                    next((c for c in child.children if c.dep_ == "pobj"), child) if child.dep_ == "agent" else child
                )
                if inner.lower_ in {"who", "which", "that"} and node.dep_ == "relcl":
                    return node.head
                return None if inner.lower_ in MUTE else inner
        if node.dep_ not in {"advcl", "xcomp", "conj"} or node.head == node:
            return None
        node = node.head
    return None


def _sayer(at: Token) -> Token | None:
    """Return the subject of the nearest speech verb, or the owner of the nearest "claim", that holds a token."""
    node = at
    through_object = False
    for _ in range(MOST_STEPS):
        for verb in _beside(node):
            subject = _subject(verb)
            if subject is not None and at not in subject.subtree:
                return subject
        head = node.head
        if head == node:
            return None
        through_object = through_object or node.dep_ in {"dobj", "pobj", "attr", "nsubjpass"}
        if head.lower_ in CLAIMS and node.dep_ in {"acl", "relcl", "ccomp"}:
            return next(
                (c for c in head.children if c.dep_ in {"poss", "compound", "amod"} and c.text[:1].isupper()), None
            )
        clause = node.dep_ in {"ccomp", "xcomp", "parataxis", "pcomp"}
        if (head.lower_ in SAYING and clause) or (
            head.lower_ in NAMING and through_object and node.dep_ not in {"nsubj"}
        ):
            subject = _subject(head)
            if subject is not None and at not in subject.subtree:
                return subject
        node = head
    return None


def _beside(node: Token) -> Iterator[Token]:
    """Yield the speech verbs that stand beside a clause: "…, the ministry said"."""
    for child in node.children:
        if child.dep_ in {"parataxis", "ccomp", "advcl"} and child.lower_ in SAYING and child.dep_ != "advcl":
            inside = any(c.dep_ in {"ccomp"} for c in child.children)
            if not inside:
                yield child


def _source(doc: Doc, at: Token) -> Token | None:
    """Return whom "according to" or "citing" names, where it stands beside the token's clause."""
    for token in doc:
        inner: Token | None = None
        if token.lower_ == "according":
            inner = next(
                (c for prep in token.children if prep.lower_ == "to" for c in prep.children if c.dep_ == "pobj"), None
            )
        elif token.lower_ in {"citing", "quoting", "per"}:
            inner = next((c for c in token.children if c.dep_ in {"dobj", "pobj"}), None)
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
