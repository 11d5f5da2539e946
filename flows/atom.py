"""`alerts.atom`: the newest alerts as an Atom feed, rewritten whole and renamed into place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lxml import etree

from flows.plain import link, visible

ATOM = "http://www.w3.org/2005/Atom"
FEED_ID = "urn:muster:alerts"


@dataclass(frozen=True, slots=True)
class AlertEntry:
    """An alert as a feed shows it."""

    alert_id: int
    rule: str
    raised_at: datetime
    title: str
    body: str
    url: str


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def atom_feed(alerts: Sequence[AlertEntry], now: datetime) -> bytes:
    """Return a valid Atom document of these alerts; all text is text, never mark-up (RFC 4287 §3.1.1.1)."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs forbid a default namespace

    def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> None:
        child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        child.text = text

    add(feed, "id", FEED_ID)
    add(feed, "title", "Muster alerts")
    add(feed, "updated", _stamp(max((a.raised_at for a in alerts), default=now)))
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    add(author, "name", "Muster")
    for alert in alerts:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        add(entry, "id", f"urn:muster:alert:{alert.alert_id}")
        add(entry, "title", visible(alert.title), type="text")
        add(entry, "updated", _stamp(alert.raised_at))
        add(entry, "category", term=alert.rule)
        if address := link(alert.url):
            add(entry, "link", href=address, rel="alternate")
        add(entry, "content", visible(alert.body), type="text")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def write_atom(path: Path, alerts: Sequence[AlertEntry], now: datetime) -> None:
    """Replace the feed file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        file.write(atom_feed(alerts, now))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
