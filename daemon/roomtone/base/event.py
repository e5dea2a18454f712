"""Everything that can happen: the one vocabulary of logs, `--json`, the page, tests and benchmarks.

Facts in the past tense, frozen. As JSON the kind is in `event`, in snake case. Fields named in
`PRIVATE` hold what people said: they never reach a log.
"""

from __future__ import annotations

import re

import msgspec

PRIVATE = frozenset({"text", "spoken_text", "name"})
"""Names of the fields that hold what people said."""


def _kind(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


class Happened(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=_kind):
    """What every event carries."""

    t: float = 0.0
    """Seconds on the stream clock: samples captured / 16000."""
    turn: int = 0
    """Number of the turn, from 1; 0 outside of any."""


ASKED = "listen"
"""`phrase` of a wake without a wake word: a person asked to be heard by other means."""


class WakeHeard(Happened, frozen=True, kw_only=True):
    """A wake word was recognized, or a person asked to be heard by other means."""

    phrase: str
    score: float


class SpeechStarted(Happened, frozen=True, kw_only=True):
    """Somebody began to speak to us."""


class Partial(Happened, frozen=True, kw_only=True):
    """The utterance so far."""

    text: str


class SpeechEnded(Happened, frozen=True, kw_only=True):
    """The user has finished; the last voiced sample lies `silence_ms` before `t`."""

    silence_ms: int
    turn_probability: float
    """0..1 from the turn network; 0 when silence alone decided."""


class Understood(Happened, frozen=True, kw_only=True):
    """The utterance as text."""

    text: str
    confidence: float
    compute_ms: int = 0
    """What the transcriber needed for it."""


class ReplyStarted(Happened, frozen=True, kw_only=True):
    """The first sentence of an answer is ready to be voiced."""

    by: str
    speculative: bool = False
    """Whether it was ready before the turn was sure."""
    ahead_ms: int = 0
    """How long before that."""
    wasted_ms: int = 0
    """How long answers to other readings of the question had been made for nothing."""


class Sentence(Happened, frozen=True, kw_only=True):
    """One sentence was handed to the voice."""

    text: str


class Sent(Happened, frozen=True, kw_only=True):
    """A request was written to the ledger and left the house."""

    provider: str
    bytes: int
    entry: int
    """Its number in the ledger."""


class SoundStarted(Happened, frozen=True, kw_only=True):
    """The first sample of the answer left for the speaker."""

    after_speech_ms: int | None = None
    """From the last voiced sample of the user to this sample; None when nobody asked (an alarm)."""


class ReplyFinished(Happened, frozen=True, kw_only=True):
    """The answer is over, whole or cut short."""

    by: str
    text: str
    spoken_text: str
    """What the room has really heard of `text`."""
    skill: str = ""
    reason: str = ""
    """Why that one answered, when there was a choice."""


class NothingHeard(Happened, frozen=True, kw_only=True):
    """A listening window closed without speech."""


class BargedIn(Happened, frozen=True, kw_only=True):
    """The user spoke over the answer and meant it."""


class StopHeard(Happened, frozen=True, kw_only=True):
    """Somebody said stop, or pressed it."""


class TimerFired(Happened, frozen=True, kw_only=True):
    """A timer is due."""

    name: str


class Muted(Happened, frozen=True, kw_only=True):
    """The microphone was closed (`on`) or opened."""

    on: bool


class Fault(Happened, frozen=True, kw_only=True):
    """Something is wrong with a part, and what is done about it; or it is over."""

    part: str
    fault: str
    """One line for a person: what is wrong."""
    action: str
    """What is done about it, or what the owner can do."""
    kind: str = ""
    """One word that stays the same from beginning to end: microphone_lost, part_died, disk_full."""
    recovered_ms: int | None = None
    """Milliseconds from the beginning to the end; None while it lasts."""


class Failed(Happened, frozen=True, kw_only=True):
    """A turn was lost; `spoken` tells whether the room has been told."""

    part: str
    spoken: bool


Event = (
    WakeHeard
    | SpeechStarted
    | Partial
    | SpeechEnded
    | Understood
    | ReplyStarted
    | Sentence
    | Sent
    | SoundStarted
    | ReplyFinished
    | NothingHeard
    | BargedIn
    | StopHeard
    | TimerFired
    | Muted
    | Fault
    | Failed
)


def to_json(event: Event) -> str:
    """One line of JSON, kind first; times rounded to the millisecond."""
    fields = msgspec.to_builtins(event)
    ordered = {"event": fields.pop("event"), "t": round(fields.pop("t"), 3)} | fields
    return msgspec.json.encode(ordered).decode()


def public(event: Event) -> dict[str, object]:
    """The event without what people said, or what it was about, for logs."""
    untold = PRIVATE | {"skill", "reason"}
    return {k: v for k, v in msgspec.to_builtins(event).items() if k not in untold}
