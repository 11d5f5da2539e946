"""A simulated news stream: three weeks of five invented outlets, with the alerts that each article must raise.

The articles are data, in stream/*.toml. `finds` of a version are what a careful reader finds, one a line:

    about 115,000 troops = ~115000 strength troops RUS @UKR by UKR > new_figure
    held talks = CONSULT RUS+TUR > new_contact

Words as in the text; the number (~ about, > more than, < up to, 90-100 a range, 10..99 an order word); measure and
item; whose (- unsaid); @ where; by whom; a status other than actual; and behind " > " the alert it must raise.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.newsroom import articles as newsroom
from tests.newsroom.outlets import COURIER, DAY_IN_PATH, HERALD, WIRE, Outlet, outlets_toml
from tests.newsroom.server import Answer, Newsroom
from tests.newsroom.shapes import CONTENT_TYPES, FIELDS, OTHERS, TEMPLATES

FOLDER = Path(__file__).parent / "stream"
FIRST_DAY = datetime(2026, 5, 4, tzinfo=UTC)
DAYS = 21
HOURS = (6, 12, 20)  # of the runs of a day
FEED_LENGTH = 25
PATTERN = rf"/(?:{DAY_IN_PATH}|dossier)/[^/]+-(?P<id>\d+)$"
# Outlet and whose page shape it has: three shapes serve five outlets, with the shape's clock, encoding and prune.
SHAPES: dict[str, tuple[str, str, Outlet]] = {
    "morning-ledger": ("The Morning Ledger", "IRL", HERALD),
    "eastern-post": ("Eastern Post", "POL", COURIER),
    "steppe-agency": ("Steppe Agency", "RUS", WIRE),
    "harbour-times": ("The Harbour Times", "KEN", HERALD),
    "dnipro-dispatch": ("Dnipro Dispatch", "UKR", COURIER),
}
OUTLETS = {
    name: replace(shape, id=name, name=title, country=country, feed="/feed.xml", pattern=PATTERN)
    for name, (title, country, shape) in SHAPES.items()
}
WALL = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><p>Enable JavaScript and"
    b" cookies to continue. We have blocked 15,000 robots today.</p></body></html>"
)
ROBOTS = b"User-agent: *\nDisallow: /search/\n"
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

    def html(self, version: Version, base: str) -> tuple[bytes, str]:
        """Return the page of a version in the shape of its outlet."""
        if version.wall:
            return WALL, "text/html; charset=utf-8"
        intro, *body = version.text.split("\n")
        modified = version.at if version is not self.versions[0] else None
        shown = newsroom.Version(
            1, version.slug, version.title, intro, tuple(body), modified, (), (), (), version.quiet
        )
        shape = SHAPES[self.outlet][2]
        article = newsroom.Article("", shape.id, self.number, self.published, "A. Writer", "news", "", (shown,))
        url = base + self.path(version)
        common = {
            "title": escape(version.title), "description": escape(intro), "url": url, "author": "A. Writer",
            "number": str(self.number), "others": OTHERS,
        }  # fmt: skip
        filled = TEMPLATES[shape.id].substitute(common | FIELDS[shape.id](article, shown, url))
        return filled.encode(shape.encoding), CONTENT_TYPES[shape.id]


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


def read_stories(folder: Path = FOLDER) -> tuple[Story, ...]:
    """Return every story, oldest first. Numbers follow the names of the files."""
    stories = []
    for path in sorted(folder.glob("*.toml")):
        for raw in tomllib.loads(path.read_text("utf-8"))["article"]:
            published = None if raw.get("undated") else raw.get("dated", raw["at"])
            versions = [_version(v, raw) for v in (raw, *raw.get("rewrite", ()))]
            stories.append(Story(raw["outlet"], 3001 + len(stories), published, tuple(versions)))
    return tuple(sorted(stories, key=lambda s: s.versions[0].at))


STORIES = read_stories()
# An outlet that answers 503 from one time to another.
OUTAGES = (("eastern-post", FIRST_DAY + timedelta(days=9), FIRST_DAY + timedelta(days=10, hours=9)),)


def moments() -> list[datetime]:
    """Return when the flow runs: a few times a day over all days."""
    return [FIRST_DAY + timedelta(days=day, hours=hour) for day in range(DAYS) for hour in HOURS]


class Stream(Newsroom):
    """The five outlets, serving from entry to exit of the `with` block. Set `now` to move in time."""

    def __init__(self, stories: tuple[Story, ...] = STORIES) -> None:
        super().__init__()
        self.now = FIRST_DAY
        self.stories = stories

    def outlets_toml(self) -> str:
        """Return the text of an outlets.toml for the five."""
        return outlets_toml(self.base_url, tuple(OUTLETS.values()))

    def out(self, outlet: str) -> list[tuple[Story, Version]]:
        """Return what an outlet has out now, newest first."""
        mine = ((s, s.at(self.now)) for s in reversed(self.stories) if s.outlet == outlet)
        return [(story, version) for story, version in mine if version]

    def answer(self, path: str) -> Answer:
        """Return what stands at a path now."""
        if path == "/robots.txt":
            return Answer(200, "text/plain", ROBOTS)
        name = path.split("/")[1]
        if any(name == who and start <= self.now < end for who, start, end in OUTAGES):
            return Answer(503, "text/plain", b"down for maintenance\n")
        out = self.out(name)
        if name in OUTLETS and path == OUTLETS[name].feed_path:
            return Answer(200, "application/rss+xml; charset=utf-8", self._feed(name, out).encode())
        for story, version in out:
            if path == story.path(version):
                body, kind = story.html(version, self.base_url)
                return Answer(200, kind, body)
            if path.endswith(f"-{story.number}"):  # the slug has changed since
                return Answer(301, "text/html", b"", self.base_url + story.path(version))
        return Answer(404, "text/plain", b"not found\n")

    def _feed(self, name: str, out: list[tuple[Story, Version]]) -> str:
        items = "".join(
            f"<item><title>{escape(version.title)}</title><link>{self.base_url}{story.path(version)}</link>"
            + (f"<pubDate>{format_datetime(story.published)}</pubDate>" if story.published else "")
            + "</item>\n"
            for story, version in out[:FEED_LENGTH]
        )
        return f'<rss version="2.0"><channel><title>{OUTLETS[name].name}</title>\n{items}</channel></rss>\n'
