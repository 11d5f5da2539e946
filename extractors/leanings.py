"""What the network makes of one act found: how strongly it is one, and who stands to it as what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from extractors.network import EVENTS, Impression
from extractors.records import Event

LOWEST, HIGHEST = -7, 5  # odds, as logarithms, between which steps are told apart


@dataclass(frozen=True, slots=True)
class Leanings:
    """Odds as logarithms.

    `event`: that the act is one of its event; `sentence`: that its sentence holds one; `other`: that the act is one
    of another event; `actors`, `targets`: that a party of its sentence is one; `unsaid`: that it names no actor, no
    target, an actor from outside the sentence, a target from outside it.
    """

    event: float
    sentence: float
    other: float
    actors: Mapping[str, float]
    targets: Mapping[str, float]
    unsaid: tuple[float, ...]

    def of(self, role: str) -> Mapping[str, float]:
        """Return the odds of each party of the sentence for a role, "actors" or "targets"."""
        return self.actors if role == "actors" else self.targets


def lean(impression: Impression, words: Collection[int], event: Event, people: Mapping[int, str]) -> Leanings:
    """Return what is made of an act at some tokens; `people` are the parties of the sentence by token."""
    column = EVENTS.index(event)
    rows = impression.events[sorted(words)]
    act = sorted(words)[int(rows[:, column].argmax())]
    others = [float(rows[:, i].max()) for i in range(len(EVENTS)) if i != column]
    actors: dict[str, float] = {}
    targets: dict[str, float] = {}
    for token, code in people.items():
        acting, struck = impression.leaning(act, token)
        actors[code] = max(actors.get(code, acting), acting)
        targets[code] = max(targets.get(code, struck), struck)
    return Leanings(
        event=float(rows[:, column].max()),
        sentence=float(impression.events[:, column].max()),
        other=max(others),
        actors=actors,
        targets=targets,
        unsaid=tuple(map(float, impression.unsaid[act])),
    )


def steps(name: str, odds: float) -> Iterator[str]:
    """Return the steps that some odds are over, as names of features."""
    return (f"{name} over {step}" for step in range(LOWEST, HIGHEST) if odds > step)
