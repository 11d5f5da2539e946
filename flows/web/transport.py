"""The connections of the HTTP door: httpx over a pool that connects only to addresses that the guard has checked."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore
import httpx

from flows.web.failures import WebFailure
from flows.web.guard import AddressGuard

# A name with many dead addresses must not eat the whole deadline.
MOST_ADDRESSES = 4
RECEIVED_HEADERS = "received_headers"  # a response's extension: all headers as they came


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves and checks a name, then connects to the very address that was checked.

    Checking here and not before the request is what stops a name that resolves to one address for the check and to
    another for the connection. TLS and the Host header still carry the name.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to the first checked address that takes one."""
        addresses = (await self._guard.checked_addresses(host, port))[:MOST_ADDRESSES]
        each = timeout / len(addresses) if timeout else None
        for address in addresses:
            try:
                return await self._sockets.connect_tcp(address, port, each, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise WebFailure("connect", f"no connection on port {port}") from failed


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx's transport over guarded connections: HTTP/1.1, certificates verified, no proxy.

    Errors of httpcore come through as they are; the exchange names them. All headers are in the response's extension
    RECEIVED_HEADERS.
    """

    def __init__(self, guard: AddressGuard, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,  # the door holds one a host
            max_keepalive_connections=50,
            keepalive_expiry=15,  # seconds; pauses are shorter
            network_backend=GuardedBackend(guard),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the body of the response is not read yet."""
        url = request.url
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        # httpx reads the Location of a redirect although it is not to follow it, and raises for what it cannot read.
        shown = [(name, value) for name, value in response.headers if name.lower() != b"location"]
        extensions = {**response.extensions, RECEIVED_HEADERS: response.headers}
        return httpx.Response(response.status, headers=shown, stream=_Stream(response.stream), extensions=extensions)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()
