"""What a tired person reads first: does it hear, and what is to be done."""

from __future__ import annotations

import asyncio
import io
import time
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from rich.console import Console

from roomtone.app.config import Config
from roomtone.app.faults import ActiveFault
from roomtone.app.status import Standing, length, show
from roomtone.base import event
from roomtone.base.bulletin import Bulletin
from roomtone.base.room import Timer
from roomtone.system.walls import Wall, Walls
from roomtone.turn.state import State


def child(name: str, **changes: Any) -> SimpleNamespace:
    beat_age = lambda: 0.04  # noqa: E731 - one attribute of a double
    known = {"up": True, "degraded": False, "advice": "", "pid": None, "restarts": 0}
    return SimpleNamespace(name=name, detail={"model": name}, beat_age=beat_age, **known | changes)


def core(**changes: Any) -> SimpleNamespace:
    async def timers() -> tuple[Timer, ...]:
        return ()

    known = {
        "config": Config(),
        "conductor": SimpleNamespace(state=State.ASLEEP, turn=3),
        "memory": SimpleNamespace(
            muted=False, guest=False, volume=0.5, timers=timers, alarms=timers
        ),
        "consents": SimpleNamespace(why_not="the policy is local"),
        "bulletin": Bulletin(),
        "ear": SimpleNamespace(
            level_db=-60.0, erle_db=None, microphone="open", captured=9.0, lost=0.0
        ),
        "children": [child("ear"), child("thinker")],
        "newsroom": SimpleNamespace(faults=SimpleNamespace(active=list)),
    }
    return SimpleNamespace(**known | changes)


WALL = Wall(holds=True, how="refused")
WALLS = Walls(sockets=WALL, network=WALL, names=WALL, bus=WALL)
OPEN = msgspec.structs.replace(WALLS, names=Wall(holds=False, how="a name was looked up"))
LIVENESS = SimpleNamespace(ready=True, frame_age=0.02, trouble=lambda: "")


def status(**changes: Any) -> dict[str, Any]:
    holds = WALLS if changes.pop("walls", True) else OPEN
    standing = Standing(core(**changes), LIVENESS, holds)  # type: ignore[arg-type]
    return asyncio.run(standing.data())


def screen(**changes: Any) -> str:
    console = Console(file=io.StringIO(), width=160, highlight=False)
    show(status(**changes), console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_data_has_the_state_the_parts_and_the_starter_models():
    told = status()
    assert (told["state"], told["muted"], told["turns"]) == ("asleep", False, 3)
    assert told["health"]["frame_age_s"] == 0.02
    assert told["parts"]["ear"]["up"]
    assert set(told["starter_models"]) == set(told["models"].values())


def test_first_it_says_that_it_hears():
    assert screen().startswith("Roomtone")
    assert "hears the microphone and is asleep" in screen().splitlines()[0]


def test_without_a_microphone_it_says_so_first():
    deaf = SimpleNamespace(
        level_db=-120.0, erle_db=None, microphone="missing", captured=0.0, lost=0.0
    )
    assert "CANNOT HEAR" in screen(ear=deaf).splitlines()[0]


def test_offline_is_claimed_only_when_every_wall_holds():
    assert "Offline: the walls around it hold" in screen()
    told = screen(walls=False)
    assert "Offline" not in told
    assert "these walls are missing: names." in told


def test_a_house_that_may_ask_the_cloud_is_never_called_offline():
    told = screen(consents=SimpleNamespace(why_not=""))
    assert "Offline" not in told
    assert "The cloud may be asked" in told
    assert "roomtone cloud deny" in told


def test_what_has_left_the_house_is_counted():
    room = core(consents=SimpleNamespace(why_not=""))
    standing = Standing(room, LIVENESS, WALLS)
    room.bulletin.publish(event.Sent(provider="https://a", bytes=321, entry=1))
    told = asyncio.run(standing.data())["cloud"]
    assert (told["sent_bytes"], told["sent_s"]) == (321, 0)


def test_a_fault_stands_there_with_what_is_done_about_it():
    fault = ActiveFault(
        part="thinker",
        kind="model_bad",
        fault="the model is damaged",
        action="run `roomtone models verify`",
        since=time.monotonic() - 65,
    )
    faults = SimpleNamespace(active=lambda: [fault])
    told = screen(newsroom=SimpleNamespace(faults=faults))
    assert "! thinker: the model is damaged (1 min 5 s); run `roomtone models verify`" in told


def test_a_part_that_keeps_failing_is_not_just_down():
    bad = child("thinker", up=False, degraded=True, advice="pull the model")
    told = screen(children=[child("ear"), bad])
    assert "FAILING" in told
    assert "pull the model" in told


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (40, "40 s"), (570, "9 min 30 s"), (7800, "2 h 10 min"), (442_800, "5 d 3 h")],
)
def test_a_length_is_told_as_a_person_does(seconds, words):
    assert length(seconds) == words


def test_it_says_how_much_of_its_own_voice_is_taken_away():
    ear = SimpleNamespace(level_db=-60.0, erle_db=24.6, microphone="open", captured=9.0, lost=0.0)
    assert "Its own voice in the microphone: 25 dB taken away." in screen(ear=ear)
    assert "own voice" not in screen()
