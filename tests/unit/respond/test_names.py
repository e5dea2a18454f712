"""Names are looked up beside the conversation."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from roomtone.respond.failure import ProviderError
from roomtone.respond.names import MOST_WORKERS, Names, look_up


def test_the_systems_resolver_is_asked():
    assert "127.0.0.1" in look_up("localhost")


def test_who_waits_for_the_same_name_shares_one_lookup_and_later_nobody_looks_again():
    looks = []

    def look(host):
        looks.append(host)
        return ["1.1.1.1"]

    async def scene():
        names = Names(look)
        both = await asyncio.gather(names.addresses("a"), names.addresses("a"))
        assert both == [["1.1.1.1"], ["1.1.1.1"]]
        await names.addresses("a")
        assert looks == ["a"]
        names.forget()
        await names.addresses("a")
        assert looks == ["a", "a"]

    asyncio.run(scene())


def test_an_answer_that_comes_too_late_is_there_for_the_next_question():
    go_on = threading.Event()

    def look(_host):
        go_on.wait(5)
        return ["1.1.1.1"]

    async def scene():
        names = Names(look)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await names.addresses("a")
        go_on.set()
        return await names.addresses("a")

    assert asyncio.run(scene()) == ["1.1.1.1"]


@pytest.mark.parametrize("problem", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_told_and_asked_anew(problem):
    looks = []

    def look(host):
        looks.append(host)
        raise problem

    async def scene():
        names = Names(look)
        for _ in range(2):
            with pytest.raises(ProviderError) as told:
                await names.addresses("a")
            assert told.value.kind == "offline"

    asyncio.run(scene())
    assert len(looks) == 2


def test_a_silent_name_server_holds_up_neither_many_workers_nor_the_end():
    hang = threading.Event()

    async def scene():
        names = Names(lambda _host: hang.wait(5) and [])
        for number in range(MOST_WORKERS):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await names.addresses(str(number))
        with pytest.raises(ProviderError, match="does not answer"):
            await names.addresses("one more")

    began = time.monotonic()
    asyncio.run(scene())
    assert time.monotonic() - began < 1
    hang.set()
