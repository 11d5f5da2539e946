"""A simulated news stream: three weeks of five invented outlets, with the alerts that each article must raise.

A stream is a folder of streams/: its outlets are in stream.toml, its articles in the other files. `finds` of a
version are what a careful reader finds, one a line:

    about 115,000 troops = ~115000 strength troops RUS @UKR by UKR > new_figure
    held talks = CONSULT RUS+TUR > new_contact

Words as in the text; the number (~ about, > more than, < up to, 90-100 a range, 10..99 an order word); measure and
item; whose (- unsaid); @ where; by whom; a status other than actual; and behind " > " the alert it must raise.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.newsroom.outlets import DAY_IN_PATH, Outlet
from tests.newsroom.outlets import OUTLETS as SHAPES

FOLDER = Path(__file__).parent / "streams"
STREAMS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
DAYS = 21
HOURS = (6, 12, 20)  # of the runs of a day
PATTERN = rf"/(?:{DAY_IN_PATH}|dossier)/[^/]+-(?P<id>\d+)$"
EVENTS = frozenset({"CONSULT", "REQUEST", "AGREE", "REJECT", "ACCUSE", "THREATEN", "SUPPORT", "COOPERATE", "AID"})
STATUSES = frozenset({"historical", "planned", "hypothetical", "denied"})


@dataclass(frozen=True, slots=True)
class Find:
    """A figure or a talk that stands in a version, and the rule that must raise an alert on it."""

    words: str
    fields: dict[str, Any]  # of extractors.records.Figure or Mention, but for its place and sentence
    rule: str | None

    @property
    def number(self) -> int | None:
        """Return the number that an alert on it shows; None for a talk."""
        return self.fields.get("low") or self.fields.get("high")


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it stands from a moment on."""

    at: datetime
    slug: str
    title: str
    text: str  # paragraphs, a line each
    finds: tuple[Find, ...]
    quiet: str  # why it raises nothing
    wall: bool  # the outlet shows a wall in its stead


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the stream."""

    outlet: str
    number: int
    published: datetime | None  # as it says; None: undated
    versions: tuple[Version, ...]

    def at(self, now: datetime) -> Version | None:
        """Return the version that stands at a time."""
        return next((v for v in reversed(self.versions) if v.at <= now), None)

    def path(self, version: Version) -> str:
        """Return the path of a version on the host."""
        day = f"{self.published:%Y/%m/%d}" if self.published else "dossier"
        return f"/{self.outlet}/{day}/{version.slug}-{self.number}"


def read_find(line: str) -> Find:
    """Return a line of `finds`; raises ValueError where it is none."""
    words, _, rest = line.partition(" = ")
    what, _, rule = rest.partition(" > ")
    head, *tokens = what.split()
    status = next((t for t in tokens if t in STATUSES), "actual")
    if head in EVENTS:
        actors, _, targets = tokens[0].partition(":")
        sides = {"actors": tuple(actors.split("+")), "targets": tuple(targets.split("+")) if targets else ()}
        return Find(words, {"event": head, **sides, "status": status}, rule or None)
    measure, item, subject = tokens[:3]
    place = next((t[1:].split("+") for t in tokens if t.startswith("@")), [])
    claimant = tokens[tokens.index("by") + 1] if "by" in tokens else None
    fields = {
        **_number(head), "measure": measure, "item": item, "subject": None if subject == "-" else subject,
        "location": tuple(place), "claimant": claimant, "claimant_text": claimant, "status": status,
    }  # fmt: skip
    return Find(words, fields, rule or None)


def _number(text: str) -> dict[str, Any]:
    low, mark, high = re.fullmatch(r"[~<>]?(\d+)(-|\.\.)?(\d+)?", text).groups()
    marked = {"-": "range", "..": "order"}.get(mark, "exact")
    kind = {"~": "about", ">": "more_than", "<": "less_than"}.get(text[0], marked)
    return {
        "low": None if kind == "less_than" else int(low),
        "high": None if kind == "more_than" else int(high or low),
        "qualifier": kind,
    }


def _version(raw: dict[str, Any], first: dict[str, Any]) -> Version:
    title = raw.get("title", first["title"])
    return Version(
        at=raw["at"],
        slug=raw.get("slug") or first.get("slug") or "-".join(re.findall(r"[a-z0-9]+", first["title"].lower())),
        title=title,
        text="\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", raw["text"].strip())),
        finds=tuple(read_find(line) for line in raw.get("finds", "").strip().splitlines()),
        quiet=raw.get("quiet", ""),
        wall=raw.get("wall", False),
    )


@dataclass(frozen=True, slots=True)
class Outage:
    """An outlet that answers 503 from one time to another."""

    outlet: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class World:
    """A stream: its outlets, their outages, and every story, oldest first."""

    first_day: datetime
    outlets: dict[str, Outlet]
    shapes: dict[str, Outlet]  # whose page shape, clock and encoding an outlet has
    outages: tuple[Outage, ...]
    stories: tuple[Story, ...]

    def moments(self) -> list[datetime]:
        """Return when the flow runs: a few times a day over all days."""
        return [self.first_day + timedelta(days=day, hours=hour) for day in range(DAYS) for hour in HOURS]

    def is_down(self, outlet: str, now: datetime) -> bool:
        """Return whether an outlet has an outage at a time."""
        return any(o.outlet == outlet and o.start <= now < o.end for o in self.outages)


def read_world(name: str) -> World:
    """Return the stream of a folder of streams/."""
    head = tomllib.loads((FOLDER / name / "stream.toml").read_text("utf-8"))
    shapes = {key: next(s for s in SHAPES if s.id == o["shape"]) for key, o in head["outlets"].items()}
    outlets = {
        key: replace(shapes[key], id=key, name=o["name"], country=o["country"], feed="/feed.xml", pattern=PATTERN)
        for key, o in head["outlets"].items()
    }
    outages = tuple(Outage(**raw) for raw in head.get("outages", ()))
    return World(head["first_day"], outlets, shapes, outages, _read_stories(FOLDER / name))


def _read_stories(folder: Path) -> tuple[Story, ...]:
    """Return the stories of a folder. Numbers follow the names of the files."""
    stories = []
    for path in sorted(folder.glob("[0-9]*.toml")):
        for raw in tomllib.loads(path.read_text("utf-8"))["article"]:
            published = None if raw.get("undated") else raw.get("dated", raw["at"])
            versions = [_version(v, raw) for v in (raw, *raw.get("rewrite", ()))]
            stories.append(Story(raw["outlet"], 3001 + len(stories), published, tuple(versions)))
    return tuple(sorted(stories, key=lambda s: s.versions[0].at))
