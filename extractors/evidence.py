"""What speaks for and against a proposed mention, by name: the features that plausibility.py weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extractors.inflection import stem
from extractors.leanings import steps
from extractors.lexicon import lexicon
from extractors.proposals import Proposal
from extractors.syntax import children, objects, quoted, subject

# Words of politics, courts and crime at home, and words of dealings between states.
DOMESTIC = re.compile(
    r"\b(?:Congress\w*|Senate|[Ss]enators?|[Ll]awmakers?|Democrat\w*|Republicans?|GOP|[Cc]ampaign\w*|[Ee]lections?|[Vv]oters?"
    r"|[Cc]ourts?|[Jj]udges?|[Pp]olice|[Pp]arliament\w*|[Oo]pposition|[Pp]rimary|[Bb]udget|[Ii]mpeach\w*|[Pp]rosecutors?"
    r"|[Hh]earings?|[Cc]ommittee|[Cc]andidates?|[Tt]axes|[Bb]ill|[Aa]nalysts?|[Cc]ritics|[Cc]ompan(?:y|ies)|[Ee]mails?)\b"
)
FOREIGN = re.compile(
    r"(?i)\b(?:diploma\w*|bilateral|foreign minist\w+|summit|ambassador|envoys?|treat(?:y|ies)|relations|nuclear"
    r"|sanctions|ceasefire|cease-fire|truce|peace|talks|negotiat\w+|allies|border|missiles?|pact|deal|kremlin)\b"
)
# What hangs on a predicate and says more of it.
HANGING = frozenset("dobj xcomp ccomp prep prt acomp attr advmod aux neg mark".split())
TELLING = frozenset({"NN", "VB", "JJ"})
NEAR = 8  # words before and behind a predicate


def setting_of(text: str) -> int:
    """Return how far a text is of dealings between states rather than of affairs at home, from 0 to 4."""
    foreign, domestic = len(FOREIGN.findall(text)), len(DOMESTIC.findall(text))
    return int(4 * (foreign + 1) / (foreign + domestic + 2))


def _plain(token: Token) -> str:
    """Return a word without its ending; a name is any name."""
    return "name" if token.tag_ == "NNP" else stem(token.text)


def _of_the_act(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the predicate: which, of what event, where in the parse."""
    mention, hit, event = proposal.mention, proposal.hit, proposal.mention.event
    token = hit.token
    yield f"rule={mention.rule}"
    yield f"event={event}"
    yield f"kind={hit.predicate.kind}{'' if hit.verb is not None else ' bare'}"
    yield f"kind,event={hit.predicate.kind} {event}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    yield f"status={mention.status}"
    yield f"event,status={event} {mention.status}"
    if hit.verb is None:
        yield f"determiner={next((c.lower_ for c in token.children if c.dep_ in {'det', 'poss'}), 'none')}"
        yield f"bare={event} {token.dep_}"
    else:
        yield f"verb={hit.verb.tag_} {hit.verb.dep_}"
    for name, holds in (("swallowed", proposal.swallowed), ("repeated", proposal.repeated), ("second", hit.second)):
        if holds:
            yield name
            yield f"{name}={event}"


def _of_its_sides(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the sides: how each is known, how many."""
    mention, sides, weak = proposal.mention, proposal.sides, proposal.hit.predicate.weak
    yield f"actors={sides.actors_by}"
    yield f"targets={sides.targets_by}"
    yield f"sides={sides.actors_by} {sides.targets_by}"
    yield f"event,actors={mention.event} {sides.actors_by}"
    yield f"event,targets={mention.event} {sides.targets_by}"
    yield f"count={min(len({*mention.actors, *mention.targets}), 3)}"
    if weak and "named" not in {sides.actors_by, sides.targets_by}:
        yield "weak"
    if weak and sides.both_named:
        yield "weak both"


def _of_its_place(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the words around the predicate: what it hangs on, what stands as subject and object."""
    hit, private = proposal.hit, lexicon().private
    if hit.verb is None:
        head = hit.token.head
        yield f"head={head.tag_[:2]} {hit.token.dep_}"
        yield f"head word={head.lower_}"
        return
    who = subject(hit.verb)
    yield f"subject={'none' if who is None else who.tag_}"
    if who is not None and who.lower_ in private:
        yield "private subject"
    for noun in objects(hit.verb):
        yield f"object={noun.tag_}"
        if noun.lower_ in private:
            yield "private object"


def _of_its_entry(proposal: Proposal) -> Iterator[str]:
    """Return what the lexicon asks of the predicate, and how far its sides answer that."""
    entry, sides = proposal.hit.predicate, proposal.sides
    for name in ("strict", "weak", "bare", "joint", "negated", "people"):
        if getattr(entry, name):
            yield f"entry {name}"
            yield f"entry {name} {sides.actors_by} {sides.targets_by}"
    if entry.objects:
        yield "entry objects"


def _of_what_was_told(proposal: Proposal) -> Iterator[str]:
    """Return what holds of the text before it: an act told again is seldom a mention."""
    told = proposal.told
    yield f"told sides={min(told.sides, 3)}"
    yield f"told event={min(told.event, 3)}"
    if told.both:
        yield f"told both={proposal.mention.event}"
    yield f"hits={min(proposal.hits, 5)}"


def _of_its_parties(proposal: Proposal) -> Iterator[str]:
    """Return who the sides are: some act and are acted on in the news more than others."""
    mention = proposal.mention
    event, actors, targets = mention.event, mention.actors, mention.targets
    for role, codes in (("actor", actors), ("target", targets)):
        for code in codes:
            yield f"{role} {code}"
            yield f"{role} {code} {event}"
    sizes = f"sizes {min(2, len(actors))} {min(2, len(targets))}"
    yield sizes
    yield f"{sizes} {event}"
    if len(actors) == len(targets) == 1:
        yield f"pair {actors[0]} {targets[0]}"


def _of_the_words(proposal: Proposal) -> Iterator[str]:
    """Return what words hang on the predicate, stand above and near it."""
    token, event = proposal.hit.token, proposal.mention.event
    anchor = proposal.hit.verb or token
    for child in anchor.children:
        if child.dep_ in HANGING:
            yield f"child {child.dep_} {stem(child.text)}"
            yield f"child {child.dep_} {stem(child.text)} {event}"
    yield from (f"before {c.dep_} {stem(c.text)}" for c in children(token, "prep", "amod", "compound", "det", "poss"))
    yield f"form {token.lower_}"
    who = subject(anchor) if anchor.tag_.startswith("V") else None
    if who is not None:
        yield f"who {_plain(who)}"
        yield from (f"what {_plain(noun)} {event}" for noun in objects(anchor))
    for above in list(anchor.ancestors)[:3]:
        yield f"above {stem(above.text)}"
    for other in token.doc[max(0, token.i - NEAR) : token.i + NEAR + 1]:
        if other.is_alpha and other.tag_[:2] in TELLING and other.tag_ != "NNP":
            yield f"near {stem(other.text)}"
    for away in (-2, -1, 1, 2):
        if 0 <= token.i + away < len(token.doc):
            yield f"at {away} {_plain(token.doc[token.i + away])}"


def _of_the_network(proposal: Proposal) -> Iterator[str]:
    """Return how strongly the network takes the predicate for an act of its event, its sentence too, or another."""
    leanings, event = proposal.view.leanings, proposal.mention.event
    for name, odds in (("act", leanings.event), ("sentence", leanings.sentence), ("other", leanings.other)):
        yield from steps(name, odds)
    yield from steps(f"act {event}", leanings.event)
    yield from steps(f"act {proposal.hit.predicate.kind}", leanings.event)


def features(proposal: Proposal) -> Iterator[str]:
    """Return the names of what holds of a proposal, each once."""
    yield from dict.fromkeys(_features(proposal))


def _features(proposal: Proposal) -> Iterator[str]:
    yield "bias"
    yield from _of_the_network(proposal)
    yield from _of_its_parties(proposal)
    yield from _of_the_words(proposal)
    yield from _of_the_act(proposal)
    yield from _of_its_sides(proposal)
    yield from _of_its_place(proposal)
    yield from _of_its_entry(proposal)
    yield from _of_what_was_told(proposal)
    if quoted(proposal.hit.token):
        yield "quoted"
    yield f"parties={min(proposal.parties, 4)}"
    for name, words in (("domestic", DOMESTIC), ("foreign", FOREIGN)):
        yield f"{name}={min(len(words.findall(proposal.mention.sentence)), 3)}"
    yield f"setting={proposal.setting}"
