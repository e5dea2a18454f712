"""Three pipelines, one after another, on the same sentences: stock ones between turns of ours."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from roomtone.app.bench.figures import plain
from roomtone.app.bench.forced import force_hearing, force_writing
from roomtone.app.bench.oracle import UNKNOWN
from roomtone.app.bench.product import Product, configured, product
from roomtone.app.bench.recording import Sound, first_audible, read, write
from roomtone.app.bench.schedule import Costs, Stock, Turn, Utterance, known, lay_out
from roomtone.app.bench.shapes.models import Models, Tell
from roomtone.app.bench.stock import StockPipelines
from roomtone.app.bench.taken import Taken, of_ours
from roomtone.app.config import Config
from roomtone.base.event import Event

WAITS: dict[Stock, float] = {"naive": 0.7, "streamed": 0.65}
"""Seconds of silence that a stock pipeline waits for; its end of speech costs it nothing else."""


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

    def know(self, utterances: Sequence[Utterance]) -> None:
        """Have the stock pipelines know the answers where they must be told."""
        self._answers = {plain(one.spoken.text): one.spoken.answer for one in utterances}

    def costs(self, utterances: Sequence[Utterance]) -> Costs:
        """Seconds that the slower stock pipeline needs, measured once, warm.

        The first of `utterances` is a question, the last one a command.
        """
        self.stock(utterances[0], "naive")
        question, command = (self.stock(utterances[at], "naive").delay or 0.0 for at in (0, -1))
        return Costs(question=question, command=command)

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
        """All turns of ours on one recording, and the stock ones while it stands still.

        Raises OwnerError, PartError.
        """
        sound, labels = lay_out(turns)
        source, sink = folder / "said.wav", folder / "answered.wav"
        write(source, sound)
        words = known(turns, str(source), labels) if self._models.forced else None
        events: list[Event] = []
        async with product(self._config, source, sink, events.append, words) as running:
            await running.rest()
            costs = [await self._turn(running, turn, turns) for turn in turns]
            await running.over()
        played = read(sink)
        for turn, cost in zip(turns, costs, strict=True):
            self.taken.append(of_ours(turn, events, played, cost))

    async def _turn(self, running: Product, turn: Turn, turns: Sequence[Turn]) -> float:
        """Ours, from the speech until it rests; then the stock one. What ours cost."""
        self._tell(f"Turn {turns.index(turn) + 1} of {len(turns)}")
        before = running.cpu()
        await running.converse(turn.end, turn.until)
        after = running.cpu()
        if turn.stock:
            self.taken.append(await asyncio.to_thread(self.stock, turn.utterance, turn.stock))
        return sum(after.values()) - sum(before.values())


def _silence(sound: Sound, rate: int) -> float:
    """Seconds before the first audible sample."""
    return first_audible(sound, 0.0, len(sound) / rate, rate) or 0.0
