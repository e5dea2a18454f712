"""Every request is answered in one line of JSON, also the ones that are wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from fakes.control import FakeControl
from fakes.door import served
from roomtone.base.error import LostError, OwnerError, PartError
from roomtone.web import api_cloud, api_memory
from roomtone.web.answer import BODY_LIMIT, STREAMS

Session = aiohttp.ClientSession


@pytest.fixture
def control() -> FakeControl:
    return FakeControl()


def over(control: FakeControl, folder: Path, use: Callable[[Session], Awaitable[Any]]) -> Any:
    async def live() -> Any:
        connector = aiohttp.UnixConnector(str(folder / "s"), limit=0)
        async with (
            served(control, folder / "s"),
            aiohttp.ClientSession("http://roomtone", connector=connector) as session,
        ):
            return await use(session)

    return asyncio.run(live())


def asked(
    control: FakeControl, folder: Path, method: str, path: str, body: bytes | None = None
) -> tuple[int, dict[str, Any]]:
    async def use(session: Session) -> tuple[int, dict[str, Any]]:
        async with session.request(method, path, data=body) as answer:
            return answer.status, json.loads(await answer.read())

    found: tuple[int, dict[str, Any]] = over(control, folder, use)
    return found


MUST = "the body must be "
TEXT = 'the body must be {"text": "1 to 2000 characters"}'
FROM_ONE = f"must be a whole number from 1 to {2**53}"
ON = 'the body must be {"on": true} or {"on": false}'


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("POST", "/ask", b"", 400, TEXT),
        ("POST", "/ask", b"not json", 400, TEXT),
        ("POST", "/ask", b'{"text": ""}', 400, TEXT),
        ("POST", "/ask", b'{"text": 5}', 400, TEXT),
        ("POST", "/ask", b'{"txt": "x"}', 400, TEXT),
        ("POST", "/ask", b'{"text": "x", "more": 1}', 400, TEXT),
        ("POST", "/ask", b'{"text": "\xff"}', 400, TEXT),
        ("POST", "/say", b'{"text": "%s"}' % (b"x" * 2001), 400, TEXT),
        ("POST", "/say", b"x" * (BODY_LIMIT + 1), 413, "the body is over 16384 bytes"),
        ("POST", "/mute", b'{"on": "yes"}', 400, ON),
        ("POST", "/mute", b'{"on": 1}', 400, ON),
        ("GET", "/history?limit=0", None, 400, "limit must be a whole number from 1 to 1000"),
        ("GET", "/history?limit=1001", None, 400, "limit must be a whole number from 1 to 1000"),
        ("GET", "/history?limit=-1", None, 400, "limit must be a whole number from 1 to 1000"),
        ("GET", "/history?limit=x", None, 400, "limit must be a whole number from 1 to 1000"),
        ("GET", "/explain/7", None, 404, "no such turn is kept"),
        ("GET", "/explain/0", None, 400, f"the turn must be a whole number from 1 to {2**53}"),
        ("GET", "/explain/first", None, 400, f"the turn must be a whole number from 1 to {2**53}"),
        ("POST", "/guest", b"{}", 400, ON),
        ("POST", "/search", b'{"words": ""}', 400, MUST + api_memory.SEARCH_FORM),
        ("POST", "/search", b'{"words": "x", "limit": 1001}', 400, MUST + api_memory.SEARCH_FORM),
        ("POST", "/forget", b'{"what": "everything"}', 400, MUST + api_memory.FORGET_FORM),
        ("POST", "/forget", b'{"what": "0"}', 400, MUST + api_memory.FORGET_FORM),
        ("POST", "/forget", b'{"what": "all\\n"}', 400, MUST + api_memory.FORGET_FORM),
        ("POST", "/forget", b'{"what": 5}', 400, MUST + api_memory.FORGET_FORM),
        ("POST", "/forget-matching", b'{"text": ""}', 400, MUST + api_memory.MATCH_FORM),
        ("POST", "/notes/forget", b'{"ids": []}', 400, MUST + api_memory.NUMBERS_FORM),
        ("POST", "/notes/forget", b'{"ids": [0]}', 400, MUST + api_memory.NUMBERS_FORM),
        ("POST", "/notes/forget", b'{"ids": ["1"]}', 400, MUST + api_memory.NUMBERS_FORM),
        ("POST", "/memory/protect", b"{}", 400, MUST + api_memory.PROTECT_FORM),
        ("POST", "/memory/unlock", b'{"passphrase": null}', 400, MUST + api_memory.UNLOCK_FORM),
        (
            "POST",
            "/cloud/allow",
            b'{"provider": "p", "model": "m"}',
            400,
            MUST + api_cloud.AGREED_FORM,
        ),
        ("GET", "/cloud/ledger?turn=", None, 400, f"the turn {FROM_ONE}"),
        ("POST", "/memory", b"", 405, "Method Not Allowed"),
        ("GET", "/memory/unlock", None, 405, "Method Not Allowed"),
        ("GET", "/", None, 404, "there is nothing at this address"),
        ("GET", "/ask", None, 405, "Method Not Allowed"),
    ],
)
def test_a_wrong_request_is_refused_in_one_line_and_changes_nothing(
    control: FakeControl,
    tmp_path: Path,
    method: str,
    path: str,
    body: bytes | None,
    status: int,
    error: str,
) -> None:
    assert asked(control, tmp_path, method, path, body) == (status, {"error": error})
    assert [what for what, _ in control.asked] in ([], ["explain"])


def test_without_a_limit_history_is_twenty_turns(control: FakeControl, tmp_path: Path) -> None:
    assert asked(control, tmp_path, "GET", "/history")[0] == 200
    assert control.asked == [("history", 20)]


@pytest.mark.parametrize(
    ("problem", "status"), [(OwnerError("do this"), 409), (PartError("ear", "is away"), 503)]
)
def test_what_the_conversation_cannot_do_has_a_status_of_its_own(
    control: FakeControl, tmp_path: Path, problem: OwnerError | PartError, status: int
) -> None:
    control.problem = problem
    assert asked(control, tmp_path, "POST", "/hush") == (status, {"error": str(problem)})


def test_an_unforeseen_error_quotes_nothing(control: FakeControl, tmp_path: Path) -> None:
    control.problem = ZeroDivisionError("canary")  # type: ignore[assignment]
    status, answer = asked(control, tmp_path, "POST", "/hush")
    assert (status, answer) == (500, {"error": "ZeroDivisionError; see the log"})


def test_an_observer_that_leaves_is_forgotten(control: FakeControl, tmp_path: Path) -> None:
    async def use(session: Session) -> None:
        async with session.get("/events"):
            await until(lambda: bool(control.bulletin._queues))
        await until(lambda: not control.bulletin._queues)
        assert not control.bulletin._queues

    over(control, tmp_path, use)


def test_an_answer_that_nobody_reads_any_more_is_given_up(
    control: FakeControl, tmp_path: Path
) -> None:
    control.hangs = True

    async def use(session: Session) -> None:
        async with session.post("/ask", json={"text": "why"}) as answer:
            await answer.content.readline()
        await asyncio.wait_for(control.given_up.wait(), 2)

    over(control, tmp_path, use)
    assert control.given_up.is_set()


def test_the_seventeenth_observer_is_refused_and_the_next_welcome(
    control: FakeControl, tmp_path: Path
) -> None:
    async def use(session: Session) -> tuple[int, int]:
        held = [await session.get("/events") for _ in range(STREAMS)]
        refused = (await session.get("/events")).status
        held[0].close()
        await until(lambda: len(control.bulletin._queues) < STREAMS)
        welcome = (await session.get("/events")).status
        return refused, welcome

    assert over(control, tmp_path, use) == (503, 200)


def test_terms_that_are_not_in_force_are_refused(control: FakeControl, tmp_path: Path) -> None:
    other = b'{"provider": "https://elsewhere.example", "model": "m", "context": 0}'
    assert asked(control, tmp_path, "POST", "/cloud/allow", other)[0] == 409


def test_a_body_that_cannot_be_unpacked_is_refused(control: FakeControl, tmp_path: Path) -> None:
    async def use(session: Session) -> int:
        packed = {"Content-Encoding": "gzip"}
        async with session.post("/say", data=b"no gzip", headers=packed, compress=False) as answer:
            return answer.status

    assert over(control, tmp_path, use) == 400
    assert control.asked == []


def test_a_part_that_lost_its_work_is_no_fault_of_the_server(
    control: FakeControl, tmp_path: Path
) -> None:
    control.problem = LostError("voice", "went away")
    assert asked(control, tmp_path, "POST", "/hush")[0] == 503


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(2):
        while not reached():  # noqa: ASYNC110 - a bulletin tells nobody who follows it
            await asyncio.sleep(0)


def test_metrics_are_text_that_prometheus_reads(control, tmp_path):
    async def use(session: Session) -> tuple[str, str]:
        async with session.get("/metrics") as answer:
            return answer.headers["Content-Type"], await answer.text()

    kind, text = over(control, tmp_path, use)
    assert kind == "text/plain; version=0.0.4; charset=utf-8"
    assert text == "roomtone_ready 1.0\n"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/wake/enroll", {"word": "a", "name": "", "weights": "AAAA", "bias": 0}),
        ("/wake/enroll", {"word": "a", "name": "b", "weights": "no base64!", "bias": 0}),
        ("/wake/enroll", {"word": "a", "name": "b"}),
        ("/wake/forget", {"name": "x" * 41}),
        ("/wake/forget", {}),
    ],
)
def test_a_voice_that_is_none_is_refused_with_the_form(control, tmp_path, path, body):
    status, told = asked(control, tmp_path, "POST", path, json.dumps(body).encode())
    assert status == 400
    assert "the body must be" in told["error"]
    assert control.asked == []


def test_a_false_wake_can_be_reported(control, tmp_path):
    assert asked(control, tmp_path, "POST", "/false-wake") == (200, {"remembered": True})
    assert control.asked == [("false_wake", None)]
