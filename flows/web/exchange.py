"""One HTTP exchange: a request, its answer, the body read within the limits. Redirects and manners are the door's."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore
import httpx

from flows.web.decode import content_decoder
from flows.web.failures import WebFailure
from flows.web.limits import Kind, Limits
from flows.web.transport import RECEIVED_HEADERS

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PARTIAL = 206
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
DRAIN_BYTES, DRAIN_SECONDS = 65_536, 0.5

# httpx writes every address, with the secrets in its query, to its log at INFO; httpcore does at DEBUG.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


@dataclass
class Answer:
    """An answer in the making: what is known of it so far, for when it fails half-way."""

    url: httpx.URL
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    wire: bytes = b""
    body: bytes = b""
    cut: str | None = None
    spent: float = 0.0  # seconds of network time, over all redirects

    def values(self, name: str) -> list[str]:
        """Return the values of a header, its name in lower case."""
        return [v for k, v in self.headers if k.lower() == name]

    def first(self, name: str) -> str:
        """Return the first value of a header, or an empty text."""
        return next(iter(self.values(name)), "")


async def exchange(
    client: httpx.AsyncClient, answer: Answer, kind: Kind, conditions: Mapping[str, str], limits: Limits
) -> None:
    """Ask for `answer.url` and fill in the answer, within what is left of the deadline.

    The deadline is by the clock on the wall: httpx's own timeouts start again with every byte that drips in.
    Raises WebFailure for all that the network and the outlet do wrong; status and headers are filled in if they came.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        async with asyncio.timeout(max(0.0, limits.deadline_seconds - answer.spent)):
            try:
                await _ask(client, answer, kind, conditions, limits)
            except _GivenUp:
                await _ask(client, answer, kind, conditions, limits)
    except TimeoutError as error:
        raise WebFailure("timeout", f"not done in {limits.deadline_seconds:g} s") from error
    except httpcore.TimeoutException as error:
        raise WebFailure("timeout", f"no connection in {limits.connect_seconds:g} s") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
        raise _named(error, answer) from error
    finally:
        answer.spent += loop.time() - began


def _named(error: Exception, answer: Answer) -> WebFailure:
    """Return the failure that a library's error stands for; the stage it came at says most."""
    if answer.status is not None:
        return WebFailure("truncated", "connection closed in the middle of the body")
    if any(isinstance(e, ssl.SSLError) for e in (error, error.__cause__, error.__context__)):
        return WebFailure("tls", "no trusted TLS connection")
    if _is_hang_up(error):
        return WebFailure("connect", "connection closed before an answer")
    return WebFailure("bad_response", "the answer is not HTTP")


class _GivenUp(httpcore.NetworkError):
    """The server closed a kept connection just when it was used again; a new one may serve."""


async def _send(client: httpx.AsyncClient, url: httpx.URL, conditions: Mapping[str, str]) -> httpx.Response:
    connected: list[str] = []

    async def trace(event: str, _: object) -> None:
        if event == "connection.connect_tcp.started":
            connected.append(event)

    request = client.build_request("GET", url, headers=conditions, extensions={"trace": trace})
    try:
        return await client.send(request, stream=True, follow_redirects=False)
    except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
        if connected or not _is_hang_up(error):
            raise
        raise _GivenUp from error


def _is_hang_up(error: Exception) -> bool:
    return isinstance(error, httpcore.NetworkError) or "disconnected" in str(error)


async def _ask(
    client: httpx.AsyncClient, answer: Answer, kind: Kind, conditions: Mapping[str, str], limits: Limits
) -> None:
    answer.status, answer.headers, answer.wire, answer.cut = None, (), b"", None
    response = await _send(client, answer.url, conditions)
    try:
        answer.status = response.status_code
        answer.headers = tuple((_text(k), _text(v)) for k, v in response.extensions[RECEIVED_HEADERS])
        if _is_whole(answer.status) or (answer.status == PARTIAL and "range" in conditions):
            await _read(answer, response, limits.most_bytes(kind), cut=kind == "robots")
        elif answer.status >= 400:
            answer.wire, answer.cut = await _beginning(response, limits.error_bytes, limits.error_seconds)
        else:  # read to its near end, so that the connection stays open
            await _beginning(response, DRAIN_BYTES, DRAIN_SECONDS)
        _judge(answer, conditions)
    finally:
        await response.aclose()


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _judge(answer: Answer, conditions: Mapping[str, str]) -> None:
    """Raise WebFailure where the status says that this is not what was asked for."""
    status = answer.status or 0
    if status >= 400:
        raise WebFailure("http_status", f"answered {status}")
    asked_for = (status == 304 and conditions.keys() & CONDITIONS) or (status == PARTIAL and "range" in conditions)
    if status in REDIRECTS or asked_for:
        return
    if not _is_whole(status):
        raise WebFailure("bad_response", f"answered {status}, which was not asked for")


def _is_whole(status: int) -> bool:
    return 200 <= status < 300 and status != PARTIAL


async def _beginning(response: httpx.Response, most: int, seconds: float) -> tuple[bytes, str | None]:
    """Return what comes of a body in this size and time, and why it ends early, in the words of WARC-Truncated."""
    wire = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in response.aiter_raw():
                wire += part
                if len(wire) > most:
                    return bytes(wire[:most]), "length"
    except TimeoutError:
        return bytes(wire), "time"
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError):
        return bytes(wire), "disconnect"
    return bytes(wire), None


async def _read(answer: Answer, response: httpx.Response, most: int, *, cut: bool) -> None:
    """Read and decode the body; with `cut`, what goes over the size is left out instead of being a failure."""
    length = answer.first("content-length")
    if not cut and length.isdecimal() and int(length[:18]) > most:
        raise WebFailure("too_large", f"a body of {int(length[:18]):,} bytes, more than {most:,}")
    decoder = content_decoder(answer.values("content-encoding"), most)
    wire = bytearray()
    try:
        async for part in response.aiter_raw():
            decoder.feed(part)
            wire += part
            if len(wire) > most:
                raise WebFailure("too_large", f"a body of more than {most:,} bytes")
    except WebFailure as error:
        if not (cut and error.reason == "too_large"):
            raise
        answer.wire, answer.body = bytes(wire), decoder.so_far()
    else:
        answer.wire, answer.body = bytes(wire), decoder.finish()
