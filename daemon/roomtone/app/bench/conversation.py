"""A long conversation with the language model: does the last answer begin as soon as the first."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from roomtone.app.bench.figures import plain
from roomtone.app.bench.oracle import PLACE, Known
from roomtone.app.bench.product import FORCED, configured, cpu_of
from roomtone.app.bench.sentences import QUESTIONS
from roomtone.app.bench.shapes.models import Models, Tell
from roomtone.app.build import Core, build
from roomtone.app.config import Config
from roomtone.app.run import START_PATIENCE, alive
from roomtone.turn.port import Answer, Sound

PAGE = os.sysconf("SC_PAGE_SIZE")


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """One turn."""

    first: float
    """Seconds from the question to the first piece of its answer."""
    cpu: float
    """Processor seconds of the thinker: question, answer, and what is read ahead of the next."""
    memory: float
    """Megabytes that the thinker holds."""
    core: float
    """Megabytes that this process holds."""


def converse(turns: int, models: Models, config: Config, tell: Tell) -> list[Spent]:
    """Ask `turns` questions in one conversation. Raises OwnerError, PartError."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "oracle.json"
        place.write_bytes(msgspec.json.encode(_known()))
        os.environ[PLACE] = str(place)
        return asyncio.run(_converse(turns, models, configured(config, models), tell))


def _known() -> Known:
    answers = {plain(one.text): one.answer.split(". ")[0] for one in QUESTIONS}
    return Known(recording="", labels=[], answers=answers)


async def _converse(turns: int, models: Models, config: Config, tell: Tell) -> list[Spent]:
    core = await build(config, private=True)
    child = core.thinker.child
    if models.forced:
        child.module = FORCED["thinker"]
    try:
        async with alive(child):
            await child.ready(START_PATIENCE)
            spent = []
            for number in range(turns):
                tell(f"Turn {number + 1} of {turns} of a conversation")
                spent.append(await _turn(core, number))
            return spent
    finally:
        await core.memory.close()


async def _turn(core: Core, number: int) -> Spent:
    question = QUESTIONS[number % len(QUESTIONS)].text
    pid = core.thinker.child.pid or 0
    before, began, first, pieces = cpu_of(pid), time.monotonic(), 0.0, []
    system, history = core.answerer.context()
    async for piece in core.thinker.think(system, history, question, ""):
        first = first or time.monotonic() - began
        pieces.append(piece)
    answer = Answer(by="llama", sentences=_nothing())
    core.answerer.remember(question, "".join(pieces).strip(), answer)
    await core.thinker.warm(*core.answerer.context())
    cpu = cpu_of(pid) - before
    return Spent(first=first, cpu=cpu, memory=memory_of(pid), core=memory_of(os.getpid()))


async def _nothing() -> AsyncIterator[str | Sound]:
    return
    yield ""


def memory_of(pid: int) -> float:
    """Megabytes of memory that a process holds; 0 when it is gone."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * PAGE / 1e6
