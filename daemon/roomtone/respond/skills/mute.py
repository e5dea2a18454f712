"""Close the microphone."""

from __future__ import annotations

from roomtone.base.room import Mute, Reply, Rest, Room
from roomtone.respond.template import Slots

SENTENCES: tuple[str, ...] = (
    "mute (yourself|the microphone|your microphone|the mic|your mic)",
    "(turn|switch) off (the|your) (microphone|mic)",
    "(turn|switch) (the|your) (microphone|mic) off",
    "(close|disable) (the|your) (microphone|mic)",
    "(stop|quit) listening [to (me|us)]",
    "(don't|do not) listen [to (me|us)]",
    "go to sleep",
    "privacy mode [on]",
    "(turn on|start|activate|enable) privacy mode",
)
LISTS: dict[str, str] = {}


def answer(_slots: Slots, _room: Room) -> Reply:
    """Say how to come back, then close the device."""
    return Reply(
        text="My microphone is off now. The command unmute brings me back.",
        skill="mute",
        actions=(Mute(), Rest()),
    )
