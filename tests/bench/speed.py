"""How fast documents are read: with no candidate, and with figures; beside spaCy's bare parse of the same sentences.

    python -m tests.bench.speed [--texts PATH]

PATH holds one JSON object a line with a "text"; by default the unlabelled set beside the project, else an invented
one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractors.context import Context, Document, build_context
from extractors.diplomacy import mention_candidates
from extractors.figures import figure_candidates, find_figures
from extractors.parsing import parse_sentences

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "unlabelled.jsonl"
INVENTED = "The council met on Monday. Nothing was decided. The mayor spoke of roads and schools. " * 10
SHELLING = "Shelling killed 12 soldiers near the border. The army lost 40 tanks, officials said. " * 3


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Return how many seconds some work took, and what it gave."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def main(arguments: list[str] | None = None) -> int:
    """Run the command and print rates a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    path = parser.parse_args(arguments).texts
    texts = [INVENTED, INVENTED + SHELLING] * 200
    if path.exists():
        texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    parse_sentences(["Warm up."])
    contexts: list[Context] = []
    seconds, _ = timed(lambda: contexts.extend(build_context(Document(t)) for t in texts))
    print(f"{len(texts)} texts, {sum(map(len, texts)) // len(texts)} characters each on average")
    print(f"context (sentences, parties, referents)   {len(texts) / seconds:8.0f} texts/s")
    seconds, gated = timed(lambda: [figure_candidates(c) for c in contexts])
    assert isinstance(gated, list)
    print(f"figure gate                               {len(texts) / seconds:8.0f} texts/s")
    seconds, _ = timed(lambda: [mention_candidates(c) for c in contexts])
    print(f"diplomacy gate                            {len(texts) / seconds:8.0f} texts/s")
    wanted = [(c, sorted(g)) for c, g in zip(contexts, gated, strict=True) if g]
    sentences = [c.sentences[i].text for c, g in wanted for i in g]
    parse, docs = timed(lambda: parse_sentences(sentences))
    assert isinstance(docs, list)
    rate = len(sentences) / parse
    print(f"{len(sentences)} candidate sentences in {len(wanted)} texts, bare parse {rate:.0f} sentences/s")
    taken = iter(docs)
    parsed = [{i: next(taken) for i in g} for _, g in wanted]
    rules, _ = timed(lambda: [find_figures(c, p) for (c, _), p in zip(wanted, parsed, strict=True)])
    print(f"texts with figure candidates              {len(wanted) / (parse + rules):8.0f} texts/s after the context")
    print(f"rules take {rules / parse:.2f} of the time of the bare parse")
    return 0


if __name__ == "__main__":
    sys.exit(main())
