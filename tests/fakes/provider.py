"""A provider on loopback: real HTTP, written by hand so that it can do everything wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable, Iterable

import msgspec

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
WORDS = ("Paris", " is the capital", " of France.")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What it was sent."""

    connection: int
    head: bytes
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}


Act = Callable[[asyncio.StreamWriter], Awaitable[bool]]
"""Answers one request; False when the connection is over."""


class Provider:
    """Answers each request by the next act; the last one stays. `async with`, then `base_url`."""

    def __init__(self, *acts: Act, tls: ssl.SSLContext | None = None) -> None:
        self.acts = list(acts) or [answer()]
        self.requests: list[Request] = []
        self.port = 0
        self.connections = 0
        self.closed = asyncio.Event()
        """The last connection has been closed by the other side."""
        self._tls = tls
        self._going: set[asyncio.Task] = set()

    async def __aenter__(self) -> Provider:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_exception: object) -> None:
        self._server.close()
        for task in self._going:
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)

    @property
    def base_url(self) -> str:
        return f"http{'s' * bool(self._tls)}://127.0.0.1:{self.port}/v1"

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._going.add(task)
        self.connections += 1
        self.closed.clear()
        number = self.connections
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._one(number, reader, writer):
                    pass
        finally:
            self._going.discard(task)
            writer.close()
            self.closed.set()

    async def _one(self, number, reader, writer) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        request = Request(connection=number, head=head, body=b"")
        body = await reader.readexactly(int(request.headers.get("content-length", 0)))
        self.requests.append(msgspec.structs.replace(request, body=body))
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        acting = asyncio.ensure_future(act(writer))
        watching = asyncio.ensure_future(_left(writer))
        await asyncio.wait({acting, watching}, return_when=asyncio.FIRST_COMPLETED)
        watching.cancel()
        if acting.done():
            return acting.result()
        acting.cancel()
        return False


async def _left(writer: asyncio.StreamWriter) -> None:
    """Returns when the other side has closed, without reading what it sends."""
    while not writer.transport.is_closing():
        sock = writer.get_extra_info("socket")
        info = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
        if info[0] != 1:  # TCP_ESTABLISHED of the kernel's tcp_states.h
            return
        await asyncio.sleep(0.005)


def event(data: object) -> bytes:
    """One event of the stream, as a chunk of HTTP."""
    text = data if isinstance(data, str) else json.dumps(data)
    return chunk(f"data: {text}\n\n".encode())


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def words(text: str, *, ended: str | None = None) -> bytes:
    """A piece of an answer."""
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": ended}
    return event(
        {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        | {"choices": [choice]}
    )


END = event("[DONE]") + chunk(b"")


def answer(
    said: Iterable[str] = WORDS, ended: str = "stop", before: float = 0.0, between: float = 0.0
) -> Act:
    """A whole answer, after `before` seconds, with `between` seconds between its pieces."""

    async def act(writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(before)
        writer.write(HEAD)
        for text in said:
            writer.write(words(text))
            await writer.drain()
            await asyncio.sleep(between)
        writer.write(words("", ended=ended) + END)
        await writer.drain()
        return True

    return act


def silence() -> Act:
    """No answer, ever."""
    return stalled(b"")


def stalled(begun: bytes) -> Act:
    """It begins so, and does not go on."""

    async def act(writer: asyncio.StreamWriter) -> bool:
        writer.write(begun)
        await asyncio.sleep(60)
        return False

    return act


def raw(data: bytes, *, reset: bool = False) -> Act:
    """These bytes, then the end: properly, or with a reset."""

    async def act(writer: asyncio.StreamWriter) -> bool:
        with contextlib.suppress(OSError):
            for start in range(0, len(data), 65536):
                writer.write(data[start : start + 65536])
                await writer.drain()
        if reset:
            linger = struct.pack("ii", 1, 0)
            sock = writer.get_extra_info("socket")
            await asyncio.sleep(0.02)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        return False

    return act


def status(code: int, body: object = "", kind: str = "application/json", **headers: str) -> Act:
    """An answer that is none; `headers` with _ for -."""
    data = (body if isinstance(body, str) else json.dumps(body)).encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {code} Said\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(data)}\r\n"

    async def act(writer: asyncio.StreamWriter) -> bool:
        writer.write(head.encode() + b"\r\n" + data)
        await writer.drain()
        return True

    return act


def dripping(data: bytes, every: float) -> Act:
    """Byte by byte."""

    async def act(writer: asyncio.StreamWriter) -> bool:
        for byte in data:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(every)
        return False

    return act
