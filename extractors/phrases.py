"""The parties that a noun phrase names, stands for or belongs to, in one parsed sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Doc, Token

from extractors.lexicon import lexicon
from extractors.parties import ACTING, PartyMatch
from extractors.referents import LANDS
from extractors.syntax import behind, children, has_child, quoted, subject, with_conjuncts

MODIFIERS = (("appos",), ("amod", "compound", "nmod", "nummod"), ("poss",))
# "the two sides", "both countries": the two parties that the text is about.
SIDES = frozenset(
    "sides countries nations parties leaders neighbours neighbors governments presidents ministers rivals "
    "foes states allies powers militaries armies capitals".split()
)
PAIRING = frozenset({"both", "two"})
FIRST_PERSON = frozenset("i we our my us me ours".split())
SERVING = {
    **dict.fromkeys(("adviser", "advisor", "aide"), ("to", "for")),
    **dict.fromkeys(("spokesman", "spokeswoman", "spokesperson", "negotiator", "official"), ("for",)),
}
PRONOUNS = frozenset({"PRP", "PRP$"})
BELONGING = ("of", "to", "with", "from", "for", "between", "among")
Resolver = Callable[[int, str], str | None]
Pairing = Callable[[int], tuple[str, ...]]


def unique(codes: Iterable[str]) -> list[str]:
    """Return codes in order, each once."""
    return list(dict.fromkeys(codes))


class Phrases:
    """The parties of one parsed sentence and the noun phrases that hold them."""

    def __init__(self, doc: Doc, start: int, matches: Sequence[PartyMatch], resolve: Resolver, pair: Pairing) -> None:
        """Take the parse, where it begins in the text, its parties, and what answers for pronouns and pairs."""
        self.doc, self.start, self.resolve, self.pair = doc, start, resolve, pair
        self.party: dict[int, PartyMatch] = {}
        for match in matches:
            for token in doc:
                at = start + token.idx
                if match.start <= at < match.end:
                    self.party[token.i] = match

    def named(self, token: Token) -> list[str]:
        """Return the acting party that a token itself names."""
        match = self.party.get(token.i)
        return [match.code] if match is not None and match.kind in ACTING else []

    def everyone(self) -> dict[int, str]:
        """Return the acting party of each token that names one or stands for one."""
        found = {token.i: self.named(token) or self._referred(token) for token in self.doc}
        return {i: codes[0] for i, codes in found.items() if codes}

    def _referred(self, token: Token) -> list[str]:
        """Return whom a pronoun or a bare role ("the ministry") stands for."""
        if token.tag_ in PRONOUNS and token.lower_ in FIRST_PERSON and quoted(token):
            speaker = self._speaker(token)
            if speaker:
                return speaker
        plain = not has_child(token, "amod") or (
            token.lower_ in LANDS and any(c.lower_ in {"the", "this", "that"} for c in children(token, "det"))
        )
        if token.tag_ in PRONOUNS or (token.lower_ in lexicon().agentive and plain):
            code = self.resolve(self.start + token.idx, token.text)
            return [code] if code else []
        return []

    def _speaker(self, token: Token) -> list[str]:
        """Return who says the quotation that a token stands in, where its sentence says so."""
        for node in token.ancestors:
            for verb in (node, *children(node, "parataxis", "advcl")):
                said = next(children(verb, "nsubj"), None)
                if said is not None and said.i != token.i and not quoted(said):
                    return self.strict(said)
        return []

    def modifiers(self, token: Token) -> list[str]:
        """Return the parties that stand with a noun, those that say most of it first: "its ally, China" is China."""
        for labels in MODIFIERS:
            found: list[str] = []
            for child in children(token, *labels):
                for each in (child, *children(child, "conj")):
                    found += self.named(each) or (self._referred(each) if each.tag_ == "PRP$" else [])
                    if not found and each.dep_ in {"poss", "appos", "compound", "nmod"}:
                        found += self.strict_one(each)
            if found:
                return found
        return []

    def strict_one(self, token: Token) -> list[str]:
        """Return the party that a noun phrase is, its coordinates left out."""
        own = self.named(token)
        if own:
            return own
        if token.lower_ in lexicon().private:
            return []
        if token.lower_ in SIDES and any(c.lower_ in PAIRING for c in token.children):
            return list(self.pair(self.start + token.idx))
        if token.lower_ in lexicon().agentive or token.tag_ == "NNP":
            found = self.modifiers(token)
            if not found:
                of = ("of", "from", *SERVING.get(token.lower_, ()))
                found = [c for n in behind(token, *of) for c in self.strict(n)]
            return found or self._referred(token)
        return self._referred(token)

    def strict(self, token: Token) -> list[str]:
        """Return the parties that a noun phrase is: "Russia and the Syrian military", "leaders of Bahrain"."""
        if token.lower_ in {"all", "both", "some", "many", "one", "members", "most"}:
            inner = [c for n in behind(token, "of") for c in self.strict(n)]
            if inner:
                return unique(inner)
        return unique(c for each in self._listed(token) for c in self.strict_one(each))

    def _listed(self, token: Token) -> list[Token]:
        """Return a token and its coordinates; of a list the parser reads the second name as an apposition."""
        found = with_conjuncts(token)
        if len(found) > 1 and self.named(token):
            found += [c for c in children(token, "appos") if self.named(c)]
        return sorted(found, key=lambda t: t.i)

    def loose(self, token: Token, depth: int = 3) -> list[str]:
        """Return the parties a noun phrase belongs to or is about: "Israel's strikes", "an end to Russia's war"."""
        found = self.strict(token)
        if found or depth == 0 or token.lower_ in lexicon().private:
            return found
        found = self.modifiers(token)
        if not found:
            found = [c for n in behind(token, "by") for c in self.loose(n, depth - 1)]
        if not found:
            found = [c for child in children(token, "poss") for c in self.loose(child, depth - 1)]
        if not found:
            found = [c for n in behind(token, *BELONGING) for c in self.loose(n, depth - 1)]
        if not found:
            found = [
                c
                for verb in children(token, "acl", "relcl")
                for s in [subject(verb)]
                if s is not None and s.i != token.i
                for c in self.strict(s)
            ]
        return unique(found)

    def owners(self, noun: Token) -> list[str]:
        """Return whose a thing is that is imposed, sent or offered: "U.S. sanctions", not "the Iran sanctions"."""
        return unique(
            c
            for child in children(noun, "amod", "compound", "nmod", "poss")
            for each in (child, *children(child, "conj"))
            for c in self.strict_one(each)
            if child.dep_ in {"amod", "poss"} or not self._is_land(each)
        )

    def _is_land(self, token: Token) -> bool:
        """Return whether a token is a state's plain name, "Iran", which as the first part of a noun is its object."""
        match = self.party.get(token.i)
        return (
            match is not None and match.kind in {"state", "capital"} and "." not in match.text and len(match.text) > 3
        )
