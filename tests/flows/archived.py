"""Replies of every kind that an archive is tried on."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import brotli

from extractors.records import Reply

STARTED = datetime(2026, 11, 24, 12, 30, 5, tzinfo=UTC)
TEXT = "<p>Обстріл: поранено 14 людей.</p>".encode()


def reply(name: str, wire: bytes = TEXT, body: bytes = TEXT, **changes) -> Reply:
    url = f"https://news.example/{name}"
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(wire))))
    return replace(
        Reply(url, url, datetime(2026, 11, 24, 12, 31, 7, 123456, UTC), 250, 200, headers, wire, body, None),
        **changes,
    )


GZIPPED = reply("gzip", gzip.compress(TEXT, mtime=0), headers=(("Content-Encoding", "gzip"),))
REPLIES = [
    reply("plain"),
    GZIPPED,
    reply("br", brotli.compress(TEXT), headers=(("Content-Encoding", "br"), ("ETag", '"v1"'))),
    reply("empty", b"", b""),
    reply("binary", bytes(range(256)) * 9, bytes(range(256)) * 9),
    reply("crlf", b"\r\n\r\nWARC/1.1\r\n\r\n", b"\r\n\r\nWARC/1.1\r\n\r\n"),
    reply("moved", url="https://news.example/asked?a=1&b=2"),
    reply("headers", headers=(("X-Name", "Зал"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("x-empty", ""))),
    reply("strange", status=299),
    reply("gone", b"gone", b"", status=410, failure="http_status", detail="https://news.example/gone: answered 410"),
    reply(
        "cut",
        b"oo",
        b"",
        status=500,
        failure="http_status",
        detail="https://news.example/cut: answered 500",
        cut="time",
    ),
]
