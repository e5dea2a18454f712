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


def test_a_question_is_shown_before_it_leaves_and_answered_piece_by_piece(tmp_path, capfd):
    async def scene():
        async with (
            Provider(answer(), status(401)) as provider,
            part(tmp_path, provider.base_url) as process,
        ):
            url = provider.base_url
            first = await talk(tmp_path, ask(url))
            silent = await talk(tmp_path, ask(url, first_s=0.3), noted=False)
            requests = len(provider.requests)
            refused = [await talk(tmp_path, ask(url)) for _ in range(2)]
            (standing,) = await talk(tmp_path, Look())
            elsewhere = await talk(tmp_path, ask("http://127.0.0.1:1/v1"))
            memory = resident(process.pid)
            return provider, first, silent, requests, refused, standing, elsewhere, memory

    provider, first, silent, requests, refused, standing, elsewhere, memory = asyncio.run(scene())
    assert isinstance(first[0], Sending)
    assert first[0].body == provider.requests[0].body
    assert [one.text for one in first if isinstance(one, Piece)] == list(WORDS)
    assert first[-1] == Ended()

    assert [type(one) for one in silent] == [Sending, Ended], "it waits for the ledger"
    assert silent[-1].failure == "slow"
    assert requests == 1, "and sends nothing meanwhile"

    assert [type(one) for one in refused[0]] == [Sending, Ended]
    assert [(len(said), said[-1].failure) for said in refused] == [(2, "refused"), (1, "refused")]
    assert standing == Standing(
        provider=provider.base_url,
        has_key=True,
        last_failure="refused",
        detail="it refused before; mend the key or [cloud] model",
    )

    assert [(type(one), one.failure) for one in elsewhere] == [(Ended, "locked")]
    assert len(provider.requests) == 2
    assert memory < 100_000

    told = capfd.readouterr().err
    assert "outcome=answered" in told
    assert not [word for word in (QUESTION, "Zubrowka", *WORDS) if word in told]


def test_what_is_given_up_is_closed_towards_the_provider_within_a_fifth_of_a_second(tmp_path):
    async def scene():
        endless = answer(["ha "] * 1000, between=0.01)
        async with Provider(endless) as provider, part(tmp_path, provider.base_url):
            wire = await connected(tmp_path)
            await wire.send(ask(provider.base_url))
            while not isinstance(one := await wire.receive(), Piece):
                assert isinstance(one, Sending)
                await wire.send(Noted())
            began = time.monotonic()
            wire.close()
            await provider.closed.wait()
            return time.monotonic() - began

    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert asyncio.run(scene()) < (0.6 if busy else 0.2)


def test_only_so_many_talk_at_a_time_and_nonsense_ends_a_connection(tmp_path):
    nonsense = [
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack("<I", 1 << 30),
        struct.pack("<I", 3) + b"abc",
        pack(Noted()),
        pack(ask("x", messages=[Line(role="user", content="a" * 300_000)])),
    ]

    async def scene():
        async with Provider() as provider, part(tmp_path, provider.base_url):
            for data in nonsense:
                reader, writer = await asyncio.open_unix_connection(str(tmp_path / "sock"))
                writer.write(data)
                with contextlib.suppress(ConnectionResetError):
                    assert await reader.read() == b""
                writer.close()
            held = [await connected(tmp_path) for _ in range(4)]
            one_more = await talk(tmp_path, Look())
            for wire in held:
                wire.close()
            await asyncio.sleep(0.1)
            return one_more, await talk(tmp_path, Look())

    one_more, again = asyncio.run(scene())
    assert one_more == [Ended(failure="failing", detail="too many questions at once")]
    assert isinstance(again[0], Standing)


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


def test_the_key_stays_in_its_process(tmp_path, capfd):
    key = tmp_path / "key"
    key.write_text(SECRET)
    key.chmod(0o600)

    async def scene():
        async with (
            Provider(status(401, {"error": {"message": SECRET}})) as provider,
            part(tmp_path, provider.base_url, more=f'key_file = "{key}"\n[log]\nlevel = "debug"\n'),
        ):
            said = await talk(tmp_path, ask(provider.base_url))
            return provider, said

    provider, said = asyncio.run(scene())
    assert provider.requests[0].headers["authorization"] == f"Bearer {SECRET}"
    assert said[-1].failure == "refused"
    told = capfd.readouterr()
    assert SECRET not in f"{said} {told.err} {told.out}"
    assert QUESTION not in f"{told.err} {told.out}"


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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_a_stranger_is_turned_away(tmp_path):
    async def scene():
        async with Provider() as provider, part(tmp_path, provider.base_url):
            await talk(tmp_path, Look())
            (tmp_path / "sock").chmod(0o777)
            return told_to(65534, tmp_path)

    assert asyncio.run(scene()) == 0


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
