"""Config -> objects: every constructor call of the daemon is here."""

from __future__ import annotations

from typing import Any

import msgspec

from roomtone.app.alarm import Alarm
from roomtone.app.answerer import Answerer
from roomtone.app.choosing import Choosing
from roomtone.app.conductor import Conductor
from roomtone.app.config import Config, places
from roomtone.app.consents import Consents
from roomtone.app.duplex import Duplex
from roomtone.app.learning import Learning
from roomtone.app.listening import Understanding
from roomtone.app.memory import Memory
from roomtone.app.newsroom import Newsroom
from roomtone.app.outside import Outside
from roomtone.app.parts import Thinker, Transcriber, Voice, away
from roomtone.app.setups import Setups, Sounds
from roomtone.app.writing import Writing
from roomtone.base import message
from roomtone.base.bulletin import Bulletin
from roomtone.base.child import Child
from roomtone.base.clock import Clock, WallClock
from roomtone.base.falls import Told
from roomtone.base.room import DenyCloud, NotCalled
from roomtone.respond.route import Router
from roomtone.store.store import Store
from roomtone.system import paths
from roomtone.system.paths import Paths


class Core(msgspec.Struct, kw_only=True):
    """The daemon's objects, in the order in which they start."""

    config: Config
    paths: Paths
    clock: Clock
    bulletin: Bulletin
    memory: Memory
    setups: Setups
    ear: Duplex
    transcriber: Transcriber
    thinker: Thinker
    voice: Voice
    understanding: Understanding
    consents: Consents
    outside: Outside
    router: Router
    answerer: Answerer
    conductor: Conductor
    alarm: Alarm
    newsroom: Newsroom
    learning: Learning

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

    `private` keeps nothing on disk, as a replay must. Missing models are told when the parts start.
    """
    where = places(config)
    clock, bulletin = clock or WallClock(), Bulletin()
    sounds = sounds or Sounds()
    store = _store(where, private=private)
    memory = await Memory.open(store, clock, bulletin, config.keep)
    news = Newsroom(bulletin, memory)
    setups = Setups(config, sounds, memory)
    setups.prefixes = "" if private else str(where.state / "prefixes")
    on_grants = bool(sounds.input_file) and not sounds.realtime
    ear = Duplex(setups.ear, news.tell, on_grants=on_grants)
    ear.echo_found = news.echo_found
    transcriber, thinker, voice = _workers(setups, news.tell)
    consents = Consents(memory, None if private else where.state, setups.terms, clock)
    outside = Outside(where.cloud_socket, consents, memory.archive, setups.cloud, clock)
    router = Router()
    choosing = Choosing(Writing(thinker), consents, outside, setups.cloud)
    answerer = _answerer(setups, router, choosing, memory, clock)
    understanding = Understanding(transcriber, config.hearing)
    follow_up, cues = config.follow_up.seconds, config.cues.enabled
    conductor = Conductor(
        ear, voice, understanding, answerer, bulletin, follow_up=follow_up, cues=cues
    )
    alarm = Alarm(memory, conductor.announce, clock, config.timers.ring_seconds, bulletin)
    core = Core(
        config=config,
        paths=where,
        clock=clock,
        bulletin=bulletin,
        memory=memory,
        setups=setups,
        ear=ear,
        transcriber=transcriber,
        thinker=thinker,
        voice=voice,
        understanding=understanding,
        consents=consents,
        outside=outside,
        router=router,
        answerer=answerer,
        conductor=conductor,
        alarm=alarm,
        newsroom=news,
        learning=Learning(memory, ear),
    )
    _introduce(core)
    return core


def _introduce(core: Core) -> None:
    """Tell everybody whom to call."""
    memory, news = core.memory, core.newsroom
    news.conductor = core.conductor
    core.conductor.muted = memory.muted
    core.ear.tell(core.conductor.heard)
    core.answerer.away = away(core.workers)
    core.answerer.elsewhere = {DenyCloud: core.consents.deny, NotCalled: core.learning.take_back}
    core.answerer.forgotten.append(core.learning.forgotten)
    core.ear.overheard = core.learning.overhear
    core.answerer.say = news.say
    core.outside.sent = news.sent
    core.outside.came_of = news.came_of
    memory.on_choices(news.chosen)
    memory.on_timers(core.alarm.changed)
    memory.mending.say = news.say
    memory.guests_changed = core.consents.changed


def _workers(setups: Setups, told: Told) -> tuple[Transcriber, Thinker, Voice]:
    transcriber = Transcriber("transcriber", setups.transcriber, message.TranscriberOut, told)
    thinker = Thinker("thinker", setups.thinker, message.ThinkerOut, told)
    thinker.max_tokens = setups.config.answer.max_tokens
    thinker.temperature = setups.config.answer.temperature
    return transcriber, thinker, Voice("voice", setups.voice, message.VoiceOut, told)


def _answerer(
    setups: Setups, router: Router, choosing: Choosing, memory: Memory, clock: Clock
) -> Answerer:
    answerer = Answerer(router, choosing, memory, setups.config.answer, clock)
    answerer.wakes = setups.config.wake.phrases
    return answerer


def _store(where: Paths, *, private: bool) -> Store:
    if private:
        return Store()
    return Store(where.database, where.key, prepare=lambda: paths.private_folder(where.state))
