"""The newsroom's server: three invented outlets on one loopback host, at one of two steps in time."""

from __future__ import annotations

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import NamedTuple

from tests.newsroom.articles import ARTICLES, NOW, Article, Version
from tests.newsroom.feeds import feed
from tests.newsroom.outlets import HERALD, OUTLETS, Outlet, article_path, outlets_toml
from tests.newsroom.shapes import NOT_FOUND, page

__all__ = ["NOW", "Newsroom"]

ROBOTS = """User-agent: *
Disallow: /capital-herald/preview/
Disallow: /capital-herald/search/
Disallow: *?utm
Disallow: *&utm
"""
HERALD_NUMBER = re.compile(rf"/{HERALD.id}/\d{{4}}/\d\d/\d\d/.+-a(\d+)$")


class Answer(NamedTuple):
    """What a path is answered with."""

    status: int
    content_type: str
    body: bytes
    location: str | None = None


class Newsroom:
    """The outlets, serving from entry to exit of the `with` block. Set `step` to move in time."""

    def __init__(self, step: int = 1, articles: tuple[Article, ...] = ARTICLES) -> None:
        self.step = step
        self.articles = articles
        self.requests: list[tuple[str, int]] = []  # (path, status) in order; clear() it to begin anew
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Newsroom:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        """Address of the host, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def outlets_toml(self) -> str:
        """Return the text of an outlets.toml for these outlets."""
        return outlets_toml(self.base_url)

    def published(self, outlet: Outlet) -> list[tuple[Article, Version]]:
        """Return what an outlet has out at the present step, newest first."""
        mine = (a for a in self.articles if a.outlet == outlet.id)
        return [(a, version) for a in mine if (version := a.at(self.step))]

    def answer(self, path: str) -> Answer:
        """Return what stands at a path at the present step."""
        if path == "/robots.txt":
            return Answer(200, "text/plain", ROBOTS.encode())
        for outlet in OUTLETS:
            out = self.published(outlet)
            if path == outlet.feed_path:
                body, content_type = feed(outlet, out, self.base_url, NOW[self.step])
                return Answer(200, content_type, body)
            for article, version in out:
                if path == article_path(article, version):
                    body, content_type = page(article, version, self.base_url)
                    return Answer(200, content_type, body)
        return self._moved(path) or self._nothing(path)

    def _moved(self, path: str) -> Answer | None:
        """The number in a Herald address is what counts: any other slug leads to the present one."""
        found = HERALD_NUMBER.match(path)
        for article, version in self.published(HERALD) if found else ():
            if found and article.number == int(found[1]):
                return Answer(301, "text/html", b"", self.base_url + article_path(article, version))
        return None

    def _nothing(self, path: str) -> Answer:
        if path.startswith(f"/{HERALD.id}/"):
            return Answer(200, "text/html; charset=utf-8", NOT_FOUND)
        return Answer(404, "text/plain", b"not found\n")


def _handler(newsroom: Newsroom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = newsroom.answer(self.path)
            newsroom.requests.append((self.path, answer.status))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Cache-Control", "max-age=300")
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: `requests` keeps them."""

    return Handler
