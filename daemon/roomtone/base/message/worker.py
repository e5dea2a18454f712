"""Core and the parts that do jobs: transcriber, thinker, voice."""

from __future__ import annotations

from roomtone.base.message.life import Beat, Cancel, Complaint, Done, Message, Ready, Unable
from roomtone.base.words import Exchanged

# --- core <-> transcriber


class Transcribe(Message, frozen=True, kw_only=True):
    """Read this sound. `final` allows a second, full-length pass; stale partials are dropped."""

    job: int
    pcm: bytes
    final: bool
    hotwords: str = ""


class Transcribed(Message, frozen=True, kw_only=True):
    """The words, before the wake word is taken off. Empty when nobody spoke."""

    job: int
    text: str
    confidence: float
    compute_ms: int
    full_length: bool = False


TranscriberIn = Transcribe | Cancel
TranscriberOut = Ready | Beat | Complaint | Unable | Transcribed | Done

# --- core <-> thinker


class Think(Message, frozen=True, kw_only=True):
    """Answer `question`. `facts` are volatile lines (the time, notes); they stand late."""

    job: int
    system: str
    history: list[Exchanged]
    question: str
    facts: str = ""
    max_tokens: int = 96
    temperature: float = 0.0


class Warm(Message, frozen=True, kw_only=True):
    """Read the part of the prompt that is known already, so that the answer starts sooner."""

    job: int
    system: str
    history: list[Exchanged]
    question: str = ""
    """How the question begins that is being asked; its end is not known yet."""


class Thought(Message, frozen=True, kw_only=True):
    """The next piece of the answer."""

    job: int
    text: str


ThinkerIn = Think | Warm | Cancel
ThinkerOut = Ready | Beat | Complaint | Unable | Thought | Done

# --- core <-> voice


class Speak(Message, frozen=True, kw_only=True):
    """Voice this sentence, or a part of it that `goes_on`."""

    job: int
    text: str
    goes_on: bool = False


class Rehearse(Message, frozen=True, kw_only=True):
    """Make the sound of this set phrase and keep it, unless there is something to say."""

    job: int
    text: str


class Rehearsed(Message, frozen=True, kw_only=True):
    """The sound of the phrase is there, or there is no room for it."""

    job: int
    kept: bool


class Spoken(Message, frozen=True, kw_only=True):
    """The next piece of the sentence's sound."""

    job: int
    pcm: bytes
    rate: int


VoiceIn = Speak | Rehearse | Cancel
VoiceOut = Ready | Beat | Complaint | Unable | Spoken | Rehearsed | Done
