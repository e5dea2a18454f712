"""Three pipelines, one after another, on the same sentences: stock ones between turns of ours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from roomtone.app.bench.figures import plain
from roomtone.app.bench.forced import force_hearing, force_writing
from roomtone.app.bench.oracle import UNKNOWN
from roomtone.app.bench.product import Product, configured, product
from roomtone.app.bench.recording import Sound, first_audible, read, write
from roomtone.app.bench.schedule import Costs, Stock, Turn, Utterance, known, lay_out
from roomtone.app.bench.shapes.models import Models, Tell
from roomtone.app.bench.stock import StockPipelines
from roomtone.app.config import Config
from roomtone.base.event import Event, ReplyFinished, ReplyStarted, SpeechEnded, Understood

WAITS: dict[Stock, float] = {"naive": 0.7, "streamed": 0.65}
"""Seconds of silence that a stock pipeline waits for; its end of speech costs it nothing else."""

RESTING = 0.25
"""Seconds without work after which ours has made all of its answer."""

EARLY = 0.2
"""Seconds before the end of speech from which an end is a cut-in."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of one pipeline."""

    pipeline: str
    command: bool
    said: str
    understood: str
    answer: str
    delay: float | None
    """Seconds from the end of speech to the first sample of the answer; None: there was none."""
    ended: float | None = None
    """Seconds from the end of speech to the end of the turn; None: there was none."""
    cut: bool = False
    """Whether the speaker was cut off."""
    prepared: bool = False
    """Whether the answer had been made before the turn was confirmed."""
    cpu: float = 0.0
    """Processor seconds of all processes, this turn."""


class Bench:
    """Runs the turns."""

    def __init__(self, models: Models, config: Config, tell: Tell) -> None:
        self._models, self._tell = models, tell
        self._config = configured(config, models)
        self._now = ""
        self._answers: dict[str, str] = {}
        if models.forced:
            force_hearing(lambda _sound: self._now)
            force_writing(lambda question: self._answers.get(plain(question), UNKNOWN))
        system, most = config.answer.system, config.answer.max_tokens
        self._stock = StockPipelines(
            models.speech, models.language, models.voice, system, most=most
        )
        self.taken: list[Taken] = []
        self._events: list[Event] = []

    def know(self, utterances: Sequence[Utterance]) -> None:
        """Have the stock pipelines know the answers where they must be told."""
        self._answers = {plain(one.spoken.text): one.spoken.answer for one in utterances}

    def costs(self, utterances: Sequence[Utterance]) -> Costs:
        """Seconds that the slower stock pipeline needs, and the answers, measured once, warm.

        The first of `utterances` is a question, the last one a command.
        """
        self.stock(utterances[0], "naive")
        both = [self.stock(utterances[at], "naive").delay or 0.0 for at in (0, -1)]
        answers = {one.spoken.answer for one in utterances} if self._models.forced else set()
        lengths = {one: self._stock.seconds(one) for one in answers}
        return Costs(question=1.25 * both[0], command=1.25 * both[1], answers=lengths)

    def stock(self, utterance: Utterance, pipeline: Stock) -> Taken:
        """One turn of a stock pipeline, from the end of speech on, in real time."""
        self._now = utterance.spoken.text
        spoken = utterance.spoken
        began, spent = time.monotonic(), time.process_time()
        time.sleep(WAITS[pipeline])
        text, sounds = getattr(self._stock, pipeline)(
            utterance.said, spoken.answer if spoken.command else ""
        )
        delay = None
        for sound in sounds:
            if delay is None:
                delay = time.monotonic() - began + _silence(sound, self._stock.rate)
        return Taken(
            pipeline=pipeline,
            command=spoken.command,
            said=spoken.text,
            understood=text,
            answer="",
            delay=delay,
            ended=WAITS[pipeline],
            cpu=time.process_time() - spent,
        )

    async def run(self, turns: Sequence[Turn], folder: Path) -> None:
        """All turns, ours in real time on one recording, the stock ones in its pauses.

        Raises OwnerError, PartError.
        """
        sound, labels = lay_out(turns)
        source, sink = folder / "said.wav", folder / "answered.wav"
        write(source, sound)
        words = known(turns, str(source), labels) if self._models.forced else None
        async with product(self._config, source, sink, self._events.append, words) as running:
            costs = [await self._turn(running, turn, turns) for turn in turns]
            await running.over()
        played = read(sink)
        for turn, cost in zip(turns, costs, strict=True):
            self.taken.append(self._ours(turn, played, cost))

    async def _turn(self, running: Product, turn: Turn, turns: Sequence[Turn]) -> float:
        """Wait until ours has made its answer; then the stock one. What ours cost."""
        self._tell(f"Turn {turns.index(turn) + 1} of {len(turns)}")
        await running.reach(turn.start - 0.1)
        before = running.cpu()
        await running.reach(turn.end + 0.8)
        await self._rest(running, turn.end + 4.0)
        after = running.cpu()
        taken = await asyncio.to_thread(self.stock, turn.utterance, turn.stock)
        self.taken.append(taken)
        return sum(after.values()) - sum(before.values())

    async def _rest(self, running: Product, latest: float) -> None:
        """Until the answer is there and every part but the ear rests, or it is late."""
        quiet_since, last = time.monotonic(), -1.0
        while running.t < latest:
            spent = running.cpu()
            now = sum(spent[name] for name in spent if name not in {"ear", "core"})
            if now > last + 0.015:
                quiet_since, last = time.monotonic(), now
            elif time.monotonic() - quiet_since > RESTING:
                return
            await running.core.ear.tick()

    def _ours(self, turn: Turn, played: Sound, cost: float) -> Taken:
        mine = [one for one in self._events if turn.start <= one.t < turn.until]
        ends = [one for one in mine if isinstance(one, SpeechEnded)]
        texts = [one.text for one in mine if isinstance(one, Understood)]
        starts = [one for one in mine if isinstance(one, ReplyStarted)]
        answers = [one.text for one in mine if isinstance(one, ReplyFinished)]
        heard = first_audible(played, turn.end, turn.until)
        early = first_audible(played, turn.start, turn.end) is not None
        return Taken(
            pipeline="ours",
            command=turn.utterance.spoken.command,
            said=turn.utterance.spoken.text,
            understood=" ".join(texts),
            answer=" ".join(answers),
            delay=None if heard is None else heard - turn.end,
            ended=ends[-1].t - turn.end if ends else None,
            cut=early or any(one.t < turn.end - EARLY for one in ends),
            prepared=any(one.speculative for one in starts),
            cpu=cost,
        )


def _silence(sound: Sound, rate: int) -> float:
    """Seconds before the first audible sample."""
    return first_audible(sound, 0.0, len(sound) / rate, rate) or 0.0
