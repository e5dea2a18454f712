"""The room as a skill sees it, and the actions a skill may ask for.

A skill is pure: it reads a `Room` and returns a `Reply`. Its actions are carried out by the
conductor, and only once the turn is confirmed.
"""

from __future__ import annotations

import datetime as dt

import msgspec


class Timer(msgspec.Struct, frozen=True, kw_only=True):
    """A countdown that rings."""

    id: int
    name: str
    """Private. What the user called it ("pizza"); empty when it has no name."""
    seconds: int
    """The length it was set for."""
    due: float
    """Unix time at which it rings."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a skill may know."""

    now: dt.datetime
    """Local time, with its zone."""
    timers: tuple[Timer, ...] = ()
    """Running timers, the next one first."""
    volume: float = 1.0
    """0..1."""
    last_reply: str = ""
    """Private. What Roomtone said last, for "say that again"."""
    name: str = "Roomtone"


class SetTimer(msgspec.Struct, frozen=True, tag=True):
    """Start a countdown of `seconds` called `name` (may be empty)."""

    seconds: int
    name: str = ""


class CancelTimers(msgspec.Struct, frozen=True, tag=True):
    """Remove the timers with these ids."""

    ids: tuple[int, ...]


class SetVolume(msgspec.Struct, frozen=True, tag=True):
    """Set the playback volume, 0..1; it is remembered."""

    level: float


class Mute(msgspec.Struct, frozen=True, tag=True):
    """Close the microphone once the reply has been spoken."""


class Rest(msgspec.Struct, frozen=True, tag=True):
    """End the conversation: no follow-up window after this reply."""


Action = SetTimer | CancelTimers | SetVolume | Mute | Rest


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill answers: words for the room, and what is to be done."""

    text: str
    """Private. As a person would write it; empty means silence (a plain "stop")."""
    skill: str
    """The skill's name, for `explain`."""
    actions: tuple[Action, ...] = ()
