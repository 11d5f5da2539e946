"""The three invented outlets: where they lie on the host, and how outlets.toml describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.newsroom.articles import Article, Version, in_zone


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet. `hours` is what its clock shows east of UTC."""

    id: str
    name: str
    language: str
    country: str
    feed: str  # path under the outlet's prefix
    pattern: str  # `article` of outlets.toml
    prune: tuple[str, ...]
    hours: int
    encoding: str = "utf-8"

    @property
    def feed_path(self) -> str:
        """Path of the feed on the host."""
        return f"/{self.id}{self.feed}"


DAY_IN_PATH = r"(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)"
HERALD = Outlet(
    id="capital-herald",
    name="The Capital Herald",
    language="en",
    country="LVA",
    feed="/rss/news",
    pattern=rf"/{DAY_IN_PATH}/.+-(?P<id>a\d+)$",
    prune=("//aside", "//*[contains(@class,'article__tags')]", "//*[contains(@class,'read-more')]"),
    hours=3,
)
COURIER = Outlet(
    id="river-courier",
    name="Dnipro River Courier",
    language="en",
    country="UKR",
    feed="/feed/atom/",
    pattern=rf"/river-courier/(?:{DAY_IN_PATH}|dossier)/[^/]+/$",
    prune=("//*[contains(@class,'sharedaddy')]", "//*[@id='jp-relatedposts']"),
    hours=2,
)
WIRE = Outlet(
    id="northern-wire",
    name="Northern Wire Agency",
    language="en",
    country="RUS",
    feed="/export/rdf.xml",
    pattern=r"/northern-wire/brief/(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)/(?P<id>\d+)\.html$",
    prune=(),
    hours=3,
    encoding="windows-1251",
)
OUTLETS = (HERALD, COURIER, WIRE)


def article_path(article: Article, version: Version) -> str:
    """Return the path of a version of an article on the host."""
    outlet = next(o for o in OUTLETS if o.id == article.outlet)
    day = in_zone(article.published, outlet.hours) if article.published else None
    if outlet is HERALD and day:
        return f"/{outlet.id}/{day:%Y/%m/%d}/{version.slug}-a{article.number}"
    if outlet is COURIER:
        return f"/{outlet.id}/{day.strftime('%Y/%m/%d') if day else 'dossier'}/{version.slug}/"
    if outlet is WIRE and day:
        return f"/{outlet.id}/brief/{day:%Y%m%d}/{article.number}.html"
    raise ValueError(f"{article.name}: addresses of {outlet.id} hold the day, and it has no `published`")


def outlets_toml(base_url: str, outlets: Sequence[Outlet] = OUTLETS) -> str:
    """Return the text of an outlets.toml for these outlets."""
    tables = []
    for outlet in outlets:
        prune = ", ".join(f'"{expression}"' for expression in outlet.prune)
        tables.append(
            f"[{outlet.id}]\n"
            f'name = "{outlet.name}"\n'
            f'language = "{outlet.language}"\n'
            f'country = "{outlet.country}"\n'
            f'feeds = ["{base_url}{outlet.feed_path}"]\n'
            f"article = '{outlet.pattern}'\n"
            f"prune = [{prune}]\n"
        )
    return "# Invented outlets on this machine: nothing here exists.\n\n" + "\n".join(tables)
