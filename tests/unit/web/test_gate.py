"""The gate of the page: who is let in, and for how long."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
from aiohttp import web

from roomtone.web import gate


def application():
    app = web.Application(middlewares=[gate.guard])

    async def hello(_request):
        return web.Response(text="hello")

    app.router.add_get("/", hello)
    return app


def asked(*requests: bytes, app=None):
    """The answers to raw requests, each over its own connection; b"" where it was closed."""

    async def ask():
        door = socket.create_server(("127.0.0.1", 0))
        port = door.getsockname()[1]
        async with gate.open_door(app or application(), door):
            return await asyncio.gather(*(_one(port, request) for request in requests))

    return asyncio.run(ask())


async def _one(port, request):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def request(line="GET / HTTP/1.1", host="127.0.0.1:8470"):
    return f"{line}\r\nHost: {host}\r\n\r\n".encode()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8470", "localhost:8470", "[::1]:8470"])
def test_this_machine_under_its_own_names_is_answered_with_guarding_headers(host):
    (answer,) = asked(request(host=host))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"default-src 'self'" in answer
    assert b"Connection: close" in answer


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8470", "", "localhost.:1"]
)
def test_a_strange_name_is_misdirected(host):
    (answer,) = asked(request(host=host))
    assert answer.startswith(b"HTTP/1.1 421")
    assert b"hello" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_reading_is_answered(method):
    (answer,) = asked(request(f"{method} / HTTP/1.1"))
    assert answer.startswith(b"HTTP/1.1 405")


def test_an_address_without_a_page_is_not_found():
    (answer,) = asked(request("GET /history HTTP/1.1"))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"nosniff" in answer


def test_who_never_finishes_asking_is_cut_off_and_others_are_answered(monkeypatch):
    monkeypatch.setattr(gate, "SECONDS", 0.3)
    began = time.monotonic()
    slow, quick = asked(b"GET / HTTP/1.1\r\nHost: local", request())
    assert slow == b""
    assert quick.startswith(b"HTTP/1.1 200")
    assert time.monotonic() - began < 2


def test_a_crowd_is_sent_away(monkeypatch):
    monkeypatch.setattr(gate, "SECONDS", 0.5)
    monkeypatch.setattr(gate, "CONNECTIONS", 2)
    answers = asked(b"GET", b"GET", *(request() for _ in range(6)))
    assert answers.count(b"") >= 6


def test_an_endless_header_is_refused():
    (answer,) = asked(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")
    assert not answer.startswith(b"HTTP/1.1 200")
