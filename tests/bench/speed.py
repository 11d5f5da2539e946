"""How fast articles are read, on one core: those without a candidate, and those with, all of them batched together.

    python -m tests.bench.speed [--texts PATH.jsonl]

Times are of this process alone, so that neighbours on the machine count little; the parser is held to
one thread. A text with candidates goes through both extractors, from its characters to its figures and mentions; the
ratio says how much longer that takes than the bare parse of the same sentences. The texts are the unlabelled
passages beside the project, else an invented pair.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when the parser's libraries are first imported

from extractors.context import Document, build_context
from extractors.figures import figure_candidates
from extractors.gating import mention_candidates
from extractors.parsing import parse_sentences
from extractors.reading import read_documents

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "gold" / "unlabelled.jsonl"
INVENTED = "The council met on Monday. Nothing was decided. The mayor spoke of roads and schools. " * 10
SHELLING = "Shelling killed 12 soldiers near the border. The army lost 40 tanks, officials said. " * 3
WANTED_WITHOUT, WANTED_WITH, WANTED_MEGABYTES = 500, 30, 600


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds of the processor some work took."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def documents_of(path: Path) -> list[Document]:
    """Return the texts of a JSON Lines file as documents, else invented ones."""
    if not path.exists():
        return [Document(text, date(2022, 6, 15)) for text in [INVENTED, INVENTED + SHELLING] * 200]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    days = [date.fromisoformat(row["published"]) if row.get("published") else None for row in rows]
    return [Document(r["text"], day, r.get("lang"), r.get("title")) for r, day in zip(rows, days, strict=True)]


def candidates_of(documents: Sequence[Document]) -> list[list[str]]:
    """Return the candidate sentences of each document, of figures and of diplomacy."""
    found = []
    for document in documents:
        context = build_context(document)
        wanted = sorted(figure_candidates(context) | mention_candidates(context))
        found.append([context.sentences[i].text for i in wanted])
    return found


def report(what: str, number: int, seconds: float, wanted: int) -> None:
    """Print a rate a second beside what is asked."""
    print(f"{what:<48}{number:6d}{number / seconds:10.0f} a second (asked: {wanted})")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and print rates a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    documents = documents_of(parser.parse_args(arguments).texts)
    read_documents(documents[:20])  # the tables and the parser are loaded
    sentences = candidates_of(documents)
    without = [d for d, found in zip(documents, sentences, strict=True) if not found]
    having = [d for d, found in zip(documents, sentences, strict=True) if found]
    plain = without or [Document(INVENTED)]
    plain = plain * max(1, 400 // len(plain))
    print(f"{len(documents)} texts, {sum(len(d.text) for d in documents) // len(documents)} characters on average")
    report("read whole, no candidate", len(plain), timed(lambda: read_documents(plain)), WANTED_WITHOUT)
    whole = timed(lambda: read_documents(having))
    report("read whole, figure or diplomacy candidates", len(having), whole, WANTED_WITH)
    wanted = [s for found in sentences for s in found]
    parse = timed(lambda: parse_sentences(wanted))
    print(f"bare parse of their {len(wanted)} sentences: {len(wanted) / parse:.0f} sentences a second")
    print(f"the whole read takes {whole / parse:.2f} times as long as the bare parse")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory: {peak} MB (asked: under {WANTED_MEGABYTES})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
