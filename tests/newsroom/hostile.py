"""The hostile newsroom: a loopback server whose every path is a named misbehaviour.

`http://127.0.0.1:PORT/drip` drips, and so on: BEHAVIOURS names them all. /robots.txt behaves as the server's `robots`
says. Nothing here runs longer than its peer listens, or than the `with` block.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import brotli

from tests.newsroom.answers import FIXED, GZIPPED
from tests.newsroom.hostilepages import CONTENTS
from tests.newsroom.moods import OVER_TIME
from tests.newsroom.rawserver import BODY, Behaviour, Call, RawServer

PAUSE = 0.02  # seconds between two bytes that drip
MEGABYTE = 1_000_000

BEHAVIOURS: dict[str, Behaviour] = FIXED | CONTENTS | OVER_TIME


def _behaviour(function: Behaviour) -> Behaviour:
    BEHAVIOURS[function.__name__] = function
    return function


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
def busy_once(call: Call) -> bool:
    """Ask for a second's wait, and answer when asked again."""
    if call.room.requests.count(call.path) > 1:
        call.answer()
    else:
        call.answer(b"", "Retry-After: 1", status="429 Too Many Requests")
    return True


@_behaviour
def short_once(call: Call) -> bool:
    """Break off in the middle of the body the first time, and never again."""
    first = call.room.requests.count(call.path) == 1
    call.answer(length=len(BODY) + 100 if first else None)
    return not first


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
