"""Which noun a number counts, and which word of the sentence holds the number's place in the grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Doc, Token

from extractors.items import Counted, counted, is_people_name, item_table, singular
from extractors.numbers import NumberMatch
from extractors.syntax import children, has_child

BEFORE_NOUN = frozenset(
    {"nummod", "quantmod", "amod", "compound", "nmod", "advmod", "npadvmod", "det", "appos", "poss", "dep"}
)
# "30 dead": no noun, only the number is the figure.
STATES = frozenset("dead wounded injured missing killed hurt captured".split())
LIKE_NOUNS = frozenset("dead injured wounded missing others lebanese british".split())
PRONOUNS = frozenset("them those which whom these who it dead wounded injured victims killed".split())
# Words that may stand between a number and the noun it counts, where the parse has lost the way.
BETWEEN_TAGS = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "VBG", "POS", "HYPH", "PRP$", "''", "``", '"', "NNS", "CD"}
)
REACH = 7  # tokens between a number and its noun


@dataclass(frozen=True, slots=True)
class Unit:
    """A number's noun. `anchor` is where it hangs in the sentence; `counted` is None for a bare number.

    `partitive`: the number counts some of what was named before ("five of them", "two of which").
    """

    number: NumberMatch
    anchor: Token
    counted: Counted | None
    end: int  # of the figure's span, in the sentence
    partitive: bool = False
    noun: Token | None = None  # the noun that follows, be it of war or not


# Nouns whose singular and plural look alike: "two aircraft".
SAME_IN_PLURAL = frozenset(
    "aircraft personnel police people dead wounded injured hurt craft troops taliban corps staff cavalry "
    "carabinieri peshmerga infantry militia himars mlrs nasams mujahideen mujahedeen manpower missing artillery "
    "lebanese "
    "chinese japanese vietnamese burmese sudanese congolese portuguese swiss british french irish dutch "
    "spanish special forces jewish ukrainian spacecraft".split()
)


ARMIES = frozenset("army group mission contingent garrison navy military".split())
STRONG = re.compile(r"-(?:strong|man|soldier|troop|member|person)\b")


def number_tokens(doc: Doc, number: NumberMatch) -> list[Token]:
    """Return the tokens that a number is written with."""
    return [t for t in doc if t.idx < number.end and t.idx + len(t) > number.core]


def _top(tokens: Sequence[Token]) -> Token:
    inside = {t.i for t in tokens}
    node = tokens[-1]
    while node.head.i in inside and node.head.i != node.i:
        node = node.head
    return node


def _behind_of(token: Token, last: int) -> Token | None:
    """Return what stands behind the "of" of a number, where it follows at once."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "among"} and 0 < child.i - last <= 2:
            return next(children(child, "pobj", "pcomp"), None)
    return None


def _strong(doc: Doc, number: NumberMatch) -> Unit | None:
    """Return the unit of "a 3,000-strong force", "the 180,000-soldier army"."""
    suffix = STRONG.match(doc.text, number.end)
    last = next((t for t in doc if suffix is not None and t.idx + len(t) >= suffix.end()), None)
    noun = _following(doc, last) if last is not None else None
    if noun is None or singular(noun.text) not in item_table().solid.keys() | ARMIES:
        return None
    return Unit(number, noun, Counted("troops", True, noun), noun.idx + len(noun), noun=noun)


def _part_of_so_many(doc: Doc, last: Token) -> Token | None:
    """Return the noun of "62 of 78 drones", "12 of the 40 hostages"."""
    after = [t for t in doc[last.i + 1 : last.i + 6] if t.lower_ not in {"the", "some", "about"}]
    if len(after) < 2 or after[0].lower_ not in {"of", "out"}:
        return None
    number = next((t for t in after[1:3] if t.tag_ == "CD"), None)
    return _following(doc, number) if number is not None else None


def _is_noun(token: Token) -> bool:
    # "missiles" is a verb to the tagger now and then
    misread = token.tag_ == "VBZ" and singular(token.text) in item_table().solid
    return token.tag_ in {"NN", "NNS", "NNP", "NNPS"} or misread or token.lower_ in LIKE_NOUNS


def _following(doc: Doc, last: Token) -> Token | None:
    """Return the head of the noun phrase that follows a number in the text."""
    best = None
    for token in doc[last.i + 1 : last.i + 1 + REACH]:
        if _is_noun(token):
            best = token
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            single = token.tag_ == "NN" and token.lower_ not in SAME_IN_PLURAL
            if following is None or following.tag_ not in {
                "NN",
                "NNS",
                "HYPH",
                "POS",
                *(("JJ", "NNP") if single else ()),
            }:
                break
        elif token.tag_ not in BETWEEN_TAGS:
            break
    return best


def _descend(noun: Token) -> Token:
    """Return the noun inside "groups of fighters", "pieces of equipment", where the container counts nothing."""
    node = noun
    for _ in range(3):
        if singular(node.text) not in item_table().containers or counted(node) is not None:
            return node
        inner = _behind_of(node, node.i)
        if inner is None:
            return noun
        node = inner
    return node


def find_unit(doc: Doc, number: NumberMatch) -> Unit | None:
    """Return what a number counts; None where it lies past the end of the parse."""
    tokens = number_tokens(doc, number)
    if not tokens:
        return None
    top, last = _top(tokens), tokens[-1]
    if number.year_like and any(t.tag_ == "CD" for t in doc[last.i + 1 : last.i + REACH]):
        return None  # "in 1916 more than 300,000 soldiers"
    if (sized := _strong(doc, number)) is not None:
        return sized
    if (whole := _part_of_so_many(doc, last)) is not None:
        return Unit(number, whole, counted(whole), number.end, noun=whole)
    inner = _behind_of(top, last.i) or _behind_of(last, last.i)
    if inner is not None:
        return _of(number, top, inner)
    head = top.head
    if top.dep_ in BEFORE_NOUN and head.i > last.i and _is_noun(head) and head.i - last.i <= REACH + 3:
        if _is_name(doc, tokens[0], head):
            return None
        if _agrees(number, head):
            return _noun(number, head)
    noun = _following(doc, last)
    if (
        noun is not None
        and _agrees(number, noun)
        and (counted(noun) is not None or noun.i == last.i + 1)
        and not _breaks(doc, last, noun)
    ):
        return _noun(number, noun)
    return Unit(number, top, None, max(number.end, last.idx + len(last)))


def shared_nouns(units: Sequence[Unit | None], text: str) -> list[Unit]:
    """Return the units in order; "from 40,000 to 300,000 troops" gives the first number the noun of the second."""
    found: list[Unit] = []
    for unit, following in zip_longest(units, units[1:]):
        if unit is None:
            continue
        if unit.counted is None and not unit.partitive and following is not None and following.counted is not None:
            between = text[unit.number.end : following.number.start]
            if between.strip().lower() in {"to", "or"}:
                unit = replace(unit, counted=following.counted, noun=following.noun)
        found.append(unit)
    return found


def _agrees(number: NumberMatch, noun: Token) -> bool:
    """Return whether a number can count a noun: more than one of them is a plural ("16 Brigade" is a name)."""
    if (number.high or number.low) == 1 or noun.tag_ in {"NNS", "NNPS"} or noun.lower_ in SAME_IN_PLURAL:
        return True
    return singular(noun.text) != noun.lower_ or is_people_name(noun)


def _is_name(doc: Doc, first: Token, noun: Token) -> bool:
    """Return whether a number belongs to a name before it: "737 Max 8 jets"."""
    before = doc[first.i - 1] if first.i else None
    return (
        before is not None
        and before.tag_ in {"NNP", "NNPS"}
        and before.dep_ in {"compound", "nmod"}
        and first.text.isdigit()
        and before.head in {noun, first}
    )


def _breaks(doc: Doc, last: Token, noun: Token) -> bool:
    """Return whether a verb's participle between number and noun shows that the noun is another phrase's."""
    return any(
        t.tag_ in {"VBN", "VBD"} and t.dep_ in {"ROOT", "ccomp", "conj", "advcl"} for t in doc[last.i + 1 : noun.i]
    )


def _noun(number: NumberMatch, noun: Token) -> Unit:
    inside = _descend(noun)
    found = counted(inside)
    if found is None and number.high == 1 and is_people_name(inside, "s"):
        found = Counted("people", False, inside)  # "one American"
    if inside.lower_ in STATES:
        return Unit(number, noun, found, number.end, noun=inside)
    last = _behind_of(inside, inside.i) if singular(inside.text) in {"member", "piece"} else None
    last = last if last is not None else inside
    return Unit(number, noun, found, last.idx + len(last), noun=inside)


def _of(number: NumberMatch, top: Token, inner: Token) -> Unit:
    if inner.lower_ in PRONOUNS and (inner.tag_ not in {"NN", "NNS"} or inner.lower_ == "victims"):
        return Unit(number, top, None, inner.idx + len(inner), partitive=True, noun=inner)
    noun = _descend(inner)
    partitive = has_child(inner, "det") and number.qualifier != "order"
    return Unit(number, top, counted(noun), noun.idx + len(noun), partitive=partitive, noun=noun)
