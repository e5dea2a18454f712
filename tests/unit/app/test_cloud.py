"""The way to the internet as the core sees it: a socket, one connection for each question."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import struct
import time
from pathlib import Path

import msgspec
import pytest

from fakes.provider import WORDS, Provider, answer, status
from roomtone.app.cloud_process import CloudProcess
from roomtone.base.error import OwnerError
from roomtone.base.message.cloud import (
    Ask,
    CloudOut,
    Ended,
    Line,
    Look,
    Noted,
    Piece,
    Sending,
    Standing,
)
from roomtone.base.wire import CoreWire, pack

SECRET = "sk-canary-4711"  # noqa: S105 - looked for in what must not hold it
QUESTION = "What is the capital of Zubrowka?"


def ask(provider: str, **changes) -> Ask:
    asked = Ask(
        provider=provider,
        model="model",
        messages=[Line(role="user", content=QUESTION)],
        max_tokens=50,
        temperature=0.0,
        first_s=3.0,
        whole_s=10.0,
    )
    return msgspec.structs.replace(asked, **changes)


@contextlib.asynccontextmanager
async def part(folder, base_url: str, policy: str = "cloud-first", more: str = ""):
    """A cloud part that a core has started; its process."""
    config = folder / "config.toml"
    config.write_text(f'[cloud]\nbase_url = "{base_url}"\npolicy = "{policy}"\n{more}')
    process = CloudProcess(config, folder / "sock")
    await process.begin()
    try:
        yield process
    finally:
        await process.stop()


async def connected(folder) -> CoreWire:
    reader, writer = await asyncio.open_unix_connection(str(folder / "sock"))
    return CoreWire(reader, writer, CloudOut)


async def talk(folder, question, *, noted: bool = True) -> list:
    """Everything that the part says to one question."""
    wire = await connected(folder)
    with contextlib.suppress(ConnectionResetError):  # turned away before a word
        await wire.send(question)
    said = []
    while (one := await wire.receive()) is not None:
        said.append(one)
        if isinstance(one, Sending) and noted:
            await wire.send(Noted())
    wire.close()
    return said


def resident(pid: int) -> int:
    """Kilobytes that a process holds."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.split("VmRSS:")[1].split()[0])


class Told:
    """What one process says to everything that is tried on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memory = 0
        self.log = ""

    async def all(self) -> Told:
        """Try everything."""
        key = self.folder / "key"
        key.write_text(SECRET)
        key.chmod(0o600)
        more = f'key_file = "{key}"\n[log]\nlevel = "debug"\n'
        async with (
            Provider(answer()) as self.provider,
            part(self.folder, self.provider.base_url, more=more) as process,
        ):
            self.url = self.provider.base_url
            await self._given_up()
            self.provider.acts = [answer()]
            self.provider.requests.clear()
            await self._questions()
            await self._nonsense()
            await self._crowd()
            self.memory = resident(process.pid)
            if os.geteuid() == 0:
                (self.folder / "sock").chmod(0o777)
                self.stranger = told_to(65534, self.folder)
        return self

    async def _questions(self) -> None:
        self.first = await talk(self.folder, ask(self.url))
        self.unnoted = await talk(self.folder, ask(self.url, first_s=0.3), noted=False)
        self.elsewhere = await talk(self.folder, ask("http://127.0.0.1:1/v1"))
        self.sent = list(self.provider.requests)
        self.provider.acts = [status(401, {"error": {"message": SECRET}})]
        self.refused = [await talk(self.folder, ask(self.url)) for _ in range(2)]
        self.standing = await talk(self.folder, Look())

    async def _given_up(self) -> None:
        self.provider.acts = [answer(["ha "] * 1000, between=0.01)]
        wire = await connected(self.folder)
        await wire.send(ask(self.url, model="another"))
        while not isinstance(said := await wire.receive(), Piece):
            if isinstance(said, Sending):
                await wire.send(Noted())
            elif said is None or isinstance(said, Ended):  # a busy computer connects too slowly
                wire = await connected(self.folder)
                await wire.send(ask(self.url, model="another"))
        began = time.monotonic()
        wire.close()
        await self.provider.closed.wait()
        self.closed_after = time.monotonic() - began

    async def _nonsense(self) -> None:
        self.to_nonsense = []
        for data in NONSENSE:
            reader, writer = await asyncio.open_unix_connection(str(self.folder / "sock"))
            writer.write(data)
            with contextlib.suppress(ConnectionResetError):
                self.to_nonsense.append(await reader.read())
            writer.close()

    async def _crowd(self) -> None:
        held = [await connected(self.folder) for _ in range(4)]
        self.one_more = await talk(self.folder, Look())
        for wire in held:
            wire.close()
        await asyncio.sleep(0.1)
        self.again = await talk(self.folder, Look())


NONSENSE = [
    b"GET / HTTP/1.1\r\n\r\n",
    struct.pack("<I", 1 << 30),
    struct.pack("<I", 3) + b"abc",
    pack(Noted()),
    pack(ask("x", messages=[Line(role="user", content="a" * 300_000)])),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Told:
    folder = tmp_path_factory.mktemp("cloud")
    kept = os.dup(2)
    with (folder / "log").open("wb") as log:
        os.dup2(log.fileno(), 2)
        try:
            done = asyncio.run(Told(folder).all())
        finally:
            os.dup2(kept, 2)
            os.close(kept)
    done.log = (folder / "log").read_text()
    return done


def test_a_question_is_shown_before_it_leaves_and_answered_piece_by_piece(told):
    assert isinstance(told.first[0], Sending)
    assert told.first[0].body == told.sent[0].body
    assert [one.text for one in told.first if isinstance(one, Piece)] == list(WORDS)
    assert told.first[-1] == Ended()


def test_nothing_leaves_before_the_ledger_has_it(told):
    assert [type(one) for one in told.unnoted] == [Sending, Ended]
    assert told.unnoted[-1].failure == "slow"
    assert len(told.sent) == 1


def test_another_provider_than_its_own_is_not_asked(told):
    assert [(type(one), one.failure) for one in told.elsewhere] == [(Ended, "locked")]


def test_a_refused_key_is_tried_once_and_told(told):
    said = [(len(one), one[-1].failure) for one in told.refused]
    assert said == [(3, "refused"), (1, "refused")]
    (standing,) = told.standing
    assert (standing.provider, standing.has_key, standing.last_failure) == (
        told.url,
        True,
        "refused",
    )
    assert "tried again in" in standing.detail


def test_what_is_given_up_is_closed_towards_the_provider_within_a_fifth_of_a_second(told):
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert told.closed_after < (0.6 if busy else 0.2)


def test_nonsense_ends_its_connection_and_nothing_else(told):
    assert set(told.to_nonsense) == {b""}


def test_only_four_talk_at_a_time(told):
    assert told.one_more == [Ended(failure="failing", detail="too many questions at once")]
    assert isinstance(told.again[0], Standing)


def test_neither_key_nor_words_are_told_to_anybody_else(told):
    assert told.sent[0].headers["authorization"] == f"Bearer {SECRET}"
    assert "outcome=answered" in told.log
    everything = f"{told.log} {told.first} {told.refused} {told.standing}"
    assert SECRET not in everything
    assert not [words for words in (QUESTION, "Zubrowka", *WORDS) if words in told.log]


def test_it_is_small(told):
    assert told.memory < 100_000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_stranger_is_turned_away(told):
    assert told.stranger == 0


def test_it_is_locked_by_its_own_configuration_and_follows_it(tmp_path, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    url = "https://provider.example/v1"

    async def scene():
        async with part(tmp_path, url, policy="local"):
            said = [await talk(tmp_path, ask(url)), await talk(tmp_path, Look())]
            (tmp_path / "config.toml").write_text(f'[cloud]\nbase_url="{url}"\npolicy="race"\n')
            said.append(await talk(tmp_path, ask(url)))
            (tmp_path / "config.toml").write_text("[cloud\n")
            return [*said, await talk(tmp_path, ask("other")), await talk(tmp_path, Look())]

    locked, standing, keyless, broken, told = asyncio.run(scene())
    assert [one.failure for one in locked] == ["locked"]
    assert (standing[0].last_failure, standing[0].has_key) == ("locked", False)
    assert [one.failure for one in keyless] == ["no_key"]
    assert [one.failure for one in broken] == ["locked"]
    assert "mistake" in told[0].detail


def test_it_comes_when_called_comes_back_when_it_dies_and_goes_with_its_core(tmp_path):
    async def scene():
        async with Provider() as provider, part(tmp_path, provider.base_url) as process:
            mode = (tmp_path / "sock").stat().st_mode & 0o777
            idle = process.pid
            await process.begin()
            await talk(tmp_path, Look())
            first = process.pid
            os.kill(first, signal.SIGKILL)
            said = await talk(tmp_path, ask(provider.base_url))
            second = process.pid
            return mode, idle, first, said, second

    mode, idle, first, said, second = asyncio.run(scene())
    assert (mode, idle) == (0o600, None)
    assert first != second
    assert said[-1] == Ended()
    assert not (tmp_path / "sock").exists()
    assert not Path(f"/proc/{second}").exists()


def test_a_socket_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnerError, match="cannot be made"):
        asyncio.run(CloudProcess(None, tmp_path / "file" / "sock").begin())


def told_to(user: int, folder: Path) -> int:
    """Bytes that a user is told when he connects and looks."""
    folder.chmod(0o755)
    child = os.fork()
    if not child:
        told = 255
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as door:
            os.chdir(folder)
            os.setuid(user)
            door.connect("sock")
            told = len(door.recv(100))
        os._exit(told)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
