"""SKILLS. Each receives a room and what its template's slots matched; emits a reply, or declines.

One skill, one file; listed here by hand, in the order in which they are asked. Pure.
"""

from __future__ import annotations

from typing import Protocol

from roomtone.base.room import Reply, Room
from roomtone.respond.skills import (
    abilities,
    alarm_cancel,
    alarm_list,
    alarm_set,
    arithmetic,
    cannot,
    chance,
    clock_time,
    cloud_off,
    confirm,
    convert,
    date,
    forget,
    guest,
    mute,
    name,
    not_called,
    note_add,
    note_drop,
    note_list,
    presence,
    repeat,
    stop,
    timer_add,
    timer_ask,
    timer_cancel,
    timer_left,
    timer_list,
    timer_set,
    volume,
)
from roomtone.respond.template import Slots


class Skill(Protocol):
    """What every module in this folder offers."""

    SENTENCES: tuple[str, ...]
    """Templates; the whole utterance must match one."""
    LISTS: dict[str, str]
    """Slots of its own, as patterns, beside those of `slot.SLOTS`."""

    def answer(self, slots: Slots, room: Room, /) -> Reply | None:
        """Reply; None when the skill has nothing to say after all."""
        ...


SKILLS: tuple[Skill, ...] = (
    confirm,
    stop,
    repeat,
    mute,
    guest,
    cloud_off,
    name,
    not_called,
    presence,
    volume,
    clock_time,
    date,
    timer_add,
    timer_ask,
    timer_set,
    timer_cancel,
    timer_left,
    timer_list,
    alarm_cancel,
    alarm_list,
    alarm_set,
    arithmetic,
    convert,
    chance,
    note_add,
    note_drop,
    note_list,
    forget,
    abilities,
    cannot,
)
