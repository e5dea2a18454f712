"""Of several failures of ours at once, one is told."""

from __future__ import annotations

import asyncio

import pytest

from roomtone.base.error import OwnerError, PartError, first_of_group


async def fails(*problems):
    async def fail(problem):
        await asyncio.sleep(0)
        raise problem

    with first_of_group():
        async with asyncio.TaskGroup() as group:
            for problem in problems:
                group.create_task(fail(problem))


def test_the_first_of_ours_comes_out_of_its_group():
    with pytest.raises(PartError, match="voice: went away"):
        asyncio.run(fails(PartError("voice", "went away"), OwnerError("plug it in")))


def test_a_group_with_a_mistake_in_it_stays_whole():
    with pytest.raises(ExceptionGroup):
        asyncio.run(fails(PartError("voice", "went away"), KeyError("x")))


def test_what_is_no_group_passes():
    with pytest.raises(KeyError), first_of_group():
        raise KeyError("x")
