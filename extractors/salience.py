"""Which parties a passage is about at a sentence: whom an act most likely meets where its sentence does not say."""

from __future__ import annotations

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


class Salience:
    """How much a text speaks of each party around each of its sentences."""

    def __init__(self, context: Context) -> None:
        """Count the acting parties sentence by sentence."""
        self.codes: list[Counter[str]] = []
        for sentence in context.sentences:
            self.codes.append(Counter(p.code for p in context.parties_in(sentence) if p.kind in ACTING))

    def foremost(self, index: int, without: Collection[str]) -> str | None:
        """Return the party that the text speaks of most up to a sentence, but for some; None where there is none."""
        scores: Counter[str] = Counter()
        for back, codes in enumerate(reversed(self.codes[: index + 1])):
            weight = DECAY[back] if back < len(DECAY) else TOPIC
            for code, n in codes.items():
                scores[code] += int(10 * weight * n)
        return next((code for code, _ in scores.most_common() if code not in without), None)


def _stands_for_a_side(token: Token, match: PartyMatch) -> bool:
    """Return whether a name stands for a side: not a place where something is, not a mere "Belarusian border"."""
    if match.kind == "demonym" and token.dep_ in {"amod", "compound", "nmod"}:
        return token.head.lower_ in lexicon().agentive or token.head.tag_ == "NNP"
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
