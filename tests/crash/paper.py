"""Two invented outlets and a receiver of alerts on loopback, for runs that are killed: small, exact, and never tired.

Feeds and pages answer 304 to who names their ETag: what a killed run saw must not be hidden from the next one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

OUTLETS = ("harbour-post", "valley-times")
MOST_ITEMS = 30  # of a feed: the newest
ALERT = re.compile(r"^alert (\d+)$", re.M)
PAGE = """<!doctype html><html><head><title>{title}</title>
<script type="application/ld+json">{data}</script></head><body><article><h1>{title}</h1>
{paragraphs}</article></body></html>"""
FILLER = (
    "The statement was read to reporters in the capital in the morning, after a night without sirens.",
    "It gave no further details, and the other side left the questions that were put to it unanswered.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it stands."""

    title: str
    sentences: tuple[str, ...]
    published: datetime

    def page(self) -> bytes:
        """Return its page."""
        data = {"@type": "NewsArticle", "headline": self.title, "datePublished": self.published.isoformat()}
        paragraphs = "\n".join(f"<p>{text}</p>" for text in (*self.sentences, *FILLER))
        return PAGE.format(title=self.title, data=json.dumps(data), paragraphs=paragraphs).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a run that was killed in the middle of a request."""


class Paper:
    """Serves from entry to exit of the `with` block. `told` has the id of each alert each time that it came in."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}  # path to story, in order of publication
        self.told: list[int] = []
        self.asked: list[str] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Return the address of the host."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def receiver(self) -> str:
        """Return the notification address of the receiver of alerts."""
        return f"json://127.0.0.1:{self._server.server_address[1]}/told"

    def put(self, outlet: str, slug: str, title: str, *sentences: str, published: datetime) -> str:
        """Publish a story, or rewrite the one that stands there; return its path."""
        path = f"/{outlet}/{published:%Y/%m/%d}/{slug}"
        self.stories[path] = Story(title, sentences, published)
        return path

    def outlets_toml(self) -> str:
        """Return the configuration of both outlets."""
        return "\n".join(
            f'[{outlet}]\nname = "{outlet}"\nlanguage = "en"\nfeeds = ["{self.url}/{outlet}/rss"]\n'
            rf"article = '/{outlet}/(?P<year>\d{{4}})/(?P<month>\d\d)/(?P<day>\d\d)/[^/]+$'" + "\n"
            for outlet in OUTLETS
        )

    def answer(self, path: str) -> bytes | None:
        """Return what stands at a path."""
        if path.endswith("/rss"):
            return self._feed(path.removesuffix("/rss"))
        return self.stories[path].page() if path in self.stories else None

    def _feed(self, outlet: str) -> bytes:
        newest = [path for path in reversed(self.stories) if path.startswith(f"{outlet}/")][:MOST_ITEMS]
        items = "".join(
            f"<item><title>{self.stories[path].title}</title><link>{self.url}{path}</link>"
            f"<pubDate>{format_datetime(self.stories[path].published)}</pubDate></item>"
            for path in newest
        )
        return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


def _handler(paper: Paper) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            paper.asked.append(self.path)
            body = paper.answer(self.path)
            tag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
            known = body is not None and self.headers.get("If-None-Match") == tag
            self.send_response(404 if body is None else 304 if known else 200)
            self.send_header("Content-Type", "application/rss+xml" if self.path.endswith("/rss") else "text/html")
            self.send_header("ETag", tag)
            if not known:
                self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            if not known:
                self.wfile.write(body or b"")

        def do_POST(self) -> None:
            text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["message"]
            paper.told += map(int, ALERT.findall(text))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing."""

    return Handler
