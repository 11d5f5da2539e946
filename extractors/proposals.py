"""A mention that a rule proposes, with what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.contenders import Outlook
from extractors.lexicon import Hit
from extractors.records import Mention
from extractors.sides import Sides


@dataclass(frozen=True, slots=True)
class Told:
    """How often a text has told of a mention's sides before it, how often of its event lately, and of both in one."""

    sides: int
    event: int
    both: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that a rule proposes, with what speaks for and against it."""

    mention: Mention
    hit: Hit
    sides: Sides
    swallowed: bool
    repeated: bool  # another act of its event stands before it in its sentence
    setting: int  # how far the whole text is of dealings between states, 0 to 4
    parties: int  # distinct acting parties named in its sentence
    place: tuple[int, int]  # the index of its sentence, and of its word there
    told: Told
    hits: int  # predicates found in its sentence
    view: Outlook  # what its sides were chosen from
