"""A new configuration: what changes, what is started again, and what a mistake costs."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import msgspec
import pytest

from roomtone.app.config import Config
from roomtone.app.reload import Reloader
from roomtone.app.setups import Setups, Sounds
from roomtone.base.error import OwnerError
from roomtone.detect.settings import WakeSettings
from roomtone.system.notify import Notifier
from roomtone.system.settings import LogSettings, PathSettings
from roomtone.turn.settings import FollowUpSettings

OLD = Config()


class Part:
    def __init__(self, name: str) -> None:
        self.name = name
        self.renewed = 0

    async def renew(self, _within: float) -> None:
        self.renewed += 1


class Room:
    """A core that notes what is changed in it."""

    def __init__(self) -> None:
        self.config = OLD
        memory = SimpleNamespace(volume=1.0, muted=False, echo_delay=0.0, chosen=lambda _name: "")
        self.setups = Setups(OLD, Sounds(), memory)  # type: ignore[arg-type]
        self.children = [Part(name) for name in ("ear", "transcriber", "thinker", "voice")]
        self.alarm = self.answerer = self.thinker = self.understanding = SimpleNamespace()
        self.conductor = self.consents = self
        self.told = 0
        self.adjusted: dict[str, object] = {}

    def changed(self) -> None:
        self.told += 1

    def adjust(self, **changes: object) -> None:
        self.adjusted = changes

    async def quiet(self, _within: float) -> bool:
        return True


def reload(new: Config) -> tuple[Room, tuple[str, ...], list[str]]:
    async def live() -> tuple[str, ...]:
        reloader = Reloader(room, lambda: new, Notifier(lines.append))  # type: ignore[arg-type]
        return await reloader.reload()

    room, lines = Room(), []
    return room, asyncio.run(live()), lines


def but(**sections: object) -> Config:
    return msgspec.structs.replace(OLD, **sections)


def test_only_the_parts_concerned_are_started_again():
    room, changed, lines = reload(but(wake=WakeSettings(words={"hey_jarvis": 0.7})))
    assert changed == ("wake",)
    assert [part.renewed for part in room.children] == [1, 0, 0, 0]
    assert lines[0].startswith("RELOADING=1")
    assert lines[-1] == "READY=1"


def test_what_concerns_no_part_starts_none_again():
    room, changed, _ = reload(but(follow_up=FollowUpSettings(seconds=0), log=LogSettings()))
    assert changed == ("follow_up",)
    assert not any(part.renewed for part in room.children)
    assert room.adjusted == {"follow_up": 0, "cues": True}


def test_nothing_new_changes_nothing():
    room, changed, _ = reload(OLD)
    assert not changed
    assert not room.adjusted


def test_folders_stay_until_a_restart():
    with pytest.raises(OwnerError, match=r"\[paths\] cannot change while"):
        reload(but(paths=PathSettings(state="/elsewhere")))


def test_a_mistake_leaves_everything_as_it_was():
    def mistaken() -> Config:
        raise OwnerError("config.toml: [wake] x is not a setting")

    async def live() -> None:
        with pytest.raises(OwnerError, match="not a setting"):
            await Reloader(room, mistaken, Notifier(lines.append)).reload()  # type: ignore[arg-type]

    room, lines = Room(), []
    asyncio.run(live())
    assert room.config is OLD
    assert not lines


def test_a_part_that_does_not_start_keeps_no_other_from_it():
    async def fails(_within: float) -> None:
        raise OwnerError("pull the model")

    async def live() -> None:
        with pytest.raises(OwnerError, match="pull the model"):
            await Reloader(room, lambda: new, Notifier(lines.append)).reload()  # type: ignore[arg-type]

    room, lines = Room(), []
    room.children[0].renew = fails  # type: ignore[method-assign]
    voice = msgspec.structs.replace(OLD.voice, speed=1.2)
    new = but(wake=WakeSettings(words={"hey_jarvis": 0.7}), voice=voice)
    asyncio.run(live())
    assert [part.renewed for part in room.children] == [0, 0, 0, 1]
    assert lines[-1] == "READY=1"
