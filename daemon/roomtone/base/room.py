"""The room as a skill sees it, and the actions a skill may ask for.

A skill is pure: it reads a `Room` and returns a `Reply`. Its actions are carried out by the
conductor, and only once the turn is confirmed.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec


class Timer(msgspec.Struct, frozen=True, kw_only=True):
    """A countdown that rings."""

    id: int
    name: str
    """Private. What the user called it ("pizza"); empty when it has no name."""
    seconds: int
    """The length it was set for."""
    due: float
    """Unix time at which it rings, if the wall clock goes on as it does."""
    boot: str = ""
    """The run of the machine in which it was set; see `clock.Moment`."""
    ends: float = 0.0
    """Seconds of elapsed time of that run at which it rings."""


class AlarmClock(msgspec.Struct, frozen=True, kw_only=True):
    """Rings once at a time of day."""

    id: int
    at: dt.datetime
    """Local time without zone: seven is seven wherever and whenever the clocks are changed."""
    name: str = ""
    """Private. What it is for; empty when nobody said."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asked to be remembered; read out on demand, never obeyed."""

    id: int
    at: float
    """Unix time."""
    text: str
    """Private."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a skill may know."""

    now: dt.datetime
    """Local time, with its zone."""
    timers: tuple[Timer, ...] = ()
    """Running timers, the next one first."""
    alarms: tuple[AlarmClock, ...] = ()
    """Alarms that are set, the next one first."""
    volume: float = 1.0
    """0..1."""
    last_reply: str = ""
    """Private. What Roomtone said last, for "say that again"."""
    said: str = ""
    """Private. The utterance as it was written, for a skill that keeps words."""
    name: str = "Roomtone"
    notes: tuple[Note, ...] = ()
    """What is to be remembered, the oldest first."""
    guest: bool = False
    """True while nothing is kept."""
    turns_today: int = 0
    """Turns of today that are kept, this one not among them."""
    pending: Action | None = None
    """What the turn just before has asked to be confirmed; only a skill can have asked."""
    last_is_ours: bool = True
    """Whether Roomtone made `last_reply`, not a model: only then may it have been a question."""
    cloud: bool = False
    """Whether the owner allows questions to go to the cloud."""
    wakes: tuple[str, ...] = ()
    """The phrases that wake; no text from elsewhere is spoken with one in it."""


class SetTimer(msgspec.Struct, frozen=True, tag=True):
    """Start a countdown of `seconds` called `name` (may be empty)."""

    seconds: int
    name: str = ""


class CancelTimers(msgspec.Struct, frozen=True, tag=True):
    """Remove the timers with these ids."""

    ids: tuple[int, ...]


class SetAlarm(msgspec.Struct, frozen=True, tag=True):
    """Ring once at the local time `at`, which has no zone."""

    at: dt.datetime
    name: str = ""


class CancelAlarms(msgspec.Struct, frozen=True, tag=True):
    """Remove the alarms with these ids."""

    ids: tuple[int, ...]


class SetVolume(msgspec.Struct, frozen=True, tag=True):
    """Set the playback volume, 0..1; it is remembered."""

    level: float


class Mute(msgspec.Struct, frozen=True, tag=True):
    """Close the microphone once the reply has been spoken."""


class Rest(msgspec.Struct, frozen=True, tag=True):
    """End the conversation: no follow-up window after this reply."""


class AddNote(msgspec.Struct, frozen=True, tag=True):
    """Remember `text`."""

    text: str


class DropNotes(msgspec.Struct, frozen=True, tag=True):
    """Forget the notes with these ids."""

    ids: tuple[int, ...]


class Forget(msgspec.Struct, frozen=True, tag=True):
    """Forget the turn before this one ("last"), all of today ("today"), or everything ("all").

    This turn is not kept either.
    """

    what: Literal["last", "today", "all"]


class SetGuest(msgspec.Struct, frozen=True, tag=True):
    """Keep nothing from now on (`on`), or again what the owner wants to be kept."""

    on: bool


class NotCalled(msgspec.Struct, frozen=True, tag=True):
    """Remember how the last wake sounded: nobody had called."""


class DenyCloud(msgspec.Struct, frozen=True, tag=True):
    """Take the permission to ask the cloud back; only the command line can give it."""


Action = (
    SetTimer
    | CancelTimers
    | SetAlarm
    | CancelAlarms
    | SetVolume
    | Mute
    | Rest
    | AddNote
    | DropNotes
    | Forget
    | SetGuest
    | NotCalled
    | DenyCloud
)


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill answers: words for the room, and what is to be done."""

    text: str
    """Private. As a person would write it; empty means silence (a plain "stop")."""
    skill: str
    """The skill's name, for `explain`."""
    actions: tuple[Action, ...] = ()
    unknown: bool = False
    """True when the skill only says that it lacks a tool or a fact: somebody else may know."""
    confirm: Action | None = None
    """What is done when the very next utterance is a yes; `text` asks for it."""
