"""Who acts and towards whom: the parties that stand at a predicate's places in the parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Doc, Token

from extractors.lexicon import Hit, lexicon
from extractors.parties import ACTING, PartyMatch
from extractors.referents import LANDS
from extractors.syntax import (
    behind,
    branch,
    children,
    has_child,
    is_passive,
    objects,
    quoted,
    subject,
    with_conjuncts,
)

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
# What is done in these is done with a thing whose owner acts: "U.S. sanctions were imposed", "Dutch aid was sent".
THINGS = frozenset({"SANCTION", "AID"})
Resolver = Callable[[int, str], str | None]
Pairing = Callable[[int], tuple[str, ...]]


def unique(codes: Iterable[str]) -> list[str]:
    """Return codes in order, each once."""
    return list(dict.fromkeys(codes))


class Arguments:
    """The parties of one parsed sentence and the places they take."""

    def __init__(self, doc: Doc, start: int, matches: Sequence[PartyMatch], resolve: Resolver, pair: Pairing) -> None:
        """Take the parse, where it begins in the text, its parties, and what answers for pronouns and pairs."""
        self.doc, self.start, self.resolve, self.pair = doc, start, resolve, pair
        self.party: dict[int, PartyMatch] = {}
        for match in matches:
            for token in doc:
                at = start + token.idx
                if match.start <= at < match.end:
                    self.party[token.i] = match

    # ------------------------------------------------------------ noun phrases
    def named(self, token: Token) -> list[str]:
        """Return the acting party that a token itself names."""
        match = self.party.get(token.i)
        return [match.code] if match is not None and match.kind in ACTING else []

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

    def _modifiers(self, token: Token) -> list[str]:
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
            found = self._modifiers(token)
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
        found = self._modifiers(token)
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

    # ------------------------------------------------------------ places of a predicate
    def _places(self, nouns: Iterable[Token]) -> list[str]:
        """Return the states that stand as places, cities left out."""
        return unique(
            m.code for n in nouns for m in [self.party.get(n.i)] if m is not None and m.kind in {"state", "capital"}
        )

    def _clause(self, verb: Token, deep: bool) -> list[str]:
        """Return who is to do what a complement clause says, or, if deep, to whom."""
        for clause in children(verb, "ccomp", "xcomp", "advcl"):
            for who in children(clause, "nsubj", "nsubjpass"):
                found = self.strict(who) or self.loose(who)
                if found:
                    return found
            if deep and clause.dep_ != "advcl":
                found = [c for n in objects(clause) for c in self.loose(n)]
                if found:
                    return found
        return []

    def _inside(self, verb: Token) -> list[str]:
        """Return the parties named anywhere behind a verb in its own clause."""
        found: list[str] = []
        for child in verb.children:
            if child.i > verb.i and child.dep_ in {"xcomp", "ccomp", "dobj", "prep", "advcl", "dative", "attr"}:
                found += [c for t in branch(child) for c in self.named(t)]
        return unique(found)

    def slot(self, hit: Hit, name: str) -> list[str]:
        """Return the parties at one place of a predicate."""
        verb = hit.verb
        if name in {"clause", "who"}:
            return self._clause(verb, name == "clause") if verb is not None and hit.predicate.kind != "noun" else []
        if name == "inside":
            return self._inside(verb) if verb is not None else []
        if name in {"object", "party", "person", "place"}:
            if verb is None or hit.predicate.kind == "noun":
                return []
            nouns = objects(verb) + list(children(verb, "dative"))
            if name == "object" and hit.predicate.event == "SANCTION":
                owned = {c for n in nouns for c in self._owners(n)} if hit.predicate.objects else set()
                return unique(c for n in nouns for c in self.loose(n) if c not in owned)
            if name == "object":
                return unique(c for n in nouns for c in self.loose(n))
            if name == "place":
                return self._places(behind(verb, "to", "in", "into", "for"))
            return unique(c for n in nouns for c in self.strict(n))
        if name == "dative":
            nouns = list(children(verb, "dative")) if verb is not None else []
            return unique(c for n in nouns for c in self.loose(n))
        done_to = objects(verb) if verb is not None and hit.predicate.kind == "verb" else []
        anchors = [t for t in (hit.token, *hit.words, verb, *done_to) if t is not None]
        nouns = list({n.i: n for a in anchors for n in behind(a, name)}.values())
        return unique(c for n in nouns for c in (self.strict(n) or self.loose(n)))

    def _noun_actors(self, noun: Token, event: str) -> list[str]:
        """Return whose act a noun that stands alone names: "Russia's threat", "a call from Egypt"."""
        found = self._owners(noun) if event == "SANCTION" else self._modifiers(noun)
        if not found:
            found = [c for n in behind(noun, "by", "from") for c in self.strict(n)]
        if not found:
            for verb in children(noun, "acl", "relcl"):
                who = subject(verb)
                found = self.strict(who) if who is not None and who.i != noun.i else []
        return unique(found)

    def _hidden_agent(self, hit: Hit) -> list[str]:
        """Return who does a passive where its "by" hangs lower: "dismissed as a sham by Oslo", or a place says it."""
        found = [
            c
            for prep in branch(hit.token)
            if prep.lower_ == "by" and prep.i > hit.token.i
            for n in children(prep, "pobj")
            for c in self.strict(n)
        ]
        if not found and hit.predicate.event in {"ACCUSE", "REJECT", "SUPPORT"}:
            found = [c for n in behind(hit.token, "in") for c in self.strict(n)]
        if not found:
            found = [c for noun in hit.words if noun != hit.token for c in self._owners(noun)]
        return unique(found)

    def _owners(self, noun: Token) -> list[str]:
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

    def actors(self, hit: Hit) -> list[str]:
        """Return who acts."""
        if hit.verb is None:
            return self._noun_actors(hit.token, hit.predicate.event)
        who = subject(hit.verb)
        found = self.strict(who) if who is not None else []
        if not found and who is not None and who.lower_ in lexicon().voices:
            found = self._modifiers(who) or self.loose(who)
        if not found and who is not None and who.lower_ not in lexicon().private:
            # "Norwegian ships", "the neighbours of Norway": not who speaks for it, yet its side.
            found = self._modifiers(who) or (
                [c for n in behind(who, "of") for c in self.strict(n)] if is_passive(hit.verb) else []
            )
        if not found and is_passive(hit.verb) and hit.predicate.kind == "verb":
            found = self._hidden_agent(hit)
        if not found and hit.predicate.kind == "noun":
            found = self._noun_actors(hit.token, hit.predicate.event)
        if not found and hit.verb.dep_ == "acl" and not is_passive(hit.verb) and who is not None:
            # "Norway sent a letter asking for help": who sent it asks.
            above = next((v for v in who.ancestors if v.tag_.startswith("V")), None)
            leading = subject(above) if above is not None else None
            found = self.strict(leading) if leading is not None else []
        return found

    def roles(self, hit: Hit) -> tuple[list[str], list[str]]:
        """Return the actors and the targets of a predicate."""
        actors = self.actors(hit)
        targets: list[str] = []
        verb = hit.verb
        if (
            verb is not None
            and hit.predicate.kind == "verb"
            and is_passive(verb)
            and hit.predicate.event not in THINGS
        ):
            targets = unique(c for n in objects(verb) for c in (self.strict(n) or self.loose(n)))
        for name in hit.predicate.target:
            if targets:
                break
            targets = self.slot(hit, name)
        if hit.predicate.suffered:
            return targets, actors
        return actors, targets
