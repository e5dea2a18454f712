"""Length-prefixed msgspec messages over a stream socket: how the parts talk.

Four bytes of little-endian length, then MessagePack. A message over `LIMIT` is an error on either
side: nothing unbounded travels.
"""

from __future__ import annotations

import asyncio
import contextlib
import select
import socket
import struct
import threading
from typing import Any, Generic, TypeVar

import msgspec

LIMIT = 8 * 1024 * 1024
"""Bytes. Two minutes of sound fit twice."""

_HEAD = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()

T = TypeVar("T")


def pack(message: msgspec.Struct) -> bytes:
    """The bytes of one message, length first. Raises ValueError over `LIMIT`."""
    body = _encoder.encode(message)
    if len(body) > LIMIT:
        raise ValueError(f"message of {len(body)} bytes is over the limit of {LIMIT}")
    return _HEAD.pack(len(body)) + body


class ChildWire(Generic[T]):
    """The child's end: blocking, one reader thread, any number of writers."""

    def __init__(self, sock: socket.socket, incoming: Any) -> None:
        self._sock = sock
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(incoming)
        self._lock = threading.Lock()
        self._arrivals = select.poll()
        self._arrivals.register(sock, select.POLLIN)

    def send(self, message: msgspec.Struct) -> None:
        """Write one message whole. Raises OSError when the core has gone."""
        data = pack(message)
        with self._lock:
            self._sock.sendall(data)

    def receive(self) -> T | None:
        """The next message; None when the core has closed its end.

        Who waits in `recv` is woken by every message that goes out as well; who polls is not.
        """
        self._arrivals.poll()
        head = self._exactly(_HEAD.size)
        if head is None:
            return None
        (size,) = _HEAD.unpack(head)
        if size > LIMIT:
            raise ValueError(f"message of {size} bytes is over the limit of {LIMIT}")
        body = self._exactly(size)
        return None if body is None else self._decoder.decode(body)

    def retype(self, incoming: Any) -> ChildWire[Any]:
        """The same wire, reading another kind of message: after the setup come the requests."""
        other: ChildWire[Any] = ChildWire(self._sock, incoming)
        other._lock = self._lock
        return other

    def _exactly(self, count: int) -> bytes | None:
        parts = bytearray()
        while len(parts) < count:
            try:
                piece = self._sock.recv(min(count - len(parts), 1 << 16))
            except ConnectionResetError:  # the core died with something of ours unread
                piece = b""
            if not piece:
                return None
            parts += piece
        return bytes(parts)


class CoreWire(Generic[T]):
    """The core's end, on the event loop; a message over `limit` bytes ends it."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        incoming: Any,
        limit: int = LIMIT,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._limit = limit
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(incoming)

    @classmethod
    async def over(cls, sock: socket.socket, incoming: Any) -> CoreWire[T]:
        """Wrap a connected stream socket."""
        reader, writer = await asyncio.open_connection(sock=sock, limit=LIMIT)
        return cls(reader, writer, incoming)

    async def send(self, message: msgspec.Struct) -> None:
        """Write one message; waits while the child is behind. Raises OSError when it has gone."""
        self._writer.write(pack(message))
        await self._writer.drain()

    async def receive(self) -> T | None:
        """The next message; None when the child has gone."""
        try:
            (size,) = _HEAD.unpack(await self._reader.readexactly(_HEAD.size))
            if size > self._limit:
                return None
            return self._decoder.decode(await self._reader.readexactly(size))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    @property
    def ended(self) -> bool:
        """True when the other end has closed and all it said was read."""
        return self._reader.at_eof()

    def finish(self) -> None:
        """Say nothing more; what the other end still has to say can be read."""
        with contextlib.suppress(OSError):
            self._writer.write_eof()

    def close(self) -> None:
        """Close this end; the child reads its end of file and leaves."""
        self._writer.close()
