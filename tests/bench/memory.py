"""Whether memory grows with use: the slope of each process over many turns.

    python tests/bench/memory.py [core transcriber thinker voice ear] [--turns N] [--seconds S]

The core is one core, of simulated parts in virtual time, for `--turns` turns without a restart; the
simulation lies in the same process and counts too. Each part is the real process with the real
starter model, under real jobs for `--seconds`; the ear runs through a recording. Printed is the
slope by regression over the last four fifths, with its standard error: MB for 1,000 turns.
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
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from roomtone.app.config import Config
from roomtone.app.parts import Jobs, Thinker, Transcriber, Voice
from roomtone.app.run import alive
from roomtone.app.setups import Setups, Sounds
from roomtone.base import message
from roomtone.base.error import PartError
from roomtone.base.words import Exchanged
from scenes.simulation.play import play
from sound.ear_process import EarProcess

PARTS = ("core", "transcriber", "thinker", "voice", "ear")
POINTS = 100
"""Looks at the memory of one process."""

TURN_SECONDS = 12.0
"""Seconds of sound that the ear hears in one turn: wake word, question, answer, window."""

QUESTIONS = [
    "what is the capital of france",
    "who wrote hamlet",
    "how many legs does a spider have",
    "tell me about the sea",
]
SENTENCES = [
    "It is twenty past three.",
    "Paris is the capital of France.",
    "Your pizza timer has seven minutes left.",
    "Sorry, I did not catch that. Could you say it again?",
]


class Growth:
    """Notes the resident memory of a process as turns go by."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = time.monotonic()
        self._points: list[tuple[float, float]] = []

    def look(self, turns: float, pid: int) -> None:
        """Note how much memory it holds after so many turns."""
        self._points.append((turns, anonymous(pid)))

    def tell(self, unit: str) -> None:
        """Print the slope."""
        late = self._points[len(self._points) // 5 :]
        turns = [at for at, _ in late]
        held = [megabytes for _, megabytes in late]
        line = statistics.linear_regression(turns, held)
        rest = [y - line.intercept - line.slope * x for x, y in late]
        spread = statistics.pstdev(turns) * (len(late) - 2) ** 0.5
        error = statistics.pstdev(rest) / spread if spread else float("nan")
        print(
            f"{self._name:12} {turns[-1]:8.0f} turns ({unit}) in "
            f"{time.monotonic() - self._began:4.0f} s: {held[0]:6.1f} -> {held[-1]:6.1f} MB, "
            f"{1000 * line.slope:+.3f} +- {1000 * error:.3f} MB per 1,000 turns",
            flush=True,
        )


def anonymous(pid: int) -> float:
    """MB of its own that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


def core(turns: int) -> None:
    """One core for many turns; the simulation looks each time that its room is quiet."""
    growth = Growth("core")
    step, due = turns / POINTS, 0.0

    def rests(done: int) -> None:
        nonlocal due
        if done >= due:
            due += step
            growth.look(done, os.getpid())

    with tempfile.TemporaryDirectory() as folder:
        told = play(1, turns, state=Path(folder), rests=rests, mortal=False)
    growth.tell("simulated parts, same process")
    if told.broken:
        print(f"             the room broke: {told.broken}")


async def worker(name: str, seconds: float) -> None:
    """A real part under real jobs."""
    setups = Setups(Config(), Sounds(), None)  # type: ignore[arg-type]  # only the ear asks it
    makes: dict[str, tuple[Jobs, Callable[[Any, int], Awaitable[None]], str]] = {
        "transcriber": (
            Transcriber("transcriber", setups.transcriber, message.TranscriberOut, _ignore),
            _read,
            "two partials and a reading each",
        ),
        "thinker": (
            Thinker("thinker", setups.thinker, message.ThinkerOut, _ignore),
            _think,
            "an answer and a warm-up each",
        ),
        "voice": (
            Voice("voice", setups.voice, message.VoiceOut, _ignore),
            _speak,
            "a sentence each",
        ),
    }
    part, job, unit = makes[name]
    async with alive(part.child):
        await part.child.ready(120)
        growth, done, ends = Growth(name), 0, time.monotonic() + seconds
        due = time.monotonic()
        while time.monotonic() < ends:
            with contextlib.suppress(PartError):
                await job(part, done)
            done += 1
            if time.monotonic() >= due and part.child.pid is not None:
                due += seconds / POINTS
                growth.look(done, part.child.pid)
        growth.tell(unit if not part.child.restarts else f"{unit}, RESTARTED")


async def _read(part: Transcriber, number: int) -> None:
    sound = speech(1.0 + number % 3, number)
    await part.read(sound[: len(sound) // 4 * 2], final=False)
    await part.read(sound, final=False)
    await part.read(sound, final=True)


async def _think(part: Thinker, number: int) -> None:
    question = QUESTIONS[number % len(QUESTIONS)]
    history = [Exchanged(user=question, assistant=SENTENCES[number % len(SENTENCES)])]
    system = Config().answer.system
    async with contextlib.aclosing(part.think(system, history, question, "")) as pieces:
        async for _ in pieces:
            pass
    await part.warm(system, history)


async def _speak(part: Voice, number: int) -> None:
    async with contextlib.aclosing(part.voice(SENTENCES[number % len(SENTENCES)])) as pieces:
        async for _ in pieces:
            pass


def ear(seconds: float) -> None:
    """The real ear on a recording, as fast as it can."""
    dice = np.random.default_rng(0)
    quiet = dice.normal(0, 20, round((TURN_SECONDS - 3) * 16_000)).astype("<i2").tobytes()
    said = [speech(3.0, turn) + quiet for turn in range(8)]
    most = round(3 * seconds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "room.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            for turn in range(most):
                file.writeframes(said[turn % len(said)])
        process = EarProcess(input_file=str(path))
        process.wait_for(message.Ready)
        growth, t, ends = Growth("ear"), 0.0, time.monotonic() + seconds
        due = time.monotonic()
        while time.monotonic() < ends and t < (most - 1) * TURN_SECONDS:
            t += TURN_SECONDS
            process.send(message.Attend(mode="listening", seconds=6.0))
            process.run_until(t)
            process.told.clear()
            if time.monotonic() >= due:
                due += seconds / POINTS
                growth.look(t / TURN_SECONDS, process.process.pid)
        growth.tell(f"{TURN_SECONDS:.0f} s of sound each")
        process.end()


def speech(seconds: float, seed: int) -> bytes:
    """Something between a buzz and a vowel, s16le at 16 kHz."""
    dice = np.random.default_rng(seed)
    t = np.arange(round(seconds * 16_000)) / 16_000
    pitch = 110 + 40 * np.sin(2 * np.pi * t * dice.uniform(0.3, 1))
    buzz = sum(np.sin(2 * np.pi * n * np.cumsum(pitch) / 16_000) / n for n in range(1, 20))
    envelope = 0.55 + 0.45 * np.sign(np.sin(2 * np.pi * 3 * t))
    sound = 2500 * buzz * envelope + dice.normal(0, 60, len(t))
    return sound.astype("<i2").tobytes()


def _ignore(_news: object) -> None:
    pass


def main() -> None:
    """Print the slopes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"any of {', '.join(PARTS)}")
    parser.add_argument("--turns", type=int, default=20_000, help="of the core")
    parser.add_argument("--seconds", type=float, default=180.0, help="of jobs for each part")
    arguments = parser.parse_args()
    for part in arguments.parts:
        if part == "core":
            core(arguments.turns)
        elif part == "ear":
            ear(arguments.seconds)
        else:
            asyncio.run(worker(part, arguments.seconds))


if __name__ == "__main__":
    main()
