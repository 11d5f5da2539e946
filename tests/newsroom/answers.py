"""The answers of the hostile newsroom that are the same every time: bodies, statuses, redirects, headers."""

from __future__ import annotations

import gzip
import zlib

import brotli

from tests.newsroom.rawserver import BODY, Behaviour, Call

FIXED: dict[str, Behaviour] = {}


def _fixed(name: str, body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
    def behave(call: Call) -> bool:
        call.answer(body, *headers, status=status, length=length)
        return length is None

    FIXED[name] = behave


# Bodies: whole, encoded, cut, mislabelled.
GZIPPED, BROTLIED = gzip.compress(BODY), brotli.compress(BODY)
_fixed("ok", BODY, "Content-Type: text/html; charset=utf-8")
_fixed("empty", b"")
_fixed("empty_gzip", b"", "Content-Encoding: gzip")
_fixed("gzip_whole", GZIPPED, "Content-Encoding: gzip")
_fixed("br_whole", BROTLIED, "Content-Encoding: br")
_fixed("gzip_members", GZIPPED + gzip.compress(b"second"), "Content-Encoding: gzip")
_fixed("gzip_padded", GZIPPED + bytes(64), "Content-Encoding: gzip")
_fixed("gzip_cut", GZIPPED[:-12], "Content-Encoding: gzip")
_fixed("gzip_cut_in_member", GZIPPED + GZIPPED[:-12], "Content-Encoding: gzip")
_fixed("br_cut", BROTLIED[:-4], "Content-Encoding: br")
_fixed("gzip_bad_sum", GZIPPED[:-8] + bytes(8), "Content-Encoding: gzip")
_fixed("gzip_not", BODY, "Content-Encoding: gzip")
_fixed("br_not", BODY, "Content-Encoding: br")
_fixed("deflate", zlib.compress(BODY), "Content-Encoding: deflate")
_fixed("zstd", BODY, "Content-Encoding: zstd")
_fixed("nonsense_encoding", BODY, "Content-Encoding: x-\u00e9-nonsense")
_fixed("chained", gzip.compress(GZIPPED), "Content-Encoding: gzip, gzip")
_fixed("chained_headers", gzip.compress(GZIPPED), "Content-Encoding: gzip", "Content-Encoding: gzip")
_fixed("identity", BODY, "Content-Encoding: identity")
_fixed("short", BODY, length=len(BODY) + 100)
_fixed("declared_huge", b"", length=10**12)
_fixed("negative_length", BODY, length=-1)
# Statuses.
_fixed("not_found", b"no such page", status="404 Not Found")
_fixed("long_error", bytes(300_000), status="404 Not Found")
_fixed("gone", b"", status="410 Gone")
_fixed("forbidden", b"", status="403 Forbidden")
_fixed("error", b"", status="500 Internal Server Error")
_fixed("unavailable", b"", status="503 Service Unavailable")
_fixed("unavailable_rest", b"", "Retry-After: 120", status="503 Service Unavailable")
_fixed("slow_down", b"", status="429 Too Many Requests")
_fixed("slow_down_rest", b"", "Retry-After: 3600", status="429 Too Many Requests")
_fixed("partial", BODY, "Content-Range: bytes 0-9/100", status="206 Partial Content")
_fixed("no_content", b"", status="204 No Content")
_fixed("strange_status", BODY, status="999 Denied")
_fixed("strange_success", BODY, status="299 Fine")
# Redirects.
_fixed("redirect_loop", b"", "Location: /redirect_loop", status="302 Found")
_fixed("redirect_nowhere", b"", status="302 Found")
_fixed("redirect_choices", b"", status="300 Multiple Choices")
_fixed("redirect_bad", b"", "Location: http://[::1/", status="302 Found")
_fixed("redirect_bad_port", b"", "Location: http://news.example:99999999/", status="302 Found")
_fixed("redirect_brackets", b"", "Location: //[", status="302 Found")
_fixed("redirect_punycode", b"", "Location: http://xn--a/", status="302 Found")
_fixed("redirect_bytes", b"", "Location: http://\u00ff\u00fe\u0000/", status="302 Found")
_fixed("redirect_file", b"", "Location: file:///etc/hostname", status="302 Found")
_fixed("redirect_script", b"", "Location: javascript:alert(1)", status="302 Found")
# Headers.
_fixed("long_header", BODY, "X-Long: " + "a" * 300_000)
_fixed("many_headers", BODY, *(f"X-{n}: a" for n in range(30_000)))
_fixed("bad_header", BODY, "no colon here")
_fixed("two_lengths", BODY, "Content-Length: 3")
_fixed("cookie", BODY, "Set-Cookie: id=1; Path=/")
_fixed("header_bytes", BODY, "X-Name: \u0417\u0430\u043b")
_fixed("robots_elsewhere", b"User-agent: *\nDisallow: /secret")
