"""CPU time of read_page against bare trafilatura on the same pages: python -m tests.bench.cleaning FOLDER.

FOLDER holds pages as .html or .html.gz. Both read every page in turn, so that a busy machine slows both alike; the
sums of the best of some rounds are compared. Aim: at most 1.15, with dates, authors, language and walls included.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from extractors.article import read_page

ROUNDS = 3


def read_bodies(folder: Path) -> list[bytes]:
    """Return the bodies of the pages in a folder, by name."""
    paths = sorted(folder.glob("*.html*"))
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]


def bare(body: bytes) -> object:
    """Return what trafilatura alone makes of a page, with the options that read_page uses."""
    return trafilatura.extract(body, include_comments=False, include_tables=True, favor_precision=True)


def ours(body: bytes) -> object:
    """Return the article of a page, with all that belongs to it."""
    return read_page(body, "https://desk.example.org/a")


def cpu_seconds(read: Callable[[bytes], object], body: bytes) -> float:
    """Return the CPU time of one reading."""
    started = time.process_time()
    read(body)
    return time.process_time() - started


def main(folder: str) -> None:
    """Print both sums and their ratio."""
    bodies = read_bodies(Path(folder))
    sums = {"bare": 0.0, "ours": 0.0}
    for body in bodies:
        for name, read in (("bare", bare), ("ours", ours)):
            sums[name] += min(cpu_seconds(read, body) for _ in range(ROUNDS))
    bare_ms, ours_ms = (1000 * sums[name] / max(len(bodies), 1) for name in ("bare", "ours"))
    print(f"{len(bodies)} pages  bare trafilatura {bare_ms:.1f} ms  ours {ours_ms:.1f} ms")
    print(f"ratio {sums['ours'] / sums['bare']:.3f}" if bodies else "no pages")


if __name__ == "__main__":
    main(sys.argv[1])
