"""A provider on the loopback that keeps what it is sent, to the byte, and answers word by word."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time

WORDS = ("The provider ", "answers this ", "question here. ")

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
)

PAUSE = 0.1
"""Seconds between two words of a slow answer."""

LONGEST = 100
"""Words of a slow answer."""


class Recorder:
    """Use with `with`. It counts connections, also those over which nothing comes."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}/v1"
        self.slow = False
        """Whether an answer goes on until the other side has closed."""
        self.connections = 0
        self.bodies: list[bytes] = []
        self.speaking = threading.Event()
        """Set when a slow answer has begun."""
        self.left = threading.Event()
        """Set when the other side has closed in a slow answer."""

    def __enter__(self) -> Recorder:
        threading.Thread(target=self._receive, name="recorder", daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._door.close()

    def clear(self) -> None:
        """Forget what came so far."""
        self.connections = 0
        self.bodies.clear()
        self.speaking.clear()
        self.left.clear()

    def _receive(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._door.accept()
                self.connections += 1
                threading.Thread(target=self._hear, args=(caller,), daemon=True).start()

    def _hear(self, caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError, ValueError):
            head, _, body = b"", b"", b""
            while b"\r\n\r\n" not in head:
                if not (piece := caller.recv(65536)):
                    return
                head += piece
            head, _, body = head.partition(b"\r\n\r\n")
            length = next(
                int(line.split(b":")[1])
                for line in head.splitlines()
                if line.lower().startswith(b"content-length:")
            )
            while len(body) < length:
                body += caller.recv(65536)
            self.bodies.append(body)
            self._answer(caller)

    def _answer(self, caller: socket.socket) -> None:
        caller.sendall(HEAD)
        for number in range(LONGEST if self.slow else len(WORDS)):
            caller.sendall(_piece({"content": WORDS[number % len(WORDS)]}))
            if self.slow:
                self.speaking.set()
                caller.settimeout(PAUSE)
                with contextlib.suppress(TimeoutError):
                    while caller.recv(4096):
                        pass
                    self.left.set()
                    return
        caller.sendall(_piece({}, "stop") + _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")
        time.sleep(PAUSE)


def _piece(delta: dict[str, str], ended: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": ended}
    data = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "recorder"}
    return _chunk(f"data: {json.dumps(data | {'choices': [choice]})}\n\n".encode())


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)
