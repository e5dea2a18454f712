"""One turn of one pipeline as it went: what was understood, when the answer sounded, its cost."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from roomtone.app.bench.recording import Sound, first_audible
from roomtone.app.bench.schedule import Turn
from roomtone.base.event import (
    Event,
    ReplyFinished,
    ReplyStarted,
    SoundStarted,
    SpeechEnded,
    TimerFired,
    Understood,
)

EARLY = 0.2
"""Seconds before the end of speech from which an end is a cut-in."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of one pipeline."""

    pipeline: str
    command: bool
    said: str
    understood: str
    answer: str
    delay: float | None
    """Seconds from the end of speech to the first sample of the answer; None: none began then."""
    ended: float | None = None
    """Seconds from the end of speech to the end of the turn; None: there was none."""
    cut: bool = False
    """Whether the speaker was cut off."""
    prepared: bool = False
    """Whether the answer had been made before the turn was confirmed."""
    cpu: float = 0.0
    """Processor seconds of all processes, this turn."""


def of_ours(turn: Turn, events: Sequence[Event], played: Sound, cpu: float) -> Taken:
    """What became of `turn`, by the events of the whole recording and all that was played."""
    mine = _begun(events, turn.start, turn.until)
    ends = [one for one in mine if isinstance(one, SpeechEnded)]
    sounds = [one.t for one in mine if isinstance(one, SoundStarted)]
    later = next((t for t in sounds if t >= turn.end), None)
    heard = None if later is None else first_audible(played, later, turn.until)
    early = any(first_audible(played, t, turn.end) is not None for t in sounds if t < turn.end)
    return Taken(
        pipeline="ours",
        command=turn.utterance.spoken.command,
        said=turn.utterance.spoken.text,
        understood=" ".join(one.text for one in mine if isinstance(one, Understood)),
        answer=" ".join(one.text for one in mine if isinstance(one, ReplyFinished)),
        delay=None if heard is None else heard - turn.end,
        ended=ends[-1].t - turn.end if ends else None,
        cut=early or any(one.t < turn.end - EARLY for one in ends),
        prepared=any(one.speculative for one in mine if isinstance(one, ReplyStarted)),
        cpu=cpu,
    )


def _begun(events: Sequence[Event], since: float, until: float) -> list[Event]:
    """What happened in the turns that somebody began to speak in between two seconds.

    An answer that still sounds then, or an alarm, belongs to none of them.
    """
    first: dict[int, Event] = {}
    for one in events:
        first.setdefault(one.turn, one)
    begun = {
        number
        for number, one in first.items()
        if number and since <= one.t < until and not isinstance(one, TimerFired)
    }
    return [one for one in events if one.turn in begun]
