"""The way to the internet as the core sees it: a socket, one connection for each question."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import time

import msgspec
import pytest

from fakes.provider import WORDS, Provider, answer, silence, stalled, status
from fakes.provider import HEAD as BEGUN
from fakes.provider import words as piece
from roomtone.app.cloud_process import CloudProcess
from roomtone.base.message.cloud import Ask, CloudOut, Ended, Line, Look, Noted, Piece, Sending
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


def test_a_question_is_shown_before_it_leaves_and_answered_piece_by_piece(tmp_path):
    async def scene():
        async with Provider(answer()) as provider, part(tmp_path, provider.base_url):
            return provider, await talk(tmp_path, ask(provider.base_url))

    provider, said = asyncio.run(scene())
    assert isinstance(said[0], Sending)
    assert said[0].body == provider.requests[0].body
    assert [one.text for one in said if isinstance(one, Piece)] == list(WORDS)
    assert said[-1] == Ended()


def test_nothing_leaves_before_the_ledger_has_it(tmp_path):
    async def scene():
        async with Provider(answer()) as provider, part(tmp_path, provider.base_url):
            said = await talk(tmp_path, ask(provider.base_url, first_s=0.4), noted=False)
            return provider, said

    provider, said = asyncio.run(scene())
    assert [type(one) for one in said] == [Sending, Ended]
    assert said[-1].failure == "slow"
    assert provider.connections == 1
    assert provider.requests == []
