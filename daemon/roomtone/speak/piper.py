"""A Piper voice: words for the ear in, sound out, clause by clause."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from roomtone.base.error import OwnerError
from roomtone.speak.level import Edges, Sound, bend, pcm, speech_rms
from roomtone.speak.settings import VoiceSettings
from roomtone.speak.synthesis import Manner, Synthesis

PIECE = 0.4
"""Seconds of one piece of sound: the longest that a cancelled sentence still goes on."""

LEAD = 0.02
"""Seconds of silence left before a clause; a soft onset lies there."""

SENTENCE_GAP = 0.15
CLAUSE_GAP = 0.1
"""Seconds of silence behind a sentence, and behind a clause inside one."""

LONG = 60
"""Phonemes (about 4 s) from which a sentence is synthesised clause by clause: the first sound of a
large voice on a small machine then comes after its first clause."""

SHORTEST_CLAUSE = 15
"""Phonemes that a clause must have on both sides of the cut, or the rhythm stumbles."""

SILENT_DB = -32.0
"""Against the level of speech; softer sound at the edges of a clause counts as silence."""

MOST_GAIN = 8.0
"""A voice quieter than this can lift is broken; more would only raise its hiss."""

_TRIAL = "The quick brown fox is ready, and everything else can wait until nine."


class Piper:
    """The voice at `path`: an ONNX file with its `.json` beside it, or a folder with one of them.

    Its level is measured once, here, and one gain then brings every sentence to the level that the
    settings name: the sentences of an answer never jump. Raises OwnerError when there is none.
    """

    def __init__(self, path: str, settings: VoiceSettings) -> None:
        file = _file(Path(path))
        from piper import PiperVoice
        from piper.config import PiperConfig

        logging.getLogger("piper").setLevel(logging.ERROR)  # its messages quote the text
        try:
            config = json.loads(Path(f"{file}.json").read_text(encoding="utf-8"))
            self._config: Any = PiperConfig.from_dict(config)
        except (ValueError, KeyError, TypeError, OSError) as broken:
            raise OwnerError(_advice(file, "has no readable .json beside it")) from broken
        self.threads = settings.threads or min(3, os.cpu_count() or 1)
        self._network = _network(file, self.threads)
        self._voice: Any = PiperVoice(session=None, config=self._config)  # for its phonemes only
        self._manner = Manner(
            noise=self._config.noise_scale,
            length=self._config.length_scale / settings.speed,
            rhythm=self._config.noise_w_scale,
            speaker=self._config.default_speaker_id if self._config.num_speakers > 1 else None,
        )
        self.rate = int(self._config.sample_rate)
        self.language = str(self._config.espeak_voice).split("-")[0]
        self._gain = self._level(settings.level_db)
        self._silent = 10 ** ((settings.level_db + SILENT_DB) / 20)

    @property
    def split(self) -> bool:
        """Whether the first sound of a clause comes before its last is made."""
        return self._network.split

    def say(self, words: str, *, goes_on: bool = False) -> Iterator[bytes]:
        """The sound of `words`, in pieces of at most `PIECE` s of mono s16le at `rate`.

        A sentence that `goes_on` is spoken, and paused behind, as if a comma were there.
        """
        size = int(PIECE * self.rate)
        sentences = self._voice.phonemize(words)
        if goes_on and sentences and sentences[-1][-1:] != [","]:
            sentences[-1] = [*sentences[-1], ","]
        for phonemes in sentences:
            for clause in clauses(phonemes):
                gap = SENTENCE_GAP if clause[-1:] != [","] else CLAUSE_GAP
                for sound in self._trimmed(clause, gap):
                    for at in range(0, len(sound), size):
                        yield pcm(sound[at : at + size])

    def _trimmed(self, clause: list[str], gap: float) -> Iterator[Sound]:
        edges = Edges(self.rate, self._silent, before=LEAD)
        for sound in self._synthesise(clause):
            yield edges.feed(bend(sound * self._gain))
        yield edges.end(after=gap)

    def _synthesise(self, phonemes: list[str]) -> Iterator[Sound]:
        if any(phoneme.isalpha() for phoneme in phonemes):
            yield from self._network.pieces(self._voice.phonemes_to_ids(phonemes), self._manner)

    def _level(self, wanted_db: float) -> float:
        (phonemes,) = self._voice.phonemize(_TRIAL)
        raw = np.concatenate(list(self._synthesise(phonemes)))
        rms = speech_rms(raw.astype(np.float32), self.rate)
        return min(MOST_GAIN, 10 ** (wanted_db / 20) / rms) if rms else 1.0


def clauses(phonemes: list[str]) -> list[list[str]]:
    """A sentence's phonemes, cut behind commas and the like when it is `LONG`."""
    if len(phonemes) < LONG:
        return [phonemes] if phonemes else []
    cut: list[list[str]] = []
    begin = 0
    for at, phoneme in enumerate(phonemes, 1):
        enough = at - begin >= SHORTEST_CLAUSE and len(phonemes) - at >= SHORTEST_CLAUSE
        if phoneme in {",", ";", ":"} and enough:
            cut.append(phonemes[begin:at])
            begin = at
    return [*cut, phonemes[begin:]]


def _network(file: Path, threads: int) -> Synthesis:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    broken = (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.RuntimeException)
    try:
        return Synthesis(file, threads)
    except (*broken, state.NoSuchFile, state.InvalidArgument, state.NotImplemented) as error:
        raise OwnerError(_advice(file, "is damaged")) from error


def _file(path: Path) -> Path:
    if path.is_dir():
        found = sorted(path.glob("*.onnx"))
        if len(found) != 1:
            raise OwnerError(_advice(path, f"holds {len(found)} voices instead of one"))
        return found[0]
    if not path.is_file():
        raise OwnerError(_advice(path, "does not exist"))
    return path


def _advice(path: Path, fault: str) -> str:
    return (
        f"the voice {path} {fault}: check it with `roomtone models verify`, "
        "fetch it with `roomtone models pull`"
    )
