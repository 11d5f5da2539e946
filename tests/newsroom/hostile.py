"""The hostile newsroom: a loopback server whose every path is a named misbehaviour.

`http://127.0.0.1:PORT/drip` drips, `/gzip_cut` sends a gzip body that ends in the middle, and so on: BEHAVIOURS names
them all. /robots.txt behaves as the server's `robots` says. Nothing here runs longer than its peer listens, or than
the `with` block.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import brotli

from tests.newsroom.rawserver import BODY, Behaviour, Call, RawServer

PAUSE = 0.02  # seconds between two bytes that drip
MEGABYTE = 1_000_000

BEHAVIOURS: dict[str, Behaviour] = {}


def _behaviour(function: Behaviour) -> Behaviour:
    BEHAVIOURS[function.__name__] = function
    return function


def _fixed(name: str, body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
    def behave(call: Call) -> bool:
        call.answer(body, *headers, status=status, length=length)
        return length is None

    BEHAVIOURS[name] = behave


def bomb(encoder: Callable[[bytes], bytes], flush: Callable[[], bytes], megabytes: int) -> bytes:
    """Return so many megabytes of zeros, compressed without ever holding them."""
    zeros = bytes(MEGABYTE)
    return b"".join([*(encoder(zeros) for _ in range(megabytes)), flush()])


def gzip_zeros(megabytes: int) -> bytes:
    """Return a gzip bomb."""
    stream = zlib.compressobj(1, wbits=31)
    return bomb(stream.compress, stream.flush, megabytes)


def brotli_zeros(megabytes: int) -> bytes:
    """Return a brotli bomb."""
    stream = brotli.Compressor(quality=1)
    return bomb(stream.process, stream.finish, megabytes)


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


@_behaviour
def redirects(call: Call) -> bool:
    """Redirect as often as the argument says, then answer."""
    left = int(call.argument)
    if left:
        call.answer(b"", f"Location: /redirects?{left - 1}", status="301 Moved Permanently")
    else:
        call.answer()
    return True


@_behaviour
def redirect_to(call: Call) -> bool:
    """Redirect to the argument."""
    call.answer(b"", f"Location: {call.argument}", status="307 Temporary Redirect")
    return True


@_behaviour
def robots_move(call: Call) -> bool:
    """Redirect a robots.txt to another path of this host."""
    call.answer(b"", "Location: /robots_elsewhere", status="301 Moved Permanently")
    return True


_fixed("robots_elsewhere", b"User-agent: *\nDisallow: /secret")


@_behaviour
def versioned(call: Call) -> bool:
    """Answer 304 to whoever names the version."""
    if call.headers.get("if-none-match") == '"v1"':
        call.answer(b"", status="304 Not Modified")
    else:
        call.answer(BODY, 'ETag: "v1"', "Last-Modified: Tue, 24 Nov 2026 10:00:00 GMT")
    return True


@_behaviour
def not_modified(call: Call) -> bool:
    """Answer 304 to everybody."""
    call.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    return True


@_behaviour
def mute(call: Call) -> None:
    """Take the request and say nothing."""
    call.room.closing.wait(10)


@_behaviour
def gzip_padded_hugely(call: Call) -> None:
    """Send a small gzip body and padding without end."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + GZIPPED)
    call.pieces(bytes(65536))


@_behaviour
def header_latin(call: Call) -> None:
    """Send a header that is not UTF-8."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Name: caf\xe9\r\nContent-Length: 0\r\n\r\n")


@_behaviour
def drip_error(call: Call) -> None:
    """Say 404 at once and drip the body."""
    call.send(b"HTTP/1.1 404 Not Found\r\n\r\n")
    call.pieces(b"a", PAUSE)


@_behaviour
def once(call: Call) -> bool:
    """Answer only the first request of a connection, and hang up on the next."""
    if sum(earlier.wire is call.wire for earlier in call.room.calls) > 1:
        return False
    call.answer()
    return True


@_behaviour
def slam(call: Call) -> None:
    """Close without a word."""


@_behaviour
def garbage(call: Call) -> None:
    """Speak another protocol."""
    call.send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n" * 3)


@_behaviour
def binary(call: Call) -> None:
    """Send bytes that are no protocol."""
    call.send(bytes(range(256)) * 40)


@_behaviour
def half_headers(call: Call) -> None:
    """Close in the middle of the headers."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


@_behaviour
def drip(call: Call) -> None:
    """Send the body one byte at a time."""
    call.send(b"HTTP/1.1 200 OK\r\n\r\n")
    call.pieces(b"a", PAUSE)


@_behaviour
def drip_headers(call: Call) -> None:
    """Send headers one byte at a time."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    call.pieces(b"a", PAUSE)


@_behaviour
def flood_1xx(call: Call) -> None:
    """Send informational answers without end."""
    call.pieces(b"HTTP/1.1 103 Early Hints\r\n\r\n", PAUSE)


@_behaviour
def stall(call: Call) -> None:
    """Send the start of a body and then nothing."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
    call.room.closing.wait(10)


@_behaviour
def endless(call: Call) -> None:
    """Send a body that never ends."""
    call.send(b"HTTP/1.1 200 OK\r\n\r\n")
    call.pieces(b"a" * 65536)


@_behaviour
def endless_chunks(call: Call) -> None:
    """Send chunks that never end."""
    call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    call.pieces(b"8000\r\n" + b"a" * 0x8000 + b"\r\n")


@_behaviour
def chunked(call: Call) -> bool:
    """Send a whole body in chunks."""
    call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    call.send(b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (BODY[:10], BODY[10:])) + b"0\r\n\r\n")
    return True


@_behaviour
def chunks_cut(call: Call) -> None:
    """Close before the last chunk."""
    call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")


@_behaviour
def chunks_bad(call: Call) -> None:
    """Send a chunk whose size is no number."""
    call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n")


@_behaviour
def no_length(call: Call) -> None:
    """Send a whole body that ends with the connection, as HTTP/1.0 did."""
    call.send(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + BODY)


@_behaviour
def gzip_bomb(call: Call) -> None:
    """Send 210 MB of zeros as gzip."""
    call.answer(gzip_zeros(210), "Content-Encoding: gzip")


@_behaviour
def br_bomb(call: Call) -> None:
    """Send 210 MB of zeros as brotli."""
    call.answer(brotli_zeros(210), "Content-Encoding: br")


@dataclass
class HostileNewsroom(RawServer):
    """A raw server with all the misbehaviours."""

    behaviours: Mapping[str, Behaviour] = field(default_factory=lambda: BEHAVIOURS)
