"""A model hub on this machine: HTTP, redirects and hashes as Hugging Face sends them; faults."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "c0ffee" * 6 + "c0ff"


class Hub:
    """What it holds, how it misbehaves, and what it was asked."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.address = ""
        self.commit = COMMIT
        self.large = True
        """Large files are redirected and named by SHA-256, small ones by git's SHA-1."""
        self.nameless = False
        """Send no hash at all."""
        self.forged = ""
        """A hash to send instead of the right one."""
        self.ignores_ranges = False
        self.announces = 0
        """A length to announce instead of the right one; -1 announces none."""
        self.cuts: list[int] = []
        """Bytes after which the next connections break, in order."""
        self.pauses_after = 0
        """Bytes after which a connection stands still until `go_on`."""
        self.paused = threading.Event()
        self.go_on = threading.Event()
        self.refusals: list[int] = []
        """Status codes that the next requests get, in order."""
        self.asked: list[tuple[str, str]] = []
        """(path, range) of every request."""

    def url(self, name: str) -> str:
        return f"{self.address}/resolve/{self.commit}/{name}"

    def etag(self, content: bytes) -> str:
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
        return self.forged or (hashlib.sha256(content) if self.large else blob).hexdigest()

    def bodies(self) -> list[str]:
        """The ranges of the requests that reached the content."""
        return [asked for path, asked in self.asked if path.startswith("/cdn/") or not self.large]


@contextmanager
def hub() -> Iterator[Hub]:
    """A hub that answers while this lasts."""
    held = Hub()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(held, self)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    held.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(held: Hub, request: BaseHTTPRequestHandler) -> None:
    asked = request.headers.get("Range", "")
    held.asked.append((request.path, asked))
    name = request.path.rsplit("/", 1)[-1]
    content = held.files.get(name)
    status = held.refusals.pop(0) if held.refusals else 404 if content is None else 0
    if status or content is None:
        request.send_error(status)
        return
    if held.large and request.path.startswith("/resolve/"):
        request.send_response(302)
        _named(held, request, content)
        request.send_header("Location", f"{held.address}/cdn/{name}")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    start = 0
    if asked and not held.ignores_ranges:
        start = int(asked.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            request.send_error(416)
            return
        request.send_response(206)
        request.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    else:
        request.send_response(200)
    if not held.large:
        _named(held, request, content)
    if held.announces >= 0:
        request.send_header("Content-Length", str(held.announces or len(content) - start))
    request.end_headers()
    body = content[start:]
    if held.pauses_after:
        request.wfile.write(body[: held.pauses_after])
        held.paused.set()
        held.go_on.wait()
        return
    with contextlib.suppress(ConnectionError):
        request.wfile.write(body[: held.cuts.pop(0)] if held.cuts else body)


def _named(held: Hub, request: BaseHTTPRequestHandler, content: bytes) -> None:
    request.send_header("X-Repo-Commit", held.commit)
    if not held.nameless:
        request.send_header("X-Linked-ETag" if held.large else "ETag", f'"{held.etag(content)}"')
        request.send_header("X-Linked-Size", str(len(content)))
