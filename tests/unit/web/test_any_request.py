"""Whatever is written to the control socket: an answer, no harm, and no word of it in the log."""

from __future__ import annotations

import io
import json
import logging
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.control import FakeControl
from fakes.door import beside
from roomtone.system.line import Line

CANARY = "xylophonecanary"
"""Stands for what somebody has said; it is in every request."""

PATIENCE = 5.0
"""Seconds in which each request must be answered."""

PATHS = [
    "/status", "/metrics", "/false-wake", "/ask", "/say", "/listen", "/hush", "/mute", "/guest",
    "/reload", "/timers", "/alarms", "/history", "/explain/last", "/explain/1", "/search",
    "/export", "/forget", "/forget-matching", "/notes", "/notes/forget", "/cloud", "/cloud/allow",
    "/cloud/deny", "/cloud/ledger", "/memory", "/memory/check", "/memory/snapshot",
    "/memory/restore", "/memory/protect", "/memory/unlock",
]  # fmt: skip
METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "SING"]
FIELDS = ["text", "words", "what", "ids", "on", "limit", "passphrase", "provider", "model"]
HEADERS = [
    "Accept", "Content-Encoding", "Content-Type", "Cookie", "Expect", "Host", "If-Match", "Range",
    "Transfer-Encoding", "Upgrade", "X-Anything",
]  # fmt: skip
VALUES = ["gzip", "deflate", "br", "100-continue", "chunked", "websocket", "text/plain; charset=no"]


def as_json(data: object) -> bytes:
    return json.dumps(data).encode()


plain = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)
scalar = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
scalar |= st.sampled_from([CANARY, "last", "today", "all", "1", "https://api.openai.com/v1"])
value = st.recursive(scalar, lambda inner: st.lists(inner, max_size=4), max_leaves=6)
fields = st.dictionaries(st.sampled_from([*FIELDS, "context", CANARY]), value, max_size=4)
jsons = fields.map(as_json)
FORMS = {
    "/ask": ["text"],
    "/say": ["text"],
    "/mute": ["on"],
    "/guest": ["on"],
    "/search": ["words", "limit"],
    "/forget": ["what"],
    "/forget-matching": ["text"],
    "/notes/forget": ["ids"],
    "/cloud/allow": ["provider", "model", "context"],
    "/memory/protect": ["passphrase"],
    "/memory/unlock": ["passphrase"],
}
"""Path -> the fields that its body has."""

forms = st.sampled_from(sorted(FORMS)).flatmap(
    lambda path: st.tuples(
        st.just(path), st.fixed_dictionaries(dict.fromkeys(FORMS[path], value)).map(as_json)
    )
)
bodies = jsons | st.binary(max_size=200) | st.sampled_from([b"[" * 16000, b"x" * 20000, b"\xff"])
header = st.tuples(st.sampled_from(HEADERS), st.sampled_from(VALUES) | plain)
queries = st.sampled_from(["", "?limit=", "?turn=1", "?limit=5&turn="]) | plain.map("?{}".format)

CALM = settings(
    max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """Everything that a daemon with the least of secrecy, level debug, would write."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler, journal in zip(handlers, (True, False), strict=True):
        handler.setFormatter(Line(journal=journal))
        root.addHandler(handler)
    yield stream
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)


@pytest.fixture(scope="module")
def door(tmp_path_factory, log) -> Iterator[str]:
    """The path of a control socket that is served."""
    path = tmp_path_factory.mktemp("door") / "s"
    with beside(FakeControl(), path):
        yield str(path)


def connected(door: str) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX)
    sock.settimeout(PATIENCE)
    sock.connect(door)
    return sock


def status_of(answer: bytes) -> int:
    return int(answer.split(None, 2)[1])


def written(method: str, target: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: roomtone", "Connection: close"]
    lines += [f"{name}: {text}" for name, text in headers]
    lines += [f"Content-Length: {len(body)}", f"X-Said: {CANARY}", "", ""]
    return "\r\n".join(lines).encode() + body


@CALM
@given(
    method=st.sampled_from(METHODS),
    path=st.sampled_from(PATHS) | plain.map(lambda text: f"/{CANARY}{text}"),
    query=queries,
    headers=st.lists(header, max_size=3),
    body=bodies,
)
def test_any_request_is_answered_and_none_is_the_servers_fault(
    door, log, method, path, query, headers, body
):
    with connected(door) as sock:
        sock.sendall(written(method, path + query, headers, body))
        answer = b""
        while b"\r\n\r\n" not in answer and (piece := sock.recv(65536)):
            answer += piece
        assert 100 <= status_of(answer) < 500
    assert CANARY not in log.getvalue()


@CALM
@given(form=forms)
def test_a_body_with_the_right_fields_and_any_values_is_taken_or_refused(door, log, form):
    path, body = form
    with connected(door) as sock:
        sock.sendall(written("POST", path, [], body))
        assert status_of(sock.recv(65536)) in {200, 400, 409}
    assert CANARY not in log.getvalue()


@CALM
@given(
    start=st.sampled_from([b"", b"GET /status", b"POST /ask HTTP/1.1\r\n", b"PRI * HTTP/2.0\r\n"]),
    rest=st.binary(max_size=300),
    end=st.sampled_from([b"", b"\r\n\r\n", b"\0", CANARY.encode() + b"\r\n\r\n"]),
)
def test_what_is_no_request_harms_nobody(door, log, start, rest, end):
    with connected(door) as sock:
        sock.sendall(CANARY.encode() * (not start) + start + rest + end)
        sock.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := sock.recv(65536):
            answer += piece
    assert not answer or 200 <= status_of(answer) < 500
    with connected(door) as sock:
        sock.sendall(written("GET", "/status", [], b""))
        assert status_of(sock.recv(65536)) == 200
    assert CANARY not in log.getvalue()


@CALM
@given(passphrase=st.text(max_size=40))
def test_a_passphrase_is_written_nowhere(door, log, passphrase):
    secret = CANARY + passphrase
    for path in ("/memory/unlock", "/memory/protect"):
        with connected(door) as sock:
            body = json.dumps({"passphrase": secret}).encode()
            sock.sendall(written("POST", path, [], body))
            answer = sock.recv(65536)
        assert status_of(answer) == 200
        assert CANARY.encode() not in answer
    assert CANARY not in log.getvalue()
