"""What `roomtone status` tells: a tired person's screen, and the same as JSON."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from roomtone import __version__
from roomtone.app.build import Core
from roomtone.app.liveness import Liveness
from roomtone.app.starter import PLAIN, starters
from roomtone.base import event
from roomtone.base.child import Child
from roomtone.system.health import memory_mb
from roomtone.system.walls import Walls

_BESIDE_DETAIL = frozenset(
    {"up", "degraded", "advice", "pid", "restarts", "beat_age_s", "memory_mb"}
)


class Standing:
    """Gathers it from a running `core`."""

    def __init__(self, core: Core, liveness: Liveness, walls: Walls) -> None:
        self._core = core
        self._liveness = liveness
        self._walls = walls
        self._since = time.monotonic()
        self._sent_bytes = 0
        self._sent_at: float | None = None
        core.bulletin.listen(self._note)

    async def data(self) -> dict[str, Any]:
        """Plain JSON data; without a word of what was said."""
        core, now = self._core, time.monotonic()
        weights = await asyncio.to_thread(_weighed, core.children)
        models = core.config.models
        return {
            "version": __version__,
            "state": core.conductor.state.value,
            "muted": core.memory.muted,
            "uptime_s": round(now - self._since),
            "turns": core.conductor.turn,
            "wake_words": list(core.config.wake.words),
            "input_level_db": round(core.ear.level_db, 1),
            "erle_db": core.ear.erle_db,
            "volume": core.memory.volume,
            "timers": len(await core.memory.timers()),
            "alarms": len(await core.memory.alarms()),
            "guest": core.memory.guest,
            "cloud": {
                "policy": core.config.cloud.policy,
                "allowed": not core.consents.why_not,
                "why_not": core.consents.why_not,
                "sent_bytes": self._sent_bytes,
                "sent_s": None if self._sent_at is None else round(now - self._sent_at),
            },
            "models": {"speech": models.speech, "language": models.language, "voice": models.voice},
            "starter_models": starters(core.config),
            "health": self._health(),
            "walls": msgspec.to_builtins(self._walls),
            "faults": [
                {
                    "part": fault.part,
                    "kind": fault.kind,
                    "fault": fault.fault,
                    "action": fault.action,
                    "since_s": round(now - fault.since),
                }
                for fault in core.newsroom.faults.active()
            ],
            "parts": {
                child.name: self._part(child) | {"memory_mb": weights[child.name]}
                for child in core.children
            },
        }

    def _note(self, happened: event.Event) -> None:
        """Count what leaves the house."""
        if isinstance(happened, event.Sent):
            self._sent_bytes += happened.bytes
            self._sent_at = time.monotonic()

    def _health(self) -> dict[str, Any]:
        ear, age = self._core.ear, self._liveness.frame_age
        return {
            "ready": self._liveness.ready,
            "in_trouble": self._liveness.trouble(),
            "microphone": ear.microphone,
            "frame_age_s": None if age is None else round(age, 2),
            "captured_s": round(ear.captured, 1),
            "lost_s": round(ear.lost, 2),
        }

    def _part(self, child: Any) -> dict[str, Any]:
        age = child.beat_age()
        return {
            "up": child.up,
            "degraded": child.degraded,
            "advice": child.advice,
            "pid": child.pid,
            "restarts": child.restarts,
            "beat_age_s": None if age is None else round(age, 1),
            **child.detail,
        }


def _weighed(children: Iterable[Child[Any]]) -> dict[str, float | None]:
    """Memory of each part in MB; the kernel counts a large model's pages one by one."""
    return {child.name: memory_mb(child.pid) if child.pid else None for child in children}


def show(status: dict[str, Any], console: Console) -> None:
    """Print it: first whether it hears, then what is wrong and what to do, then the parts."""
    console.print(_headline(status), style="bold red" if _deaf(status) else "bold")
    console.print(
        f"Wake words: {', '.join(status['wake_words'])}. Microphone level "
        f"{status['input_level_db']} dB, volume {round(status['volume'] * 100)} %. "
        f"Turns: {status['turns']}, timers: {status['timers']}, alarms: {status['alarms']}. "
        f"Up {length(status['uptime_s'])}."
    )
    if status.get("erle_db") is not None:
        console.print(f"Its own voice in the microphone: {status['erle_db']:.0f} dB taken away.")
    if status["guest"]:
        console.print("Guests are here: nothing is kept; `roomtone guest off` ends that.")
    console.print(_offline(status["walls"], status["cloud"]))
    for fault in status["faults"]:
        console.print(
            f"! {fault['part']}: {fault['fault']} ({length(fault['since_s'])}); {fault['action']}",
            style="red",
        )
    console.print(_table(status["parts"]))
    if status["starter_models"]:
        console.print(PLAIN, style="yellow")


def length(seconds: float) -> str:
    """A span of time as a person says it: 40 s, 9 min 30 s, 2 h 10 min, 5 d 3 h."""
    rest, words = round(seconds), []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count} {unit}")
    return " ".join(words[:2]) or "0 s"


def _offline(walls: dict[str, Any], cloud: dict[str, Any]) -> str:
    if cloud["allowed"]:
        last = "" if cloud["sent_s"] is None else f", the last time {length(cloud['sent_s'])} ago"
        return (
            f'The cloud may be asked ("{cloud["policy"]}"): {cloud["sent_bytes"]} bytes have left '
            f"since the start{last}. `roomtone cloud ledger` shows them, `roomtone cloud deny` "
            "ends it."
        )
    missing = [name for name, wall in walls.items() if not wall["holds"]]
    if not missing:
        return "Offline: the walls around it hold, nothing can leave this computer."
    return (
        "Nothing is sent, but it could be: these walls are missing: "
        f"{', '.join(missing)}. As a service it has them all (`scripts/install`)."
    )


def _deaf(status: dict[str, Any]) -> bool:
    return status["health"]["microphone"] == "missing" or not status["parts"]["ear"]["up"]


def _headline(status: dict[str, Any]) -> str:
    health = status["health"]
    name = f"Roomtone {status['version']}"
    if _deaf(status):
        return f"{name} CANNOT HEAR: no microphone. What is wrong stands below."
    if status["muted"]:
        return f"{name} is muted; `roomtone unmute` opens the microphone."
    if health["in_trouble"]:
        return f"{name} is in trouble: {health['in_trouble']}."
    ear = status["parts"]["ear"].get("input", "the microphone")
    return f"{name} hears {ear} and is {status['state']}."


def _table(parts: dict[str, Any]) -> Table:
    table = Table("part", "state", "restarts", "memory", "detail", box=None, header_style="dim")
    for name, part in parts.items():
        state = "up" if part["up"] else "FAILING" if part["degraded"] else "DOWN"
        detail = [f"{k}: {v}" for k, v in part.items() if k not in _BESIDE_DETAIL]
        memory = "" if part["memory_mb"] is None else f"{part['memory_mb']:.0f} MB"
        table.add_row(
            name, state, str(part["restarts"]), memory, part["advice"] or ", ".join(detail)
        )
    return table
