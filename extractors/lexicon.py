"""Predicates of diplomacy in a parsed sentence, found by the lexicon in predicates.toml."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from spacy.tokens import Token

from extractors.inflection import all_forms, noun_forms, verb_forms
from extractors.records import Event

FORMS: dict[str, Callable[[str], frozenset[str]]] = {
    "verb": verb_forms,
    "noun": noun_forms,
    "adjective": lambda word: frozenset({word}),
}
# Forms too common to be worth a parse with one party alone, whatever object they would need.
EVERYDAY = all_forms(
    "have make cut drop leave end break reach put place announce express hold pay keep strike set want need seek "
    "take send face draw win target hit claim raise cast close stop pull remove destroy bring feel receive meet trade"
)
# "a number of rockets", "$70 million in aid": these stand before the noun that says of what.
MEASURES = frozenset(
    "number million billion dollar euro ton tonne series round package kind form lot amount shipment worth "
    "dozen hundred thousand batch group set threat type piece part sort majority course wave raft".split()
)
# "an aid package", "a sanctions bill": these stand behind it.
CARRIERS = frozenset(
    "package bill program programme regime plan sale delivery shipment process transfer order freeze".split()
)


ABOUT = ("from", "with", "of")
ABOUT_NOTHING: tuple[str, frozenset[str]] = ("", frozenset())


@dataclass(frozen=True, slots=True)
class Predicate:
    """An entry of the lexicon for one word."""

    event: Event
    kind: str  # verb, noun or adjective
    word: str  # lemma, with its particle: "call+for"
    target: tuple[str, ...]
    objects: frozenset[str] | None = None
    avoid: frozenset[str] = frozenset()
    complement: frozenset[str] | None = None
    content: frozenset[str] | None = None
    unless: frozenset[str] = frozenset()
    negated: bool = False
    strict: bool = False
    people: bool = False
    light: frozenset[str] = frozenset()
    joint: bool = False
    weak: bool = False
    bare: bool = False
    near: frozenset[str] = frozenset()
    about: tuple[str, frozenset[str]] | None = None  # the preposition and the nouns that must stand behind it
    quoted: bool = False
    suffered: bool = False  # its subject is whom it is done to
    unlisted: bool = False  # no entry: the network finds its event in any word (unlisted.py)

    @property
    def particular(self) -> int:
        """Return how much an entry asks of its sentence: of several that fit, the one that asks most is first."""
        return (
            2 * bool(self.objects or self.about)
            + 2 * ("+" in self.word)
            + 3 * bool(self.complement)
            + bool(self.content)
        )

    @property
    def lemma(self) -> str:
        """Return the word without its particle."""
        return self.word.partition("+")[0]

    @property
    def stands_alone(self) -> bool:
        """Return whether the word needs neither a certain object nor both sides named to carry its event."""
        needs = (
            self.objects,
            self.about,
            self.complement,
            self.content,
            self.negated,
            self.strict,
            self.weak,
            self.people,
        )
        return not any(needs)

    @property
    def rule(self) -> str:
        """Return the name a mention carries as its rule."""
        return f"network {self.kind}" if self.unlisted else f"{self.kind} {self.word}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A predicate found: its token, the verb whose subject acts, and the words that make it up."""

    predicate: Predicate
    token: Token
    verb: Token | None  # the verb itself, or the light verb of a noun; None for a noun that stands alone
    words: tuple[Token, ...]
    second: bool = False  # its word fits another event better


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon by form: what a token may be."""

    verbs: dict[str, tuple[Predicate, ...]]
    nouns: dict[str, tuple[Predicate, ...]]
    adjectives: dict[str, tuple[Predicate, ...]]
    noun_lemmas: dict[str, str]
    verb_lemmas: dict[str, str]
    agentive: frozenset[str]
    private: frozenset[str]
    voices: frozenset[str]

    @property
    def forms(self) -> frozenset[str]:
        """Return every word that may carry an event."""
        return frozenset({*self.verbs, *self.nouns, *self.adjectives})

    @property
    def strong(self) -> frozenset[str]:
        """Return the verbs that carry an event on their own: no light verb, no class of objects asked for."""
        return frozenset(f for f, found in self.verbs.items() if any(p.stands_alone for p in found))

    @property
    def telling(self) -> frozenset[str]:
        """Return the strong verbs, those with objects that tell enough, and the nouns that may stand alone."""
        verbs = {f for f, found in self.verbs.items() if any(p.objects and not p.weak for p in found)}
        nouns = {f for f, found in self.nouns.items() if any(p.bare or not p.weak for p in found)}
        return frozenset(verbs - EVERYDAY | nouns | set(self.adjectives)) | self.strong


def _expand(words: str | None, classes: dict[str, str]) -> frozenset[str] | None:
    if words is None:
        return None
    return frozenset(lemma for word in words.split() for lemma in classes.get(word, word).split())


def _entries(kind: str, table: dict[str, Any], classes: dict[str, str]) -> Iterator[Predicate]:
    for word in table["words"].split():
        yield Predicate(
            event=table["event"],
            kind=kind,
            word=word,
            target=tuple(table.get("target", ())),
            objects=_expand(table.get("object"), classes),
            avoid=_expand(table.get("avoid"), classes) or frozenset(),
            complement=_expand(table.get("complement"), classes),
            content=_expand(table.get("content"), classes),
            unless=_expand(table.get("unless"), classes) or frozenset(),
            negated=table.get("negated", False),
            strict=table.get("strict", False),
            people=table.get("people", False),
            light=frozenset(table.get("light", "").split()),
            joint=table.get("joint", False),
            weak=table.get("weak", False),
            bare=table.get("bare", False),
            near=frozenset(table.get("near", "").split()),
            about=next(((p, _expand(table[p], classes) or frozenset()) for p in ABOUT if p in table), None),
            quoted=table.get("quoted", False),
            suffered=table.get("suffered", False),
        )


def _lemma_forms(predicates: Iterable[Predicate], classes: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return lemmas by form, of nouns and of verbs, for every word the lexicon speaks of."""
    nouns = {lemma for words in classes for lemma in words.split()}
    verbs = set(nouns)
    for predicate in predicates:
        (nouns if predicate.kind == "noun" else verbs).add(predicate.lemma)
        nouns |= (predicate.objects or frozenset()) | predicate.avoid | (predicate.about or ABOUT_NOTHING)[1]
        verbs |= predicate.light | (predicate.complement or frozenset()) | predicate.unless
    return (
        {form: noun for noun in sorted(nouns) for form in noun_forms(noun)},
        {form: verb for verb in sorted(verbs) for form in verb_forms(verb)},
    )


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once a process from the packaged predicates.toml."""
    data = tomllib.loads(files("extractors").joinpath("predicates.toml").read_text("utf8"))
    classes: dict[str, str] = data["classes"]
    predicates = [p for kind in FORMS for table in data[kind] for p in _entries(kind, table, classes)]
    found: dict[str, defaultdict[str, list[Predicate]]] = {kind: defaultdict(list) for kind in FORMS}
    for predicate in predicates:
        for form in FORMS[predicate.kind](predicate.lemma):
            found[predicate.kind][form].append(predicate)
    verbs, nouns, adjectives = ({form: tuple(p) for form, p in found[kind].items()} for kind in FORMS)
    named = (frozenset(f for noun in words.split() for f in noun_forms(noun)) for words in data["nouns"].values())
    return Lexicon(verbs, nouns, adjectives, *_lemma_forms(predicates, classes.values()), *named)
