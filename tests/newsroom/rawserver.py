"""A server on raw sockets, for what a web server would never send. Each path is answered by a named behaviour."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Self
from urllib.parse import unquote

BODY = b"<html><body><p>The ministry counted 4,800 soldiers at the border.</p></body></html>"
MOST_PIECES = 2_000  # what never ends by itself ends after so many pieces


@dataclass
class Call:
    """One request as it came, and what to answer it with."""

    wire: socket.socket
    room: RawServer
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes = b""

    @property
    def argument(self) -> str:
        """What stands after the question mark."""
        return unquote(self.path.partition("?")[2])

    def send(self, data: bytes) -> None:
        self.wire.sendall(data)

    def answer(self, body: bytes = BODY, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
        """Send a whole answer; `length` lies about the body's."""
        lines = [f"HTTP/1.1 {status}", *headers]
        lines.append(f"Content-Length: {len(body) if length is None else length}")
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def pieces(self, piece: bytes, pause: float = 0.0) -> None:
        """Send a piece again and again, until the peer is gone or the newsroom closes."""
        for _ in range(MOST_PIECES):
            self.send(piece)
            if pause and self.room.closing.wait(pause):
                return


Behaviour = Callable[[Call], bool | None]  # True: the connection stays open


@dataclass
class RawServer:
    """Serves from entry to exit of the `with` block; `requests` are the paths asked for, in order."""

    behaviours: Mapping[str, Behaviour] = field(
        default_factory=dict
    )  # by the first part of the path; "not_found" answers for all others
    robots: str | bytes = "not_found"  # the name of a behaviour, or the text of a robots.txt
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    requests: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    closing: Event = field(default_factory=Event)
    busiest: int = 0  # the most requests that were open at once
    _open: int = 0
    _lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> Self:
        self._listener = socket.create_server((self.host, 0), backlog=64)
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._thread.join()
        self._listener.close()

    @property
    def netloc(self) -> str:
        """Host and port, as MUSTER_ALLOW_PRIVATE takes them."""
        return f"{self.host}:{self.port}"

    def url(self, path: str = "ok", host: str | None = None) -> str:
        """Return the address of a behaviour, under another name of this host if one is given."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{host or self.host}:{self.port}/{path}"

    def _accept(self) -> None:
        while not self.closing.is_set():
            with contextlib.suppress(TimeoutError):
                wire, _ = self._listener.accept()
                Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.enter_context(wire)
            wire.settimeout(10)
            if self.tls:
                wire = stack.enter_context(self.tls.wrap_socket(wire, server_side=True))
            while call := self._read(wire):
                with self._counted():
                    if not self._behave(call):
                        return

    def _read(self, wire: socket.socket) -> Call | None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = wire.recv(65536)
            if not data:
                return None
            head += data
            if not head[:1].isalpha():  # a TLS greeting
                wire.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return None
        head, _, body = head.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        while len(body) < int(headers.get("content-length", 0)) and (data := wire.recv(65536)):
            body += data
        call = Call(wire, self, first.split(" ")[1], headers, body)
        self.requests.append(call.path)
        self.calls.append(call)
        return call

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self._open += 1
            self.busiest = max(self.busiest, self._open)
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1

    def _behave(self, call: Call) -> bool | None:
        if call.path != "/robots.txt":
            name = call.path.lstrip("/").partition("?")[0].partition("/")[0]
            return self.behaviours.get(name, self.behaviours["not_found"])(call)
        if isinstance(self.robots, bytes):
            call.answer(self.robots, "Content-Type: text/plain")
            return True
        return self.behaviours[self.robots](call)
