"""Core and ear: how to listen, what to play, what was heard."""

from __future__ import annotations

from typing import Literal

import msgspec

from roomtone.base.message.life import Complaint, Mended, Message, Ready, Unable

Microphones = Literal["open", "closed", "missing"]
"""Open, closed because somebody muted it, or not to be had; why is told by a `Complaint`."""

Kind = Literal["wake", "follow_up", "interruption"]
"""Why speech was captured: after a wake word, in a follow-up window, over our own sound."""


# --- core -> ear


class Attend(Message, frozen=True, kw_only=True):
    """How the ear is to listen from now on.

    asleep: wake words only. listening: the next speech is for us; closes after `seconds` of none,
    and opens `after` seconds from now, when the room rings no more of what was played.
    watching: wake words, and short segments of speech over our own sound ("stop").
    By itself the ear goes from any of them to listening when it hears a wake word.
    """

    mode: Literal["asleep", "listening", "watching"]
    seconds: float = 0.0
    after: float = 0.0


class Expect(Message, frozen=True, kw_only=True):
    """What the words of the pausing segment want: more, nothing more, or they do not tell.

    A complete command ends after a short silence, a likely end after a longer one unless its sound
    is sure of it, and open words wait for the longest. It holds until somebody speaks on.
    """

    segment: int
    more: Literal["unknown", "complete", "likely", "open"]


class Play(Message, frozen=True, kw_only=True):
    """Append sound to what is being played. `turn` 0 is for cues outside of any turn."""

    turn: int
    pcm: bytes
    rate: int
    cue: bool = False
    """A cue does not count as the answer's first sound."""
    calls: bool = False
    """Its words hold a wake word: what wakes while it sounds is our own voice."""
    rings: bool = False
    """It is a bell: it is not softer for anybody who may be speaking."""


class PlayEnd(Message, frozen=True, kw_only=True):
    """No more sound for `turn`; `SoundEnded` follows when the last sample has left."""

    turn: int


class Hush(Message, frozen=True, kw_only=True):
    """Fade out within `fade_ms` and forget everything queued; `SoundEnded` follows."""

    fade_ms: int = 30


class Resume(Message, frozen=True, kw_only=True):
    """Go on with the sound that gave way to a voice, from a little before where it was."""


class Volume(Message, frozen=True, kw_only=True):
    """Playback gain, 0..1 on a perceptual scale (the part squares it)."""

    level: float


class Microphone(Message, frozen=True, kw_only=True):
    """Open or close the input device; closed is mute: no sound exists in the program."""

    open: bool


class Grant(Message, frozen=True, kw_only=True):
    """File input only: the stream may run until `t`."""

    t: float
    timed: bool = False
    """At the pace of a room, not as fast as the machine can."""


class KnownVoice(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolled voice: what tells its wake word from other sound. No sound can be made of it."""

    word: str
    name: str
    """Private. Whose it is."""
    weights: bytes
    """Private. float32, one for each number of a trace."""
    bias: float


class FalseAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """A wake that somebody has reported as none."""

    word: str
    trace: bytes
    """Private. How it sounded, in float16; see `WakeDetected.trace`."""
    score: float


class Learnt(Message, frozen=True, kw_only=True):
    """Whose voices are enrolled, and what was a false alarm, from now on."""

    voices: tuple[KnownVoice, ...] = ()
    alarms: tuple[FalseAlarm, ...] = ()


# --- ear -> core


class Tick(Message, frozen=True, kw_only=True):
    """About every 80 ms of stream time."""

    t: float
    level_db: float
    """RMS of the input since the last tick, dB of full scale; -120 for digital silence."""
    queued: float
    """Seconds of sound still to be played."""
    captured: float = 0.0
    """Seconds of sound that the microphone has delivered since the ear started; the ear has used
    all of it but `lost`. Stands still while there is no microphone."""
    lost: float = 0.0
    """Seconds of `captured` that gave way to newer sound."""
    microphone: Microphones = "open"
    erle_db: float | None = None
    """How much of our own voice is taken out of the microphone's sound; None: not known, or none
    is in it."""
    echo_delay: float | None = None
    """Seconds from a block being handed out to its echo being handed in; None: not known."""


class WakeDetected(Message, frozen=True, kw_only=True):
    """A wake word; segment `segment` opens, its sound starts at `began` with the pre-roll."""

    t: float
    phrase: str
    score: float
    segment: int
    began: float
    trace: bytes = b""
    """Private. How the word sounded: means of its embeddings, float16."""


class SpeechBegan(Message, frozen=True, kw_only=True):
    """Voice after the wake word, or in a window. For kind wake the segment is already open."""

    t: float
    segment: int
    kind: Kind
    clear: bool = True
    """Whether it is surely somebody's: our own voice is taken out of the sound, or there is none.
    What was being played has then given way to it, and waits for `Resume` or `Hush`."""


class SpeechChunk(Message, frozen=True, kw_only=True):
    """The next piece of the segment's sound, pre-roll first, without gaps."""

    segment: int
    pcm: bytes


class SpeechPaused(Message, frozen=True, kw_only=True):
    """A short silence after voice: perhaps the end. The sound up to `t` has been sent."""

    t: float
    segment: int


class SpeechEnd(Message, frozen=True, kw_only=True):
    """The segment is complete: all of its chunks have been sent."""

    t: float
    segment: int
    kind: Kind
    silence_ms: int
    """From the last voiced sample to `t`."""
    turn_probability: float
    voiced_ms: int
    """Voiced sound in the segment; for kind wake, only what came after the wake word."""


class WindowClosed(Message, frozen=True, kw_only=True):
    """Nobody spoke while listening; the ear is asleep again."""

    t: float
    segment: int


class SoundBegan(Message, frozen=True, kw_only=True):
    """The first sample of `turn` that is no cue left for the speaker at `t`."""

    t: float
    turn: int


class SoundEnded(Message, frozen=True, kw_only=True):
    """The last sample of `turn` left at `t`, or it was hushed after `played` seconds of sound."""

    t: float
    turn: int
    played: float
    hushed: bool = False


class InputEnded(Message, frozen=True, kw_only=True):
    """File input only: the last sample of the file was read at `t`; silence follows."""

    t: float


EarIn = Attend | Expect | Play | PlayEnd | Hush | Resume | Volume | Microphone | Grant | Learnt
EarOut = (
    Ready
    | Complaint
    | Mended
    | Unable
    | Tick
    | WakeDetected
    | SpeechBegan
    | SpeechChunk
    | SpeechPaused
    | SpeechEnd
    | WindowClosed
    | SoundBegan
    | SoundEnded
    | InputEnded
)
