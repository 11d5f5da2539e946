"""A small network over the words of a sentence: which act a word carries, and who stands to it as what.

The lower layers of MiniLM (Wang and others, 2020; Apache-2.0) trained further on labelled text by
tests/bench/fit_network.py, which writes network.npz: one array of 8-bit numbers with a scale a row for each table.
It runs on NumPy alone: some half a billion operations a sentence.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from extractors.records import Event
from extractors.wordpieces import pieces_of

Array = npt.NDArray[Any]
EVENTS: tuple[Event, ...] = get_args(Event)
HEADS = 12  # of attention, a layer
MOST = 126  # pieces of a sentence that are read, beside its two marks
BATCH = 32  # sentences at once
SILENT = -12.0  # the score of a word past what is read


@dataclass(frozen=True, slots=True)
class Impression:
    """What the network makes of a sentence, each row a token; odds are logarithms.

    `events`: the odds that it carries each of EVENTS. `acting`, `struck`: where it lies as an act and as a party, for
    `leaning`. `unsaid`: the odds that an act at it names no actor, no target, an actor from outside the sentence, a
    target from outside it.
    """

    events: Array
    acting: tuple[Array, Array]
    struck: tuple[Array, Array]
    unsaid: Array

    def leaning(self, act: int, party: int) -> tuple[float, float]:
        """Return the odds that the party at a token is an act's actor, and that it is its target."""
        of, to = self.acting, self.struck
        return float(of[0][act] @ of[1][party]), float(to[0][act] @ to[1][party])


class Network:
    """The network with its weights, read from an .npz file."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as held:
            self._tables: dict[str, Array] = {name: held[name] for name in held.files}
        known = bytes(self._tables.pop("pieces")).decode("utf8").split("\n")
        self.known: Mapping[str, int] = {piece: number for number, piece in enumerate(known)}
        self._words = self._tables.pop("words"), self._tables.pop("words.scale")
        for name in [n for n in self._tables if n.endswith(".scale")]:
            scale, table = self._tables.pop(name), name.removesuffix(".scale")
            self._tables[table] = self._tables[table].astype(np.float32) * scale[:, None]
        self.layers = sum(name.endswith(".query") for name in self._tables)

    def read(self, docs: Sequence[Doc]) -> list[Impression]:
        """Return one impression a sentence, in order."""
        cut = [pieces_of(doc, self.known, MOST) for doc in docs]
        found: list[Impression] = []
        for first in range(0, len(docs), BATCH):
            batch = cut[first : first + BATCH]
            states, starts = self._states([pieces for pieces, _ in batch])
            begins = [np.array(of_one, np.int64) for _, of_one in batch]
            # The first piece of a token stands for it; the mark before the sentence moves each one on.
            at = states[np.concatenate([start + 1 + b for start, b in zip(starts, begins, strict=True)])]
            found += self._impressions(at, begins)
        return found

    def _states(self, sentences: Sequence[Sequence[int]]) -> tuple[Array, list[int]]:
        """Return the last two states of each piece side by side, sentence by sentence, and where each starts.

        No place is filled up to the longest sentence: only the looks of words at each other are taken one by one.
        """
        first, last = self.known["[CLS]"], self.known["[SEP]"]
        whole = [[first, *pieces, last] for pieces in sentences]
        ends = list(accumulate(map(len, whole)))
        starts = [0, *ends[:-1]]
        numbers = np.array([number for of_one in whole for number in of_one])
        places = np.concatenate([np.arange(len(of_one)) for of_one in whole])
        words, scale = self._words
        state = words[numbers].astype(np.float32) * scale[numbers][:, None] + self._tables["places"][places]
        states = [self._normal(state, "start")]
        for layer in range(self.layers):
            states.append(self._layer(states[-1], list(zip(starts, ends, strict=True)), f"{layer}"))
        return np.concatenate((states[-1], states[-2]), -1), starts

    def _normal(self, state: Array, name: str) -> Array:
        """Return states with mean 0 and variance 1 each, stretched and moved as was learnt."""
        state = state - state.mean(-1, keepdims=True)
        state /= np.sqrt(np.einsum("ij,ij->i", state, state)[:, None] / state.shape[-1] + 1e-12)
        state *= self._tables[f"{name}.stretch"]
        state += self._tables[f"{name}.move"]
        return state

    def _linear(self, state: Array, name: str) -> Array:
        found: Array = state @ self._tables[name].T
        found += self._tables[f"{name}.bias"]
        return found

    def _layer(self, state: Array, sentences: Sequence[tuple[int, int]], name: str) -> Array:
        """Return the states after one layer: each word looks at the others, then is thought over alone."""
        query, key, value = (
            self._linear(state, f"{name}.{part}").reshape(len(state), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        query = query * np.float32(query.shape[-1] ** -0.5)
        seen = np.empty((len(state), HEADS, value.shape[-1]), np.float32)
        for start, end in sentences:
            looks = query[:, start:end] @ key[:, start:end].transpose(0, 2, 1)
            looks -= looks.max(-1, keepdims=True)
            np.exp(looks, out=looks)
            looks /= looks.sum(-1, keepdims=True)
            seen[start:end] = (looks @ value[:, start:end]).transpose(1, 0, 2)
        state = self._normal(state + self._linear(seen.reshape(len(state), -1), f"{name}.seen"), f"{name}.looked")
        inner = _gelu(self._linear(state, f"{name}.inner"))
        return self._normal(state + self._linear(inner, f"{name}.outer"), f"{name}.thought")

    def _impressions(self, at: Array, begins: Sequence[Array]) -> Iterator[Impression]:
        """Return what is made of each token of some sentences, from the states of their first pieces."""
        thought = _gelu(self._linear(at, "thought"))
        events = self._linear(thought, "events")
        events[np.concatenate(begins) < 0] = SILENT
        found = [
            events,
            *(self._linear(thought, "acting.act"), self._linear(at, "acting.party")),
            *(self._linear(thought, "struck.act"), self._linear(at, "struck.party")),
            self._linear(thought, "unsaid"),
        ]
        start = 0
        for of_one in begins:
            rows = [table[start : start + len(of_one)] for table in found]
            yield Impression(rows[0], (rows[1], rows[2]), (rows[3], rows[4]), rows[5])
            start += len(of_one)


def _gelu(x: Array) -> Array:
    """Return the Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel, 2016)."""
    out = x * x
    out *= np.float32(-2 * 0.7978845608 * 0.044715)
    out -= np.float32(2 * 0.7978845608)
    out *= x
    with np.errstate(over="ignore"):  # far below nothing it is nothing
        np.exp(out, out=out)
    out += 1
    gelu: Array = x / out
    return gelu


@functools.cache
def network() -> Network:
    """Return the network of the package, loaded once a process."""
    return Network(Path(str(files("extractors").joinpath("network.npz"))))


def impressions_of(parsed: Mapping[int, Doc], by: Network) -> dict[int, Impression]:
    """Return what a network makes of each parsed sentence of a document, by its index."""
    return dict(zip(parsed, by.read(list(parsed.values())), strict=True))
