"""The network of extractors/network.npz as PyTorch trains it, begun from the lower layers of MiniLM."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load
from torch import nn

from extractors.network import EVENTS, HEADS, MOST

KNOWN = re.compile(r"(?:##)?[!-~–—’‘“”…€£°]+|\[(?:PAD|UNK|CLS|SEP)\]")
PARTS = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "seen", "intermediate.dense": "inner", "output.dense": "outer",
}  # fmt: skip
NORMS = {"attention.output.LayerNorm": "looked", "output.LayerNorm": "thought"}
WIDTH, THOUGHT, PLACE = 384, 256, 24


class Layer(nn.Module):
    """One layer, as extractors/network.py runs it."""

    def __init__(self) -> None:
        super().__init__()
        for name in ("query", "key", "value", "seen"):
            setattr(self, name, nn.Linear(WIDTH, WIDTH))
        self.inner, self.outer = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.looked, self.thought = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, state: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the states after it."""
        count, length, _ = state.shape
        query, key, value = (
            part(state).view(count, length, HEADS, -1).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        seen = nn.functional.scaled_dot_product_attention(query, key, value, there[:, None, None, :])
        seen = seen.transpose(1, 2).reshape(count, length, WIDTH)
        state = self.looked(state + self.drop(self.seen(seen)))
        return self.thought(state + self.drop(self.outer(nn.functional.gelu(self.inner(state), approximate="tanh"))))


class Model(nn.Module):
    """The network of extractors/network.py, to be trained."""

    def __init__(self, pieces: int, layers: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(pieces, WIDTH), nn.Parameter(torch.zeros(MOST + 2, WIDTH))
        self.start, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.thought, self.events = nn.Linear(2 * WIDTH, THOUGHT), nn.Linear(THOUGHT, len(EVENTS))
        self.freely = nn.Parameter(
            torch.zeros(len(EVENTS))
        )  # for what is labelled more freely; left out when written
        nn.init.constant_(self.events.bias, -4.0)
        self.acting = nn.ModuleDict({"act": nn.Linear(THOUGHT, PLACE), "party": nn.Linear(2 * WIDTH, PLACE)})
        self.struck = nn.ModuleDict({"act": nn.Linear(THOUGHT, PLACE), "party": nn.Linear(2 * WIDTH, PLACE)})
        self.unsaid = nn.Linear(THOUGHT, 4)

    def forward(self, numbers: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the last two states of each piece, side by side."""
        states = [self.drop(self.start(self.words(numbers) + self.places[: numbers.shape[1]]))]
        for layer in self.layers:
            states.append(layer(states[-1], there))
        return torch.cat(states[-1:-3:-1], -1)


def based(path: Path, layers: int) -> tuple[Model, dict[str, int]]:
    """Return the model with MiniLM's lower layers, and the pieces it knows: those of the Latin alphabet."""
    with zipfile.ZipFile(path) as archive:
        held = load(archive.read("model.safetensors"))
        every: dict[str, int] = json.loads(archive.read("tokenizer.json"))["model"]["vocab"]
    kept = [p for p in every if KNOWN.fullmatch(p) and not p.startswith("[unused")]
    model = Model(len(kept), layers)
    table = {"words.weight": held["embeddings.word_embeddings.weight"][[every[p] for p in kept]]}
    kinds = held["embeddings.token_type_embeddings.weight"][0]
    table["places"] = held["embeddings.position_embeddings.weight"][: MOST + 2] + kinds
    for end in ("weight", "bias"):
        table[f"start.{end}"] = held[f"embeddings.LayerNorm.{end}"]
        for layer in range(layers):
            for theirs, ours in (PARTS | NORMS).items():
                table[f"layers.{layer}.{ours}.{end}"] = held[f"encoder.layer.{layer}.{theirs}.{end}"]
    missing, unknown = model.load_state_dict(table, strict=False)
    if unknown or any(name.startswith(("layers", "words")) for name in missing):
        raise SystemExit(f"{path} is no MiniLM: {unknown}")
    return model, {piece: number for number, piece in enumerate(kept)}


def write(model: Model, known: dict[str, int], path: Path) -> None:
    """Write a model as extractors/network.py reads it: tables as 8-bit numbers with a scale a row."""
    held: dict[str, np.ndarray] = {"pieces": np.frombuffer("\n".join(known).encode(), np.uint8)}
    for name, value in model.state_dict().items():
        if name == "freely":
            continue
        table = value.detach().numpy().astype(np.float32)
        plain = name.removeprefix("layers.")
        if re.fullmatch(r"(?:start|\d+\.looked|\d+\.thought)\.\w+", plain):
            held[plain.replace(".weight", ".stretch").replace(".bias", ".move")] = table
        elif table.ndim == 2 and plain != "places":
            scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
            held[plain.removesuffix(".weight")] = np.rint(table / scale[:, None]).astype(np.int8)
            held[plain.removesuffix(".weight") + ".scale"] = scale.astype(np.float32)
        else:
            held[plain] = table
    np.savez_compressed(path, **held)  # type: ignore[arg-type]
