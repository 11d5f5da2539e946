"""The sides that a noun phrase names, belongs to or stands for."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.context import Context
from extractors.parties import ACTING, PartyMatch
from extractors.referents import Referents
from extractors.sentences import Sentence

LOCALS = frozenset("militants officials police authorities forces troops fighters gunmen residents civilians".split())
FIGHTING = frozenset("militants fighters insurgents".split())
FIRED = frozenset("rocket rockets missile missiles mortar mortars".split())
# What moves from one of these need not be of the land it lies in: "howitzers from the Chinese border".
GROUNDS = frozenset("border frontier front line region area coast base bases camp airport port side province".split())
TIED = frozenset("working belonging loyal linked affiliated serving".split())
# Labels of what stands before a noun and belongs to it.
LEADING_UP = frozenset("amod compound nmod poss npadvmod dep nummod conj appos advmod punct".split())
REFERRING = frozenset(
    "it they he she its their his government ministry military army country regime administration group militia "
    "movement president "
    "organization organisation rebels militants fighters forces troops navy officials them".split()
)


class Parties:
    """The parties of one parsed sentence by token, pronouns and roles among them."""

    def __init__(self, context: Context, sentence: Sentence, referents: Referents) -> None:
        """Take a document, a sentence of it and whom its pronouns stand for."""
        self.matches: Sequence[PartyMatch] = context.parties_in(sentence)
        self.named = context.parties
        self.sentence = sentence
        self.referents = referents

    def at(self, token: Token) -> PartyMatch | None:
        """Return the party a token is part of."""
        at = self.sentence.start + token.idx
        return next((m for m in self.matches if m.start <= at < m.end), None)

    def names(self, code: str) -> bool:
        """Return whether the document names a party."""
        return any(m.code == code for m in self.named)

    def owner(self, token: Token) -> str | None:
        """Return the party that a token names as an owner or doer."""
        match = self.at(token)
        return match.code if match is not None and match.kind in ACTING else None

    def within(self, start: int, end: int) -> str | None:
        """Return the one party named in a stretch of the sentence, where the parse has lost whose noun it is."""
        text, base = self.sentence.text, self.sentence.start
        named = [m for m in self.matches if base + start <= m.start and m.end <= base + end and m.kind in ACTING]
        codes = {m.code for m in named if not text.startswith("-", m.end - base)}
        return codes.pop() if len(codes) == 1 else None

    def referred(self, token: Token) -> str | None:
        """Return whom a pronoun or role stands for."""
        if token.lower_ in REFERRING or token.tag_ in {"PRP", "PRP$"}:
            code = self.referents.resolve(self.sentence.index, self.sentence.start + token.idx, token.text)
            ours = token.lower_ in {"we", "our"} and code is None and self.names("USA")
            return "USA" if ours else code  # American news and its readers
        return None

    def phrase(self, noun: Token) -> str | None:
        """Return the party that a noun phrase is, belongs to, or stands for."""
        return self.owner(noun) or self.modifier(noun) or self.behind(noun) or self.referred(noun)

    def modifier(self, noun: Token) -> str | None:
        """Return the party among the words before a noun, nearest first."""
        inside = sorted((t for t in noun.subtree if 0 < noun.i - t.i < 9), key=lambda t: -t.i)
        for token in inside:
            if token.dep_ in {"prep", "relcl", "acl"} or token.lower_ in {"in", "of", "by"}:
                break
            if self._led(noun, token):
                code = (
                    self.owner(token)
                    or self._local(noun, token)
                    or (self._possessor(token) if token.tag_ == "PRP$" else None)
                )
                if code:
                    return code
        return None

    def _possessor(self, pronoun: Token) -> str | None:
        """Return whose a "its" or "their" is: the doer's of its own clause, else whom it stands for."""
        node = pronoun.head
        for _ in range(4):
            if node.tag_.startswith("V"):
                doer = next((c for c in node.children if c.dep_ == "nsubj" and c.i < pronoun.i), None)
                code = self.owner(doer) or self.modifier(doer) if doer is not None else None
                if code and pronoun.lower_ in {"its", "their"}:
                    return code
            if node.head == node or node.dep_ in {"relcl", "advcl", "ccomp"}:
                break
            node = node.head
        return self.referred(pronoun)

    def _local(self, noun: Token, token: Token) -> str | None:
        """Return the country of a city or region whose people act: "Gaza militants", "Kandahar police"."""
        match = self.at(token)
        local = noun.lower_ in LOCALS or noun.lower_ in FIRED
        return match.code if match is not None and match.kind == "place" and local else None

    def _led(self, noun: Token, token: Token) -> bool:
        """Return whether a token leads up to a noun by modifiers alone."""
        node = token
        for _ in range(4):
            if node.dep_ not in LEADING_UP:
                return False
            node = node.head
            if node == noun:
                return True
        return False

    def behind(self, noun: Token) -> str | None:
        """Return the party behind a noun's "of", "from" or "with": "troops from Chad"."""
        for prep in noun.children:
            if prep.lower_ == "in" and noun.lower_ in FIGHTING:
                places = [self.at(inner) for inner in prep.children if inner.dep_ == "pobj"]
                if places and places[0] is not None and places[0].kind == "place":
                    return places[0].code  # "militants in Gaza"
            if prep.dep_ == "prep" and prep.lower_ in {"of", "from", "with", "loyal"} and prep.i > noun.i:
                for inner in prep.children:
                    if inner.dep_ == "pobj" and not (prep.lower_ == "from" and inner.lower_ in GROUNDS):
                        code = (
                            self.owner(inner)
                            or self.modifier(inner)
                            or (self.referred(inner) if inner.tag_ == "PRP" else None)
                        )
                        if code:
                            return code
        return self._linked(noun)

    def _linked(self, noun: Token) -> str | None:
        """Return whom people are tied to: "with links to al-Shabab", "working for the ministry"."""
        for child in noun.children:
            tied = child.dep_ == "acl" and child.lower_ in TIED
            links = [c for c in child.children if c.lower_ in {"links", "ties"}] if child.lower_ == "with" else []
            for node in [child] if tied else links:
                for prep in node.children:
                    for inner in prep.children:
                        if (
                            prep.dep_ == "prep"
                            and inner.dep_ == "pobj"
                            and (code := self.owner(inner) or self.modifier(inner))
                        ):
                            return code
        return None
