"""A loopback server of one file that answers range requests, and goes wrong on order."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RANGE = re.compile(r"bytes=(\d+)-(\d+)$")


@dataclass
class RangeServer:
    """What is served, and what was asked for."""

    path: Path
    url: str = ""
    asked: list[tuple[int, int] | None] = field(default_factory=list)
    parts: bool = True  # False: the file whole, whatever is asked for
    shift: int = 0  # gives the part so many bytes further on
    failing: int = 0  # so many more requests are answered 503
    changing: bool = False  # is another file at each request


@contextmanager
def range_server(path: Path) -> Iterator[RangeServer]:
    """Serve a file for as long as the block lasts."""
    served = RangeServer(path)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = RANGE.match(self.headers.get("Range", ""))
            served.asked.append((int(found[1]), int(found[2])) if found else None)
            if served.failing:
                served.failing -= 1
                return self._answer(503, b"", [])
            size = served.path.stat().st_size
            if not found or not served.parts:
                return self._answer(200, served.path.read_bytes(), [])
            first, last = int(found[1]) + served.shift, min(int(found[2]), size - 1)
            with served.path.open("rb") as file:
                file.seek(first)
                body = file.read(last - first + 1)
            return self._answer(206, body, [("Content-Range", f"bytes {first}-{last}/{size}")])

        def _answer(self, status: int, body: bytes, headers: list[tuple[str, str]]) -> None:
            version = len(served.asked) if served.changing else 1
            self.send_response(status)
            for name, value in [*headers, ("ETag", f'"{version}"'), ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Write nothing: `asked` keeps them."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/crawl-data/CC-NEWS-1.warc.gz"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
