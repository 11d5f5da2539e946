"""Who acts towards whom, chosen among the sets of parties that may be: a linear model over how each party is found.

The rules name the sides, and where the sentence does not, they guess; another way of looking is then often right. The
weights are in siding.json, written by tests/bench/fit_siding.py, one a feature; a feature without weight counts
nothing. The actors are chosen first, the targets after them.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

from extractors.contenders import ROLES, RULED, Outlook, contenders
from extractors.leanings import steps
from extractors.parties import is_state

DEEPEST = 5  # ranks in the text that are told apart
BEAM = 3  # sets of actors that the targets are looked for with


def relation(found: Sequence[str], contender: frozenset[str]) -> str:
    """Return how what a way finds compares with a contender: the same, more, less, or something else."""
    codes = frozenset(found)
    if codes == contender:
        return "is"
    if codes > contender:
        return "holds"
    return "part of" if codes < contender else ("meets" if codes & contender else "off")


def _kind(view: Outlook) -> str:
    return f"{view.hit.predicate.kind}{'' if view.hit.verb is not None else ' bare'}"


def party_features(view: Outlook, role: str, code: str) -> list[str]:
    """Return the names of what holds of one party: which ways find it, how far the text is about it."""
    event, kind, side = view.event, _kind(view), ROLES.index(role)
    found = []
    for way, codes in view.ways.items():
        if code in codes:
            how = f"{way} {'is' if len(codes) == 1 else 'in'}"
            found += [how, f"{how} {event}", f"{how} {kind}"]
    if code not in view.arguments.codes:
        back = view.salience.back(view.index, code)
        found += [f"back {back}", f"back {back} {event}"]
    ranked = view.salience.ranked(view.index)
    rank = min(ranked.index(code), DEEPEST) if code in ranked else DEEPEST + 1
    found += [f"rank {rank}", f"rank {rank} {'here' if code in view.arguments.codes else 'elsewhere'}"]
    found += [f"code {code}", f"code {code} {event}"]
    odds = view.leanings.of(role)
    found += steps("likely", odds[code]) if code in odds else [*steps("outside", view.leanings.unsaid[2 + side])]
    if not is_state(code):
        found.append("body" if code.isupper() else "group")
    return [f"{role} {name}" for name in found]


def set_features(view: Outlook, role: str, contender: tuple[str, ...]) -> Iterator[str]:
    """Return the names of what holds of a contender as a whole."""
    wanted, event, kind, rule = frozenset(contender), view.event, _kind(view), view.hit.predicate.rule
    ruled = view.ruled
    by = ruled.actors_by if role == "actors" else ruled.targets_by
    size = min(len(wanted), 3)
    for way in RULED:
        how = relation(view.ways.get(way, ()), wanted)
        for group in ("", event, kind, by, f"{by} {kind}", rule, f"{ruled.actors_by} {ruled.targets_by}"):
            yield f"{role} {way} {how} {group}"
    for group in ("", event, kind, by, f"{event} {kind}", rule, f"{by} {event}"):
        yield f"{role} size {size} {group}"
    left = [odds for code, odds in view.leanings.of(role).items() if code not in wanted]
    yield from (f"{role} {name}" for name in steps("left out", max(left, default=-math.inf)))
    if not contender:
        yield from (f"{role} {name}" for name in steps("unsaid", view.leanings.unsaid[ROLES.index(role)]))
    of = ruled.actors if role == "actors" else ruled.targets
    yield f"{role} size {size} of {min(len(of), 3)} among {min(len(view.arguments.codes), 4)}"


def chosen_features(view: Outlook, targets: tuple[str, ...], actors: tuple[str, ...]) -> Iterator[str]:
    """Return the names of what holds of a contender for the targets beside the actors chosen before."""
    wanted, event = frozenset(targets), view.event
    how = relation(actors, wanted)
    for group in ("", event):
        yield f"targets chosen {how} {group}"
        yield f"targets size {min(len(wanted), 2)} after {min(len(actors), 3)} {group}"
    if len(wanted) == len(actors) == 1:
        yield f"pair {actors[0]}>{targets[0]}"
        yield f"pair {'+'.join(sorted((actors[0], targets[0])))}"


@functools.cache
def weights() -> dict[str, float]:
    """Return the fitted weights by feature."""
    text = files("extractors").joinpath("siding.json").read_text("utf8")
    return {name: float(weight) for name, weight in json.loads(text).items()}


def _weight(names: Iterable[str]) -> float:
    """Return what some features weigh together."""
    table = weights()
    return sum(table.get(name, 0.0) for name in names)


def _scores(view: Outlook, role: str, sets: Sequence[tuple[str, ...]]) -> list[float]:
    """Return what each contender for a role weighs by itself."""
    of_party = {code: _weight(party_features(view, role, code)) for code in {code for one in sets for code in one}}
    return [sum(of_party[code] for code in one) + _weight(set_features(view, role, one)) for one in sets]


def _likely(scores: Sequence[float]) -> list[float]:
    """Return the logarithm of the chance of each among the others."""
    top = max(scores)
    total = top + math.log(sum(math.exp(score - top) for score in scores))
    return [score - total for score in scores]


def choose_sides(view: Outlook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the likeliest actors and targets of an act: at least one party, where the rules name one."""
    sets = contenders(view.ways)
    firsts = sorted(zip(_likely(_scores(view, "actors", sets)), sets, strict=True), key=lambda pair: -pair[0])[:BEAM]
    alone = _scores(view, "targets", sets)
    best = (-math.inf, view.ruled.actors, view.ruled.targets)
    for likely, actors in firsts:
        beside = [score + _weight(chosen_features(view, one, actors)) for score, one in zip(alone, sets, strict=True)]
        scored = zip(_likely(beside), sets, strict=True)
        after, targets = max((pair for pair in scored if actors or pair[1]), default=(0.0, view.ruled.targets))
        best = max(best, (likely + after, actors, targets))
    return best[1], best[2]
