"""The conversation as the doors see it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from roomtone.app import metrics
from roomtone.app.build import Core
from roomtone.app.custody import Custody
from roomtone.app.speaking import say
from roomtone.app.status import Standing
from roomtone.app.tally import Tally
from roomtone.base import event, message
from roomtone.base.error import OwnerError, PartError
from roomtone.base.room import AlarmClock, Mute, Rest, Timer
from roomtone.turn.record import Turn

SIGNING = 1.0
"""Seconds that `mute` waits for a disk that hangs: the microphone itself waits for none."""

SILENT = ("loudspeaker_lost", "loudspeaker_stalled", "sound_server_hung")
"""Faults of the ear while which nobody hears anything."""

Reload = Callable[[], Awaitable[tuple[str, ...]]]
"""Puts the configuration in force; the sections that changed. Raises OwnerError."""


class Controls(Custody):
    """Implements `base.port.Control` over a running core."""

    def __init__(
        self, core: Core, standing: Standing | None = None, reload: Reload | None = None
    ) -> None:
        """Without `standing` and `reload` it is no daemon: it only answers what is asked."""
        super().__init__(core)
        self._standing = standing
        self._reload = reload
        self._tally = Tally()
        core.bulletin.listen(self._tally.note)

    async def status(self) -> dict[str, Any]:
        """State, devices, models and faults, as plain JSON data."""
        if self._standing is None:
            raise OwnerError("no daemon is running; start it with `roomtone run`")
        return await self._standing.data()

    async def metrics(self) -> str:
        """Counts and durations in Prometheus' text form."""
        status = await self.status()
        await asyncio.to_thread(metrics.load)
        return metrics.text(self._tally, status)

    async def false_wake(self) -> bool:
        """Count the last wake as false; whether its sound is remembered."""
        if self._tally.asked:
            raise OwnerError(
                "it listened because it was told to, as by `roomtone listen`: no wake word was "
                "heard, so there is none to take back"
            )
        if not self._tally.false_wake():
            raise OwnerError(
                "nothing has woken it since the last report; there is none to take back"
            )
        return await self._core.learning.report()

    async def learnt(self) -> dict[str, Any]:
        """Whose voices are enrolled, and how many false alarms are remembered."""
        known = self._core.learning.learnt
        voices = [{"name": one.name, "word": one.word} for one in known.voices]
        return {"voices": voices, "false_alarms": len(known.alarms)}

    async def enroll(self, word: str, name: str, weights: bytes, bias: float) -> None:
        """Know a voice. Raises OwnerError when it cannot be kept."""
        if word not in self._core.config.wake.words:
            raise OwnerError(f"{word!r} is no wake word in use; see `roomtone config show`")
        voice = message.KnownVoice(word=word, name=name, weights=weights, bias=bias)
        await self._core.learning.enroll(voice)

    async def forget_voice(self, name: str | None) -> int:
        """Forget a voice, or all that is learnt; how much went."""
        return await self._core.learning.forget(name)

    async def ask(self, text: str) -> AsyncIterator[event.Event]:
        """Answer `text` in writing; the events of that turn, the last one ends it."""
        core, started = self._core, self._core.clock.now()
        answer = await core.answerer.answer(text)
        if answer.actions and not core.ear.child.up:
            raise OwnerError("that needs the daemon; start `roomtone run` and ask again")
        await core.conductor.carry_out(answer.actions)
        if any(isinstance(action, Mute) for action in answer.actions):
            await core.conductor.mute(on=True)  # before the first word: whoever asks may go away
        said: list[str] = []
        async with contextlib.aclosing(answer.sentences):  # type: ignore[type-var]
            async for sentence in answer.sentences:
                if isinstance(sentence, str):
                    if not said:
                        yield event.ReplyStarted(by=answer.by)
                    said.append(sentence)
                    yield event.Sentence(text=sentence)
        whole = " ".join(said)
        core.answerer.remember(text, whole, answer)
        if answer.current():
            core.memory.archive.add(
                Turn(
                    started=started,
                    heard=text,
                    confidence=1.0,
                    by=answer.by,
                    skill=answer.skill,
                    reply=whole,
                    entries=tuple(answer.entries),
                    reason=answer.reason,
                )
            )
        if not whole and any(isinstance(action, Rest) for action in answer.actions):
            await core.conductor.hush()
        yield event.ReplyFinished(by=answer.by, skill=answer.skill, text=whole, spoken_text="")

    async def say(self, text: str) -> None:
        """Speak `text` in the room; returns when it has been said. Raises OwnerError, PartError."""
        self._there("voice", up=self._core.voice.child.up)
        for kind in SILENT:
            if silent := self._core.newsroom.faults.find("ear", kind):
                raise OwnerError(
                    f"nobody would hear it: {silent.fault}; `roomtone doctor` says what mends it"
                )
        if not await self._core.conductor.announce(say(text)):
            raise OwnerError(
                "it was not said: somebody spoke with it meanwhile, or a part failed; "
                "`roomtone status` shows how it stands, then say it again"
            )

    async def listen(self) -> None:
        """Listen as if the wake word had been said."""
        if self._core.memory.muted:
            raise OwnerError("the microphone is muted; `roomtone unmute` opens it")
        if self._core.ear.microphone == "missing":
            raise OwnerError("there is no microphone; `roomtone devices` shows what can be used")
        await self._core.conductor.listen()

    async def hush(self) -> None:
        """Stop speaking and ringing."""
        await self._core.conductor.hush()

    async def mute(self, *, on: bool) -> None:
        """Close (`on`) or open the microphone; the room hears which, if there are cues.

        Returns when a daemon that is started anew would know, if the disk takes it in time.
        """
        await self._core.conductor.mute(on=on)
        await self._core.memory.store.signed(SIGNING)
        with contextlib.suppress(PartError):
            await self._core.conductor.sign("muted" if on else "unmuted")

    async def reload(self) -> list[str]:
        """Read the configuration again; the sections that changed."""
        if self._reload is None:
            raise OwnerError("no daemon is running; it reads the configuration when it starts")
        return list(await self._reload())

    async def timers(self) -> list[Timer]:
        """Running timers, the next one first."""
        return list(await self._core.memory.timers())

    async def alarms(self) -> list[AlarmClock]:
        """Alarms that are set, the next one first."""
        return list(await self._core.memory.alarms())

    def events(self) -> AsyncIterator[event.Event]:
        """Every event from now on."""
        return self._core.bulletin.follow()

    def _there(self, part: str, *, up: bool) -> None:
        if not up:
            raise PartError(part, "is not running at the moment; `roomtone status` tells why")
