"""Who says a clause: said-clauses in every order, "according to", "citing", quotations that stay open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.context import Context
from extractors.inflection import verb_forms
from extractors.parties import PartyMatch
from extractors.places_of import Places
from extractors.quotations import find_quotation_spans
from extractors.sentences import Sentence


def _forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))


SAYING = _forms(
    "say tell claim report announce confirm state estimate add warn believe allege assert argue declare note "
    "write tweet explain "
    "acknowledge admit insist maintain reveal disclose testify predict suggest put cite count describe conclude "
    "determine find reckon "
    "remind mention learn stress emphasise emphasize recall boast inform think lament complain reiterate affirm"
)
# Of these the number may be the object, and need not stand in a clause of its own.
PLACING = _forms("put give count list place record cite document quote")
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
OFFICES = frozenset("government ministry military army police authorities council navy".split())
OFFICE = re.compile(
    r"\b(?:officials?|authorit\w+|ministry|government|police|minister|spokes\w+|militants)\b", re.IGNORECASE
)
PAPERS = frozenset("statement report group agency ministry".split())
IN_PLACE = re.compile(r"\b(?:in|at|near) (?:the )?$")
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
SPEECH = re.compile(
    rf"(?P<early>[^.;“”\"\n]{{2,90}}?)\s+(?:also |later |has |then |had )?{SAID}\b(?:\s+(?P<late>[A-Z][^,.;\n]{{2,60}}))?"
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

    def __init__(self, context: Context, places: Places) -> None:
        """Take a document; its quotations are found once."""
        self.context, self.places = context, places
        self.text = context.document.text
        self.referents = context.referents
        self.quotations = find_quotation_spans(self.text)
        self._starts = [start for start, _ in self.quotations]

    def claimant(self, sentence: Sentence, doc: Doc, at: Token) -> Claimant:
        """Return who states what stands at a token; OUTLET where the outlet does in its own voice."""
        source, sayer = _source(doc, at), _sayer(at)
        if source is not None and (sayer is None or source.lower_ not in VAGUE):
            return self._named(sentence, source)
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

    def _named(self, sentence: Sentence, head: Token) -> Claimant:
        start, end = _phrase(head)
        words = sentence.text[start:end]
        private = next((c.lower_ for c in head.children if c.dep_ == "appos" and c.lower_ in PRIVATE), head.lower_)
        if head.lower_ in {"it", "they"} | PAPERS and not any(
            c.dep_ in {"amod", "compound", "prep"} for c in head.children
        ):
            before = self._last_speaker(sentence.index)
            if before is not None:
                return Claimant(before.code, words)
        code = self.code(sentence.start + start, sentence.start + end, private)
        for remark in (
            c for c in head.children if c.dep_ == "appos" and code == "unknown" and private not in PRIVATE
        ):
            first, last = remark.left_edge.idx, remark.right_edge.idx + len(remark.right_edge)
            inside = self._parties(sentence.start + first, sentence.start + last)
            code = next(
                (p.code for p in inside if p.kind in {"state", "demonym", "government", "body", "group"}), code
            )
        return Claimant(code, words)

    def _parties(self, start: int, end: int) -> list[PartyMatch]:
        return [
            p
            for p in self.context.parties
            if start <= p.start < end and not IN_PLACE.search(self.text[max(0, p.start - 8) : p.start])
        ]

    def _last_speaker(self, index: int) -> Claimant | None:
        """Return who spoke last before a sentence, if a side did."""
        for back in range(index - 1, max(-1, index - 5), -1):
            sentence = self.context.sentences[back]
            for found in reversed(list(SPEECH.finditer(sentence.text))):
                name = "late" if found.group("late") else "early"
                said = self._words(sentence.start + found.start(name), sentence.start + found.end(name))
                if said.code not in {None, "unknown"}:
                    return said
        return None

    def code(self, start: int, end: int, head: str) -> str:
        """Return the code of the party that the words at [start, end) of the text name, else `unknown`."""
        words = self.text[start:end]
        head = head.lower()
        inside = self._parties(start, end)
        named = [p for p in inside if p.kind != "place"] or [p for p in inside if OFFICE.search(words)]
        if head in PRIVATE or (words.lower().split() or [""])[-1] in PRIVATE:
            bodies = [p.code for p in named if p.kind == "body"]
            return bodies[0] if bodies else named[0].code if named and STATE_VOICE.search(words) else "unknown"
        if len(named) > 1 and named[1].kind == "body" and not self.text[named[0].end : named[1].start].strip():
            return named[1].code  # "the Syrian Observatory", "the Jordanian Red Crescent"
        if named:
            return named[0].code
        return self._role(start, words, head)

    def _role(self, start: int, words: str, head: str) -> str:
        """Return whom "the ministry", "the spokesman", "she" stand for; an office of no state is the country's own."""
        role = head if head in ROLES else next((w for w in reversed(words.lower().split()) if w in ROLES), "")
        if not role or (role in UNNAMED and len(words.split()) == 1):
            return "unknown"
        index = self._sentence_at(start)
        code = self.referents.resolve(index, start, role) or "unknown"
        if role in OFFICES and not (len(code) == 3 and code.isupper()):
            return self.places.topic(index) or code
        return code

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
    through_object = through_verb = crossed = False
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
            owners = [c for c in head.children if c.dep_ in {"poss", "compound", "amod"} and c.text[:1].isupper()]
            if owners:
                return owners[0]
        clause = node.dep_ in {"ccomp", "xcomp", "parataxis", "pcomp"}
        named = head.lower_ in NAMING and through_object and node.dep_ != "nsubj"
        if named and head.lower_ in PLACING and through_verb:
            named = False
        if (head.lower_ in SAYING and clause and not (crossed and node.dep_ == "xcomp")) or named:
            subject = _subject(head)
            if subject is not None and at not in subject.subtree:
                return subject
        if node.dep_ in {"advcl", "relcl", "ccomp", "acl"}:
            through_object = False
        through_verb = through_verb or head.tag_.startswith("V")
        crossed = crossed or node.dep_ == "relcl"
        if (
            crossed
            and node.dep_ == "advcl"
            and any(c.lower_ in {"after", "when", "since", "as"} for c in node.children)
        ):
            return None
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
