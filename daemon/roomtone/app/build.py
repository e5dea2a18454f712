"""Config -> objects: every constructor call of the daemon is here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from roomtone.app.alarm import Alarm
from roomtone.app.answerer import Answerer
from roomtone.app.conductor import Conductor
from roomtone.app.config import Config, places
from roomtone.app.duplex import Duplex
from roomtone.app.ear import EarFiles, EarSetup
from roomtone.app.listening import Understanding
from roomtone.app.memory import Memory
from roomtone.app.newsroom import Newsroom
from roomtone.app.parts import Thinker, Transcriber, Voice
from roomtone.app.thinker import ThinkerSetup
from roomtone.app.transcriber import TranscriberSetup
from roomtone.app.voice import VoiceSetup
from roomtone.base import message
from roomtone.base.bulletin import Bulletin
from roomtone.base.child import Child
from roomtone.base.clock import Clock, WallClock
from roomtone.respond.route import Router
from roomtone.store.store import Store
from roomtone.system import paths, weights
from roomtone.system.manifest import Kind
from roomtone.system.paths import Paths


class Sounds(msgspec.Struct, frozen=True, kw_only=True):
    """Where the ear hears and plays: the devices of [sound], or files."""

    input_file: str = ""
    output_file: str = ""
    realtime: bool = True


class Core(msgspec.Struct, kw_only=True):
    """The daemon's objects, in the order in which they start."""

    config: Config
    paths: Paths
    clock: Clock
    bulletin: Bulletin
    memory: Memory
    ear: Duplex
    transcriber: Transcriber
    thinker: Thinker
    voice: Voice
    answerer: Answerer
    conductor: Conductor
    alarm: Alarm
    newsroom: Newsroom

    @property
    def workers(self) -> tuple[Transcriber, Thinker, Voice]:
        """The parts that hearing does not need."""
        return self.transcriber, self.thinker, self.voice

    @property
    def children(self) -> list[Child[Any]]:
        """The ear first, then the workers."""
        return [self.ear.child, *(part.child for part in self.workers)]


async def build(
    config: Config,
    sounds: Sounds | None = None,
    *,
    clock: Clock | None = None,
    private: bool = False,
) -> Core:
    """Make everything, start nothing but the store.

    `private` keeps nothing on disk, as a replay must. Raises OwnerError for missing models.
    """
    where = places(config)
    clock, bulletin = clock or WallClock(), Bulletin()
    find = weights.Weights.of(where).find
    setups = _setups(config, sounds or Sounds(), find)
    store = _store(where, private=private)
    memory = await Memory.open(store, clock, bulletin, config.keep.days)
    news = Newsroom(bulletin, memory)
    ear = Duplex(
        msgspec.structs.replace(setups.ear, volume=memory.volume, muted=memory.muted), news.tell
    )
    transcriber = Transcriber("transcriber", setups.transcriber, message.TranscriberOut, news.tell)
    thinker = Thinker("thinker", setups.thinker, message.ThinkerOut, news.tell)
    thinker.max_tokens = config.answer.max_tokens
    thinker.temperature = config.answer.temperature
    voice = Voice("voice", setups.voice, message.VoiceOut, news.tell)
    answerer = Answerer(Router(), thinker, memory, config.answer, clock)
    understanding = Understanding(transcriber, config.hearing)
    conductor = Conductor(
        ear,
        voice,
        understanding,
        answerer,
        bulletin,
        follow_up=config.follow_up.seconds,
        cues=config.cues.enabled,
    )
    ear.tell(conductor.heard)
    news.conductor = conductor
    alarm = Alarm(memory, conductor.announce, clock, config.timers.ring_seconds, bulletin)
    memory.on_timers(alarm.changed)
    return Core(
        config=config,
        paths=where,
        clock=clock,
        bulletin=bulletin,
        memory=memory,
        ear=ear,
        transcriber=transcriber,
        thinker=thinker,
        voice=voice,
        answerer=answerer,
        conductor=conductor,
        alarm=alarm,
        newsroom=news,
    )


class _Setups(msgspec.Struct, frozen=True, kw_only=True):
    """The first message to each child."""

    ear: EarSetup
    transcriber: TranscriberSetup
    thinker: ThinkerSetup
    voice: VoiceSetup


def _setups(config: Config, sounds: Sounds, find: Callable[[str, Kind], Path]) -> _Setups:
    models = config.models
    return _Setups(
        ear=_ear_setup(config, sounds, find),
        transcriber=TranscriberSetup(
            path=str(find(models.speech, "speech")), hearing=config.hearing
        ),
        thinker=ThinkerSetup(path=str(find(models.language, "language")), answer=config.answer),
        voice=VoiceSetup(path=str(find(models.voice, "voice")), voice=config.voice),
    )


def _ear_setup(config: Config, sounds: Sounds, find: Callable[[str, Kind], Path]) -> EarSetup:
    return EarSetup(
        sound=config.sound,
        wake=config.wake,
        endpoint=config.endpoint,
        files=EarFiles(
            melspectrogram=str(find("melspectrogram", "features")),
            embedding=str(find("embedding", "features")),
            heads={word: str(find(word, "wake")) for word in config.wake.words},
            vad=str(find("silero-vad", "vad")),
            turn=str(find("smart-turn", "turn")),
        ),
        input_file=sounds.input_file,
        output_file=sounds.output_file,
        realtime=sounds.realtime,
    )


def _store(where: Paths, *, private: bool) -> Store:
    if private:
        return Store()
    return Store(where.database, where.key, prepare=lambda: paths.private_folder(where.state))
