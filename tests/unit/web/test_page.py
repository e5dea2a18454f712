"""The page: the state of the core, and nothing else of it."""

from __future__ import annotations

import asyncio

from aiohttp.test_utils import TestClient, TestServer

from roomtone.base.error import OwnerError
from roomtone.web.page import page

STATUS = {
    "state": "asleep",
    "muted": False,
    "version": "1",
    "faults": [],
    "timers": 3,
    "parts": {"ear": {"pid": 4, "input": "a microphone"}},
}


def visited(ask, *paths):
    """(status, body) of each path, visited one after another by a browser of this machine."""

    async def visit():
        answers = []
        async with TestClient(TestServer(page(ask))) as client:
            for path in paths:
                async with client.get(path, headers={"Host": "localhost"}) as answer:
                    answers.append((answer.status, await answer.text()))
        return answers

    return asyncio.run(visit())


def test_the_page_and_what_it_needs_come_from_this_machine():
    answers = visited(lambda: STATUS, "/", "/page.css", "/page.js")
    assert [status for status, _body in answers] == [200, 200, 200]
    assert "http" not in answers[0][1].replace("http-equiv", "")


def test_the_status_is_the_cores_without_what_the_page_does_not_show():
    ((status, body),) = visited(lambda: STATUS, "/status")
    assert status == 200
    assert '"asleep"' in body
    assert "timers" not in body
    assert "pid" not in body


def test_many_readers_are_one_question_to_the_core():
    asked = []

    def ask():
        asked.append(1)
        return STATUS

    visited(ask, *["/status"] * 5)
    assert len(asked) == 1


def test_a_core_that_is_away_is_told():
    def ask():
        raise OwnerError("no daemon is running; start it")

    ((status, body),) = visited(ask, "/status")
    assert status == 503
    assert "no daemon is running" in body
