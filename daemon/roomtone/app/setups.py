"""The first message to each part, made anew from the configuration whenever a part starts."""

from __future__ import annotations

import msgspec

from roomtone.app.choices import WAKES
from roomtone.app.config import Config, places
from roomtone.app.consents import terms_of
from roomtone.app.ear_setup import EarFiles, EarSetup
from roomtone.app.learning import learnt
from roomtone.app.memory import Memory
from roomtone.app.thinker import ThinkerSetup
from roomtone.app.transcriber import TranscriberSetup
from roomtone.app.voice import VoiceSetup
from roomtone.base.error import OwnerError
from roomtone.system.manifest import Kind
from roomtone.system.settings import CloudSettings
from roomtone.system.weights import Weights
from roomtone.turn.consent import Terms


class Sounds(msgspec.Struct, frozen=True, kw_only=True):
    """Where the ear hears and plays: the devices of [sound], or files."""

    input_file: str = ""
    output_file: str = ""
    realtime: bool = True
    live: bool = False
    """See `EarSetup.live`."""


class Setups:
    """One method for each part. Every one raises OwnerError when a model is missing."""

    def __init__(self, config: Config, sounds: Sounds, memory: Memory) -> None:
        self.config = config
        """What is in force from the next start of a part on."""
        self.prefixes = ""
        """Where the thinker keeps what it makes of its persona; empty for nowhere."""
        self._sounds = sounds
        self._memory = memory

    def cloud(self) -> CloudSettings:
        """What may leave the house, as it is in force."""
        return self.config.cloud

    def terms(self) -> Terms | None:
        """What the owner's yes has to cover; None while the policy is local."""
        return terms_of(self.config.cloud)

    def ear(self) -> EarSetup:
        """Devices, networks and thresholds; volume and mute as they are now."""
        config = self.config
        return EarSetup(
            sound=config.sound,
            wake=config.wake,
            endpoint=config.endpoint,
            files=EarFiles(
                melspectrogram=self._find("melspectrogram", "features"),
                embedding=self._find("embedding", "features"),
                heads={word: self._find(word, "wake") for word in config.wake.words},
                vad=self._find("silero-vad", "vad"),
                turn=self._spare("smart-turn", "turn"),
                near=self._spare("roomtone-near", "near"),
            ),
            volume=self._memory.volume,
            muted=self._memory.muted,
            echo_delay_s=self._memory.echo_delay,
            learnt=learnt(self._memory.chosen(WAKES)),
            input_file=self._sounds.input_file,
            output_file=self._sounds.output_file,
            realtime=self._sounds.realtime,
            live=self._sounds.live,
        )

    def _spare(self, name: str, kind: Kind) -> str:
        """A network without which the ear still hears, and says what it cannot."""
        try:
            return self._find(name, kind)
        except OwnerError:
            return ""

    def transcriber(self) -> TranscriberSetup:
        """The model that reads."""
        path = self._find(self.config.models.speech, "speech")
        return TranscriberSetup(path=path, hearing=self.config.hearing)

    def thinker(self) -> ThinkerSetup:
        """The model that writes."""
        path = self._find(self.config.models.language, "language")
        return ThinkerSetup(path=path, answer=self.config.answer, prefixes=self.prefixes)

    def voice(self) -> VoiceSetup:
        """The model that speaks."""
        path = self._find(self.config.models.voice, "voice")
        return VoiceSetup(path=path, voice=self.config.voice)

    def _find(self, name: str, kind: Kind) -> str:
        return str(Weights.of(places(self.config)).find(name, kind))
