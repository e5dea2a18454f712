"""The socket is for one daemon and one user, and gone when the daemon is."""

from __future__ import annotations

import asyncio
import socket
import stat
from pathlib import Path

import pytest

from fakes.control import FakeControl
from fakes.door import served
from roomtone.base.error import OwnerError
from roomtone.web.client import Client
from roomtone.web.door import LOCKS, claim, starting
from roomtone.web.server import serve


def test_only_its_user_may_ask(tmp_path: Path) -> None:
    async def live() -> int:
        async with served(FakeControl(), tmp_path / "run" / "s"):
            return (tmp_path / "run" / "s").stat().st_mode

    mode = asyncio.run(live())
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700


def test_the_socket_of_a_service_is_for_its_group_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNTIME_DIRECTORY", str(tmp_path))
    with claim(tmp_path / "s"):
        assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o660


def test_the_socket_is_gone_afterwards(tmp_path: Path) -> None:
    async def live() -> None:
        async with served(FakeControl(), tmp_path / "s"):
            assert (tmp_path / "s").exists()

    asyncio.run(live())
    assert not (tmp_path / "s").exists()


def test_a_second_daemon_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    async def live() -> bool:
        async with served(FakeControl(), tmp_path / "s"):
            with pytest.raises(OwnerError, match="another Roomtone runs already"):
                async with served(FakeControl(), tmp_path / "s"):
                    pass
            return await asyncio.to_thread(Client([tmp_path / "s"]).running)

    assert asyncio.run(live())


def test_a_socket_that_a_dead_daemon_left_is_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "s"))

    async def live() -> bool:
        async with served(FakeControl(), tmp_path / "s"):
            return await asyncio.to_thread(Client([tmp_path / "s"]).running)

    assert asyncio.run(live())


@pytest.mark.skipif(not LOCKS.exists(), reason="the kernel does not tell of its locks")
def test_a_daemon_is_starting_from_its_claim_until_it_answers(tmp_path: Path) -> None:
    door = tmp_path / "s"
    assert not starting(door)

    async def live() -> None:
        with claim(door) as claimed:
            client = Client([door])
            assert starting(door)
            with pytest.raises(OwnerError, match="daemon is starting; `roomtone status --wait`"):
                client.status()
            async with serve(FakeControl(), claimed):
                assert await asyncio.to_thread(client.running)
            assert not starting(door), "it is ending"

    asyncio.run(live())
    assert not starting(door)


def test_what_a_dead_daemon_left_is_not_starting(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "s"))
    (tmp_path / "s.lock").touch()
    assert not starting(tmp_path / "s")
    with claim(tmp_path / "s"):
        assert not starting(tmp_path / "s", locks=tmp_path / "none")


def test_stopping_does_not_wait_for_observers(tmp_path: Path) -> None:
    control = FakeControl()

    async def live() -> None:
        async with asyncio.timeout(3), served(control, tmp_path / "s"):
            reader, writer = await asyncio.open_unix_connection(tmp_path / "s")
            writer.write(b"GET /events HTTP/1.1\r\nHost: roomtone\r\n\r\n")
            await reader.readline()
        assert not control.bulletin._queues
        writer.close()

    asyncio.run(live())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def live() -> None:
        async with served(FakeControl(), tmp_path / "file" / "s"):
            pass

    with pytest.raises(OwnerError, match=r"\[paths\] state"):
        asyncio.run(live())
