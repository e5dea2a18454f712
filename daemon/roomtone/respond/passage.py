"""One HTTP request to the provider: shown before it leaves, and its answer kept within bounds."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpcore2
import httpx2

from roomtone.respond.failure import ProviderError
from roomtone.respond.reach import Reach
from roomtone.respond.road import Road
from roomtone.respond.verdict import objection, refusal

KEPT = 20.0
"""Seconds for which an idle connection is kept. Home routers forget one after a minute or so."""

UNHEARD = 1500
"""Milliseconds for which sent bytes may stay unconfirmed (tcp(7), TCP_USER_TIMEOUT)."""

MOST_CONNECTIONS = 4

MOST_BYTES = 1 << 20
"""Bytes of an answer; headers are held to 100 KiB by httpcore."""

LONGEST_LINE = 64 * 1024
"""Bytes of a line of it."""

MOST_COMPLAINT = 16 * 1024
"""Bytes that are read of an answer that is an error."""

_HEADERS = {b"host", b"authorization", b"content-type", b"content-length"}
"""Of what the library would send. The rest of it describes this machine."""

_OURS = (
    (b"User-Agent", b"roomtone"),
    (b"Accept", b"text/event-stream"),
    (b"Accept-Encoding", b"identity"),
)

Told = Callable[[], Awaitable[None]]

Permit = Callable[[bytes], Awaitable[Told | None]]
"""Awaited with the body when a connection stands, before any byte of the request leaves; what it
returns is awaited when the last byte has left."""


class Passage:
    """Connections to one provider: HTTP/1.1, no proxy, no environment, certificates checked."""

    def __init__(self, reach: Reach, tls: ssl.SSLContext | None = None) -> None:
        if tls is None and reach.encrypted:
            tls = httpx2.create_ssl_context(trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEPT,
            network_backend=Road(reach),
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD)],
        )

    def attempt(self, permit: Permit) -> Attempt:
        """A transport for one request."""
        return Attempt(self._pool, permit)

    async def warm(self) -> None:
        """Load what a first connection needs."""
        await httpcore2.AnyIOBackend().sleep(0)

    async def forget(self) -> None:
        """Close the connections that nobody uses."""
        for connection in self._pool.connections:
            if connection.is_idle():
                await connection.aclose()

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class Attempt(httpx2.AsyncBaseTransport):
    """Carries one request. Raises ProviderError instead of the library's errors."""

    def __init__(self, pool: httpcore2.AsyncConnectionPool, permit: Permit) -> None:
        self._pool = pool
        self._permit = permit
        self._body = b""
        self._kept = True
        self._left: Told | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send it; the answer's body is read later, piece by piece."""
        self._body = request.content
        try:
            answer = await self._pool.handle_async_request(self._plain(request))
        except httpcore2.ConnectError as problem:
            raise _unconnected(problem) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as problem:
            raise self._broken(problem) from None
        try:
            await _insist(answer)
        except BaseException:
            await answer.aclose()
            raise
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Bounded(answer))

    def _plain(self, request: httpx2.Request) -> httpcore2.Request:
        headers = [pair for pair in request.headers.raw if pair[0].lower() in _HEADERS]
        url = request.url
        return httpcore2.Request(
            request.method,
            httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=[*headers, *_OURS],
            content=self._body,
            extensions={"trace": self._watch},
        )

    async def _watch(self, what: str, _about: dict[str, Any]) -> None:
        if what == "connection.connect_tcp.started":
            self._kept = False
        elif what == "http11.send_request_headers.started":
            self._left = await self._permit(self._body)
        elif what == "http11.send_request_body.complete" and self._left is not None:
            await self._left()

    def _broken(self, problem: Exception) -> ProviderError:
        """The connection went before an answer began."""
        if isinstance(problem, httpcore2.RemoteProtocolError) and _cause(problem) is not None:
            return ProviderError("garbled", "what came is no HTTP")
        return ProviderError(
            "failing", "the provider closes the connection", again=True, stale=self._kept
        )


class _Bounded(httpx2.AsyncByteStream):
    """The body of an answer, as long as it is of sane size."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer
        self._total = 0
        self._line = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """May be taken up again where it was left, as the library does to empty a connection."""
        stream: Any = self._answer.stream
        try:
            async for piece in stream:
                self._count(piece)
                yield piece
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            raise ProviderError("cut") from None

    def _count(self, piece: bytes) -> None:
        first, *rest = (len(line) for line in piece.split(b"\n"))
        lines = [self._line + first, *rest]
        self._total += len(piece)
        self._line = lines[-1]
        if self._total > MOST_BYTES or max(lines) > LONGEST_LINE:
            raise ProviderError("garbled", "the answer is larger than any answer may be")

    async def aclose(self) -> None:
        await self._answer.aclose()


async def _insist(answer: httpcore2.Response) -> None:
    """Raise ProviderError unless an answer is what it should be."""
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers
    }
    if (failure := objection(answer.status, headers)) is not None:
        raise failure
    if answer.status >= 400:
        body = await _complaint(answer)
        raise refusal(answer.status, headers, body, dt.datetime.now(dt.UTC))


async def _complaint(answer: httpcore2.Response) -> bytes:
    body = b""
    try:
        async for piece in answer.aiter_stream():
            body += piece
            if len(body) > MOST_COMPLAINT:
                break
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        pass
    return body


def _unconnected(problem: Exception) -> ProviderError:
    if isinstance(_cause(problem), ssl.SSLError):
        return ProviderError(
            "untrusted",
            "the provider's certificate does not hold, or a login page stands in the way; "
            "check the network and the clock",
        )
    return ProviderError("offline")


def _cause(problem: Exception) -> BaseException | None:
    """The error that the library has translated; its pool hides that."""
    return problem.__cause__ or problem.__context__
