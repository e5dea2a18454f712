"""The first message to the ear, and the attention that is made of it."""

from __future__ import annotations

import msgspec

from roomtone.base import message
from roomtone.base.error import OwnerError
from roomtone.capture.settings import SoundSettings
from roomtone.detect.attention import Attention
from roomtone.detect.gate import Gate
from roomtone.detect.judge import Judge
from roomtone.detect.near import Alone, Near
from roomtone.detect.own_voice import OwnVoice
from roomtone.detect.port import Over
from roomtone.detect.settings import EndpointSettings, WakeSettings
from roomtone.detect.spotter import Spotter
from roomtone.detect.turn import TurnNetwork
from roomtone.detect.vad import Vad
from roomtone.detect.wake import WakeNetworks


class EarFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the networks lie."""

    melspectrogram: str
    embedding: str
    heads: dict[str, str]
    """Wake word -> its head."""
    vad: str
    turn: str = ""
    """Empty where it is missing, as `near`, which may not be needed."""
    near: str = ""


class EarSetup(msgspec.Struct, frozen=True, kw_only=True):
    """The first message to the ear."""

    sound: SoundSettings
    wake: WakeSettings
    endpoint: EndpointSettings
    files: EarFiles
    volume: float = 1.0
    muted: bool = False
    echo_delay_s: float = 0.0
    """How late our own voice came back in an earlier run; 0: nobody knows."""
    learnt: message.Learnt = message.Learnt()
    input_file: str = ""
    """A recording instead of the microphone; the stream then runs as far as `Grant` allows."""
    output_file: str = ""
    """A WAV file instead of the loudspeaker."""
    realtime: bool = False
    """Play `input_file` at the pace of a clock, without grants."""
    live: bool = False
    """Think beside the sound also on grants, as with a microphone; else every thought is done at
    once in the stream's time, so that a replay does not depend on the machine."""


def attention_of(setup: EarSetup) -> Attention:
    """The attention that the setup wants. Raises OwnerError."""
    files = setup.files
    for word in setup.wake.words:
        if word not in files.heads:
            raise OwnerError(
                f"there is no network for the wake word {word!r}; `roomtone models list`"
            )
    heads = {word: files.heads[word] for word in setup.wake.words}
    live = setup.live or setup.realtime or not setup.input_file
    words = WakeNetworks(files.melspectrogram, files.embedding, heads)
    attention = Attention(
        Spotter(words, setup.wake, live=live),
        Vad(files.vad),
        _judge(files.turn, live=live),
        setup.endpoint,
        OwnVoice(words.twin(), setup.wake),
        _over(setup),
        Gate(),
    )
    attention.learn(setup.learnt)
    return attention


def _judge(path: str, *, live: bool) -> Judge:
    """Who tells an end from a pause; where nobody can, a longer silence does."""
    try:
        return Judge(TurnNetwork(path), live=live)
    except OwnerError:
        missing = "the network that tells an end from a pause is missing or broken"
        return Judge(None, live=live, complaint=missing)


def _over(setup: EarSetup) -> Over:
    """Who tells people from our own voice; only what a canceller leaves can be told apart."""
    if setup.sound.echo == "off":
        return Alone()
    try:
        return Near(setup.files.near)
    except OwnerError:
        return Alone("the network that tells people from our own voice is missing or broken")
