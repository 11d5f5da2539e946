"""An invented newspaper in the shape that monthly sitemaps on another host give: what a backfill is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tests.flows.site import Site, index, sitemap

ID = "gazette"
PAGE = """<!doctype html><html><head><title>{title}</title><link rel="canonical" href="{url}">
<meta property="article:published_time" content="{day}T09:00:00+03:00"></head><body><article><h1>{title}</h1>
<p>{first}</p><p>The ministry spoke to reporters in the capital on the morning of that day, after a long night.</p>
<p>It gave no further details, and the other side did not answer questions that were put to it in writing.</p>
</article></body></html>"""
SENTENCE = "Russia has massed {number:,} troops near the border, the Ukrainian defence ministry said in a statement."


class Gazette:
    """The paper's two hosts. `add` publishes an article; the sitemaps follow."""

    def __init__(self, www: Site, static: Site) -> None:
        self.www, self.static = www, static
        self.urls: dict[tuple[int, int], list[str]] = {}

    @property
    def configuration(self) -> str:
        """Return the paper's table of outlets.toml."""
        return (
            f'[{ID}]\nname = "The Gazette"\nlanguage = "en"\nfeeds = ["{self.www.url}/rss/news"]\n'
            f'sitemaps = ["{self.static.url}/sitemap/sitemap.xml"]\n'
            r"article = '/(?P<year>\d{4})/(?P<month>\d\d)/(?P<day>\d\d)/.+-(?P<id>a\d+)$'" + "\n"
        )

    def add(self, day: date, number: int, troops: int | None = None) -> str:
        """Publish an article and return its path."""
        path = f"/{day:%Y/%m/%d}/story-of-the-day-a{number}"
        first = SENTENCE.format(number=troops) if troops else "The river rose, and the town held its yearly fair."
        title = f"Story {number} of the day"
        self.www.pages[path] = PAGE.format(title=title, url=self.www.url + path, day=day, first=first).encode()
        self.urls.setdefault((day.year, day.month), []).append(self.www.url + path)
        months = sorted(self.urls)
        at = f"{self.static.url}/sitemap"
        self.static.pages[f"/sitemap/{day.year}-{day.month}.xml"] = sitemap(*self.urls[day.year, day.month])
        self.static.pages["/sitemap/sitemap.xml"] = index(*((f"{at}/{y}-{m}.xml", None) for y, m in months))
        return path

    def asked_pages(self) -> list[str]:
        """Return the articles asked for since the last call, in order."""
        asked = [path for path in self.www.asked if path != "/robots.txt"]
        self.www.asked.clear()
        self.static.asked.clear()
        return asked


@contextmanager
def gazette() -> Iterator[Gazette]:
    """Serve the paper on two ports for as long as the block lasts."""
    with Site() as www, Site() as static:
        yield Gazette(www, static)
