"""What a reading of a page depends on besides the page: the extractors and the outlet's rules, as one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from extractors.records import key64
from flows.outlets import Outlet

READ_WITH = ("trafilatura", "spacy")  # the libraries that a text and its parse come from


def recipe_of(outlet: Outlet, extractors: str) -> int:
    """Return the key of how an outlet's pages are read; `extractors` is their hash."""
    return key64("recipe", extractors, outlet.language, outlet.article, *outlet.prune)


def extractors_hash(folder: Traversable | None = None) -> str:
    """Return a hash of the extractors' code and data, those in `folder` if given, and of the libraries' versions."""
    digest = hashlib.blake2b(digest_size=16)
    for name, content in _files(folder or resources.files("extractors"), ""):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for library in READ_WITH:
        digest.update(f"{library}\0{version(library)}\0".encode())
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, f"{path}{entry.name}/")
        elif entry.is_file():
            yield path + entry.name, entry.read_bytes()
