"""The way to the internet while nobody has allowed it."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestClient, TestServer

from roomtone.web.locked import locked


def asked(method, path):
    async def ask():
        async with (
            TestClient(TestServer(locked())) as client,
            client.request(method, path, data=b"a question") as answer,
        ):
            return answer.status, await answer.json()

    return asyncio.run(ask())


def test_it_tells_that_it_is_locked():
    assert asked("GET", "/status") == (200, {"allowed": False, "sent_bytes": 0})


@pytest.mark.parametrize("path", ["/", "/ask", "/v1/chat/completions"])
def test_whatever_is_asked_is_refused_with_the_reason(path):
    status, body = asked("POST", path)
    assert status == 403
    assert "not allowed" in body["error"]
