"""Whisper on a short window: the encoder reads the sound and no empty half minute behind it."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.base.frame import SAMPLE_RATE, seconds
from roomtone.base.words import Transcript
from roomtone.recognize.mel import Mel
from roomtone.recognize.reading import Reading, better, doubt
from roomtone.recognize.screen import screen
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.window import FULL, Sound, fill, frames_for, longer, loudest_db, pieces

TOKENS_PER_SECOND = 6.5
"""A fast speaker's tokens; with `SPARE_TOKENS` the longest text a sound can have."""

SPARE_TOKENS = 10
PROMPT_TOKENS = 60
"""Hot words beyond this many tokens cost more time than they are worth and are left out."""

WHISPER_VOCABULARY = 50_000
"""Fewest tokens of a model trained as Whisper was, on prompts too. A smaller one was not: behind a
prompt it loses words or the whole sentence, so hot words are kept from it."""

SURE = 0.8
"""Confidence from which the first choice at every token is taken for the whole: among the starter
model's readings that reach it, keeping more of them at once changes none for the better."""

QUIETEST_DB = -60.0
"""A sound whose loudest 20 ms lie below holds no speech a microphone could have caught."""

_FILES = ("model.bin", "config.json", "tokenizer.json")


class Whisper:
    """A Whisper model in CTranslate2's format, opened from the folder `path` and nowhere else.

    Raises OwnerError when the folder holds no such model or it cannot speak the language.
    """

    def __init__(self, path: str, settings: HearingSettings) -> None:
        _check(Path(path))
        os.environ["HF_HUB_OFFLINE"] = "1"
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        self._settings = settings
        self.threads = settings.threads or _threads()
        try:
            self._whisper: Any = WhisperModel(
                path,
                device="cpu",
                compute_type="int8",
                cpu_threads=self.threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as broken:
            raise OwnerError(_advice(Path(path), "is damaged")) from broken
        self.multilingual = bool(self._whisper.model.is_multilingual)
        if not self.multilingual and settings.language != "en":
            raise OwnerError(
                f"the speech model in {path} understands English only: set [hearing] language to "
                '"en", or choose a multilingual model under [models] speech'
            )
        try:
            self._tokens: Any = Tokenizer(
                self._whisper.hf_tokenizer,
                self.multilingual,
                task="transcribe",
                language=settings.language,
            )
        except ValueError:
            raise OwnerError(f"Whisper knows no language {settings.language!r}") from None
        self._takes_hotwords = self._whisper.hf_tokenizer.get_vocab_size() >= WHISPER_VOCABULARY
        self.bands = int(self._whisper.model.n_mels)
        self._mel = Mel(self._whisper.feature_extractor.mel_filters)
        self._last: _Short | None = None
        self._heading = [*self._tokens.sot_sequence, self._tokens.no_timestamps]

    def read(self, pcm: bytes, *, final: bool, hotwords: str = "") -> Transcript:
        """The words in `pcm`: mono s16le at 16 kHz, of any length.

        A `final` sound is read once more in a longer window when the first reading is in doubt, at
        full length when it has gone astray.
        `hotwords` are likely words, separated by spaces, beside those of the settings; a model that
        was not trained on prompts goes without.
        """
        began = time.monotonic()
        sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / 32768.0
        level = loudest_db(sound)
        readings: list[Reading] = []
        full_length = False
        if level >= QUIETEST_DB:
            prompt = self._prompt(hotwords)
            for piece in pieces(sound):
                reading, again = self._read(piece, prompt, final=final)
                full_length |= again
                if reading.text and not screen(reading, level):
                    readings.append(reading)
        weight = sum(len(reading.text) for reading in readings) or 1
        sure = sum(math.log(reading.confidence) * len(reading.text) for reading in readings)
        return Transcript(
            text=" ".join(reading.text for reading in readings),
            confidence=round(math.exp(sure / weight), 4) if readings else 0.0,
            seconds=round(seconds(pcm), 3),
            compute_ms=round(1000 * (time.monotonic() - began)),
            full_length=full_length,
        )

    def warm(self) -> None:
        """Read half a second of quiet noise, so that the first utterance finds memory in place."""
        noise = np.random.default_rng(1).normal(0.0, 0.01, SAMPLE_RATE // 2).astype(np.float32)
        self._decoded(self._encoded(noise, frames_for(len(noise), self.bands)), len(noise), [])

    def _read(self, sound: Sound, prompt: list[int], *, final: bool) -> tuple[Reading, bool]:
        frames = frames_for(len(sound), self.bands)
        short = self._short(sound, frames, prompt, final=final)
        why = doubt(short, self._settings.retry_confidence) if final else ""
        if not why or frames == FULL:
            return short, False
        full = self._decoded(
            self._encoded(sound, longer(frames) if why == "unsure" else FULL),
            len(sound),
            [],
            beam=self._settings.beam_size,
            no_repeat=4 if why == "loop" else 0,
        )
        return better(short, full), True

    def _short(self, sound: Sound, frames: int, prompt: list[int], *, final: bool) -> Reading:
        """Read by the first choice at every token; a final reading that is not sure, by more.

        The same sound as before, now final, is read on from where it was.
        """
        if self._last is None or not self._last.of(sound, prompt):
            encoded = self._encoded(sound, frames)
            self._last = _Short(sound, prompt, encoded, self._decoded(encoded, len(sound), prompt))
        encoded, first = self._last.encoded, self._last.first
        if final:
            self._last = None
        beam = self._settings.beam_size
        if not final or beam == 1 or not doubt(first, SURE):
            return first
        return self._decoded(encoded, len(sound), prompt, beam=beam)

    def _encoded(self, sound: Sound, frames: int) -> Any:
        return self._whisper.encode(self._mel.frames(fill(sound, frames)))

    def _decoded(
        self, encoded: Any, samples: int, prompt: list[int], *, beam: int = 1, no_repeat: int = 0
    ) -> Reading:
        most = int(samples / SAMPLE_RATE * TOKENS_PER_SECOND) + SPARE_TOKENS
        heading = [*prompt, *self._heading]
        made = self._whisper.model.generate(
            encoded,
            [heading],
            beam_size=beam,
            max_length=min(len(heading) + most, self._whisper.max_length),
            no_repeat_ngram_size=no_repeat,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = made.sequences_ids[0]
        return Reading(
            text=self._tokens.decode(tokens).strip(),
            confidence=_confidence(made.scores[0], len(tokens)),
            no_speech=float(made.no_speech_prob),
            cut=len(tokens) >= most,
        )

    def _prompt(self, hotwords: str) -> list[int]:
        words = " ".join([*self._settings.hotwords, *hotwords.split()])
        if not words or not self._takes_hotwords:
            return []
        return [self._tokens.sot_prev, *self._tokens.encode(" " + words)[:PROMPT_TOKENS]]


class _Short(NamedTuple):
    """What is known of the sound that was read last."""

    sound: Sound
    prompt: list[int]
    encoded: Any
    first: Reading

    def of(self, sound: Sound, prompt: list[int]) -> bool:
        """Whether it is known of this sound."""
        return prompt == self.prompt and np.array_equal(sound, self.sound)


def _threads() -> int:
    """Every core, but for two: handing one short sound to and fro takes what a second one saves."""
    cores = len(os.sched_getaffinity(0))
    return cores if cores > 2 else 1


def _confidence(score: float, tokens: int) -> float:
    """Mean token probability; `score` is the sum of logarithms over the tokens without the last."""
    return math.exp(score * tokens / (tokens + 1)) if tokens else 0.0


def _check(path: Path) -> None:
    if not path.is_dir():
        raise OwnerError(_advice(path, "does not exist"))
    for name in _FILES:
        if not (path / name).is_file():
            raise OwnerError(_advice(path, f"holds no {name}"))


def _advice(path: Path, fault: str) -> str:
    return (
        f"the speech model {path} {fault}: check it with `roomtone models verify`, "
        "fetch it with `roomtone models pull`"
    )
