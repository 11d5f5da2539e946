"""Serve a simulated news stream on loopback as it stood at a time: feeds, pages, walls, moved slugs, outages."""

from __future__ import annotations

from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.newsroom import articles as newsroom
from tests.newsroom.outlets import Outlet, outlets_toml
from tests.newsroom.server import Answer, Newsroom
from tests.newsroom.shapes import CONTENT_TYPES, FIELDS, OTHERS, TEMPLATES
from tests.newsroom.stories import Story, Version, World

FEED_LENGTH = 25
WALL = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><p>Enable JavaScript and"
    b" cookies to continue. We have blocked 15,000 robots today.</p></body></html>"
)
ROBOTS = b"User-agent: *\nDisallow: /search/\n"


def page_of(story: Story, version: Version, shape: Outlet, base: str) -> tuple[bytes, str]:
    """Return the page of a version in the shape of an outlet, and its content type."""
    if version.wall:
        return WALL, "text/html; charset=utf-8"
    intro, *body = version.text.split("\n")
    modified = version.at if version is not story.versions[0] else None
    shown = newsroom.Version(1, version.slug, version.title, intro, tuple(body), modified, (), (), (), version.quiet)
    article = newsroom.Article("", shape.id, story.number, story.published, "A. Writer", "news", "", (shown,))
    url = base + story.path(version)
    common = {
        "title": escape(version.title), "description": escape(intro), "url": url, "author": "A. Writer",
        "number": str(story.number), "others": OTHERS,
    }  # fmt: skip
    filled = TEMPLATES[shape.id].substitute(common | FIELDS[shape.id](article, shown, url))
    return filled.encode(shape.encoding), CONTENT_TYPES[shape.id]


class Stream(Newsroom):
    """The outlets of a stream, serving from entry to exit of the `with` block. Set `now` to move in time."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.now = world.first_day

    def outlets_toml(self) -> str:
        """Return the text of an outlets.toml for the outlets."""
        return outlets_toml(self.base_url, tuple(self.world.outlets.values()))

    def out(self, outlet: str) -> list[tuple[Story, Version]]:
        """Return what an outlet has out now, newest first."""
        mine = ((s, s.at(self.now)) for s in reversed(self.world.stories) if s.outlet == outlet)
        return [(story, version) for story, version in mine if version]

    def answer(self, path: str) -> Answer:
        """Return what stands at a path now."""
        if path == "/robots.txt":
            return Answer(200, "text/plain", ROBOTS)
        name = path.split("/")[1]
        if self.world.is_down(name, self.now):
            return Answer(503, "text/plain", b"down for maintenance\n")
        out, outlets = self.out(name), self.world.outlets
        if name in outlets and path == outlets[name].feed_path:
            return Answer(200, "application/rss+xml; charset=utf-8", self._feed(name, out).encode())
        for story, version in out:
            if path == story.path(version):
                body, kind = page_of(story, version, self.world.shapes[name], self.base_url)
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
        title = self.world.outlets[name].name
        return f'<rss version="2.0"><channel><title>{title}</title>\n{items}</channel></rss>\n'
