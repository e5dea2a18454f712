"""Which of the running timers is meant."""

from __future__ import annotations

from roomtone.base.room import Room, Timer
from roomtone.respond.duration import seconds
from roomtone.respond.number import opened
from roomtone.respond.skills.timer_set import called
from roomtone.respond.template import Slots

NONE = "No timer is running."


def matching(slots: Slots, room: Room) -> tuple[Timer, ...]:
    """Timers that the slots `name`, `duration` and `place` speak of; all without any of them."""
    timers = room.timers
    if "duration" in slots:
        length = seconds(slots["duration"])
        as_long = tuple(timer for timer in timers if timer.seconds == length)
        return tuple(timer for timer in as_long if not timer.name) or as_long
    if "name" in slots:
        return tuple(timer for timer in timers if _same(timer.name, slots["name"]))
    if "place" in slots:
        at = {"1st": 0, "next": 0, "second": 1}.get(slots["place"], -1)
        by_age = sorted(timers, key=lambda timer: timer.id)
        chosen = timers if slots["place"] == "next" else tuple(by_age)
        return (chosen[at],) if len(chosen) > max(at, 0) else ()
    return timers


def missing(room: Room) -> str:
    """Say that none runs, or which ones do, when nothing matched."""
    if not room.timers:
        return NONE
    return f"I have no such timer. {running(room.timers)}"


def running(timers: tuple[Timer, ...]) -> str:
    """One sentence with all of them: "There are two: the pizza timer and the 5 minute timer."."""
    if len(timers) == 1:
        return f"The {called(timers[0])} is running."
    return f"{opened(str(len(timers)))} timers are running: {listed(timers, 'and')}."


def listed(timers: tuple[Timer, ...], joint: str) -> str:
    """Join their names: "the pizza timer, the egg timer and the 5 minute timer"."""
    names = [f"the {called(timer)}" for timer in timers]
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _same(ours: str, heard: str) -> bool:
    """Names are equal but for the plural and an article."""
    return _bare(ours) == _bare(heard)


def _bare(name: str) -> str:
    return " ".join(word.removesuffix("s") for word in name.split() if word not in ("the", "my"))
