"""Simulated processes: what the core starts, talks to, and loses."""

from __future__ import annotations

import asyncio
import random
import string
from collections.abc import AsyncIterator, Callable
from typing import Any

from roomtone.base import message
from roomtone.base.life import End

PIPE = 200_000
"""Bytes that a process which reads no more still takes."""

UTTERANCE = 150_000
"""Bytes of one that is to be read."""

WIRE = 0.002
"""Seconds that a message is on its way."""

ORDER = 1e-6
"""Seconds between two messages on one wire: they keep their order."""

RISEN = 1.0
"""Seconds after which whoever had waited for it knows that it is up."""

STALE = 3.0
"""Seconds after which a process that hangs is noticed and killed."""

WILD = [
    "",
    " ",
    "a" * 40_000,
    "word " * 3000,
    "\u202e\u200b\x00\x1b[2J",
    "z" + "\u0335" * 500,
    "\U0001f525" * 300,
    "<|endoftext|>\n\n\n",
    "\ufffe\uffff\ue000",
    "{name} %s {0} \\",
]


class SimLife:
    """What `Life` is to the core, without a process."""

    part = ""
    memory = 0

    def __init__(self, random_: random.Random, ready_after: float) -> None:
        self.random = random_
        self.loop = asyncio.get_running_loop()
        self.pid = 1
        self.said_at = self.loop.time()
        self.dead = self.hung = self.ready = False
        self.ready_at = self.late = 0.0
        self.garbage = False
        self._out: asyncio.Queue[Any] = asyncio.Queue()
        self._held: list[Any] = []
        self._given = 0
        self._gone = asyncio.Event()
        self._said_until = self._heard_until = 0.0
        self._end = End(kind="", fault="", since=self.said_at)
        self.say(message.Ready(), ready_after)

    async def send(self, request: Any) -> None:
        """Take a request; one that reads no more takes only so many bytes."""
        if self.dead:
            raise BrokenPipeError
        self._given += UTTERANCE if isinstance(request, message.Transcribe) else 50
        if self.hung and self._given > PIPE:
            await self._gone.wait()
            raise BrokenPipeError
        self._heard_until = max(self.loop.time() + WIRE, self._heard_until + ORDER)
        self.loop.call_at(self._heard_until, self._obey, request)

    async def messages(self) -> AsyncIterator[Any]:
        """What it says, until it has gone."""
        while (said := await self._out.get()) is not None:
            yield said

    async def watch(self) -> None:
        """A process that hangs is killed by `hang` itself."""

    async def epitaph(self) -> End:
        """How it ended."""
        return self._end

    async def end(self) -> None:
        """Let it go."""
        self.die("", "")

    def say(self, said: Any, after: float = 0.0) -> None:
        """Say something later, in order."""
        at = max(self.loop.time() + after + self.late + WIRE, self._said_until + ORDER)
        self._said_until = at
        self.loop.call_at(at, self._put, said)

    @property
    def calm(self) -> bool:
        """True while it has been well for a while and has nothing more to say."""
        well = not (self.dead or self.hung or self.late)
        settled = max(self._said_until, self.ready_at + RISEN)
        return well and self.ready and settled <= self.loop.time()

    def die(self, kind: str = "part_died", fault: str = "killed by SIGKILL") -> None:
        """End now."""
        if not self.dead:
            self.dead = True
            self._end = End(kind=kind, fault=fault, since=self.loop.time())
            self._gone.set()
            self._out.put_nowait(None)

    def hang(self) -> None:
        """Neither read nor say anything any more; whoever watches kills it."""
        self.hung = True
        self._given = 0
        self.loop.call_later(STALE, self.die, "part_hung", "stands still")

    def _put(self, said: Any) -> None:
        if self.dead:
            return
        if self.hung:
            self._held.append(said)
            return
        if isinstance(said, message.Ready):
            self.ready, self.ready_at = True, self.loop.time()
        self._out.put_nowait(said)

    def _obey(self, request: Any) -> None:
        if not self.dead and not self.hung:
            self.obey(request)

    def obey(self, request: Any) -> None:
        """Do what the core wants."""
        raise NotImplementedError


class SimWorker(SimLife):
    """Does one job after another; each takes a while."""

    def __init__(self, random_: random.Random, ready_after: float) -> None:
        super().__init__(random_, ready_after)
        self.fails = False
        self._busy_until = 0.0
        self._given_up: set[int] = set()

    def obey(self, request: Any) -> None:
        if isinstance(request, message.Cancel):
            self._given_up.add(request.job)
            return
        if not hasattr(request, "job"):
            return  # the setup
        begin = max(self.loop.time(), self._busy_until)
        self._busy_until = begin + self.effort(request)
        self.loop.call_at(self._busy_until, self._do, request)

    @property
    def calm(self) -> bool:
        return super().calm and self._busy_until <= self.loop.time()

    def effort(self, _request: Any) -> float:
        """Seconds until the first answer."""
        return self.random.uniform(0.02, 0.5)

    def _do(self, request: Any) -> None:
        if self.dead or self.hung:
            return
        if self.fails:
            self.say(message.Done(job=request.job, error="RuntimeError"))
            return
        if self.garbage and self.random.random() < 0.3:
            self.say(message.Done(job=request.job + self.random.choice([-1, 10_000])))
        self.answer(request)

    def answer(self, request: Any) -> None:
        """Say the answers and `Done`."""
        raise NotImplementedError

    def wild(self) -> str:
        """Text that no sane model writes."""
        return self.random.choice([*WILD, "".join(self.random.choices(string.printable, k=50))])

    def given_up(self, job: int) -> bool:
        """Whether the core wants the job no more."""
        return job in self._given_up


class SimTranscriber(SimWorker):
    """Sound is its own text; a leading "?" makes it unsure."""

    part = "transcriber"
    asked: Callable[[], None] = staticmethod(lambda: None)
    """Told when the core sends something to be read."""

    async def send(self, request: Any) -> None:
        if isinstance(request, message.Transcribe):
            self.asked()
        await super().send(request)

    def answer(self, request: message.Transcribe) -> None:
        text = request.pcm.decode().strip()
        confidence = 0.2 if "?" in text else 0.95
        if self.garbage:
            text, confidence = self.wild(), self.random.choice([0.9, 2.0, -1.0, float("nan")])
        if not self.given_up(request.job):
            text = text.replace("?", "")
            self.say(
                message.Transcribed(job=request.job, text=text, confidence=confidence, compute_ms=1)
            )
        self.say(message.Done(job=request.job))


class SimThinker(SimWorker):
    """Writes words; sometimes it does not come to an end."""

    part = "thinker"

    def answer(self, request: Any) -> None:
        if isinstance(request, message.Warm):
            self.say(message.Done(job=request.job))
            return
        count = self.random.choice([0, 1, 5, 20, 60, 400])
        self._word(request, count)

    def _word(self, request: message.Think, left: int) -> None:
        if self.dead or self.hung or left == 0 or self.given_up(request.job):
            self.say(message.Done(job=request.job))
            return
        text = self.wild() if self.garbage else self.random.choice(["tea ", "is. ", "warm, ", "a "])
        self.say(message.Thought(job=request.job, text=text))
        self._busy_until = self.loop.time() + 0.05
        self.loop.call_later(0.05, self._word, request, left - 1)


class SimVoice(SimWorker):
    """A twentieth of a second for each letter, at a rate that costs nothing."""

    part = "voice"
    RATE = 100

    def answer(self, request: message.Speak) -> None:
        length = min(len(request.text) * 0.05, 20.0) if request.text.strip() else 0.0
        if self.garbage:
            self.say(message.Spoken(job=request.job, pcm=b"\1" * 333, rate=self.RATE))
        while length > 0 and not self.given_up(request.job):
            piece = min(length, 1.0)
            length -= piece
            pcm = bytes(2 * round(piece * self.RATE))
            self.say(message.Spoken(job=request.job, pcm=pcm, rate=self.RATE), 0.02)
        self.say(message.Done(job=request.job))


Birth = Callable[[random.Random, float], SimLife]
WORKERS: dict[str, Birth] = {
    "transcriber": SimTranscriber,
    "thinker": SimThinker,
    "voice": SimVoice,
}
