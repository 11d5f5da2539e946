"""Which parties a passage is about at a sentence: whom an act most likely meets where its sentence does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from spacy.tokens import Token

from extractors.arguments import Arguments
from extractors.context import Context
from extractors.lexicon import lexicon
from extractors.parties import ACTING, PartyMatch

# How much a mention so many sentences back still counts. The far past of a text counts a little: it is its topic.
DECAY = (4.0, 2.0, 1.0, 0.5)
TOPIC = 0.2
WHERE = frozenset({"in", "at", "from", "near", "inside", "across", "within", "around"})
PLACES = frozenset({"state", "capital"})
# A state named as where something is weighs this much of one named as a side: "talks in Vienna".
AS_PLACE = 0.25
MODIFYING = frozenset({"amod", "compound", "nmod"})
MEANWHILE = frozenset({"as", "while", "when", "after", "before"})
HEAD = 14  # letters before a name that tell
LOCATED = re.compile(r"\b(?:in|at|near|inside|across|within|around)\s(?:the\s|eastern\s|northern\s)?$", re.I)


class Salience:
    """How much a text speaks of each party around each of its sentences."""

    def __init__(self, context: Context) -> None:
        """Count the acting parties sentence by sentence."""
        self.codes: list[dict[str, float]] = []
        text = context.document.text
        for sentence in context.sentences:
            counts: dict[str, float] = {}
            for party in context.parties_in(sentence):
                if party.kind in ACTING:
                    head = text[max(0, party.start - HEAD) : party.start]
                    weight = AS_PLACE if party.kind in PLACES and LOCATED.search(head) else 1.0
                    counts[party.code] = counts.get(party.code, 0.0) + weight
            self.codes.append(counts)
        self.pairs: Counter[frozenset[str]] = Counter()
        self._ranked: dict[int, list[str]] = {}

    def note(self, sides: Collection[str]) -> None:
        """Keep that two parties were named as the sides of an act."""
        if len(set(sides)) == 2:
            self.pairs[frozenset(sides)] += 1

    def partner(self, code: str) -> str | None:
        """Return whom a party was named with as the other side most often so far, None where with nobody."""
        others = (next(iter(pair - {code})) for pair, _ in self.pairs.most_common() if code in pair)
        return next(others, None)

    def pair(self) -> tuple[str, ...]:
        """Return the two sides named together most often so far, or ()."""
        return next((tuple(sorted(pair)) for pair, _ in self.pairs.most_common(1)), ())

    def _scores(self, index: int) -> Counter[str]:
        scores: Counter[str] = Counter()
        for back, codes in enumerate(reversed(self.codes[: index + 1])):
            weight = DECAY[back] if back < len(DECAY) else TOPIC
            for code, n in codes.items():
                scores[code] += int(10 * weight * n)
        return scores

    def ranked(self, index: int) -> list[str]:
        """Return the parties that the text speaks of up to a sentence, those it speaks of most first."""
        if index not in self._ranked:
            self._ranked[index] = [code for code, _ in self._scores(index).most_common()]
        return self._ranked[index]

    def dominates(self, index: int, code: str) -> bool:
        """Return whether the text up to a sentence speaks of a party twice as much as of any other."""
        scores = self._scores(index)
        return scores[code] >= 2 * max((n for other, n in scores.items() if other != code), default=0)

    def back(self, index: int, code: str) -> int:
        """Return how many sentences before one a party was last named, at most 5."""
        return next((n for n in range(min(5, index + 1)) if code in self.codes[index - n]), 5)

    def foremost(self, index: int, without: Collection[str]) -> str | None:
        """Return the party that the text speaks of most up to a sentence, but for some; None where there is none."""
        return next((code for code in self.ranked(index) if code not in without), None)


def _marks(verb: Token) -> set[str]:
    return {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}


def _stands_for_a_side(token: Token, match: PartyMatch) -> bool:
    """Return whether a name stands for a side: not a place where something is, not a mere "Belarusian border"."""
    if match.kind in {"demonym", "body"} and token.dep_ in MODIFYING:
        top = token.head
        while match.kind == "body" and top.dep_ in MODIFYING:
            top = top.head  # "Security Council resolutions"
        return top.lower_ in lexicon().agentive or top.tag_ == "NNP"
    if token.dep_ in {"nsubj", "nsubjpass"} and token.head.dep_ == "advcl" and MEANWHILE & _marks(token.head):
        return False  # "Norway's call came as Sweden looked on"
    if match.kind in {"state", "capital"} and token.dep_ == "pobj":
        return token.head.lower_ not in WHERE
    return True


def nearest(arguments: Arguments, token: Token, without: Collection[str]) -> str | None:
    """Return the party named nearest to a token in its sentence, what stands behind it first."""
    near = sorted(
        (abs(i - token.i) + (8 if i < token.i else 0), match.code)
        for i, match in arguments.party.items()
        if match.kind in ACTING and match.code not in without and _stands_for_a_side(arguments.doc[i], match)
    )
    return near[0][1] if near else None
