"""Read the feeds that an OPML file names (opml.org/spec2.opml): pure, bounded, no entities, no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

MOST_BYTES = 5_000_000
MOST_NAME, MOST_ID = 200, 60
DASHES = re.compile(r"[^a-z0-9]+")


class OpmlError(Exception):
    """A file that no feed can be read from; the text says why."""


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """A feed that an OPML file names."""

    title: str | None
    url: str


def read_opml(body: bytes) -> list[OpmlFeed]:
    """Return the feeds in their order, each as often as it is named. Raises OpmlError when there are none to read."""
    if len(body) > MOST_BYTES:
        raise OpmlError(f"larger than {MOST_BYTES:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise OpmlError(f"no OPML: {error}") from error
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise OpmlError("no OPML: its first element is not <opml>")
    if root.getroottree().docinfo.internalDTD is not None:
        raise OpmlError("it declares a document type, as no feed reader does")
    feeds = []
    for outline in root.iter("{*}outline"):
        said = {str(name).lower(): " ".join(str(value).split()) for name, value in outline.attrib.items()}
        if url := said.get("xmlurl"):
            feeds.append(OpmlFeed(said.get("title") or said.get("text") or None, url))
    if not feeds:
        raise OpmlError("it names no feed: no <outline> has an xmlUrl")
    return feeds


def is_web_address(url: str) -> bool:
    """Return whether an address is one that the door can be asked for."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:  # half an IPv6 address
        return False


def outlet_id(feed: OpmlFeed, taken: Collection[str]) -> str:
    """Return an id made from the title, or from the host where the title has no Latin letter; none that is taken."""
    host = (urlsplit(feed.url).hostname or "").removeprefix("www.")
    plain = _slug(feed.title or "") or _slug(host) or "outlet"
    number, name = 1, plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name


def _slug(text: str) -> str:
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return DASHES.sub("-", latin).strip("-")[:MOST_ID].strip("-")
