"""Messages over a socket, both ends."""

from __future__ import annotations

import asyncio
import socket
import struct

import pytest

from roomtone.base import message
from roomtone.base.wire import LIMIT, ChildWire, CoreWire, pack


def test_what_the_core_sends_the_child_reads_and_back() -> None:
    async def talk() -> None:
        ours, theirs = socket.socketpair()
        core: CoreWire[message.VoiceOut] = await CoreWire.over(ours, message.VoiceOut)
        child: ChildWire[message.VoiceIn] = ChildWire(theirs, message.VoiceIn)
        await core.send(message.Speak(job=1, text="hello"))
        assert child.receive() == message.Speak(job=1, text="hello")
        child.send(message.Spoken(job=1, pcm=b"\0" * 100_000, rate=16000))
        answer = await core.receive()
        assert isinstance(answer, message.Spoken)
        assert len(answer.pcm) == 100_000
        core.close()
        assert await asyncio.to_thread(child.receive) is None
        theirs.close()

    asyncio.run(talk())


def test_a_child_that_has_gone_reads_as_none() -> None:
    async def talk() -> None:
        ours, theirs = socket.socketpair()
        core: CoreWire[message.VoiceOut] = await CoreWire.over(ours, message.VoiceOut)
        theirs.sendall(b"\x10\0\0")
        theirs.close()
        assert await core.receive() is None
        core.close()

    asyncio.run(talk())


def test_nothing_unbounded_travels() -> None:
    with pytest.raises(ValueError, match="limit"):
        pack(message.Spoken(job=1, pcm=b"\0" * (LIMIT + 1), rate=16000))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(struct.pack("<I", LIMIT + 1))
        child: ChildWire[message.VoiceIn] = ChildWire(theirs, message.VoiceIn)
        with pytest.raises(ValueError, match="limit"):
            child.receive()
