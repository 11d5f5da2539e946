"""Who acts and towards whom: the parties that stand at a predicate's places in the parse."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from spacy.tokens import Token

from extractors.lexicon import Hit, lexicon
from extractors.phrases import Phrases, unique
from extractors.syntax import SUBJECTS, behind, branch, children, has_child, is_passive, objects, subject

# What is done in these is done with a thing whose owner acts: "U.S. sanctions were imposed", "Dutch aid was sent".
THINGS = frozenset({"SANCTION", "AID"})
PLACING = frozenset({"in", "at", "near", "across"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


class Arguments(Phrases):
    """The parties of one parsed sentence and the places they take at a predicate."""

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
                owned = {c for n in nouns for c in self.owners(n)} if hit.predicate.objects else set()
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
        found = self.owners(noun) if event == "SANCTION" else self.modifiers(noun)
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
            found = [c for noun in hit.words if noun != hit.token for c in self.owners(noun)]
        return unique(found)

    def _name_before(self, verb: Token) -> list[str]:
        """Return the party right before a verb that the parse gave no subject: "after Oslo pulled out".

        Or before a participle that it hung on another noun: "a response to Norway imposing", not "ships in Norway".
        """
        before = verb.nbor(-1) if verb.i else verb
        if verb.tag_ == "VBG" and verb.dep_ in {"acl", "pcomp", "advcl"}:
            return [] if before.dep_ == "pobj" and before.head.lower_ in PLACING else self.named(before)
        if verb.tag_ not in FINITE or verb.i == 0 or has_child(verb, *SUBJECTS, "nsubjpass") or verb.dep_ == "conj":
            return []
        return self.named(verb.nbor(-1))

    def _says(self, who: Token, verb: Token) -> list[str]:
        """Return the parties that a subject is; "said it answers what it calls a threat": "it" is who said so."""
        named = who.tag_ == "PRP" and any(c.lower_ == "what" for c in children(verb, "dobj"))
        return (self.above(verb, ()) if named else []) or self.strict(who)

    def actors(self, hit: Hit) -> list[str]:
        """Return who acts."""
        if hit.verb is None:
            return self._noun_actors(hit.token, hit.predicate.event)
        who = subject(hit.verb)
        found = self._says(who, hit.verb) if who is not None else []
        if not found:
            found = self._name_before(hit.verb)
        if not found and who is not None and who.lower_ in lexicon().voices:
            found = self.modifiers(who) or self.loose(who)
        if not found and who is not None and who.lower_ not in lexicon().private:
            # "Norwegian ships", "the neighbours of Norway": not who speaks for it, yet its side.
            found = self.modifiers(who) or (
                [c for n in behind(who, "of") for c in self.strict(n)] if is_passive(hit.verb) else []
            )
        if not found and is_passive(hit.verb) and hit.predicate.kind == "adjective":
            found = [c for n in children(hit.verb, "nsubjpass") for c in self.strict(n)]  # "Norway was prepared to"
        if not found and is_passive(hit.verb) and hit.predicate.kind == "verb":
            found = self._hidden_agent(hit)
        if not found and hit.predicate.kind == "noun":
            found = self._noun_actors(hit.token, hit.predicate.event)
        if not found and hit.predicate.kind == "verb" and hit.predicate.event in THINGS:
            # "a step that would restore U.S. sanctions"
            found = unique(c for noun in objects(hit.verb) for c in self.owners(noun))
        if not found and hit.verb.dep_ == "acl" and not is_passive(hit.verb) and who is not None:
            # "Norway sent a letter asking for help": who sent it asks.
            above = next((v for v in who.ancestors if v.tag_.startswith("V")), None)
            leading = subject(above) if above is not None else None
            found = self.strict(leading) if leading is not None else []
        return found

    def above(self, verb: Token, without: Collection[str]) -> list[str]:
        """Return the party that leads the nearest verb above one, but for some."""
        for node in verb.ancestors:
            who = subject(node) if node.tag_.startswith("V") else None
            found = [c for c in self.strict(who) if c not in without] if who is not None else []
            if found:
                return found
        return []

    def strikes(self, hit: Hit, targets: Collection[str]) -> bool:
        """Return whether the verb of a hit is done to some parties themselves, not to what is theirs."""
        verb = hit.verb
        if verb is None:
            return False
        nouns = [*objects(verb), *children(verb, "dative"), *behind(verb, *hit.predicate.target)]
        nouns += [
            who for clause in children(verb, "ccomp", "xcomp") for who in children(clause, "nsubj", "nsubjpass")
        ]
        return {c for n in nouns for c in self.strict(n)} >= set(targets)

    @property
    def codes(self) -> frozenset[str]:
        """Return the parties that the sentence names."""
        return frozenset(match.code for match in self.party.values())

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
