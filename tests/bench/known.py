"""Time a run over articles that are known and too old to be looked at again.

usage: python -m tests.bench.known [ARTICLES]     (500 unless given)

Prints the seconds of the flow itself, start of Prefect left out, beside an empty flow in the same process.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = """<html><head><meta property="article:published_time" content="{at}"><title>Statement {n}</title></head><body>
<article><h1>Statement {n}</h1><p>Ukraine's foreign ministry said that Russia had massed {n} troops near Kharkiv.</p>
<p>The statement was published on the ministry's site on Monday morning, and no questions were answered.</p>
</article></body></html>"""


def serve(articles: int) -> tuple[str, list[str]]:
    """Serve a feed and its pages on loopback; returns the base address and the list of paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/rss":
                items = "".join(f"<item><link>{base}/a/{n}</link></item>" for n in range(articles))
                kind, body = "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>'
            else:
                number = self.path.rpartition("/")[2]
                kind, body = "text/html", PAGE.format(n=number, at=(NOW - timedelta(days=15)).isoformat())
            self.send_response(200 if self.path != "/robots.txt" else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return base, asked


def main() -> None:
    """Load the articles, run again, print."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    base, asked = serve(articles)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "outlets.toml").write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
        settings = {"HOME": folder, "OUTLETS": f"{folder}/outlets.toml", "ALLOW_PRIVATE": "127.0.0.1"}
        settings |= {"DELAY_SECONDS": "0", "NOW": NOW.isoformat()}
        os.environ |= {f"MUSTER_{name}": value for name, value in settings.items()}

        from prefect import flow

        from flows.monitor import monitor  # after the environment is set

        @flow
        async def empty() -> None:
            """Do nothing, to have something to compare with."""

        asyncio.run(empty())  # starts Prefect's server
        first = asyncio.run(monitor())
        asked.clear()
        times = []
        for one in (empty, monitor):
            began = time.monotonic()
            asyncio.run(one())
            times.append(time.monotonic() - began)
        pages = sum(path.startswith("/a/") for path in asked)
        print(f"{first.counts[0].new} articles known; second run: {pages} page requests, {times[1]:.2f} s")
        print(f"an empty flow: {times[0]:.2f} s")


if __name__ == "__main__":
    main()
