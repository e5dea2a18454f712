"""From the text to the first sound: set phrases, and answers whose first sentence is long.

    python tests/bench/first_sound.py [--shapes mini] [--voice starter] [--rounds 3] [--slow 12]

The voice is a real process with the voice in use, or with `--voice medium` one of Piper's medium
shape (synthetic weights). Set phrases are said before and after they are rehearsed. Then a
language model of `--shapes`, whose weights are synthetic and whose words are given to it, writes
answers of one long sentence each; they are voiced sentence by sentence and clause by clause, in
turn. `--slow` holds it down to so many tokens a second, as on a small machine. Beside the time to
the first sound stands what it might cost: the silence in mid-sentence, where the next clause is not
there in time, and the length of the whole.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from roomtone.app.bench.figures import plain
from roomtone.app.bench.oracle import PLACE, Known
from roomtone.app.bench.product import FORCED, configured, cpu_of
from roomtone.app.bench.shapes.models import SHAPES, models
from roomtone.app.build import Core, build
from roomtone.app.choosing import Asked
from roomtone.app.config import Config
from roomtone.app.parts import Thinker
from roomtone.app.phrases import phrases
from roomtone.app.run import START_PATIENCE, alive
from roomtone.base.frame import seconds
from roomtone.respond.settings import AnswerSettings

SAID = 12
"""Set phrases that are timed: the likeliest."""

ANSWERS = {
    "what is the moon": "The Moon is a ball of cold gray rock, which goes around the Earth once a "
    "month, and always turns the same side to us.",
    "why is the sky blue": "The sky is blue because the air scatters the short waves of sunlight "
    "much more than the long ones which we see as red.",
    "how do airplanes fly": "An airplane flies because its wings push the air down while it goes "
    "forward, so that the air pushes the wings up.",
    "how does a vaccine work": "A vaccine shows the body a harmless piece of a germ, so that it "
    "learns to know it, and can fight the real one within hours.",
    "why do leaves change color": "In autumn the green of the leaves breaks down, and the yellow "
    "and red that were there all the time can be seen for a few weeks.",
}
"""Questions, and answers of one sentence, made here."""


class Heard(msgspec.Struct, kw_only=True):
    """One text that was voiced."""

    first: float
    """Seconds to the first piece of sound."""
    cpu: float
    """Processor seconds until the sound was whole."""
    silent: float
    """Seconds within the answer in which the next piece was not there yet."""
    length: float
    """Seconds of sound."""


async def voiced(core: Core, texts: object, pids: Sequence[int]) -> Heard:
    """Play `texts` to nobody, in thought."""
    before, began = sum(map(cpu_of, pids)), time.monotonic()
    heard, ends = Heard(first=0.0, cpu=0.0, silent=0.0, length=0.0), 0.0
    async for text in texts:  # type: ignore[attr-defined]
        async for pcm, rate in core.voice.voice(text):
            now, length = time.monotonic() - began, seconds(pcm, rate)
            if not heard.first:
                heard.first = ends = now
            heard.silent += max(0.0, now - ends)
            ends = max(ends, now) + length
            heard.length += length
    heard.cpu = sum(map(cpu_of, pids)) - before
    return heard


class Slow:
    """Hands out the pieces of a thinker at so many a second at most."""

    def __init__(self, thinker: Thinker, rate: float) -> None:
        self._thinker, self._each = thinker, 1 / rate

    async def think(self, *prompt: Any) -> AsyncIterator[str]:
        began = count = 0.0
        async for piece in self._thinker.think(*prompt):
            began, count = began or time.monotonic(), count + 1
            await asyncio.sleep(began + (count - 1) * self._each - time.monotonic())
            yield piece


async def one(text: str):
    yield text


async def set_phrases(core: Core, rounds: int) -> dict[str, list[Heard]]:
    """Each of the likeliest, before and after it is rehearsed."""
    pids, took = [core.voice.child.pid or 0], {}
    said = phrases(core.router, "Roomtone")
    for what in ("made when asked for", "kept"):
        took[what] = [
            await voiced(core, one(text), pids) for _ in range(rounds) for text in said[:SAID]
        ]
        if what == "kept":
            break
        before, began = cpu_of(pids[0]), time.monotonic()
        kept = [await core.voice.rehearse(text) for text in said]
        print(
            f"rehearsed {sum(kept)} of {len(said)} phrases: {cpu_of(pids[0]) - before:.2f} s of a "
            f"processor, {time.monotonic() - began:.2f} s on the wall"
        )
    return took


async def long_sentences(core: Core, rounds: int, slow: float) -> dict[str, list[Heard]]:
    """Answers by the model, by sentences and by clauses in turn."""
    pids = [core.voice.child.pid or 0, core.thinker.child.pid or 0]
    took: dict[str, list[Heard]] = {"sentence by sentence": [], "clause by clause": []}
    settings = AnswerSettings()
    await core.thinker.warm(settings.system, [])
    if slow:
        core.answerer._choosing._writing._thinking = Slow(core.thinker, slow)
    for _ in range(rounds):
        for question in ANSWERS:
            for turn, heard in enumerate(took.values()):
                asked = Asked(text=question, history=[], settings=settings, turn=turn)
                answer = core.answerer._choosing.answer(asked)
                heard.append(await voiced(core, answer.sentences, pids))
    return took


def table(what: str, took: dict[str, list[Heard]]) -> None:
    print(f"\n{what}")
    for name, heard in took.items():
        firsts = sorted(1000 * one.first for one in heard)
        print(
            f"  {name:22} first sound {statistics.median(firsts):6.1f} ms (worst {firsts[-1]:6.1f})"
            f"   processor {1000 * statistics.mean(one.cpu for one in heard):6.1f} ms"
            f"   silence within {1000 * statistics.mean(one.silent for one in heard):5.1f} ms"
            f" (worst {1000 * max(one.silent for one in heard):5.1f})"
            f"   length {statistics.mean(one.length for one in heard):5.2f} s"
        )


async def measure(options: argparse.Namespace, folder: str) -> None:
    found = models(options.shapes, Config(), lambda what: print(what, file=sys.stderr))
    if options.voice != "medium":
        own = models("starter", Config(), print)
        found = msgspec.structs.replace(found, voice=own.voice)
    place = Path(folder) / "oracle.json"
    answers = {plain(question): answer for question, answer in ANSWERS.items()}
    place.write_bytes(msgspec.json.encode(Known(recording="", labels=[], answers=answers)))
    os.environ[PLACE] = str(place)
    core = await build(configured(Config(), found), private=True)
    core.thinker.child.module = FORCED["thinker"]
    try:
        async with alive(core.voice.child, core.thinker.child):
            for child in (core.voice.child, core.thinker.child):
                await child.ready(START_PATIENCE)
            table("set phrases", await set_phrases(core, options.rounds))
            table("one long sentence", await long_sentences(core, options.rounds, options.slow))
    finally:
        await core.memory.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shapes", choices=SHAPES, default="mini")
    parser.add_argument("--voice", choices=("starter", "medium"), default="starter")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=float, default=0.0)
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(measure(parser.parse_args(), folder))


if __name__ == "__main__":
    main()
