"""The command line's client and the real server, over a real socket."""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakes.control import FakeControl
from fakes.door import served
from roomtone.base.error import OwnerError, PartError
from roomtone.base.event import Muted
from roomtone.web.client import Client


@pytest.fixture
def control() -> FakeControl:
    return FakeControl()


def over(control: FakeControl, folder: Path, use: Callable[[Client], Any]) -> Any:
    """What `use` makes of a client of the running server."""

    async def live() -> Any:
        async with served(control, folder / "s"):
            return await asyncio.to_thread(use, Client([folder / "s"]))

    return asyncio.run(live())


def test_every_command_reaches_the_conversation(control: FakeControl, tmp_path: Path) -> None:
    def use(client: Client) -> None:
        assert client.running()
        assert client.status() == {"state": "asleep", "muted": False}
        client.say("Hello.")
        client.listen()
        client.hush()
        assert client.false_wake()
        assert client.learnt()["false_alarms"] == 2
        client.enroll("hey_jarvis", "Ada", b"\x00\x01\x02\x03", 0.5)
        assert client.forget_voice("Ada") == 1
        client.forget_voice(None)
        client.mute(on=True)
        client.mute(on=False)
        assert client.reload() == ["wake"]
        (timer,) = client.timers()
        assert (timer["id"], timer["name"], timer["due"]) == (1, "egg", 99.0)
        assert client.alarms() == [{"id": 1, "at": "2026-11-22T07:00:00", "name": ""}]
        assert client.history(1) == [{"id": 2, "heard": "tea?"}]
        assert client.explain() == {"id": 2, "heard": "tea?"}
        assert client.explain(1) == {"id": 1, "heard": "time?"}

    over(control, tmp_path, use)
    assert control.asked == [
        ("status", None),
        ("say", "Hello."),
        ("listen", None),
        ("hush", None),
        ("false_wake", None),
        ("learnt", None),
        ("enroll", ("hey_jarvis", "Ada", b"\x00\x01\x02\x03", 0.5)),
        ("forget_voice", "Ada"),
        ("forget_voice", None),
        ("mute", True),
        ("mute", False),
        ("reload", None),
        ("timers", None),
        ("alarms", None),
        ("history", 1),
        ("explain", None),
        ("explain", 1),
    ]


def test_every_command_about_what_is_kept_reaches_the_conversation(
    control: FakeControl, tmp_path: Path
) -> None:
    def use(client: Client) -> None:
        assert client.search("tea", 5) == [{"id": 2, "heard": "tea?"}]
        assert [record["kind"] for record in client.export()] == ["turn", "turn"]
        assert client.forget("today") == 2
        assert client.forget_matching("tea") == 3
        assert client.notes() == control.kept_notes
        assert client.drop_notes([1, 2]) == 1
        client.guest(on=True)
        assert client.memory()["turns"] == 2
        assert client.check_memory() == []
        assert client.snapshot()["bytes"] == 40960
        assert client.restore()["lost_s"] == 60
        assert client.protect("open sesame")["kind"] == "file"
        client.protect(None)
        client.unlock("open sesame")

    over(control, tmp_path, use)
    assert control.asked == [
        ("search", ("tea", 5)),
        ("export", None),
        ("forget", "today"),
        ("forget_matching", "tea"),
        ("notes", None),
        ("drop_notes", [1, 2]),
        ("guest", True),
        ("memory", None),
        ("check_memory", None),
        ("snapshot", None),
        ("restore", None),
        ("protect", "open sesame"),
        ("protect", None),
        ("unlock", "open sesame"),
    ]


def test_every_command_about_the_cloud_reaches_the_conversation(
    control: FakeControl, tmp_path: Path
) -> None:
    def use(client: Client) -> None:
        assert client.cloud()["policy"] == "local-first"
        client.allow("https://api.openai.com/v1", "gpt-4o-mini", 2)
        client.deny()
        assert client.ledger(5) == control.entries
        assert client.ledger(5, turn=9) == []

    over(control, tmp_path, use)
    by = pwd.getpwuid(os.geteuid()).pw_name
    assert control.asked == [
        ("cloud", None),
        ("allow", (control.terms, by)),
        ("deny", None),
        ("ledger", (5, None)),
        ("ledger", (5, 9)),
    ]


def test_an_export_that_breaks_off_is_no_export(control: FakeControl, tmp_path: Path) -> None:
    control.breaks_off = PartError("store", "the disk is gone")
    with pytest.raises(OwnerError, match="store: the disk is gone"):
        over(control, tmp_path, lambda client: list(client.export()))


def test_an_export_whose_daemon_dies_is_no_export(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()

        async def live() -> None:
            client = Client([tmp_path / "s"])
            asked = asyncio.create_task(asyncio.to_thread(lambda: list(client.export())))
            accepted, _ = await asyncio.to_thread(listening.accept)
            accepted.recv(1000)
            head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            accepted.sendall(head + b'9\r\n{"id": 1}\r\n1\r\n\n\r\n')
            accepted.close()
            with pytest.raises(OwnerError, match="went away"):
                await asked

        asyncio.run(live())


def test_an_answer_comes_event_by_event(control: FakeControl, tmp_path: Path) -> None:
    events = over(control, tmp_path, lambda client: list(client.ask("what time is it")))
    assert [event["event"] for event in events] == ["reply_started", "sentence", "reply_finished"]
    assert events[1]["text"] == "Grüße.\nNoon."
    assert control.asked == [("ask", "what time is it")]


def test_events_are_followed_as_they_happen(control: FakeControl, tmp_path: Path) -> None:
    async def live() -> list[dict[str, Any]]:
        async with served(control, tmp_path / "s"):
            client = Client([tmp_path / "s"])
            two = asyncio.create_task(
                asyncio.to_thread(lambda: list(itertools.islice(client.events(), 2)))
            )
            while not control.bulletin._queues:  # noqa: ASYNC110 - it tells nobody who follows
                await asyncio.sleep(0)
            control.bulletin.publish(Muted(t=1.0, on=True))
            control.bulletin.publish(Muted(t=2.0, on=False))
            return await two

    assert [event["on"] for event in asyncio.run(live())] == [True, False]


@pytest.mark.parametrize(
    "problem", [OwnerError("the model is missing; pull it"), PartError("ear", "went away")]
)
def test_a_problem_is_told_as_the_conversation_told_it(
    control: FakeControl, tmp_path: Path, problem: OwnerError | PartError
) -> None:
    control.problem = problem
    with pytest.raises(OwnerError) as told:
        over(control, tmp_path, lambda client: client.listen())
    assert str(told.value) == str(problem)


def test_a_problem_in_the_middle_of_an_answer_is_told(control: FakeControl, tmp_path: Path) -> None:
    control.breaks_off = PartError("thinker", "went away")
    with pytest.raises(OwnerError, match="thinker: went away"):
        over(control, tmp_path, lambda client: list(client.ask("why")))


def test_without_a_daemon_it_says_how_to_start_one(tmp_path: Path) -> None:
    client = Client([tmp_path / "a", tmp_path / "b"])
    assert not client.running()
    with pytest.raises(OwnerError, match="roomtone run"):
        client.status()


def test_the_second_socket_is_asked_when_the_first_is_dead(
    control: FakeControl, tmp_path: Path
) -> None:
    async def live() -> dict[str, Any]:
        async with served(control, tmp_path / "b"):
            client = Client([tmp_path / "a", tmp_path / "b"])
            return await asyncio.to_thread(client.status)

    assert asyncio.run(live())["state"] == "asleep"


def test_a_daemon_that_dies_in_the_middle_is_told(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        waiting = asyncio.run(dying(listening, Client([tmp_path / "s"])))
    assert waiting == "the daemon went away; ask again"


async def dying(listening: socket.socket, client: Client) -> str:
    asked = asyncio.create_task(asyncio.to_thread(client.status))
    accepted, _ = await asyncio.to_thread(listening.accept)
    accepted.recv(10)
    accepted.close()
    try:
        await asked
    except OwnerError as told:
        return str(told)
    return ""


def test_the_client_starts_without_any_library() -> None:
    script = (
        "import sys; import roomtone.web.client; "
        "print([m for m in ('aiohttp', 'numpy', 'apsw', 'asyncio') if m in sys.modules])"
    )
    env = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, check=True)
    assert done.stdout == b"[]\n"
