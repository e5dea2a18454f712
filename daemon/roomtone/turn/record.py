"""One turn, told afterwards: what was heard and said, who answered, how long each phase took."""

from __future__ import annotations

import msgspec

from roomtone.base import event


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a turn, and what `explain` tells."""

    id: int = 0
    """Number in the store; 0 until it is stored."""
    started: float
    """Unix time."""
    wake_phrase: str = ""
    wake_score: float = 0.0
    heard: str = ""
    """Private."""
    confidence: float = 0.0
    by: str = ""
    skill: str = ""
    reply: str = ""
    """Private."""
    spoken: str = ""
    """Private. What the room has really heard of the reply."""
    outcome: str = "answered"
    """answered · stopped · nothing_heard · failed"""
    milliseconds: dict[str, int] = {}
    """Phase -> ms: end_of_turn, recognize, first_sentence, first_sound, after_speech; ahead,
    when the answer was ready so long before the turn was sure; wasted, on other answers."""
    entries: tuple[int, ...] = ()
    """Numbers in the ledger of what left the house for it; empty when nothing did."""
    reason: str = ""
    """Why that one answered, when there was a choice."""


class Recorder:
    """Reads the events of a turn and makes a `Turn` of them; pure."""

    def __init__(self, started: float) -> None:
        self._turn = Turn(started=started)
        self._ms: dict[str, int] = {}
        self._entries: list[int] = []

    def phase(self, name: str, milliseconds: float) -> None:
        """Note how long a phase took."""
        self._ms[name] = round(milliseconds)

    def add(self, happened: event.Event) -> Turn | None:
        """Take note of an event; the finished `Turn` when it ends the turn, else None."""
        match happened:
            case event.WakeHeard():
                self._set(wake_phrase=happened.phrase, wake_score=happened.score)
            case event.SpeechEnded():
                self.phase("end_of_turn", happened.silence_ms)
            case event.Understood():
                self._set(heard=happened.text, confidence=happened.confidence)
            case event.ReplyStarted():
                self._began(happened)
            case event.Sent():
                self._entries.append(happened.entry)
            case event.SoundStarted():
                if happened.after_speech_ms is not None:
                    self.phase("after_speech", happened.after_speech_ms)
            case event.ReplyFinished():
                self._set(
                    by=happened.by,
                    skill=happened.skill,
                    reason=happened.reason,
                    reply=happened.text,
                    spoken=happened.spoken_text,
                )
                return self._finish("answered")
            case event.StopHeard():
                return self._finish("stopped")
            case event.NothingHeard():
                return self._finish("nothing_heard")
            case event.Failed():
                return self._finish("failed")
            case _:
                pass
        return None

    def _began(self, reply: event.ReplyStarted) -> None:
        self._set(by=reply.by)
        if reply.speculative:
            self.phase("ahead", reply.ahead_ms)
        if reply.wasted_ms:
            self.phase("wasted", reply.wasted_ms)

    def _set(self, **fields: str | float) -> None:
        self._turn = msgspec.structs.replace(self._turn, **fields)

    def _finish(self, outcome: str) -> Turn:
        return msgspec.structs.replace(
            self._turn,
            outcome=outcome,
            milliseconds=dict(self._ms),
            entries=tuple(self._entries),
        )
