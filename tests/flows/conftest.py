import asyncio
import contextlib
import json

import pytest

import flows  # noqa: F401  # sets what Prefect reads at import


@pytest.fixture(scope="session")
def prefect_server():
    """A real Prefect server of its own for all flow tests of this run."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


class Desk:
    """A home folder, a configuration and a clock; runs the real flow and asks the real warehouse."""

    def __init__(self, folder, monkeypatch):
        self.home = folder / "data"
        self.toml = folder / "outlets.toml"
        self._set = monkeypatch.setenv
        for name, value in {
            "HOME": self.home, "OUTLETS": self.toml, "ALLOW_PRIVATE": "127.0.0.1", "DELAY_SECONDS": "0",
        }.items():  # fmt: skip
            self._set(f"MUSTER_{name}", str(value))

    def monitor(self, now, outlets=None, only_due=False):
        from flows.monitor import monitor

        self._set("MUSTER_NOW", now if isinstance(now, str) else now.isoformat())
        return asyncio.run(monitor(outlets, only_due))

    def ask(self, sql):
        from warehouse.door import query

        return query(self.home / "published.duckdb", sql).to_pylist()


@pytest.fixture
def desk(tmp_path, monkeypatch, prefect_server):
    return Desk(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def lasting_desk(tmp_path_factory, prefect_server):
    """A desk for tests that only ask what one of them has brought in."""
    with pytest.MonkeyPatch.context() as settings:
        yield Desk(tmp_path_factory.mktemp("desk"), settings)


@pytest.fixture(scope="session")
def feed_of():
    """Return an RSS feed that names these addresses."""

    def feed(*addresses):
        items = "".join(f"<item><title>t</title><link>{a}</link></item>" for a in addresses)
        return f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()

    return feed


@pytest.fixture(scope="module")
def served():
    """Serve path → (status, content type, body) on loopback; yields a function that starts it."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    with contextlib.ExitStack() as stack:

        def start(pages):
            requests = []

            class Handler(BaseHTTPRequestHandler):
                def do_GET(self):
                    requests.append(self.path)
                    status, kind, body = pages.get(self.path, (404, "text/plain", b"no such page"))
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *args):
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}", requests

        yield start


@pytest.fixture(scope="session")
def page():
    """Return a small article page."""

    def make(title, *paragraphs, published="2026-03-02T08:00:00+00:00"):
        data = {"@type": "NewsArticle", "headline": title, "datePublished": published}
        text = "".join(f"<p>{p}</p>" for p in paragraphs)
        return (
            f"<html><head><title>{title}</title><script type='application/ld+json'>{json.dumps(data)}</script></head>"
            f"<body><article><h1>{title}</h1>{text}</article></body></html>"
        ).encode()

    return make
