"""The articles of the newsroom as data: what is published at which step, and what a careful reader finds in it.

One TOML file an article, in articles/. All of it is invented for Muster's tests.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
STEPS = (1, 2)
NOW = {1: datetime(2026, 3, 2, 9, tzinfo=UTC), 2: datetime(2026, 3, 2, 15, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it stands from a step on. `intro` and `body` are what a cleaner should give, and nothing else."""

    step: int
    slug: str
    title: str
    intro: str
    body: tuple[str, ...]  # paragraphs in order; one that starts with "- " is an item of a list
    modified: datetime | None
    figures: tuple[dict[str, Any], ...]  # `words` as in the text, then fields as GUIDELINES.md names them
    mentions: tuple[dict[str, Any], ...]
    news: tuple[dict[str, Any], ...]  # alerts it must raise: rule, and `words` of the figure or mention
    quiet: str  # why a version of step 2 must raise nothing; empty where it must

    @property
    def text(self) -> str:
        """The paragraphs as lines, without list marks."""
        return "\n".join(p.removeprefix("- ") for p in (self.intro, *self.body) if p)


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its versions. `number` and `published` never change."""

    name: str  # of its file
    outlet: str
    number: int
    published: datetime | None  # None: undated everywhere
    author: str
    section: str
    teaser: str  # headline of another article, shown inside this one
    versions: tuple[Version, ...]

    def at(self, step: int) -> Version | None:
        """Return the version that stands at a step, or None where it is not out yet."""
        return next((v for v in reversed(self.versions) if v.step <= step), None)


def _version(raw: dict[str, Any]) -> Version:
    return Version(
        step=raw["step"],
        slug=raw["slug"],
        title=raw["title"],
        intro=" ".join(raw.get("intro", "").split()),
        body=tuple(" ".join(block.split()) for block in raw["body"].split("\n\n") if block.strip()),
        modified=raw.get("modified"),
        figures=tuple(raw.get("figures", ())),
        mentions=tuple(raw.get("mentions", ())),
        news=tuple(raw.get("news", ())),
        quiet=raw.get("quiet", ""),
    )


def _read(path: Path) -> Article:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Article(
        name=path.stem,
        outlet=raw["outlet"],
        number=raw["number"],
        published=raw.get("published"),
        author=raw.get("author", ""),
        section=raw.get("section", "news"),
        teaser=raw.get("teaser", ""),
        versions=tuple(sorted((_version(v) for v in raw["version"]), key=lambda v: v.step)),
    )


def _newest_first(article: Article) -> tuple[datetime, int]:
    return (article.published or datetime.fromtimestamp(0, UTC), article.number)


def read_articles(folder: Path = FOLDER) -> tuple[Article, ...]:
    """Return every article, newest first."""
    return tuple(sorted((_read(path) for path in folder.glob("*.toml")), key=_newest_first, reverse=True))


ARTICLES = read_articles()
# What a careful reader finds, by article and step: `figures` and `mentions` of the version that stands then.
EXPECTED = {(a.name, v.step): v for a in ARTICLES for v in a.versions}
# The alerts that step 2 must raise, and no others. Step 1 is each outlet's first run: one summary an outlet.
NEWS = {2: tuple({"article": a.name} | item for a in ARTICLES for v in a.versions if v.step == 2 for item in v.news)}


def in_zone(moment: datetime, hours: int) -> datetime:
    """Return a moment as a clock so many hours east of UTC shows it."""
    return moment.astimezone(timezone(timedelta(hours=hours)))
