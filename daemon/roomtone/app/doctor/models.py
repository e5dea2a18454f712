"""The models: unharmed, and fast enough on this machine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

import numpy as np

from roomtone.app.config import Config
from roomtone.app.doctor.finding import Finding, bad, ok, skipped, warn, within
from roomtone.app.doctor.mend import mend
from roomtone.app.parts import Jobs, Thinker, Transcriber, Voice
from roomtone.app.run import START_PATIENCE, alive
from roomtone.app.thinker import ThinkerSetup
from roomtone.app.transcriber import TranscriberSetup
from roomtone.app.voice import VoiceSetup
from roomtone.base import message
from roomtone.base.error import OwnerError, RoomtoneError
from roomtone.base.falls import News
from roomtone.base.frame import SAMPLE_RATE, seconds
from roomtone.capture.resample import Resampler, Samples, to_float
from roomtone.system.weights import Weights

SENTENCE = "The quick brown fox jumps over the lazy dog, and then it rests for a while."
"""Spoken by the voice, read by the transcriber."""

QUESTION = "Tell me something about the moon."

TOKENS = 24
"""Tokens the thinker writes at most."""

SLOW, TOO_SLOW = 0.6, 1.0
"""Seconds of work for a second of sound: beyond the first answers are late, beyond the second the
work never catches up."""

TOKENS_SLOW, TOKENS_TOO_SLOW = 8.0, 4.0
"""Tokens a second: speech takes about four."""

SMALLER = "choose a smaller model: `roomtone models list`"


def unharmed(weights: Weights, names: Iterable[str]) -> list[Finding]:
    """Hash every file of the models that are used."""
    found: list[Finding] = []
    for name in dict.fromkeys(names):
        try:
            files = weights.verify([name])
        except OwnerError as problem:
            found.append(bad(f"model.{name}", str(problem), "correct [models]"))
            continue
        wrong = [one for one in files if not one.good]
        if wrong:
            said = ", ".join(f"{one.file} is {one.state}" for one in wrong)
            found.append(bad(f"model.{name}", said, _fetch(weights, name)))
        else:
            found.append(ok(f"model.{name}", "every file is what was listed", files[0].state))
    return found


def _fetch(weights: Weights, name: str) -> str:
    """How to get an unharmed copy of a listed model."""
    if weights.model(name).shipped:
        return "it came with Roomtone: install Roomtone again"
    return f"`roomtone models pull {name}`"


def used(config: Config, weights: Weights) -> tuple[str, ...]:
    """Names of the listed models that `config` needs; an owner's own files are not listed."""
    models = config.models
    chosen = (*config.wake.words, models.speech, models.language, models.voice)
    needed = (model.name for model in weights.listed.model if model.needed and model.kind != "wake")
    return (*needed, *(name for name in chosen if "/" not in name))


async def speed(config: Config, weights: Weights, tell: Callable[[str], None]) -> list[Finding]:
    """Have the voice speak, the transcriber read it, and the language model write.

    Each in the process that it has in the daemon, one after the other; `tell` hears which.
    """
    tell("the voice speaks")
    sound: list[Samples] = []
    spoken = await _tried("voice.speed", _speak(config, weights, sound))
    tell("the transcriber reads")
    heard = np.concatenate(sound) if sound else None
    read = skipped("transcriber.speed", "nothing to read without a voice")
    if heard is not None:
        read = await _tried("transcriber.speed", _read(config, weights, heard))
    tell("the language model writes")
    written = await _tried("thinker.speed", _write(config, weights))
    return [read, written, spoken]


async def _speak(config: Config, weights: Weights, sound: list[Samples]) -> Finding:
    """Fill `sound` with the sentence at 16 kHz."""

    def setup() -> VoiceSetup:
        return VoiceSetup(path=str(weights.find(config.models.voice, "voice")), voice=config.voice)

    voice = Voice("voice", setup, message.VoiceOut, _nobody)
    async with _up(voice):
        began, length = time.monotonic(), 0.0
        pieces = [piece async for piece in voice.voice(SENTENCE)]
        took = time.monotonic() - began
    resampler = None
    for pcm, rate in pieces:
        resampler = resampler or Resampler(rate, SAMPLE_RATE)
        length += seconds(pcm, rate)
        sound.append(resampler.convert(to_float(np.frombuffer(pcm, "<i2").astype(np.int16))))
    return _paced("voice.speed", took, length)


async def _read(config: Config, weights: Weights, heard: Samples) -> Finding:
    def setup() -> TranscriberSetup:
        path = weights.find(config.models.speech, "speech")
        return TranscriberSetup(path=str(path), hearing=config.hearing)

    transcriber = Transcriber("transcriber", setup, message.TranscriberOut, _nobody)
    async with _up(transcriber):
        began = time.monotonic()
        await transcriber.read(heard.astype("<i2").tobytes(), final=True)
        took = time.monotonic() - began
    return _paced("transcriber.speed", took, len(heard) / SAMPLE_RATE)


async def _write(config: Config, weights: Weights) -> Finding:
    def setup() -> ThinkerSetup:
        path = weights.find(config.models.language, "language")
        return ThinkerSetup(path=str(path), answer=config.answer)

    thinker = Thinker("thinker", setup, message.ThinkerOut, _nobody)
    thinker.max_tokens = TOKENS
    async with _up(thinker):
        began, tokens = time.monotonic(), 0
        async for _ in thinker.think(config.answer.system, [], QUESTION, ""):
            tokens += 1
        took = time.monotonic() - began
    if not tokens:
        return bad("thinker.speed", "the language model wrote nothing", SMALLER)
    rate, said = round(tokens / took, 1), "with the time to read the question"
    if rate < TOKENS_TOO_SLOW:
        return within(bad("thinker.speed", said, SMALLER, rate), "tokens/s")
    if rate < TOKENS_SLOW:
        return within(warn("thinker.speed", said, SMALLER, rate), "tokens/s")
    return ok("thinker.speed", said, rate, "tokens/s")


def _paced(name: str, took: float, length: float) -> Finding:
    """Work of `took` seconds on `length` seconds of sound."""
    if not length:
        return bad(name, "no sound came out", mend("model_bad"))
    factor = round(took / length, 3)
    said, unit = f"{took:.2f} s for {length:.1f} s of sound", "of real time"
    if factor > TOO_SLOW:
        return within(bad(name, said, SMALLER, factor), unit)
    if factor > SLOW:
        return within(warn(name, said, SMALLER, factor), unit)
    return ok(name, said, factor, unit)


@contextlib.asynccontextmanager
async def _up(part: Jobs) -> AsyncIterator[None]:
    """The part's process, ready. Raises OwnerError, PartError."""
    async with alive(part.child):
        await part.child.ready(START_PATIENCE)
        yield


async def _tried(name: str, work: Awaitable[Finding]) -> Finding:
    try:
        return await work
    except RoomtoneError as problem:
        return bad(name, str(problem), mend("model_bad"))


def _nobody(_news: News) -> None:
    pass
