"""Which sets of parties may be a side of an act, and by which ways of looking each is found.

A way is a place in the sentence ("the subject", "behind to") or around it ("the speaker", "the title's first"); the
rules' own choice is one of them. Which way to trust where is fitted (siding.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from extractors.arguments import Arguments
from extractors.leanings import Leanings
from extractors.lexicon import Hit
from extractors.parties import ACTING
from extractors.phrases import unique
from extractors.records import Event
from extractors.salience import Salience, nearest
from extractors.sides import Sides
from extractors.syntax import branch, children, objects, subject

Ways = dict[str, tuple[str, ...]]
PREPOSITIONS = ("to", "with", "on", "against", "for", "from", "of", "over", "by", "at", "in", "between", "about")
ROLES = ("actors", "targets")
RULED = ("rule actors", "rule targets")
MOST = 4  # parties of one side: a longer list is seldom all at one act
# The ways that name who takes part with whom: a joint act may be of both together.
FIRST = ("rule actors", "subject", "owner", "above", "leading", "before", "speaker", "told actors")
SECOND = ("rule targets", "object", "with", "of", "between", "to", "after", "from", "in", "title first", "first")


@dataclass(frozen=True, slots=True)
class Outlook:
    """A predicate found, the sides that the rules give it, and what lies around its sentence."""

    hit: Hit
    event: Event
    ruled: Sides
    arguments: Arguments
    index: int
    salience: Salience
    speaker: str | None  # who speaks in the sentence
    title: tuple[str, ...]  # the parties of the title
    told: tuple[tuple[str, ...], tuple[str, ...]]  # the sides of the act told last
    leanings: Leanings  # what the network makes of it
    ways: Ways = field(default_factory=dict)  # the parties found by each way of looking that finds any


def _anchors(hit: Hit) -> list[Token]:
    """Return the words of a predicate that a side may hang on."""
    done_to = objects(hit.verb) if hit.verb is not None and hit.predicate.kind == "verb" else []
    return [t for t in (hit.token, *hit.words, hit.verb, *done_to) if t is not None]


def _behind(anchors: Sequence[Token], arguments: Arguments) -> Iterator[tuple[str, list[str]]]:
    """Return the parties behind each preposition of some words."""
    found: dict[str, list[str]] = {}
    for anchor in {t.i: t for t in anchors}.values():
        for prep in children(anchor, "prep", "agent", "dative", "prt"):
            if prep.lower_ in PREPOSITIONS:
                for noun in children(prep, "pobj"):
                    codes = arguments.strict(noun) or arguments.loose(noun)
                    found[prep.lower_] = found.get(prep.lower_, []) + codes
    yield from found.items()


def _at_verb(hit: Hit, arguments: Arguments) -> Iterator[tuple[str, list[str]]]:
    """Return the parties at the places of a verb, in its clause and above it."""
    verb = hit.verb
    if verb is None:
        return
    who = subject(verb)
    if who is not None:
        yield "subject", arguments.strict(who)
        yield "subject's", arguments.loose(who)
    nouns = [*objects(verb), *children(verb, "dative")]
    yield "object", [c for n in nouns for c in arguments.strict(n)]
    yield "object's", [c for n in nouns for c in arguments.loose(n)]
    for clause in children(verb, "ccomp", "xcomp", "advcl"):
        yield "clause subject", [c for n in children(clause, "nsubj", "nsubjpass") for c in arguments.strict(n)]
        yield "clause object", [c for n in objects(clause) for c in arguments.loose(n)]


def _above(hit: Hit, arguments: Arguments) -> Iterator[tuple[str, list[str]]]:
    """Return who leads the verbs above a predicate, the nearest and the last."""
    anchor = hit.verb or hit.token
    leading: list[list[str]] = []
    for node in anchor.ancestors:
        who = subject(node) if node.tag_.startswith("V") else None
        codes = arguments.strict(who) if who is not None else []
        if codes:
            leading.append(codes)
    if leading:
        yield "above", leading[0]
        yield "leading", leading[-1]


def _at_noun(hit: Hit, arguments: Arguments) -> Iterator[tuple[str, list[str]]]:
    """Return whose a noun is, and what stands before it."""
    nouns = [w for w in {hit.token.i: hit.token, **{w.i: w for w in hit.words}}.values() if w.tag_.startswith("N")]
    yield "owner", [c for n in nouns for c in arguments.owners(n)]
    yield "modifier", [c for n in nouns for c in arguments.modifiers(n)]


def _near(hit: Hit, arguments: Arguments) -> Iterator[tuple[str, list[str]]]:
    """Return the parties of the sentence by their distance from a predicate."""
    acting = [(i, m.code) for i, m in sorted(arguments.party.items()) if m.kind in ACTING]
    codes = [c for _, c in acting]
    yield "before", [c for i, c in acting if i < hit.token.i][-1:]
    yield "after", [c for i, c in acting if i > hit.token.i][:1]
    yield "all before", unique(c for i, c in acting if i < hit.token.i)
    yield "all after", unique(c for i, c in acting if i > hit.token.i)
    yield "first", codes[:1]
    yield "last", codes[-1:]
    yield "all", unique(codes)
    yield "under", unique(c for t in branch(hit.verb or hit.token) for c in arguments.named(t))


def _around(view: Outlook) -> Iterator[tuple[str, list[str]]]:
    """Return the parties that the text around a sentence speaks of."""
    sides = {*view.ruled.actors, *view.ruled.targets}
    ranked = view.salience.ranked(view.index)
    yield "foremost", ranked[:1]
    yield "second", ranked[1:2]
    yield "foremost other", [c for c in ranked if c not in sides][:1]
    yield "foremost else", [c for c in ranked if c not in view.arguments.codes][:1]
    yield "speaker", [view.speaker] if view.speaker else []
    yield "title first", list(view.title[:1])
    yield "title second", list(view.title[1:2])
    yield "title", list(view.title)
    yield "told actors", list(view.told[0])
    yield "told targets", list(view.told[1])
    before = view.salience.codes[view.index - 1] if view.index else {}
    yield "sentence before", list(before)
    yield "pair", list(view.salience.pair())
    for side, codes in (("actor", view.ruled.actors), ("target", view.ruled.targets)):
        partner = view.salience.partner(codes[0]) if len(codes) == 1 else None
        yield f"{side}'s partner", [partner] if partner else []
    for role in ROLES:
        yield f"likely {role}", [c for c, odds in view.leanings.of(role).items() if odds > 0]
    near = nearest(view.arguments, view.hit.token, view.ruled.actors)
    yield "nearest", [near] if near else []


def look_around(view: Outlook) -> Outlook:
    """Return an outlook with the parties that each way of looking finds."""
    hit, arguments = view.hit, view.arguments
    ways: dict[str, list[str]] = {"rule actors": list(view.ruled.actors), "rule targets": list(view.ruled.targets)}
    for found in (
        _at_verb(hit, arguments),
        _above(hit, arguments),
        _at_noun(hit, arguments),
        _behind(_anchors(hit), arguments),
        _near(hit, arguments),
        _around(view),
    ):
        for name, codes in found:
            ways[name] = ways.get(name, []) + codes
    return replace(view, ways={name: tuple(unique(codes)) for name, codes in ways.items() if codes})


def contenders(ways: Ways) -> list[tuple[str, ...]]:
    """Return the sets that may be a side: what each way finds, each party alone, two ways together, and nobody."""
    sets = [codes for way, codes in ways.items() if len(codes) <= MOST or way in RULED]
    sets += [(code,) for codes in ways.values() for code in codes]
    for one in FIRST:
        for other in SECOND:
            both = tuple(unique((*ways.get(one, ()), *ways.get(other, ()))))
            if len(both) <= MOST:
                sets.append(both)
    distinct: dict[frozenset[str], tuple[str, ...]] = {}
    for codes in ((), *sets):
        distinct.setdefault(frozenset(codes), codes)  # in the order of the way that found it first
    return list(distinct.values())
