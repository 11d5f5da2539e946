"""Run `muster monitor` over real pages served on loopback, then score the `articles` table.

usage: python -m tests.bench.pages FOLDER     (FOLDER holds pages/*.html.gz, expected.jsonl and score_pages.py)

Every page stands under its own publisher's host and path, with a feed for each publisher that names its pages and
nothing else: no date and no title that the page itself does not give.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

MUSTER = [sys.executable, "-m", "flows"]


def feed(base: str, paths: list[str]) -> bytes:
    """Return an RSS feed that names these pages."""
    items = "".join(f"<item><link>{escape(base + path)}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>pages</title>{items}</channel></rss>'.encode()


@contextmanager
def served(pages: dict[str, Path], feeds: dict[str, list[str]]) -> Iterator[str]:
    """Serve the pages and feeds; yields the base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path in pages:
                body, kind = gzip.decompress(pages[self.path].read_bytes()), "text/html; charset=utf-8"
            elif self.path in feeds:
                body, kind = feed(base, feeds[self.path]), "application/rss+xml"
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield base
    finally:
        server.shutdown()
        server.server_close()


def laid_out(
    expected: list[dict[str, str]], folder: Path
) -> tuple[dict[str, Path], dict[str, list[str]], dict[str, str]]:
    """Return path → file, feed path → page paths, page path → id."""
    pages, feeds, ids = {}, defaultdict(list), {}
    for page in expected:
        parts = urlsplit(page["url"])
        path = f"/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        if path in pages:  # one address saved at two times: two articles here, so that both are scored
            path = f"/{page['id']}{path}"
        pages[path] = folder / "pages" / f"{page['id']}.html.gz"
        feeds[f"/{page['publisher'].lower()}/rss"].append(path)
        ids[path] = page["id"]
    return pages, dict(feeds), ids


def outlets_toml(base: str, feeds: dict[str, list[str]]) -> str:
    """Return the configuration of one outlet a publisher."""
    names = {path.split("/")[1]: path for path in feeds}
    return "".join(f'["{name}"]\nname = "{name}"\nfeeds = ["{base}{path}"]\n' for name, path in names.items())


def asked(query: str, environment: dict[str, str]) -> list[dict[str, object]]:
    """Return the rows of a query over the published warehouse."""
    command = [*MUSTER, "sql", query, "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def prediction(row: dict[str, object], ids: dict[str, str], fetched: dict[object, str]) -> dict[str, object]:
    """Return a line for the scorer; a date known to the day only is given as a day."""
    date = str(row["published_at"] or "") or None
    if date and row.get("published_day_only"):
        date = date[:10]
    page = ids[fetched[row["article_id"]]]
    return {"id": page, "title": row["title"], "text": row["text"], "date": date, "authors": row["authors"]}


def main() -> int:
    """Serve, run, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    expected = [json.loads(line) for line in (folder / "expected.jsonl").open(encoding="utf-8")]
    pages, feeds, ids = laid_out(expected, folder)
    with tempfile.TemporaryDirectory() as home, served(pages, feeds) as base:
        toml = Path(home, "outlets.toml")
        toml.write_text(outlets_toml(base, feeds))
        settings = {"HOME": home, "OUTLETS": str(toml), "ALLOW_PRIVATE": "127.0.0.1", "DELAY_SECONDS": "0"}
        environment = os.environ | {f"MUSTER_{k}": v for k, v in settings.items()}
        ran = subprocess.run([*MUSTER, "monitor"], env=environment, check=False)
        print("muster monitor: exit code", ran.returncode)
        query = "SELECT article_id, url FROM fetches WHERE kind = 'page' AND article_id IS NOT NULL"
        fetched = {r["article_id"]: str(r["url"]).removeprefix(base) for r in asked(query, environment)}
        predicted = Path(home, "predicted.jsonl")
        lines = [prediction(row, ids, fetched) for row in asked("SELECT * FROM articles", environment)]
        predicted.write_text("".join(json.dumps(line) + "\n" for line in lines))
        scorer = [sys.executable, str(folder / "score_pages.py"), str(folder / "expected.jsonl"), str(predicted)]
        return subprocess.run([*scorer, "--worst", "10"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
