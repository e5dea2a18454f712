"""The composition: who is told what, where only a wire between two parts makes it true."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from roomtone.app.build import Core, build
from roomtone.app.config import Config
from roomtone.base.room import DenyCloud
from roomtone.system.settings import CloudSettings, PathSettings
from roomtone.turn.consent import Terms

CLOUD = CloudSettings(policy="race")
TERMS = Terms(provider=CLOUD.base_url, model=CLOUD.model, context=CLOUD.context)


def play(folder: Path, act: Callable[[Core], Awaitable[None]], *, private: bool = False) -> None:
    async def playing() -> None:
        config = Config(paths=PathSettings(state=str(folder)), cloud=CLOUD)
        core = await build(config, private=private)
        await act(core)
        await core.memory.close()

    asyncio.run(playing())


def test_guests_and_a_spoken_no_end_what_is_being_asked(tmp_path: Path) -> None:
    async def act(core: Core) -> None:
        told: list[bool] = []
        await core.consents.allow(TERMS, "anna")
        core.consents.listen(lambda: told.append(core.consents.permit() is not None))
        await core.memory.set_guest(on=True)
        await core.memory.set_guest(on=False)
        assert told == [False, True]
        await core.answerer.do((DenyCloud(),))
        assert told[-1] is False
        assert core.consents.permit() is None

    play(tmp_path, act)


def test_a_replay_never_has_leave_to_ask_the_cloud(tmp_path: Path) -> None:
    async def allow(core: Core) -> None:
        await core.consents.allow(TERMS, "anna")

    async def act(core: Core) -> None:
        assert core.consents.permit() is None

    play(tmp_path, allow)
    play(tmp_path, act, private=True)


def test_what_is_forgotten_is_known_to_nobody_in_the_core(tmp_path: Path) -> None:
    async def act(core: Core) -> None:
        answer = await core.answerer.answer("what is seven times eight")
        core.answerer.remember("what is seven times eight", "56", answer)
        assert core.answerer.context()[1]
        await core.memory.erase("all")
        core.answerer.forget()
        assert core.answerer.context()[1] == []

    play(tmp_path, act)
